"""What nobody knows: calls that were never answered, and calls that a process may have made before it died.

Where the provider can be asked, it is asked before anything is sent again; where not, the purpose says which evil is the lesser.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from scheduler import ladder
from scheduler.channels import Outgoing, Receipt, Searched, SendFailed
from scheduler.clock import Clock
from scheduler.purposes import RULES, Evil, Purpose
from scheduler.settling import Outcome, outcome, settle
from scheduler.states import ATTEMPT_MOVES, MESSAGE_MOVES, AttemptState, MessageState, before
from scheduler.wording import Lane
from storage import attempts, ledger
from storage.database import Transaction

# A provider lists a message a while after it has taken it; counted from the attempt. Nothing to wait for where nothing is listed.
GRACE = timedelta(seconds=60)
# Its dates have whole seconds, and its clock is not ours.
MARGIN = timedelta(seconds=60)
AT_ONCE = 100


def run_out(tx: Transaction, clock: Clock) -> int:
    """Calls whose lease has ended without a result are unknown, never waiting; return how many."""
    message_ids = attempts.run_out(tx, clock.real(tx))
    to = MessageState.UNKNOWN
    ledger.move_many(tx, message_ids, to, from_=before(MESSAGE_MOVES, to))
    return len(message_ids)


def take(tx: Transaction, lane: Lane) -> list[Any]:
    """Unknown attempts whose grace is over, for this process to find out about."""
    real = lane.clock.real(tx)
    grace = GRACE if isinstance(lane.channel, Searched) else timedelta(0)
    return attempts.take_unknown(tx, lane.key, before=real - grace, real=real, limit=AT_ONCE)


def as_sent(attempt: Any) -> Outgoing:
    """The attempt as it was handed to the channel, for it to search."""
    return Outgoing(
        attempt_id=attempt.id,
        message_id=attempt.message_id,
        address=attempt.address,
        language=attempt.language,
        body=attempt.body or "",
        purpose=Purpose(attempt.purpose),
    )


def conclude(tx: Transaction, lane: Lane, attempt: Any, listed: Sequence[Receipt] | None) -> None:
    """Decide about an unknown attempt.

    Args:
        listed: what the provider lists with that address and body; None if it can't be asked.
    """
    known = attempts.known(tx, lane.key, [one.provider_id for one in listed or ()])
    new = next((one for one in listed or () if known.get(one.provider_id, attempt.id) == attempt.id), None)
    if new is not None:
        settle(tx, lane.clock, lane.key, [outcome(attempt.id, new)])
    elif listed is None and RULES[attempt.purpose].evil is Evil.GAP:
        _leave(tx, lane, attempt)
    else:
        code = "unanswered" if listed is None else "not_listed"
        failure = SendFailed(code, again_in=0)
        settle(tx, lane.clock, lane.key, [Outcome(attempt.id, AttemptState.FAILED, failure=failure)])


def decide(tx: Transaction, lane: Lane, taken: Sequence[Any]) -> None:
    """Decide about unknown attempts of a provider that can't be asked."""
    for attempt in taken:
        conclude(tx, lane, attempt, None)


def _leave(tx: Transaction, lane: Lane, attempt: Any) -> None:
    """It has arrived, or there is a gap: either is better than to say it twice."""
    row = (attempt.id, None, "unanswered")
    froms = before(ATTEMPT_MOVES, AttemptState.FAILED)
    for message_id in attempts.settle(tx, [row], AttemptState.FAILED, from_=froms, at=lane.clock.real(tx)):
        ladder.give_up(tx, ledger.message_by_id(tx, message_id), "unanswered", tell=False)
