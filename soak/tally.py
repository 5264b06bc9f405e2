"""Counts at the providers what the ledger says was sent: the promise, checked by counting."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from sqlalchemy import func, select

from sandbox.journal import Wanted
from sandbox.world import World
from scheduler.purposes import RULES, Evil, Purpose
from soak.callers import Caller
from storage.database import Transaction
from storage.tables import address, appointment, attempt, inbox, message

OPEN = ("sending", "unknown")
PROVIDERS = {"twilio": "sms", "telegram": "telegram"}


@dataclass
class Tally:
    """What was counted. `faults` breaks the promise; the rest is what the promise allows."""

    messages: int = 0
    none: int = 0  # on Telegram, where a gap is the lesser evil
    two: int = 0  # on Telegram, where a repeat is
    late: int = 0  # on Twilio, which had listed the first too late
    faults: list[str] = field(default_factory=list)


def owed(tx: Transaction, world: World, callers: Collection[Caller], since: int) -> list[str]:
    """What is not settled yet; empty if everything is.

    Args:
        since: a number of the world's journal up to which all was settled before.
    """
    return [*_not_taken(tx, world, since), *_not_answered(tx, callers), *_not_sent(tx)]


def tally(tx: Transaction, world: World, callers: Collection[Caller], listed_late: Collection[str]) -> Tally:
    """Count everything so far; to be called when nothing is owed.

    Args:
        listed_late: phones for which Twilio lists a message later than the grace time.
    """
    counted = Tally()
    known = _known(tx)
    taken = Counter(
        (PROVIDERS[one.provider], one.person, one.body)
        for one in world.journal.after(0, Wanted(direction="out"))
    )
    for key in known.keys() | taken.keys():
        _count(counted, key, known.get(key, _Known()), taken[key], listed_late)
    counted.faults += [*_not_taken(tx, world, 0), *_wrong_visits(tx, callers), *_not_handled(tx)]
    return counted


@dataclass
class _Known:
    """What the ledger knows of one body at one address."""

    sent: int = 0
    gaps: int = 0
    tries: int = 0
    may_repeat: bool = False


def _known(tx: Transaction) -> dict[tuple[str, str, str], _Known]:
    asked = (
        select(
            attempt.c.channel,
            address.c.address,
            attempt.c.body,
            attempt.c.message_id,
            message.c.status,
            message.c.purpose,
        )
        .join(address, attempt.c.address_id == address.c.id)
        .join(message, attempt.c.message_id == message.c.id)
        .order_by(attempt.c.id)
    )
    known: dict[tuple[str, str, str], _Known] = {}
    last: dict[int, tuple[tuple[str, str, str], str]] = {}
    for row in tx.connection.execute(asked):
        key = (row.channel, row.address, row.body)
        one = known.setdefault(key, _Known())
        one.tries += 1
        one.may_repeat |= RULES[Purpose(row.purpose)].evil is Evil.REPEAT
        last[row.message_id] = (key, row.status)
    for key, status in last.values():
        known[key].sent += status in ("sent", "delivered")
        known[key].gaps += status == "failed"
    return known


def _count(
    counted: Tally, key: tuple[str, str, str], known: _Known, taken: int, listed_late: Collection[str]
) -> None:
    counted.messages += known.sent + known.gaps
    channel, who, body = key
    least = known.sent
    if channel == "sms":
        if taken == least:
            return
        if taken > least and who in listed_late and taken <= known.tries:
            counted.late += 1
            return
    else:
        most = known.tries if known.may_repeat else known.sent + known.gaps
        if least <= taken <= most:
            counted.none += max(known.sent + known.gaps - taken, 0)
            counted.two += max(taken - known.sent - known.gaps, 0)
            return
    counted.faults.append(
        f"{channel} took {taken} of {body!r} for {who}; sent {known.sent}, given up {known.gaps}, tried {known.tries}"
    )


def _not_taken(tx: Transaction, world: World, since: int) -> Iterator[str]:
    said = world.journal.after(since, Wanted(direction="in"))
    asked = select(inbox.c.channel, inbox.c.provider_id).where(
        inbox.c.provider_id.in_([one.sid for one in said])
    )
    known = {tuple(row) for row in tx.connection.execute(asked)}
    for one in said:
        if (PROVIDERS[one.provider], one.sid) not in known:
            yield f"{one.provider} {one.sid} ({one.body!r}) was not taken in"


def _not_answered(tx: Transaction, callers: Collection[Caller]) -> Iterator[str]:
    """Each message has its answer, keyed by the message's own id."""
    asked = (
        select(address.c.address, func.count())
        .join(message, message.c.address_id == address.c.id)
        .where(message.c.key.like("reply:%"), message.c.status.in_(("sent", "delivered")))
        .group_by(address.c.address)
    )
    answers: dict[str, int] = dict(tx.connection.execute(asked).all())
    for caller in callers:
        if answers.get(caller.address, 0) != caller.said:
            yield f"{caller.address} said {caller.said}, was answered {answers.get(caller.address, 0)}"


def _not_sent(tx: Transaction) -> Iterator[str]:
    """Rows under way, unknown, or due and of use."""
    due = (
        (message.c.status == "waiting")
        & (message.c.send_after <= tx.now)
        & (message.c.useless_after > tx.now)
    )
    asked = select(message.c.id, message.c.status, message.c.key).where(message.c.status.in_(OPEN) | due)
    for row in tx.connection.execute(asked):
        yield f"message {row.id} ({row.key}) is {row.status}"


def _wrong_visits(tx: Transaction, callers: Collection[Caller]) -> Iterator[str]:
    open_ones = select(appointment.c.participant_id, func.count()).where(
        appointment.c.status.in_(("booked", "confirmed"))
    )
    have: dict[int, int] = dict(tx.connection.execute(open_ones.group_by(appointment.c.participant_id)).all())
    for caller in callers:
        if have.get(caller.person_id, 0) != caller.open_visits:
            yield (
                f"{caller.address} is {caller.state} and has {have.get(caller.person_id, 0)} open visits, "
                f"not {caller.open_visits}"
            )


def _not_handled(tx: Transaction) -> Iterator[str]:
    for row in tx.connection.execute(select(inbox.c.id).where(inbox.c.status != "handled")):
        yield f"inbox {row.id} failed"
