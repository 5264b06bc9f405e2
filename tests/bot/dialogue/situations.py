"""The situations in which a message may come: what was booked, listed and asked before it, played as it happened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from scheduler.asking import prompt
from scheduler.booking import book
from storage.database import Database, Transaction
from tests.bot.dialogue.phone import Phone, Town
from tests.builders import warsaw

NUMBER = "+48501000001"
MEETING = warsaw("2026-10-14", "10:00")  # a Wednesday
WEEK_BEFORE = warsaw("2026-10-07", "09:00")
DAY_BEFORE = warsaw("2026-10-13", "10:00")


@dataclass(frozen=True)
class Scene:
    """A town at the moment at which the message comes, and the phone that it comes from."""

    town: Town
    phone: Phone


def nothing(database: Database, language: str) -> Scene:
    """A visit in a week; nothing has been asked."""
    scene = _with_visit(database, language)
    scene.town.at(WEEK_BEFORE)
    return scene


def a_list(database: Database, language: str) -> Scene:
    """The adviser's hours of Tuesday have just been listed."""
    scene = nothing(database, language)
    assert (
        scene.phone.says({"pl": "doradca 13.10", "uk": "радник 13.10", "en": "adviser 13.10"}[language]).key
        == "day_times"
    )
    scene.town.later(minutes=1)
    return scene


def a_reminder(database: Database, language: str) -> Scene:
    """The reminder of tomorrow's visit has just come."""
    scene = _with_visit(database, language)
    scene.town.at(DAY_BEFORE)
    assert scene.phone.received()[-1].key == "reminder"
    return scene


def a_morning_check(database: Database, language: str) -> Scene:
    """The morning check about today's visit has just come."""
    scene = a_reminder(database, language)
    scene.town.at(warsaw("2026-10-14", "07:30"))
    scene.town.do(lambda tx: prompt(tx, scene.town.club.centre))
    scene.town.later(minutes=1)
    assert scene.phone.received()[-1].key == "check_visit"
    return scene


def two_visits(database: Database, language: str) -> Scene:
    """Today's visit and tomorrow's, and reminders of both are open."""
    scene = _with_visit(database, language)
    _book(scene.town, 0, "career_adviser", MEETING + timedelta(days=1))
    scene.town.at(warsaw("2026-10-14", "09:00"))
    return scene


def a_shared_phone(database: Database, language: str) -> Scene:
    """Anna has been reminded of tomorrow; Jan, on the same phone, has a visit in a week."""
    scene = _with_visit(database, language, names=("Anna Przykład", "Jan Przykład"))
    _book(scene.town, 1, "career_adviser", warsaw("2026-10-20", "10:00"))
    scene.town.at(DAY_BEFORE)
    return scene


SITUATIONS: Mapping[str, Callable[[Database, str], Scene]] = {
    "nothing": nothing,
    "list": a_list,
    "reminder": a_reminder,
    "morning": a_morning_check,
    "two": two_visits,
    "shared": a_shared_phone,
}


def _with_visit(database: Database, language: str, names: tuple[str, ...] = ("Jan Testowy",)) -> Scene:
    town = Town(database)
    for name in names:
        town.person(name, NUMBER, language=language)
    _book(town, 0, "psychologist", MEETING)
    return Scene(town, town.phone(NUMBER))


def _book(town: Town, whose: int, service: str, starts_at: datetime) -> None:
    town.do(partial(_booked, town, whose, service, starts_at))


def _booked(town: Town, whose: int, service: str, starts_at: datetime, tx: Transaction) -> None:
    from scheduler.people import address_of, people_at  # noqa: PLC0415

    people = sorted(people_at(tx, address_of(tx, "sms", "sms", NUMBER).id), key=lambda one: one.full_name)
    book(tx, town.club.centre, person_id=people[whose].id, service=service, starts_at=starts_at)
