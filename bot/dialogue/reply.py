"""What the bot answers: a text of the catalogue, its values, and the choices that it offers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.dialogue.incoming import Incoming
from scheduler.ledger import Ask, Notice, Purpose, post
from storage.database import Transaction

# A list is read again in the evening, or the day after; whatever is chosen from it is looked at again.
LIST_LASTS = timedelta(days=2)

Params = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that is offered: the text on it, and what it means (`do` names the action, see choices.py)."""

    key: str
    value: Mapping[str, Any]
    params: Params = field(default_factory=dict)
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """One message back. With options it is a question.

    Attributes:
        person_id: who is answered; None where several share the address and it is not known who writes.
        language: None is the person's own.
        file: what is attached where files can be.
        purpose: ADVICE is forgotten once it is sent.
        expires_at: until when its options can be chosen; None is as long as a list is good for.
    """

    text: str
    params: Params = field(default_factory=dict)
    options: tuple[Choice, ...] = ()
    kind: str = "list"
    asked: bool = True
    person_id: int | None = None
    appointment_id: int | None = None
    language: str | None = None
    file: Params | None = None
    expires_at: datetime | None = None
    purpose: Purpose = Purpose.REPLY


def numbered(choices: Sequence[Choice], first: int = 1) -> tuple[Choice, ...]:
    """The choices with digits to answer, beginning with `first`."""
    return tuple(
        Choice(choice.key, choice.value, choice.params, str(number))
        for number, choice in enumerate(choices, first)
    )


def post_reply(tx: Transaction, incoming: Incoming, address_id: int, reply: Reply, number: int = 0) -> int:
    """Write the reply, and its question, into the ledger; the same incoming message never does so twice."""
    return post(
        tx,
        Notice(
            key=f"reply:{incoming.channel}:{incoming.account}:{incoming.provider_id}:{number}",
            purpose=reply.purpose,
            text=reply.text,
            params={**reply.params, "file": reply.file} if reply.file else reply.params,
            person_id=reply.person_id,
            address_id=address_id,
            language=reply.language,
            appointment_id=reply.appointment_id,
            ask=_ask(tx, reply) if reply.options else None,
        ),
    )


def _ask(tx: Transaction, reply: Reply) -> Ask:
    options = tuple(
        {"mark": choice.mark, "key": choice.key, "params": dict(choice.params), "value": dict(choice.value)}
        for choice in reply.options
    )
    return Ask(
        kind=reply.kind,
        options=options,
        asked=reply.asked,
        expires_at=reply.expires_at or tx.now + LIST_LASTS,
    )
