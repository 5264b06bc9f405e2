"""The people of the demo, all plainly invented, and what is already in the diary when it begins."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from config.centre import Centre
from scheduler.booking import book
from scheduler.calendar import instant, is_holiday
from scheduler.import_file import import_participants, read_participants
from scheduler.people import link
from storage.database import Transaction

TELEGRAM_CHATS = {"Ola Wymyślona": 700_100_001, "Anna Przykładowa": 700_100_002}
LINKED = "Ola Wymyślona"

FILE = """full_name,phone,language,groups,contract_until
Anna Przykładowa,+48 501 502 503,pl,,
Ola Wymyślona,+48 721 722 723,pl,,
Oksana Zrazkova,+48 511 512 513,uk,,
Jan Próbny,+48 601 602 603,pl,,
Ewa Próbna,+48 601 602 603,pl,,
Marek Bez Telefonu,,pl,,
"""

NOTES: Mapping[str, tuple[str, str]] = {
    "Anna Przykładowa": ("pisze SMS-y, ma też Telegram", "writes SMS, has Telegram too"),
    "Jan Próbny": ("jeden telefon z Ewą, spotkanie jutro", "shares a phone with Ewa, has a visit tomorrow"),
    "Ewa Próbna": ("jeden telefon z Janem", "shares a phone with Jan"),
    "Oksana Zrazkova": (
        "pisze po ukraińsku, spotkanie w czwartek",
        "writes Ukrainian, has a visit on Thursday",
    ),
    "Ola Wymyślona": ("połączona z Telegramem", "linked to Telegram"),
    "Marek Bez Telefonu": ("nie ma telefonu", "has no phone"),
}


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody to play."""

    id: int
    name: str
    phone: str | None
    chat_id: int | None


def first_morning(centre: Centre, today: date) -> datetime:
    """9:00 on the next Monday that begins four working days."""
    monday = today + timedelta(days=7 - today.weekday())
    while any(
        is_holiday(monday + timedelta(days=n)) or _closed(centre, monday + timedelta(days=n))
        for n in range(4)
    ):
        monday += timedelta(days=7)
    return _at(centre, monday, time(9))


def enter(tx: Transaction, centre: Centre, sender: str, bot_account: str) -> list[Member]:
    """Enrol them as a file from the office would, link one to a chat, and book two visits."""
    report = import_participants(tx, read_participants("demo.csv", FILE.encode()), account=sender)
    ids = {row.full_name: row.person_id for row in report.rows if row.full_name and row.person_id}
    link(tx, ids[LINKED], "telegram", bot_account, str(TELEGRAM_CHATS[LINKED]))
    monday = tx.now.astimezone(centre.zone).date()
    tomorrow, thursday = (
        _at(centre, monday + timedelta(days=days), hour) for days, hour in ((1, time(11)), (3, time(13)))
    )
    book(tx, centre, person_id=ids["Jan Próbny"], service="career_adviser", starts_at=tomorrow)
    book(tx, centre, person_id=ids["Oksana Zrazkova"], service="psychologist", starts_at=thursday)
    return [Member(ids[name], name, _phone(name), TELEGRAM_CHATS.get(name)) for name in ids]


def _phone(name: str) -> str | None:
    line = next(line for line in FILE.splitlines() if line.startswith(f"{name},"))
    return line.split(",")[1].replace(" ", "") or None


def _closed(centre: Centre, day: date) -> bool:
    return any(closure.first <= day <= closure.last for closure in centre.closures)


def _at(centre: Centre, day: date, clock: time) -> datetime:
    at = instant(day, clock, centre.zone)
    assert at is not None  # no clock change skips an hour of a working day
    return at
