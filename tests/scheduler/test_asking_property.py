"""For any timetable, policy history and clock change: who is due is asked once a day at the local time, and nobody else is."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from config.centre import Centre
from scheduler.asking import prompt
from scheduler.calendar import is_holiday, local
from scheduler.people import link
from scheduler.policies import Record, set_policy
from storage.database import Database, Transaction
from storage.people import change_person
from storage.tables import appointment, closure, declaration, question, service, station
from tests.builders import WARSAW, Club, a_centre, a_row, warsaw
from tests.examples import examples

IN_MEMORY = Path("/dev/shm")
DAYS = 3
# Days around a clock change of spring and of autumn, a holiday in the week, and an ordinary week.
FIRSTS = (date(2026, 10, 23), date(2027, 3, 26), date(2026, 11, 10), date(2026, 6, 3), date(2026, 10, 5))
TICKS = [time(hour, minute) for hour in range(6, 23) for minute in (0, 30)]
SELF_CHECK = ("off", "visits", "daily")


@dataclass(frozen=True)
class Somebody:
    wish: str
    channel: str
    shares: bool
    hours: tuple[tuple[int, int], ...]  # (day from the first, hour)


@dataclass(frozen=True)
class Ruled:
    value: str
    since: int  # half hours from the first day's midnight
    lasts: int | None


@dataclass(frozen=True)
class World:
    first: date
    weekdays: frozenset[int]
    closed: frozenset[int]
    people: tuple[Somebody, ...]
    rules: tuple[Ruled, ...]

    @property
    def begins(self) -> datetime:
        return warsaw(self.first, "00:00")

    def is_open(self, day: date) -> bool:
        return (
            day.isoweekday() in self.weekdays
            and not is_holiday(day)
            and (day - self.first).days not in self.closed
        )

    def self_check(self, at: datetime) -> str:
        held = "daily"
        for rule in self.rules:
            since = self.begins + rule.since * HALF_HOUR
            if since <= at and (rule.lasts is None or at < since + rule.lasts * HALF_HOUR):
                held = rule.value
        return held

    def visits(self, person: Somebody, day: date) -> list[datetime]:
        return [
            warsaw(day, f"{hour:02}:00")
            for ahead, hour in person.hours
            if self.first + timedelta(days=ahead) == day
        ]


HALF_HOUR = timedelta(minutes=30)
people = st.builds(
    Somebody,
    wish=st.sampled_from(["daily", "daily", "visits", "never"]),
    channel=st.sampled_from(["sms", "telegram"]),
    shares=st.booleans(),
    hours=st.lists(
        st.tuples(st.integers(0, DAYS), st.sampled_from([8, 9, 10, 14])),
        max_size=2,
        unique_by=lambda one: one,
    ).map(tuple),
)
worlds = st.builds(
    World,
    first=st.sampled_from(FIRSTS),
    weekdays=st.frozensets(st.integers(1, 7), min_size=3),
    closed=st.frozensets(st.integers(0, DAYS), max_size=1),
    people=st.lists(people, min_size=1, max_size=4).map(tuple),
    rules=st.lists(
        st.builds(
            Ruled,
            value=st.sampled_from(SELF_CHECK),
            since=st.integers(0, DAYS * 48),
            lasts=st.none() | st.integers(1, 48),
        ),
        max_size=3,
    ).map(tuple),
)


def expected(world: World) -> set[tuple[int, date, datetime]]:
    """Who should be asked, for which day, and when: said again, in other words than the product's."""
    asked: dict[tuple[int, date], datetime] = {}
    for at in ticks(world):
        held = world.self_check(at)
        today, clock = local(at, WARSAW).date(), local(at, WARSAW).time()
        for number, somebody in enumerate(world.people):
            if held == "off" or somebody.wish == "never":
                continue
            if time(7, 30) <= clock and world.is_open(today):
                ahead = [
                    start for start in world.visits(somebody, today) if start - at >= timedelta(minutes=15)
                ]
                everyday = held == somebody.wish == "daily" and clock < time(10, 30)
                if ahead or (everyday and not world.visits(somebody, today)):
                    asked.setdefault((number, today), at)
            tomorrow = today + timedelta(days=1)
            early = any(
                local(start, WARSAW).time() < time(9, 30) for start in world.visits(somebody, tomorrow)
            )
            if early and time(18) <= clock < time(22) and world.is_open(tomorrow):
                asked.setdefault((number, tomorrow), at)
    return {(number, day, at) for (number, day), at in asked.items()}


