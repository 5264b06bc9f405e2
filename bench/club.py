"""A club large enough to measure on: many specialists with full weeks, and as many participants as are asked for."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select

from config.centre import Centre, load_centre
from scheduler.calendar import is_holiday
from scheduler.plant import plant
from storage.database import Database, Transaction
from storage.tables import address, person, person_address

WARSAW = ZoneInfo("Europe/Warsaw")
NOW = datetime(2026, 10, 5, 7, tzinfo=UTC)
FIRST_DAY = date(2026, 10, 20)
SERVICES = 16
HOURS = range(8, 18)
ACCOUNT = "+48732000000"
REAL = Path(__file__).parent.parent / "config" / "centres" / "kedzierzyn-kozle.toml"


def a_large_centre() -> Centre:
    """Sixteen services, each of one specialist at a station of their own, ten hours every weekday.

    So sixteen clients can book sixteen different people: what is measured is booking, not waiting for one specialist's row.
    """
    known = load_centre(REAL).model_dump()
    numbers = range(SERVICES)
    known["services"] = [_service(known["services"][0], number) for number in numbers]
    stations = [{"code": f"a{number}", "name": str(number)} for number in numbers]
    known["rooms"] = [known["rooms"][0] | {"code": "r", "stations": stations}]
    known["specialists"] = [
        {"code": f"p{number}", "full_name": f"Osoba {number}", "initials": "O"} for number in numbers
    ]
    known["timetable"] = [_week(number, weekday) for number in numbers for weekday in range(1, 6)]
    known["closures"] = []
    known["rules"] |= {
        "lead_minutes": 60,
        "horizon_days": 365,
        "open_visits_per_service": 2,
        "open_visits": 3,
    }
    known["rules"] |= {"reminder_days": (3, 1), "buffer_minutes": 10}
    return Centre.model_validate(known)


def as_toml(centre: Centre) -> str:
    """A club's file, every value on one line."""
    return "\n".join(f"{name} = {_toml(value)}" for name, value in centre.model_dump(mode="json").items())


def hours_ahead() -> Iterator[datetime]:
    """Every start that each specialist offers, from two weeks ahead on."""
    for days in range(340):
        day = FIRST_DAY + timedelta(days=days)
        if day.isoweekday() <= 5 and not is_holiday(day):
            for hour in HOURS:
                yield datetime.combine(day, time(hour), WARSAW).astimezone(UTC)


def phone_of(number: int) -> str:
    """The number of a participant."""
    return f"+48500{number:06}"


def settle(database: Database, centre: Centre, participants: int) -> None:
    """Plant the club and enrol so many people, each with a phone, by plain inserts."""
    database.run(lambda tx: plant(tx, centre), NOW)
    database.run(lambda tx: enrol_many(tx, participants), NOW)
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


def enrol_many(tx: Transaction, number: int) -> None:
    """Write people and their phones, a statement a table."""
    numbers = range(number)
    tx.connection.execute(insert(person), [_person(one) for one in numbers])
    tx.connection.execute(insert(address), [_address(one) for one in numbers])
    ids = zip(
        person_ids(tx),
        tx.connection.execute(select(address.c.id).order_by(address.c.id)).scalars(),
        strict=True,
    )
    links = [{"person_id": who, "address_id": where, "linked_at": NOW} for who, where in ids]
    tx.connection.execute(insert(person_address), links)


def person_ids(tx: Transaction) -> list[int]:
    """The participants, in the order of their numbers."""
    asked = select(person.c.id).where(person.c.kind == "participant").order_by(person.c.id)
    return list(tx.connection.execute(asked).scalars())


def word_of(number: int) -> str:
    """What people write for a service; no other's is like it."""
    return "bcdfghjklmnprstw"[number] * 3 + "ologiapl"


def _service(first: dict[str, Any], number: int) -> dict[str, Any]:
    name = {language: word_of(number).removesuffix("pl") + language for language in ("pl", "uk", "en")}
    words = {language: (word,) for language, word in name.items()}
    named = {"code": f"s{number}", "name": name, "short": name, "words": words}
    return first | named | {"minutes": 50, "every_minutes": 60, "enabled": True}


def _week(number: int, weekday: int) -> dict[str, Any]:
    where = {
        "specialist": f"p{number}",
        "service": f"s{number}",
        "station": f"a{number}",
        "mode": "in_person",
    }
    return where | {"weekday": weekday, "starts": time(HOURS[0]), "ends": time(HOURS[-1] + 1)}


def _person(number: int) -> dict[str, Any]:
    name = f"Osoba Testowa {number}"
    row = {"kind": "participant", "full_name": name, "name_key": name.lower(), "phone": phone_of(number)}
    return row | {"enrolled_at": NOW}


def _address(number: int) -> dict[str, Any]:
    return {"channel": "sms", "account": ACCOUNT, "address": phone_of(number), "since": NOW}


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        pairs = (f"{name} = {_toml(one)}" for name, one in value.items() if one is not None)
        return "{ " + ", ".join(pairs) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False)
