"""What a channel is to the courier: it takes one message, and says what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol, runtime_checkable

from scheduler.pace import Pace
from scheduler.purposes import Purpose
from scheduler.states import AttemptState
from words.compose import Style

__all__ = [
    "Channel",
    "Choice",
    "Followed",
    "Outgoing",
    "Pace",
    "Receipt",
    "Redacted",
    "Searched",
    "SendFailed",
]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that a message offers; `token` is what a button sends back."""

    mark: str
    label: str
    token: str


class Outgoing(NamedTuple):
    """One message, as a channel is handed it.

    Attributes:
        file: what the ledger's parameter `file` says, to be attached.
        useful_seconds: a provider that has not sent it on by then need not; None where nobody sends it.
    """

    attempt_id: int
    message_id: int
    address: str
    language: str
    body: str
    purpose: Purpose
    options: tuple[Choice, ...] = ()
    file: Mapping[str, Any] | None = None
    useful_seconds: float | None = None


class SendFailed(Exception):
    """The provider did not take the message, or nobody can say whether it did.

    With none of the flags the message never left (a refused connection, a queue that is full): it is tried again by and by.

    Attributes:
        code: the vendor's own, for the ledger.
        permanent: it will never work at this address: the person's next channel has to.
        unknown: it may have been taken: a timeout, a reset, a 5xx of a create.
        retry_after: seconds for which the whole account has to be silent.
        again_in: seconds after which this message may be tried again, three times at most (a handset that is off).
        address_dead: nothing will ever reach this address until it writes again.
        address_stopped: its owner asked the provider for silence.
        migrated_to: the address has this new name.
    """

    def __init__(
        self,
        code: str,
        *,
        permanent: bool = False,
        unknown: bool = False,
        retry_after: float | None = None,
        again_in: float | None = None,
        address_dead: bool = False,
        address_stopped: bool = False,
        migrated_to: str | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.permanent = permanent
        self.unknown = unknown
        self.retry_after = retry_after
        self.again_in = again_in
        self.address_dead = address_dead
        self.address_stopped = address_stopped
        self.migrated_to = migrated_to


class Receipt(NamedTuple):
    """The provider has it. `provider_id` is unique within the account; `failure` says why a status is `failed`."""

    provider_id: str
    status: AttemptState = AttemptState.SENT
    failure: SendFailed | None = None


class Channel(Protocol):
    """One account at one provider."""

    name: str
    account: str
    pace: Pace

    def style(self, polish_letters: bool) -> Style:
        """How its texts look to somebody who wants Polish letters, or who doesn't."""

    async def send(self, outgoing: Outgoing) -> Receipt:
        """Make the call; the courier gives it 15 seconds.

        Raises:
            SendFailed: with what is known about it.
        """


@runtime_checkable
class Searched(Protocol):
    """A channel whose provider can be asked whether it took a message."""

    async def find(self, outgoing: Outgoing, since: datetime) -> Sequence[Receipt]:
        """Every outbound message to that address with exactly that body, created at `since` (real time) or later, oldest first.

        The courier leaves out those that another attempt already has.
        """


@runtime_checkable
class Followed(Protocol):
    """A channel whose provider can be asked how a message stands."""

    async def status(self, provider_id: str) -> Receipt | None:
        """Its status as the provider tells it now; None if nothing is known of it."""


@runtime_checkable
class Redacted(Protocol):
    """A channel whose provider keeps the words of messages, in and out, until it is asked to drop them."""

    async def redact(self, provider_id: str) -> bool:
        """Whether it has dropped them; False while the message is still under way there.

        Raises:
            SendFailed: it could not be asked.
        """
