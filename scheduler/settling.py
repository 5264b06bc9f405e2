"""What became of a call: results of calls and receipts of providers, settled by attempt, whichever comes first.

Receipts come late, twice, out of order and for each part; results come after a lease has ended. Each changes an attempt only
if its state allows that, and a message only if the attempt changed. A terminal state never goes back.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from scheduler import ladder, silence
from scheduler.channels import Receipt, SendFailed
from scheduler.clock import Clock
from scheduler.purposes import FORGOTTEN
from scheduler.states import ATTEMPT_MOVES, MESSAGE_MOVES, AttemptState, MessageState, before
from storage import addresses, attempts, ledger, pace
from storage.database import Transaction

TRIES = 3  # at one address, of what may have arrived or may work later
FIRST_PAUSE, LONGEST_PAUSE = 15, 600  # seconds, doubling, for a message that never left
BREATH = 1  # second for which the account rests when a message never left: the provider may be down


class Outcome(NamedTuple):
    """What became of one attempt."""

    attempt_id: int
    state: AttemptState
    provider_id: str | None = None
    failure: SendFailed | None = None

    @property
    def row(self) -> tuple[int, str | None, str | None]:
        """As storage settles it."""
        return self.attempt_id, self.provider_id, self.failure.code if self.failure else None


def outcome(attempt_id: int, result: Receipt | SendFailed) -> Outcome:
    """What a call or a provider said of an attempt."""
    if isinstance(result, SendFailed):
        state = AttemptState.UNKNOWN if result.unknown else AttemptState.FAILED
        return Outcome(attempt_id, state, failure=result)
    failure = result.failure
    if result.status is AttemptState.FAILED and failure is None:
        failure = SendFailed("undelivered", permanent=True)
    return Outcome(attempt_id, result.status, result.provider_id, failure)


def settle(tx: Transaction, clock: Clock, lane: tuple[str, str], outcomes: Sequence[Outcome]) -> None:
    """Settle any number of attempts of one channel account: those that arrived at once, the others one by one."""
    real = clock.real(tx)
    for state in (AttemptState.SENT, AttemptState.DELIVERED):
        if arrived := [one for one in outcomes if one.state is state]:
            _arrived(tx, lane, arrived, real)
    for one in outcomes:
        if one.state is AttemptState.UNKNOWN:
            _unknown(tx, lane, one, real)
        elif one.state is AttemptState.FAILED:
            _failed(tx, lane, one, real)


def receipt(
    tx: Transaction,
    clock: Clock,
    lane: tuple[str, str],
    told: Receipt,
    *,
    attempt_id: int | None = None,
) -> bool:
    """Take a provider's receipt; False if it is of no message of ours.

    Args:
        attempt_id: whose it is, where the receipt itself says so: it can come before the call's own answer.
    """
    whose = attempts.known(tx, lane, [told.provider_id]).get(told.provider_id, attempt_id)
    if whose is None:
        return False
    settle(tx, clock, lane, [outcome(whose, told)])
    attempts.adopt(tx, whose, told.provider_id)
    return True


def _arrived(tx: Transaction, lane: tuple[str, str], outcomes: Sequence[Outcome], real: datetime) -> None:
    state = outcomes[0].state
    rows = [one.row for one in outcomes]
    message_ids = attempts.settle(tx, rows, state, from_=before(ATTEMPT_MOVES, state), at=real)
    # `delivered` may be a late receipt, which says nothing of today.
    if message_ids and state is AttemptState.SENT:
        silence.works(tx, lane)
    to = MessageState(state)
    moved = ledger.move_many(tx, message_ids, to, from_=before(MESSAGE_MOVES, to))
    if private := [number for number, purpose in moved if purpose in FORGOTTEN]:
        ledger.forget(tx, private)


def _unknown(tx: Transaction, lane: tuple[str, str], one: Outcome, real: datetime) -> None:
    """`scheduler.unknown` finds out, or decides without."""
    silence.fails(tx, lane, real)
    froms = before(ATTEMPT_MOVES, AttemptState.UNKNOWN)
    message_ids = attempts.settle(tx, [one.row], AttemptState.UNKNOWN, from_=froms, at=real)
    to = MessageState.UNKNOWN
    ledger.move_many(tx, message_ids, to, from_=before(MESSAGE_MOVES, to))


def _failed(tx: Transaction, lane: tuple[str, str], one: Outcome, real: datetime) -> None:
    froms = before(ATTEMPT_MOVES, AttemptState.FAILED)
    assert one.failure is not None
    for message_id in attempts.settle(tx, [one.row], AttemptState.FAILED, from_=froms, at=real):
        message = ledger.message_by_id(tx, message_id)
        _mark_address(tx, message, one.failure)
        _rest(tx, lane, one.failure, real)
        if message.status in before(MESSAGE_MOVES, MessageState.WAITING):
            _go_on(tx, message, one.failure)


def _mark_address(tx: Transaction, message: Any, failure: SendFailed) -> None:
    if failure.migrated_to:
        _migrate(tx, message, failure.migrated_to)
    elif failure.address_stopped:
        addresses.change_address(tx, message.address_id, state="stopped")
    elif failure.address_dead:
        addresses.change_address(tx, message.address_id, state="dead")


def _migrate(tx: Transaction, message: Any, name: str) -> None:
    """The address has a new name; where that has a row of its own already, the message goes there."""
    there = addresses.address_at(tx, message.channel, message.account, name)
    if there is None:
        addresses.change_address(tx, message.address_id, address=name)
    else:
        addresses.change_address(tx, message.address_id, state="dead")
        ladder.move_to(tx, [message.id], there, from_=(message.status,))


def _rest(tx: Transaction, lane: tuple[str, str], failure: SendFailed, real: datetime) -> None:
    """Let the whole account rest for as long as the provider asked, or for a breath if it may be down."""
    seconds = failure.retry_after
    if seconds is None and not (failure.permanent or failure.again_in is not None or failure.migrated_to):
        seconds = BREATH
        silence.fails(tx, lane, real)
    if seconds:
        pace.pause(tx, lane, real + timedelta(seconds=seconds))


def _go_on(tx: Transaction, message: Any, failure: SendFailed) -> None:
    """Try again, hand on, or give up."""
    if message.reason == ledger.WITHDRAWN:
        to = MessageState.WITHDRAWN
        ledger.move(tx, [message.id], to, from_=before(MESSAGE_MOVES, to), reason=ledger.WITHDRAWN)
        return
    tries = attempts.tried(tx, message.id).count(message.address_id)
    at = tx.now + timedelta(seconds=_pause(failure, tries))
    worn_out = failure.again_in is not None and tries >= TRIES
    if failure.permanent or worn_out or at >= message.useless_after:
        ladder.step_down(tx, message.id, failure.code)
    else:
        ledger.again(tx, message.id, at, failure.code, from_=(message.status,))
        tx.wake()


def _pause(failure: SendFailed, tries: int) -> float:
    """Seconds until the same message may be tried again; those behind it have their turn meanwhile."""
    if failure.migrated_to:
        return 0
    if failure.again_in is not None:
        return failure.again_in
    growing = float(min(FIRST_PAUSE * 2 ** max(0, tries - 1), LONGEST_PAUSE))
    return max(failure.retry_after or 0.0, growing)
