"""Offers times to those who wait: whoever waits longest first, a few at a time; an offer holds nothing, the first yes has it.

A time is offered if it is free now and was not when its reader asked to wait: given back, its hold over, or added since.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from config.centre import Centre
from scheduler.booked import coming
from scheduler.booking import book, move
from scheduler.calendar import local
from scheduler.errors import AlreadyYours, Refused, SlotTaken, TooManyVisits
from scheduler.free_times import Busy, Search, free_times
from scheduler.ladder import best
from scheduler.ledger import Ask, Notice, Purpose, post
from scheduler.limits import check_number
from scheduler.quiet_hours import is_quiet
from scheduler.todos import open_todo
from scheduler.visits import FreeTime, Visit
from scheduler.waiting import Waiting, everybody
from storage import addresses, claims, offers
from storage import waiting as rows
from storage.database import Transaction

KIND = "offered"  # of the question that offers a time to somebody who waits
MOST_FREE = 300  # of a service's times
# A late answer is still known to be about the offer, and told kindly what became of it, rather than taken for another's.
LATE = timedelta(hours=12)


class OfferOver(Refused):
    """Its minutes have passed, or the person waits no more."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known, at one instant, of everybody who waits: where they are, what they have, and what they were offered."""

    visits: Mapping[int, Sequence[Visit]]
    busy: Mapping[int | None, Busy]
    reached: Mapping[int, Any]
    offered: set[tuple[int, datetime]]

    def phone(self, person_id: int) -> tuple[str, int]:
        """Where that person is asked, which others may share; without one they are asked in person."""
        target = self.reached.get(person_id)
        return ("person", person_id) if target is None else ("address", target.id)

    def can_have(self, centre: Centre, one: Waiting, free: FreeTime) -> bool:
        """Whether that person could take that time now."""
        if (one.person_id, free.starts_at) in self.offered or not one.fits(free.starts_at, centre.zone):
            return False
        where = ("person", one.person_id)
        return not self.busy[one.visit_id].at(where, free.starts_at, free.ends_at)


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody on the list, with the time that they are asked about now, and until when."""

    waiting: Waiting
    offered_at: datetime | None = None
    answer_until: datetime | None = None


def on_the_list(tx: Transaction, centre: Centre) -> list[Listed]:
    """Everybody who waits, the longest waiting first."""
    asked = {row.waiting_id: row for row in offers.open_offers(tx) if row.expires_at > tx.now}
    return [
        Listed(one, row.starts_at, row.expires_at) if (row := asked.get(one.id)) else Listed(one)
        for one in everybody(tx, centre)
    ]


def offer_times(tx: Transaction, centre: Centre) -> int:
    """Offer what is free to those who wait for it; return how many offers were made."""
    if not rows.lock_open(tx):
        return 0
    rows.end_what_stands_no_more(tx, local(tx.now, centre.zone).date())
    offers.expire(tx)
    served = {service.code for service in centre.enabled_services}
    waiting = [one for one in everybody(tx, centre) if one.service in served]
    free = _free(tx, centre, waiting)
    standing = _still_free(tx, free)
    if not waiting or is_quiet(tx.now, centre):
        return 0
    return _offer_in_turn(tx, centre, waiting, free, standing)


def accept(tx: Transaction, centre: Centre, offer_id: int) -> Visit:
    """The first yes has the time: a visit is booked there, or the one that waited for it is moved.

    Raises:
        OfferOver. AlreadyYours: they said so before. Refused: as `book` and `move`; their place on the list stays.
    """
    row = offers.offer_of(tx, offer_id)
    if row is None:
        raise OfferOver
    if row.outcome == "taken":
        raise AlreadyYours(had) if (had := taken_by(tx, row)) else OfferOver
    if row.outcome == "lost":
        raise SlotTaken
    if row.outcome == "expired" or row.expires_at <= tx.now or row.ended_at is not None:
        raise OfferOver
    if row.appointment_id is not None:
        visit = move(tx, centre, visit_id=row.appointment_id, starts_at=row.starts_at)
    else:
        visit = book(tx, centre, person_id=row.person_id, service=row.service, starts_at=row.starts_at)
    rows.end(tx, [row.waiting_id])
    offers.close(tx, [offer_id], "taken")
    return visit


def decline(tx: Transaction, offer_id: int) -> Visit | None:
    """The time is not wanted, the place on the list stays; if it was taken before, that visit."""
    row = offers.offer_of(tx, offer_id)
    if row is None:
        return None
    if row.outcome == "taken":
        return taken_by(tx, row)
    offers.close(tx, [offer_id], "declined")
    return None


def lose(tx: Transaction, offer_id: int) -> None:
    """The time can't be had any more; the place on the list stays."""
    offers.close(tx, [offer_id], "lost")


def taken_by(tx: Transaction, row: Any) -> Visit | None:
    """The visit that came of an offer, if it still stands there."""
    own = coming(tx, [row.person_id])
    return next((v for v in own if (v.service, v.starts_at) == (row.service, row.starts_at)), None)


def _free(tx: Transaction, centre: Centre, waiting: Sequence[Waiting]) -> dict[str, list[FreeTime]]:
    """What is free of each service that somebody waits for, while anybody does."""
    last = {
        service: max(one.last_day for one in waiting if one.service == service)
        for service in sorted({one.service for one in waiting})
    }
    return {
        service: free_times(tx, centre, Search(service, last_day=day), MOST_FREE)
        for service, day in last.items()
    }


