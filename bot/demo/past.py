"""What lies behind the demo, written once it can be seen: weeks of visits, of groups that met, an announcement that went, one that waits."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import cycle, islice
from operator import itemgetter

from bot.demo.groups import met_before
from bot.demo.monday import GUESTS
from bot.demo.then import Then, as_of, at
from config.centre import Centre
from scheduler.announced import Draft
from scheduler.announcements import compose, look_after
from scheduler.announcing import worded
from scheduler.audience import Audience
from scheduler.booking import book, give_back
from scheduler.calendar import local
from scheduler.channels import Outgoing, SendFailed
from scheduler.dispatch import claim_due
from scheduler.errors import Refused
from scheduler.outcomes import attend, miss
from scheduler.people import called
from scheduler.settling import Outcome, outcome, settle
from scheduler.staff import colleague_called
from scheduler.states import AttemptState
from scheduler.wording import Lane
from storage import pace, recipients
from storage.database import Database, Transaction

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WEEKS = 10
VISITS = (  # of a week: days after its Monday, at what hour, of which service
    (1, 9, "career_adviser"),
    (1, 12, "specialist"),
    (2, 10, "psychologist"),
    (3, 10, "career_adviser"),
    (4, 9, "psychologist"),
)
BECAME = ("came", "came", "gave back in time", "came", "came", "came", "missed", "came", "gave back")
SETTLED: Mapping[str, timedelta] = {  # after the start
    "came": HOUR,
    "missed": HOUR,
    "gave back": -3 * HOUR,
    "gave back in time": -2 * DAY,
}
GROUP = "Warsztaty B"
TO_GROUP = {
    "pl": "Na następne warsztaty prosimy przynieść CV, może być na kartce.",
    "uk": "На наступне заняття просимо принести CV, можна на папері.",
    "en": "Please bring your CV to the next workshop, on paper is fine.",
}
TO_ALL = {
    "pl": "Zapraszamy na zajęcia z obsługi komputera. Zapisy w pokoju 102.",
    "uk": "Запрошуємо на заняття з комп'ютера. Запис у кімнаті 102.",
    "en": "You are invited to a computer course. Please sign up in room 102.",
}
WRITER = "Adam Zmyślony"
HAVE_READ, AT_ONCE = 6, 100
Event = tuple[datetime, Callable[[Transaction], object]]
IS_OFF = SendFailed("30003", permanent=True)  # Twilio: the handset can't be reached


@dataclass(frozen=True, slots=True)
class Past:
    """The weeks before a Monday, and the lanes on which messages left then."""

    centre: Centre
    lanes: Sequence[Lane]
    monday: date

    def week(self, tx: Transaction, ago: int) -> None:
        """What was booked for that week on the Friday before, its reminders, and what became of it."""
        first = self.monday - 7 * ago * DAY
        friday = at(self.centre, first - 3 * DAY, time(10))
        names = _from(ago, [one.name for one in GUESTS if one.has_phone])
        events: list[Event] = [(friday + days * DAY + 9 * HOUR, self.deliver) for days in range(8)]
        for (days, hour, service), name, became in zip(VISITS, names, _from(ago, BECAME), strict=False):
            starts_at = at(self.centre, first + days * DAY, time(hour))
            visit_id = self._booked(as_of(tx, friday), name, service, starts_at)
            if visit_id is not None:
                settled = partial(self._became, visit_id=visit_id, became=became)
                events.append((starts_at + SETTLED[became], settled))
        for when, happens in sorted(events, key=itemgetter(0)):
            happens(as_of(tx, when))

    def announcements(self, tx: Transaction) -> None:
        """One went to a group last week; one to everybody waits for a second person since Friday."""
        writer = colleague_called(tx, WRITER).id
        sent = as_of(tx, at(self.centre, self.monday - 5 * DAY, time(10)))
        compose(sent, self.centre, Draft(worded(TO_GROUP, asks=True), Audience(GROUP)), by=writer)
        later = as_of(tx, sent.now + HOUR)
        for message_id in self.deliver(later, failing=1)[:HAVE_READ]:
            recipients.mark_read(later, message_id)
        look_after(later, self.centre)
        friday = as_of(tx, at(self.centre, self.monday - 3 * DAY, time(12)))
        careful = self.centre.announcements.model_copy(update={"second_person_above": 0})
        centre = self.centre.model_copy(update={"announcements": careful})
        compose(friday, centre, Draft(worded(TO_ALL, asks=False), Audience()), by=writer)
        self.deliver(friday)

    def deliver(self, tx: Transaction, failing: int = 0) -> list[int]:
        """Everything due then leaves and arrives, but for the first few; return which messages arrived."""
        arrived: list[int] = []
        for lane in self.lanes:
            free_at, _ = pace.account(tx, lane.key, lock=True)
            while claimed := _claimed(tx, lane):
                off, on = claimed[:failing], claimed[failing:]
                settle(tx, lane.clock, lane.key, [_outcome(one, IS_OFF) for one in off])
                settle(tx, lane.clock, lane.key, [_outcome(one) for one in on])
                arrived += [one.message_id for one in on]
                failing -= len(off)
            pace.set_free_at(tx, lane.key, free_at)
        return arrived

    def _booked(self, tx: Transaction, name: str, service: str, starts_at: datetime) -> int | None:
        """None on a holiday, or if it can't be had."""
        [someone] = called(tx, "participant", name)
        with suppress(Refused):
            return book(tx, self.centre, person_id=someone.id, service=service, starts_at=starts_at).id
        return None

    def _became(self, tx: Transaction, visit_id: int, became: str) -> None:
        if became == "came":
            attend(tx, self.centre, visit_id=visit_id, by=None)
        elif became == "missed":
            miss(tx, self.centre, visit_id=visit_id, by=None)
        else:
            give_back(tx, self.centre, visit_id=visit_id)


async def look_back(database: Database, lanes: Sequence[Lane], now: datetime) -> None:
    """Write it all, a week in a transaction: whoever plays already waits for one of these alone."""
    centre = lanes[0].centre
    past = Past(centre, [_then(lane) for lane in lanes], local(now, centre.zone).date())
    await database.write(past.announcements, now)
    await database.write(partial(met_before, centre=centre, monday=past.monday), now)
    for ago in range(1, WEEKS + 1):
        await database.write(partial(past.week, ago=ago), now)


def _from(ago: int, those: Sequence[str]) -> Iterator[str]:
    """Round and round, each week from where the week before ended."""
    return islice(cycle(those), ago * len(VISITS) % len(those), None)


def _then(lane: Lane) -> Lane:
    """Chats rest by real time, and the demo's days may be ahead of it: what was said there counts as said now."""
    return lane if lane.channel.pace.chat_seconds else replace(lane, clock=Then())


def _claimed(tx: Transaction, lane: Lane) -> tuple[Outgoing, ...]:
    """What is due then, whatever the pace of today: that is of real time."""
    pace.set_free_at(tx, lane.key, lane.clock.real(tx))
    return claim_due(tx, lane, AT_ONCE).outgoing


def _outcome(one: Outgoing, failure: SendFailed | None = None) -> Outcome:
    """Without the provider's number: there is nothing at the provider that could be asked after."""
    if failure is not None:
        return outcome(one.attempt_id, failure)
    return Outcome(one.attempt_id, AttemptState.DELIVERED)
