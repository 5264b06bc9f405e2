"""What tests are made of: a small club, people in it, and shortcuts to the first thing that most stories need."""

from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from config.centre import Centre, load_centre
from scheduler.enrolment import Newcomer, enrol
from scheduler.plant import plant
from storage.database import Database, Transaction
from storage.tables import claim, message, person

# For what is the same on either database: the storage under it is tried on both where it is its own subject.
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

WARSAW = ZoneInfo("Europe/Warsaw")
REAL_CENTRE = Path(__file__).parent.parent / "config" / "centres" / "kedzierzyn-kozle.toml"

# A Monday in term, long before any clock change.
MONDAY = date(2026, 10, 5)


def warsaw(day: date | str, clock: str = "09:00") -> datetime:
    """That local day and time as UTC; in the repeated hour the first."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return datetime.combine(day, time.fromisoformat(clock), WARSAW).astimezone(UTC)


NOW = warsaw(MONDAY)


@lru_cache
def the_centre() -> Centre:
    """The club of the source document."""
    return load_centre(REAL_CENTRE)


def a_centre(
    *,
    timetable: list[dict[str, Any]] | None = None,
    closures: list[dict[str, Any]] | None = None,
    **rules: Any,
) -> Centre:
    """A small club: one room with two desks, two psychologists and an adviser, every weekday from 9 to 15 o'clock."""
    known = the_centre().model_dump()
    days = range(1, 6)
    known["services"] = [
        known["services"][0] | {"code": "psycholog", "minutes": 50, "every_minutes": 60, "enabled": True},
        known["services"][1] | {"code": "doradca", "minutes": 50, "every_minutes": 60, "enabled": True},
    ]
    known["rooms"] = [
        known["rooms"][0]
        | {"code": "r1", "stations": [{"code": "a", "name": "A"}, {"code": "b", "name": "B"}]}
    ]
    known["specialists"] = [
        {"code": code, "full_name": name, "initials": name[0]}
        for code, name in (
            ("pola", "Pola Przykładowa"),
            ("piotr", "Piotr Przykładowy"),
            ("dorota", "Dorota Przykładowa"),
        )
    ]
    known["timetable"] = timetable or [
        *(_hours("pola", "psycholog", day, "a") for day in days),
        *(_hours("piotr", "psycholog", day, "b") for day in days),
        *(_hours("dorota", "doradca", day, None) for day in days),
    ]
    known["closures"] = closures or []
    known["rules"] |= {
        "lead_minutes": 60,
        "horizon_days": 60,
        "open_visits_per_service": 2,
        "open_visits": 3,
        "reminder_days": (3, 1),
        "buffer_minutes": 10,
    } | rules
    return Centre.model_validate(known)


def _hours(specialist: str, service: str, weekday: int, station: str | None) -> dict[str, Any]:
    mode = "in_person" if station else "remote"
    return a_row(specialist, service, weekday, "09:00", "15:00") | {"station": station, "mode": mode}


def a_row(specialist: str, service: str, weekday: int, starts: str, ends: str) -> dict[str, Any]:
    """A row of the timetable, by phone."""
    return {
        "specialist": specialist,
        "service": service,
        "weekday": weekday,
        "starts": time.fromisoformat(starts),
        "ends": time.fromisoformat(ends),
        "station": None,
        "mode": "phone",
    }


class Club:
    """A database with a club planted in it; each method is a transaction of its own, at `now` unless told otherwise."""

    def __init__(self, database: Database, centre: Centre | None = None, now: datetime = NOW) -> None:
        self.database, self.centre, self.now = database, centre or a_centre(), now
        self.do(lambda tx: plant(tx, self.centre))

    def do(self, work: Any, now: datetime | None = None) -> Any:
        """Run `work(tx)` as a transaction and return what it returns."""
        return self.database.run(work, now or self.now)

    def person(self, name: str = "Jan Testowy", phone: str | None = "+48501000001", **more: Any) -> int:
        """Enrol somebody; return their id."""
        return int(
            self.do(lambda tx: enrol(tx, Newcomer(full_name=name, phone=phone, **more), "sms")).person_id
        )

    def specialist(self, code: str) -> int:
        """The person id of a specialist."""
        return int(
            self.do(
                lambda tx: tx.connection.execute(
                    select(person.c.id).where(person.c.code == code)
                ).scalar_one()
            )
        )

    def claims(self) -> list[tuple[int | None, int | None, datetime, datetime]]:
        """Every claim: station, person, from, until."""
        columns = (claim.c.station_id, claim.c.person_id, claim.c.starts_at, claim.c.ends_at)
        return [
            tuple(row)
            for row in self.do(lambda tx: tx.connection.execute(select(*columns).order_by(claim.c.id)).all())
        ]

    def messages(self, **where: Any) -> list[Any]:
        """The ledger's rows, by when they go out."""
        asked = select(message).order_by(message.c.send_after, message.c.id)
        for name, value in where.items():
            asked = asked.where(message.c[name] == value)
        return list(self.do(lambda tx: tx.connection.execute(asked).all()))


def count(tx: Transaction, table: Any) -> int:
    """How many rows a table has."""
    return int(tx.connection.execute(select(func.count()).select_from(table)).scalar_one())