def _still_free(tx: Transaction, free: Mapping[str, Sequence[FreeTime]]) -> list[Any]:
    """The open offers whose times can still be had; the others are lost, so that whoever had one can be offered another."""
    there = {(service, one.starts_at) for service, times in free.items() for one in times}
    standing = offers.open_offers(tx)
    gone = [row.id for row in standing if (row.service, row.starts_at) not in there]
    offers.close(tx, gone, "lost")
    return [row for row in standing if row.id not in gone]


def _offer_in_turn(
    tx: Transaction,
    centre: Centre,
    waiting: Sequence[Waiting],
    free: Mapping[str, Sequence[FreeTime]],
    standing: Sequence[Any],
) -> int:
    """Everybody in turn, by how long they wait, is offered the first time that they could have and that few others are asked about.

    Of those who share a phone one is asked at a time: whose yes it is has to be plain.
    """
    known, made = _known(tx, waiting, standing, free), 0
    asked = Counter((row.service, row.starts_at) for row in standing)
    has_one = {known.phone(row.person_id) for row in standing}
    earliest = tx.now + timedelta(minutes=centre.rules.lead_minutes + centre.waiting.answer_minutes)
    for one in waiting:
        if known.phone(one.person_id) in has_one or not _may_be_asked(centre, one, known):
            continue
        for time in free[one.service]:
            is_open = asked[one.service, time.starts_at] < centre.waiting.at_once
            if time.starts_at >= earliest and is_open and known.can_have(centre, one, time):
                made += _make(tx, centre, one, time, known.reached.get(one.person_id))
                asked[one.service, time.starts_at] += 1
                has_one.add(known.phone(one.person_id))
                break
    return made


def _may_be_asked(centre: Centre, one: Waiting, known: _Known) -> bool:
    """Not who asked for silence, nor who has as many visits as one may have."""
    target = known.reached.get(one.person_id)
    if target is not None and target.state != "active":
        return False
    try:
        if one.visit_id is None:
            check_number(centre, one.service, known.visits.get(one.person_id, ()))
    except TooManyVisits:
        return False
    return True


def _known(
    tx: Transaction,
    waiting: Sequence[Waiting],
    standing: Sequence[Any],
    free: Mapping[str, Sequence[FreeTime]],
) -> _Known:
    people = sorted({one.person_id for one in waiting} | {row.person_id for row in standing})
    visits: dict[int, list[Visit]] = defaultdict(list)
    for visit in coming(tx, people):
        visits[visit.participant_id].append(visit)
    reached: dict[int, list[Any]] = defaultdict(list)
    for row in addresses.addresses_of(tx, people):
        reached[row.person_id].append(row)
    targets = {person_id: best(known) for person_id, known in reached.items()}
    return _Known(visits, _busy(tx, waiting, people, free), targets, offers.offered_to(tx, people))


def _busy(
    tx: Transaction,
    waiting: Sequence[Waiting],
    people: Sequence[int],
    free: Mapping[str, Sequence[FreeTime]],
) -> dict[int | None, Busy]:
    """When those people are elsewhere; for each visit that is to move, the same without its own time."""
    times = [one for some in free.values() for one in some]
    busy = {one.visit_id: Busy() for one in waiting}
    if not times:
        return busy
    span = min(one.starts_at for one in times), max(one.ends_at for one in times)
    for row in claims.between(tx, [], people, span):
        for moving, taken in busy.items():
            if moving is None or row.appointment_id != moving:
                taken.add(("person", row.person_id), row.starts_at, row.ends_at)
    return busy


def _make(tx: Transaction, centre: Centre, one: Waiting, time: FreeTime, target: Any) -> int:
    """Offer it, by a message or, where none arrives, by a call of staff; return 1, or 0 if somebody else has just done so."""
    expires_at = tx.now + timedelta(minutes=centre.waiting.answer_minutes)
    offer_id = offers.insert_offer(tx, one.id, one.person_id, time.starts_at, expires_at)
    if offer_id is None:
        return 0
    if target is not None:
        post(tx, _notice(one, time, offer_id, expires_at))
        return 1
    open_todo(
        tx,
        key=f"offer:{offer_id}",
        text="todo_offer",
        params={"starts_at": time.starts_at.isoformat(), "service": one.service},
        person_id=one.person_id,
        due_at=expires_at,
    )
    return 1


def _notice(one: Waiting, time: FreeTime, offer_id: int, expires_at: datetime) -> Notice:
    """Neutral, as whatever nobody asked for: it names no service."""
    at = time.starts_at.isoformat()
    about = {"offer_id": offer_id, "person_id": one.person_id, "service": one.service, "starts_at": at}
    yes = "btn_book" if one.visit_id is None else "btn_move_there"
    answers = (("TAK", yes, "take_offer"), ("NIE", "btn_no", "decline_offer"))
    params = {"starts_at": at}
    if one.visit_starts_at is not None:
        params = {"starts_at": one.visit_starts_at.isoformat(), "offered_at": at}
    return Notice(
        key=f"offer:{offer_id}",
        purpose=Purpose.OFFER,
        text="waiting_offer" if one.visit_id is None else "waiting_move",
        params={**params, "until_time": expires_at.isoformat()},
        person_id=one.person_id,
        useless_after=expires_at,
        ask=Ask(
            kind=KIND,
            options=tuple(
                {"mark": mark, "key": key, "params": {"starts_at": at}, "value": {"do": do, **about}}
                for mark, key, do in answers
            ),
            asked=False,
            expires_at=min(time.starts_at, expires_at + LATE),
        ),
    )
