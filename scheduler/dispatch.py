"""Claims what is due: no more than the pace allows now, each row with its words and its attempt, in one transaction.

The pace's row is locked first and the time read after that. The calls are made once the transaction has committed.
"""

import logging
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scheduler import caps, ladder
from scheduler.channels import Outgoing
from scheduler.pace import Account, free_at, granted, moved_on
from scheduler.purposes import RULES, Purpose, Stopped, priorities
from scheduler.quiet_hours import is_quiet
from scheduler.states import MESSAGE_MOVES, PARKED, MessageState, before
from scheduler.wording import Lane, Worded, Wording
from storage import addresses, announcements, attempts, ledger, pace
from storage.database import Transaction
from storage.due import Due, Wanted, anything_due, due_now, next_due

log = logging.getLogger(__name__)

MINUTE = timedelta(minutes=1)
A_TICK, BREATH = 15, 0.05  # seconds


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a claim took.

    Attributes:
        free_in: seconds until the pace allows another claim.
        look_in: seconds after which there may be something to claim; None: not before somebody says so.
    """

    outgoing: tuple[Outgoing, ...] = ()
    free_in: float = 0
    look_in: float | None = None


def claim_due(tx: Transaction, lane: Lane, room: int, only: Collection[int] | None = None) -> Claimed:
    """Claim what the account may send now, `room` rows at most; whatever is returned has to be called.

    Args:
        only: none but these messages.
    """
    limits = lane.channel.pace
    account = Account(*pace.account(tx, lane.key, lock=limits.shared))
    real = lane.clock.real(tx)
    most = granted(limits, account, real)
    if not most:
        seconds = (free_at(limits, account) - real).total_seconds()
        return Claimed(free_in=seconds, look_in=seconds)
    wanted = replace(_wanted(tx, lane, real, min(room, most)), only=only)
    choice = _Choice(tx, lane, real, Wording(tx, lane))
    taken = choice.take(wanted)
    if limits.by_parts and any(_is_capped(one) for one in taken) and caps.is_reached(tx, lane, real):
        wanted = replace(wanted, priorities=priorities(quiet=is_quiet(tx.now, lane.centre), capped=True))
        taken = choice.take(wanted)
    used = sum(one.parts for one in taken)
    if taken and limits.per_second is not None:
        account = moved_on(limits, account, real, used)
        pace.set_free_at(tx, lane.key, account.next_free_at, account.recent)
    return Claimed(
        outgoing=_write(tx, lane, taken, real),
        free_in=max(0.0, (free_at(limits, account) - real).total_seconds()),
        look_in=0 if used >= wanted.limit else _look_in(tx, lane, wanted),
    )


def _is_capped(one: Worded) -> bool:
    return RULES[one.row.purpose].capped


def _wanted(tx: Transaction, lane: Lane, real: datetime, limit: int) -> Wanted:
    rest = lane.channel.pace.chat_seconds
    return Wanted(
        *lane.key,
        priorities=priorities(quiet=is_quiet(tx.now, lane.centre), capped=False),
        limit=limit,
        rested_since=real - timedelta(seconds=rest) if rest else None,
    )


@dataclass(frozen=True, slots=True)
class _Choice:
    """Chooses among the rows that are due, and words those that it takes."""

    tx: Transaction
    lane: Lane
    real: datetime
    wording: Wording

    def take(self, wanted: Wanted) -> list[Worded]:
        """Rows worth `wanted.limit` messages or parts, in their order.

        Where each address has to rest, one row for each: it is passed over then, and the rows behind it have their turn.
        """
        taken: list[Worded] = []
        passed: set[int] = set()
        left = wanted.limit
        while left > 0:
            rows = due_now(self.tx, replace(wanted, limit=left, passed=passed))
            for row in rows:
                if left > 0 and row.address_id not in passed and (one := self._one(row)):
                    taken.append(one)
                    left -= one.parts
                if wanted.rested_since is not None:
                    passed.add(row.address_id)
            if not rows or not passed:
                break
        return taken

    def _one(self, row: Due) -> Worded | None:
        """The row with its words; None if it is not to go now, or not to go there at all."""
        if not self._has_room(row) or not _may_go(self.tx, row):
            return None
        try:
            return self.wording.word(row)
        except Exception:  # whatever is wrong with one text must not hold up the others
            log.exception("message %s can't be put into words", row.id)
            ladder.give_up(self.tx, ledger.message_by_id(self.tx, row.id), "words")
            return None

    def _has_room(self, row: Due) -> bool:
        """A group (its address begins with a minus) takes so many a minute."""
        most = self.lane.channel.pace.group_a_minute
        if most is None or not row.address.startswith("-"):
            return True
        return attempts.begun_since(self.tx, row.address_id, self.real - MINUTE, most) < most


def _may_go(tx: Transaction, row: Due) -> bool:
    """What has become of the address since the row was written; a row that may not go there is dealt with."""
    rules = RULES[row.purpose]
    if rules.asked:
        if row.state == "dead":  # they have just written from there
            addresses.change_address(tx, row.address_id, state="active")
        return True
    if row.announcement == "paused":  # it was on its way when that was paused, and has come back
        announcements.park_one(tx, row.id, PARKED)
    elif row.state == "stopped":
        _stop(tx, row, rules.stopped)
    elif row.state != "active":
        ladder.step_down(tx, row.id, row.state)
    elif row.purpose == Purpose.ANNOUNCEMENT and not row.announcements:
        _withdraw(tx, row, "no_announcements")
    else:
        return True
    return False


def _stop(tx: Transaction, row: Due, stopped: Stopped) -> None:
    if stopped is Stopped.TOLD:
        ladder.give_up(tx, ledger.message_by_id(tx, row.id), "stopped")
    else:
        _withdraw(tx, row, "stopped")


def _withdraw(tx: Transaction, row: Due, reason: str) -> None:
    froms = before(MESSAGE_MOVES, MessageState.WITHDRAWN)
    ledger.move(tx, [row.id], MessageState.WITHDRAWN, from_=froms, reason=reason)


def _write(tx: Transaction, lane: Lane, taken: Sequence[Worded], real: datetime) -> tuple[Outgoing, ...]:
    """Write the attempts and mark the rows: from the commit on, every call that may be made is known."""
    if not taken:
        return ()
    rows = [(one.row.id, one.row.address_id, one.body, one.parts) for one in taken]
    ids = attempts.write(tx, lane.key, rows, real)
    ledger.mark_sending(tx, ids)
    return tuple(one.outgoing(ids[one.row.id]) for one in taken)


def _look_in(tx: Transaction, lane: Lane, wanted: Wanted) -> float | None:
    """Something that is left, though there was room, waits for its address to rest.

    What is due in a moment is not left to the tick: its writer, whose clock may be ahead of this one, has called for it.
    """
    if anything_due(tx, wanted):
        return max(lane.channel.pace.chat_seconds, 1.0)
    soon = next_due(tx, tx.now)
    seconds = math.inf if soon is None else (soon - tx.now).total_seconds()
    return max(seconds, BREATH) if seconds < A_TICK else None
