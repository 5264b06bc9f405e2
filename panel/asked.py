"""What a page is asked with, and what it may answer: the panel's pages are plain functions from the one to the other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from config.centre import Centre
from panel.speech import Words
from scheduler.accounts import Signed
from scheduler.rights import NotAllowed, Right, may
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a form."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of somebody who is logged in, in the open transaction in which it is answered.

    Attributes:
        path: what the address names, such as `id`.
        query: what stands after the address's question mark.
        form: what was filled in; of a name that came several times the last.
        many: the same, with every value of a name.
        account: the SMS sender under which new numbers stand.
        key: signs what is secret.
        base: the club's address as it is seen from outside, without a slash at its end.
        bot_name: what Telegram calls the bot; None while that is not known.
        found: what the act's `look` found.
    """

    tx: Transaction
    centre: Centre
    words: Words
    staff: Signed
    path: Mapping[str, Any]
    query: Mapping[str, str]
    form: Mapping[str, str] = field(default_factory=dict)
    many: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)
    account: str | None = None
    key: bytes = b""
    base: str = ""
    bot_name: str | None = None
    found: Any = None

    def say(self, key: str, **values: object) -> str:
        """The panel's own text in the reader's language."""
        return self.words.say(key, **values)

    def may(self, right: Right) -> bool:
        return may(self.staff.role, right)

    def must(self, right: Right) -> None:
        """Raises NotAllowed."""
        if not self.may(right):
            raise NotAllowed(right)


@dataclass(frozen=True, slots=True)
class Page:
    """A template and what stands in it. One with errors in it has the status 422; a part of a page is fetched by itself."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True, slots=True)
class Go:
    """On to another address of the panel, where `done` (a text's key, `done_...`) is said of the thing with the number `of`."""

    path: str
    done: str | None = None
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Download:
    """A file to keep."""

    name: str
    content: bytes
    media_type: str


Answer = Page | Go | Download


@dataclass(frozen=True, slots=True)
class Show:
    """An address that is looked at: answered in a transaction that only reads."""

    path: str
    answer: Callable[[Asked], Answer]
    right: Right | None


@dataclass(frozen=True, slots=True)
class Act:
    """An address to which a form is sent: one form, one transaction. None as right: whoever is logged in may.

    Attributes:
        look: for an act that takes a look at a password, so long that nobody who writes may wait for it. Asked in a transaction
            that only reads, it returns what is then done beside every transaction.
    """

    path: str
    answer: Callable[[Asked], Answer]
    right: Right | None
    look: Callable[[Asked], Callable[[], object]] | None = None
