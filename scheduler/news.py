"""What the club has to say of visits that it changed: one message to each person, however many visits it is about.

Nobody asked for it, so it is neutral; whoever can't be written to becomes a to-do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from config.centre import Centre
from scheduler.calendar import local
from scheduler.ladder import best
from scheduler.ledger import Ask, Notice, Purpose, post
from scheduler.quiet_hours import end_of_night, latest_allowed
from scheduler.sessions import Session
from scheduler.todos import open_todo
from scheduler.visits import FreeTime, Visit
from storage import addresses
from storage.database import Transaction

TO_PLAN = timedelta(hours=12)  # somebody needs so long before a visit to make another plan
ON_THE_WAY = timedelta(hours=1)
OFFER = "offer"  # the kind of the question that proposes another time


@dataclass(frozen=True, slots=True)
class News:
    """What became of one person's visits, all alike: called off, or in another place at the same time.

    Attributes:
        offered: a time that the only one called off could have instead.
        sessions: of groups, called off too.
    """

    visits: Sequence[Visit]
    offered: FreeTime | None = None
    sessions: Sequence[Session] = ()

    @property
    def person_id(self) -> int:
        return self.visits[0].participant_id

    @property
    def are_off(self) -> bool:
        return not self.visits[0].is_open


def tell(tx: Transaction, centre: Centre, news: News) -> bool:
    """Tell the person once.

    Returns:
        False if they can't be written to: then staff have it to do.
    """
    if not is_reached(tx, news.person_id):
        for visit in news.visits:
            _leave_to_staff(tx, news, visit)
        return False
    first = min(news.visits, key=lambda visit: visit.starts_at)
    post(
        tx,
        Notice(
            key=f"club:{first.id}:{first.version}",
            purpose=purpose(tx, centre, first.starts_at),
            text=_text(news),
            params=_params(centre, news),
            person_id=news.person_id,
            send_after=send_after(tx, centre, first.starts_at),
            appointment_id=None if news.offered else first.id,
            useless_after=first.starts_at,
            ask=_ask(news, first) if news.offered else None,
        ),
    )
    return True


def is_reached(tx: Transaction, person_id: int) -> bool:
    """Whether a person can be written to: they have an address, and did not ask for silence."""
    target = best(addresses.addresses_of(tx, [person_id]))
    return target is not None and target.state == "active"


def purpose(tx: Transaction, centre: Centre, starts_at: datetime) -> Purpose:
    """Of news about that time: it waits for the morning and for Monday; it is urgent where that is today, tomorrow, or too late to plan by."""
    days = local(starts_at, centre.zone).date() - local(tx.now, centre.zone).date()
    last_call = latest_allowed(starts_at - TO_PLAN, centre, Purpose.REMINDER)
    return Purpose.URGENT if days <= timedelta(days=1) or last_call <= tx.now else Purpose.REMINDER


def send_after(tx: Transaction, centre: Centre, starts_at: datetime) -> datetime:
    """From when news about that time may go, however urgent: nobody is woken for what is not today.

    What would be read too late then, on the way to the club, goes at once.
    """
    is_today = local(starts_at, centre.zone).date() == local(tx.now, centre.zone).date()
    by_day = end_of_night(tx.now, centre)
    return tx.now if is_today or by_day > starts_at - ON_THE_WAY else by_day


def _text(news: News) -> str:
    if news.offered:
        return "club_offer"
    if len(news.visits) + len(news.sessions) == 1:
        return "club_called_off" if news.are_off else "club_new_place"
    return "club_called_off_many" if news.are_off else "club_new_places"


def _params(centre: Centre, news: News) -> dict[str, object]:
    """Of several visits the days, and the place if it is the same for all; the reminders say the rest."""
    first = news.visits[0]
    if len(news.visits) + len(news.sessions) > 1:
        starts = [one.starts_at for one in news.visits] + [one.starts_at for one in news.sessions]
        days = sorted({local(at, centre.zone).date() for at in starts})
        lines = [{"key": "changed_day", "params": {"on_day": day.isoformat()}} for day in days]
        places = {visit.place for visit in news.visits}
        return {"visits": lines, "place": places.pop() if len(places) == 1 else ""}
    if news.offered is None:
        return {**_facts(first)}
    return {
        "starts_at": first.starts_at.isoformat(),
        "offered_at": news.offered.starts_at.isoformat(),
        "place": news.offered.place,
    }


def _facts(visit: Visit) -> dict[str, str]:
    return {"starts_at": visit.starts_at.isoformat(), "place": visit.place}


def _ask(news: News, visit: Visit) -> Ask:
    """TAK books the time if it is still free, NIE is thanked for, ZMIEN shows others."""
    assert news.offered is not None
    at = news.offered.starts_at.isoformat()
    wish = {"service": visit.service, "person_id": visit.participant_id}
    answers = (
        ("TAK", "btn_book", {"do": "book", **wish, "starts_at": at}),
        ("NIE", "btn_no", {"do": "decline", **wish, "visit_id": visit.id}),
        ("ZMIEN", "btn_change", {"do": "times", **wish}),
    )
    options = tuple(
        {"mark": mark, "key": key, "params": {"starts_at": at}, "value": value}
        for mark, key, value in answers
    )
    return Ask(kind=OFFER, options=options, asked=False, expires_at=news.offered.starts_at)


def _leave_to_staff(tx: Transaction, news: News, visit: Visit) -> None:
    open_todo(
        tx,
        key=f"club:{visit.id}:{visit.version}",
        text="todo_tell_called_off" if news.are_off else "todo_tell_new_place",
        params=_facts(visit),
        person_id=visit.participant_id,
        appointment_id=visit.id,
        due_at=visit.starts_at,
    )
