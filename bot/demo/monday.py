"""The demo's first day as it stands at nine: who comes, who is here already, who waits, and what staff have to do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta

from bot.demo.then import as_of, at
from config.centre import Centre, Hours
from scheduler.asking import TEXT_VERSION
from scheduler.booking import book, confirm, give_back
from scheduler.contacting import ask_contact, call_today
from scheduler.enrolment import Newcomer, enrol
from scheduler.outcomes import arrive, attend
from scheduler.people import SMS, Person, address_of, person
from scheduler.policies import BUFFER, Record, set_policy
from scheduler.todos import take
from scheduler.waiting import Wish, wait
from scheduler.ways_of_coming import accompanied, late
from storage import declarations, people, todos
from storage.database import Transaction

# Beside the club's own Mondays: somebody at the other desk from eight, and somebody on the phone in the afternoon.
MORE_HOURS = (
    Hours(weekday=1, starts=time(8), ends=time(14), service="specialist", specialist="jan", station="103-2"),
    Hours(
        weekday=1, starts=time(12), ends=time(15), service="career_adviser", specialist="maria", mode="phone"
    ),
)
NUMBERS = 600_700_300
ENROLLED = timedelta(days=100)  # before
ASKED, ASKED_AGAIN = "07:30", "08:30"  # how they are; whoever was not asked has no phone, or comes by phone


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who comes today, and what they or the reception did when, by nine."""

    name: str
    service: str
    clock: time
    did: Mapping[str, str] = field(default_factory=dict)
    is_asked: bool = True
    has_phone: bool = True


GUESTS = (
    Guest("Łucja Przykładna", "specialist", time(8), {"declared": "07:31", "arrived": "07:55", "attended": "08:51"}),
    Guest("Stefan Niebywały", "psychologist", time(9), {"confirmed": "07:40", "declared": "07:40", "arrived": "08:50"}),
    Guest("Wanda Zmyślna", "career_adviser", time(9), {"confirmed": "07:33", "declared": "07:33", "late": "08:44"}),
    Guest("Bogdan Nibyski", "specialist", time(9), {"arrived": "08:56"}),
    Guest("Celina Wymyślna", "psychologist", time(10), {"confirmed": "07:52", "declared": "07:52", "accompanied": "07:58"}),
    Guest("Gustaw Zmyślny", "career_adviser", time(10)),
    Guest("Irma Nibyska", "psychologist", time(11), {"gave_back": "08:20"}),
    Guest("Kazimierz Próbowski", "career_adviser", time(11), {"confirmed": "08:05", "declared": "08:05"}),
    Guest("Rozalia Zmyślna", "psychologist", time(12)),
    Guest("Tymon Przykładny", "specialist", time(12), is_asked=False, has_phone=False),
    Guest("Weronika Próbowska", "career_adviser", time(13), {"confirmed": "08:15"}, is_asked=False),
    Guest("Zenon Wymyślny", "specialist", time(13)),
)  # fmt: skip
WAITING = (("Piotr Udawany", "psychologist"), ("Zofia Zmyślona", "career_adviser"))


def with_more_hours(centre: Centre) -> Centre:
    """The club as the demo plays it: with Mondays on which there is something to see."""
    return centre.model_copy(update={"timetable": (*centre.timetable, *MORE_HOURS)})


def enter_monday(
    tx: Transaction, centre: Centre, sender: str, known: Mapping[str, int], by: int
) -> list[int]:
    """Make the day what it is; return its visits.

    Args:
        known: the ids of those who can be played, by name.
        by: who sits at the reception.
    """
    day = Day(tx, centre)
    day.rules(by)
    guests = _enrol(as_of(tx, tx.now - ENROLLED), sender)
    eve = day.at("18:00", days=-1)  # so late that nobody is reminded of what they have just booked
    visits = {
        one.name: book(
            eve,
            centre,
            person_id=guests[one.name],
            service=one.service,
            starts_at=at(centre, day.date, one.clock),
        ).id
        for one in GUESTS
    }
    day.health(guests)
    day.morning(visits, by)
    for name, service in WAITING:
        wait(tx, centre, Wish(known[name], service, last_day=day.date + timedelta(days=11)), by=by)
    day.to_do(sender, guests, by)
    return list(visits.values())


def _enrol(tx: Transaction, sender: str) -> dict[str, int]:
    ids = {}
    for number, guest in enumerate(GUESTS, NUMBERS):
        phone = f"+48{number}" if guest.has_phone else None
        ids[guest.name] = enrol(tx, Newcomer(guest.name, phone), sender).person_id
        people.change_person(tx, ids[guest.name], self_check="visits")  # nobody plays them
    return ids


class Day:
    """The day of that transaction."""

    def __init__(self, tx: Transaction, centre: Centre) -> None:
        self.tx, self.centre = tx, centre
        self.date = tx.now.astimezone(centre.zone).date()

    def at(self, clock: str, days: int = 0) -> Transaction:
        """The transaction as it would have been at that time."""
        day = self.date + timedelta(days=days)
        return as_of(self.tx, at(self.centre, day, time.fromisoformat(clock)))

    def rules(self, by: int) -> None:
        """The airing after a visit was longer for a while: a record that is over."""
        span = self.at("08:00", days=-56).now, self.at("08:00", days=-14).now
        set_policy(self.at("12:00", days=-59), Record(BUFFER, 15, *span), by=by)

    def health(self, guests: Mapping[str, int]) -> None:
        """They were asked how they are, and whoever had not answered once more."""
        asked = [guests[one.name] for one in GUESTS if one.is_asked]
        declarations.ask(self.at(ASKED), asked, self.date, TEXT_VERSION)
        for one in GUESTS:
            if "declared" in one.did:
                declarations.declare(self.at(one.did["declared"]), [guests[one.name]], self.date)
        declarations.nudge(self.at(ASKED_AGAIN), asked, self.date)

    def morning(self, visits: Mapping[str, int], by: int) -> None:
        """What became of the visits by nine."""
        deeds: Mapping[str, Callable[[Transaction, int], object]] = {
            "confirmed": lambda then, visit: confirm(then, visit_id=visit),
            "late": lambda then, visit: late(then, visit_id=visit, minutes=15),
            "accompanied": lambda then, visit: accompanied(then, visit_id=visit),
            "gave_back": lambda then, visit: give_back(then, self.centre, visit_id=visit),
            "arrived": lambda then, visit: arrive(then, self.centre, visit_id=visit, by=by),
            "attended": lambda then, visit: attend(then, self.centre, visit_id=visit, by=by),
        }
        for one in GUESTS:
            for did, clock in one.did.items():
                if did in deeds:
                    deeds[did](self.at(clock), visits[one.name])

    def to_do(self, sender: str, guests: Mapping[str, int], by: int) -> None:
        """Somebody has to be called soon, which the reception has begun with; somebody else asked for a call."""
        where, who = self._reached(sender, guests["Rozalia Zmyślna"])
        call_today(self.at("08:40"), where, who)
        take(self.at("08:45"), todos.urgent(self.tx)[0].id, by_id=by)
        where, who = self._reached(sender, guests["Gustaw Zmyślny"])
        ask_contact(self.at("08:10"), where, who, self.date)

    def _reached(self, sender: str, person_id: int) -> tuple[int, list[Person]]:
        someone = person(self.tx, person_id)
        return address_of(self.tx, SMS, sender, someone.phone or "").id, [someone]