def ticks(world: World) -> list[datetime]:
    days = [world.first + timedelta(days=ahead) for ahead in range(DAYS)]
    return [warsaw(day, clock.isoformat("minutes")) for day in days for clock in TICKS]


@contextmanager
def a_club(world: World, template: Path) -> Iterator[tuple[Club, list[int]]]:
    with TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as folder:
        path = Path(folder) / "termin.db"
        shutil.copy(template, path)
        database = Database(f"sqlite:///{path}")
        club = Club(database, _centre(world), world.begins - timedelta(days=2))
        try:
            yield club, [_enrol(club, world, number) for number in range(len(world.people))]
        finally:
            database.close()


def _centre(world: World) -> Centre:
    timetable = [
        a_row("pola", "psycholog", day, "09:00", "15:00") | {"station": "a", "mode": "in_person"}
        for day in world.weekdays
    ] + [a_row("dorota", "doradca", day, "09:00", "15:00") for day in world.weekdays]
    return a_centre(timetable=timetable)


def _enrol(club: Club, world: World, number: int) -> int:
    somebody = world.people[number]
    person_id = club.person(f"Osoba{number} Testowa", None)
    where = "+48501000999" if somebody.shares else f"+4850100000{number}"
    club.do(lambda tx: link(tx, person_id, somebody.channel, "a", where))
    club.do(lambda tx: change_person(tx, person_id, self_check=somebody.wish))
    pola = club.specialist("pola")
    for ahead, hour in somebody.hours:
        at = warsaw(world.first + timedelta(days=ahead), f"{hour:02}:00")
        club.do(lambda tx, at=at: tx.connection.execute(insert(appointment), _visit(tx, person_id, pola, at)))
    return person_id


def _visit(tx: Transaction, person_id: int, specialist_id: int, at: datetime) -> dict[str, Any]:
    return {
        "service_id": tx.connection.execute(select(service.c.id)).scalars().first(),
        "participant_id": person_id,
        "specialist_id": specialist_id,
        "station_id": tx.connection.execute(select(station.c.id)).scalars().first(),
        "mode": "in_person",
        "starts_at": at,
        "ends_at": at + timedelta(minutes=50),
        "booked_at": tx.now,
    }


@settings(
    max_examples=examples(12),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(world=worlds)
def test_each_due_person_is_asked_once_a_day_at_the_local_time_and_nobody_else_is(
    sqlite_template: Path, world: World
) -> None:
    with a_club(world, sqlite_template) as (club, ids):
        club.do(lambda tx: _live(tx, club, world))

        rows = club.do(lambda tx: tx.connection.execute(select(declaration)).all())
        assert {(ids.index(row.person_id), row.day, row.asked_at) for row in rows} == expected(world)
        assert sorted(_first_questions(club)) == sorted((row.person_id, row.day.isoformat()) for row in rows)


def _live(tx: Transaction, club: Club, world: World) -> None:
    """Some days of that world in one transaction, for speed: the job runs twice at each of its times."""
    for rule in world.rules:
        since = world.begins + rule.since * HALF_HOUR
        until = None if rule.lasts is None else since + rule.lasts * HALF_HOUR
        set_policy(tx, Record("self_check", rule.value, since, until))
    for ahead in world.closed:
        day = world.first + timedelta(days=ahead)
        tx.connection.execute(insert(closure), {"first_day": day, "last_day": day, "reason": ""})
    for at in ticks(world):
        tx.now = at
        for _ in range(2):
            prompt(tx, club.centre)


def _first_questions(club: Club) -> list[tuple[int, str]]:
    """Everybody whom a message asked for the first time that day."""
    rows = club.do(lambda tx: tx.connection.execute(select(question.c.options, question.c.message_id)).all())
    keys = {row.id: row.key for row in club.messages(purpose="health")}
    values = [row.options[0]["value"] for row in rows if not keys[row.message_id].endswith(":again")]
    return [(person_id, value["day"]) for value in values for person_id in value["people"]]
