"""Writes the health prompts that are due: each person once a day, whoever else is writing them at the same moment."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from config.centre import Centre
from scheduler import pauses
from scheduler.calendar import day_span
from scheduler.ledger import Ask, Notice, Purpose, post_all
from scheduler.morning import EVENING, TOO_LATE, Call, due, is_asking_hour
from scheduler.names import first_name
from scheduler.policies import policy
from scheduler.purposes import RULES
from storage import declarations, prompts
from storage.database import Database, Transaction

TEXT_VERSION = "1"  # of the signs and the question: raised when their meaning changes
AT_ONCE = 500  # people in one transaction: others want to write too
NAMED = 2  # so many visits are told with first names; more would not fit an SMS
NEVER = datetime.max.replace(tzinfo=UTC)
CHECK = "check"  # the kind of a prompt's question, unless it is about one visit of one person


@dataclass(frozen=True, slots=True)
class Plan:
    """What there is to do now: prompts to withdraw, people of whom staff have to be told, prompts to write."""

    withdraws: bool = False
    silent: tuple[int, ...] = ()
    calls: tuple[Call, ...] = ()


async def ask_all(database: Database, centre: Centre, now: datetime) -> None:
    """Ask everybody who is due, some hundreds in a transaction: a booking between them waits for one of these alone."""
    plan = await database.read(lambda tx: plan_of(tx, centre), now)
    if plan.withdraws or plan.silent:
        await database.write(lambda tx: settle(tx, centre, plan), now)
    for some in batches(plan.calls):
        await database.write(partial(ask, centre=centre, calls=some), now)


def prompt(tx: Transaction, centre: Centre) -> int:
    """The same in the caller's one transaction; return how many messages were written."""
    plan = plan_of(tx, centre)
    settle(tx, centre, plan)
    return sum(ask(tx, centre, calls) for calls in batches(plan.calls))


def plan_of(tx: Transaction, centre: Centre) -> Plan:
    """What is due at this instant; nothing is written."""
    if policy(tx, centre, tx.now).self_check == "off":
        return Plan(withdraws=prompts.waiting(tx, Purpose.HEALTH) > 0)
    silent = pauses.untold(tx, centre) if is_asking_hour(centre, tx.now) else []
    return Plan(silent=tuple(silent), calls=tuple(sorted(due(tx, centre), key=_urgency)))


def _urgency(call: Call) -> datetime:
    """The earliest visit first, then those without one: a sender's pace may take hours for all."""
    return min((visit.starts_at for visit in call.visits), default=NEVER)


def settle(tx: Transaction, centre: Centre, plan: Plan) -> None:
    """None goes out once they are switched off; staff are told for whom they pause."""
    if plan.withdraws:
        prompts.withdraw(tx, Purpose.HEALTH)
    pauses.tell(tx, centre, plan.silent)


def batches(calls: Sequence[Call]) -> Iterable[list[Call]]:
    """Some hundreds at a time."""
    return (list(calls[first : first + AT_ONCE]) for first in range(0, len(calls), AT_ONCE))


def ask(tx: Transaction, centre: Centre, calls: Sequence[Call]) -> int:
    """Write those prompts; whom somebody else has asked meanwhile is left out. Return how many were written."""
    new = _claimed(tx, calls)
    left = [
        replace(call, people=people)
        for call in calls
        if (people := tuple(one for one in call.people if one.person_id in new[call.day, call.nudge]))
    ]
    post_all(tx, [_notice(tx, centre, call) for call in left])
    return len(left)


def _claimed(tx: Transaction, calls: Sequence[Call]) -> dict[tuple[date, bool], set[int]]:
    """Who is ours to ask: the database lets a person and day in once."""
    wanted: dict[tuple[date, bool], set[int]] = defaultdict(set)
    for call in calls:
        wanted[call.day, call.nudge] |= {one.person_id for one in call.people}
    return {
        (day, again): declarations.nudge(tx, people, day)
        if again
        else declarations.ask(tx, people, day, TEXT_VERSION)
        for (day, again), people in wanted.items()
    }


def _notice(tx: Transaction, centre: Centre, call: Call) -> Notice:
    first, only = call.people[0], call.only_visit
    return Notice(
        key=f"check:{call.day}:{first.person_id}{':again' if call.nudge else ''}",
        purpose=Purpose.HEALTH,
        text=_text(call),
        params=_params(call),
        person_id=first.person_id,
        address_id=call.address_id,
        appointment_id=only.id if only else None,
        session_id=only.session_id if only else None,
        useless_after=_useless_after(tx, call),
        ask=Ask(
            kind=_kind(only),
            options=_answers(call),
            asked=False,
            expires_at=day_span(call.day, call.day, centre.zone)[1],
            version=only.version if only else None,
        ),
    )


def _kind(only: Any | None) -> str:
    if only is None:
        return CHECK
    return "visit" if only.session_id is None else "session"


def _text(call: Call) -> str:
    if call.is_staff:
        return "check_staff"
    if not call.visits:
        return "check_day"
    when = "check_early" if call.early else "check_visit"
    return when if call.only_visit else f"{when}_list"


def _params(call: Call) -> dict[str, Any]:
    if not call.visits:
        return {}
    if call.only_visit:
        return {"starts_time": call.only_visit.starts_at.isoformat()}
    told = [(visit.starts_at, first_name(one.full_name)) for one in call.people for visit in one.visits]
    is_shared = len(call.people) > 1  # alone, the name is nobody's business on a lock screen
    line = "check_line" if is_shared and len(told) <= NAMED else "check_line_brief"
    lines = [
        {"key": line, "params": {"first_name": name, "starts_time": at.isoformat()}}
        for at, name in sorted(told)
    ]
    return {"visits": lines}


def _useless_after(tx: Transaction, call: Call) -> datetime:
    if not call.visits:
        return tx.now + RULES[Purpose.HEALTH].useful_for
    latest: datetime = max(visit.starts_at for visit in call.visits) - TOO_LATE
    return min(latest, tx.now + EVENING) if call.early else latest


def _answers(call: Call) -> tuple[dict[str, Any], ...]:
    """What each answer means; the marks tell nobody who reads along how anybody is."""
    about = {
        "day": call.day.isoformat(),
        "people": [one.person_id for one in call.people],
        "visits": [visit.id for visit in call.visits if visit.session_id is None],
        "sessions": sorted({visit.session_id for visit in call.visits if visit.session_id is not None}),
    }
    labels = (("TAK", "btn_checked", "yes"), ("NIE", "btn_not_today", "no"), ("INNE", "btn_unsure", "unsure"))
    return tuple(
        {"mark": mark, "key": key, "params": {}, "value": {"answer": answer, **about}}
        for mark, key, answer in labels
    )
