"""One message in, one transaction: taken in once, understood, answered; or kept as failed, so that the next can follow."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter

from bot.dialogue.answer import answer
from bot.dialogue.club import Club
from bot.dialogue.incoming import Incoming
from bot.dialogue.overdue import LATE_AFTER
from bot.errors import NotTaken
from bot.metrics import Meters
from scheduler.clock import Clock
from scheduler.contacting import todo_about
from scheduler.ledger import Notice, Purpose, post, reroute
from scheduler.people import AddressState, address_of, people_at
from storage import inbox
from storage.addresses import change_address
from storage.database import Database, Transaction
from storage.errors import DatabaseAway

log = logging.getLogger("bot.reception")

WITHIN_SECONDS = 10.0  # all tries of one message together; Twilio waits for 15


@dataclass(frozen=True, slots=True)
class Reception:
    """Where every channel brings what came in."""

    database: Database
    clock: Clock
    club: Club
    meters: Meters
    within_seconds: float = WITHIN_SECONDS

    async def take(self, incoming: Incoming) -> None:
        """Return once the message, and all that follows from it, is committed; a second time does nothing.

        Raises:
            NotTaken: nothing was; whoever brought it has to bring it again.
        """
        began = perf_counter()
        outcome = await self._taken(incoming)
        self.meters.took(incoming.channel, outcome, perf_counter() - began)

    async def _taken(self, incoming: Incoming) -> str:
        try:
            return await self._write(lambda tx: _handle(tx, self.club, self._aged(tx, incoming)))
        except DatabaseAway as error:
            raise NotTaken("the database is away") from error
        except Exception:  # whatever is wrong with this one must not stop the next
            reference = secrets.token_hex(4)
            log.exception("a message failed, reference %s", reference)
        try:
            return await self._write(lambda tx: _give_up(tx, incoming, reference))
        except Exception as error:
            raise NotTaken("not even its failure could be kept") from error

    def _aged(self, tx: Transaction, incoming: Incoming) -> Incoming:
        """Long on its way, because we were away; in real time, which nobody moves."""
        at = incoming.sent_at
        return replace(incoming, late=at is not None and self.clock.real(tx) - at > LATE_AFTER)

    async def _write(self, work: Callable[[Transaction], str]) -> str:
        return await self.database.write(work, self.clock.now(), within_seconds=self.within_seconds)


def _handle(tx: Transaction, club: Club, incoming: Incoming) -> str:
    inbox_id = _taken_in(tx, incoming)
    if inbox_id is None:
        return "repeated"
    if incoming.blocked is None:
        meaning = answer(tx, club, incoming)
    else:
        meaning = "blocked" if incoming.blocked else "unblocked"
        _shut_or_open(tx, incoming)
    inbox.note(tx, inbox_id, address=incoming.address, meaning=meaning)
    return "handled"


def _give_up(tx: Transaction, incoming: Incoming, reference: str) -> str:
    """Say that something broke here, and let staff call whoever wrote."""
    inbox_id = _taken_in(tx, incoming)
    if inbox_id is None:
        return "repeated"
    address = address_of(tx, incoming.channel, incoming.account, incoming.address)
    key = f"failed:{inbox_id}"
    post(tx, Notice(key=key, purpose=Purpose.REPLY, text="failed_once", address_id=address.id))
    people, said = people_at(tx, address.id), {"reference": reference}
    todo_about(tx, key, "todo_failed_message", address.id, people, said=said)
    inbox.note(tx, inbox_id, address=incoming.address, meaning="", status="failed")
    return "failed"


def _taken_in(tx: Transaction, incoming: Incoming) -> int | None:
    """The lock comes first: messages of one address keep their order, under READ COMMITTED."""
    inbox.lock_address(tx, incoming.channel, incoming.address)
    return inbox.take_in(tx, incoming.channel, incoming.account, incoming.provider_id)


def _shut_or_open(tx: Transaction, incoming: Incoming) -> None:
    """A blocked chat is left for the person's next channel at once, not after the next message has failed there."""
    address = address_of(tx, incoming.channel, incoming.account, incoming.address)
    if incoming.blocked and address.state is AddressState.ACTIVE:
        change_address(tx, address.id, state=AddressState.DEAD)
    elif not incoming.blocked and address.state is AddressState.DEAD:
        change_address(tx, address.id, state=AddressState.ACTIVE)
    else:
        return
    for person in people_at(tx, address.id):
        reroute(tx, person.id)
