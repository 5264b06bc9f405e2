"""The people of the demo, all plainly invented, and what is already in the diary when it begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.demo.groups import enter_groups
from bot.demo.monday import enter_monday
from bot.demo.then import at
from config.centre import Centre
from scheduler.accounts import OneTime, open_account
from scheduler.booking import book
from scheduler.calendar import is_holiday
from scheduler.enrolment import Newcomer, enrol
from scheduler.passwords import Cost, draw
from scheduler.people import link
from scheduler.phones import mobile
from scheduler.staff import Colleague, Role, add_staff, colleague_called
from scheduler.welcome import welcome
from storage import accounts
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Part:
    """A participant to play, and what the page says of them in Polish and in English."""

    name: str
    phone: str
    polish: str
    english: str
    language: str = "pl"
    chat_id: int | None = None  # their Telegram account
    linked: bool = False  # the club knows it already
    contract_days: int | None = None  # until it ends
    new: bool = False  # enrolled this morning, and not yet welcomed


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody to play."""

    id: int
    name: str
    phone: str | None
    language: str
    note: Mapping[str, str]
    chat_id: int | None = None
    linked: bool = False
    staff: bool = False


@dataclass(frozen=True, slots=True)
class Cast:
    """Who there is to play, and the visits that are booked before anybody plays."""

    members: Sequence[Member]
    visits: Sequence[int]
    log_ins: tuple[tuple[Role, OneTime], ...] = ()


PARTS = (
    Part("Anna Przykład", "+48 501 502 503", "pisze SMS-y, ma też Telegram", "texts, has Telegram too", chat_id=700_100_002),
    Part("Ola Wymyślona", "+48 721 722 723", "połączona z Telegramem", "linked to Telegram", chat_id=700_100_001, linked=True),
    Part("Piotr Udawany", "+48 661 662 663", "pisze SMS-y", "texts"),
    Part("Oksana Zrazkova", "+48 511 512 513", "pisze po ukraińsku", "writes Ukrainian", language="uk"),
    Part("Jan Próbny", "+48 601 602 603", "jeden telefon z Ewą", "shares a phone with Ewa"),
    Part("Ewa Próbna", "+48 601 602 603", "jeden telefon z Janem", "shares a phone with Jan"),
    Part("Zofia Zmyślona", "+48 531 532 533", "kontrakt kończy się za 10 dni", "contract ends in 10 days", contract_days=10),
    Part("Kamil Nowy", "+48 571 572 573", "zapisany dzisiaj", "enrolled today", new=True),
    Part("Marek Bez Telefonu", "", "nie ma telefonu", "has no phone"),
)  # fmt: skip

STAFF = {
    Colleague("Halina Niby", Role.COORDINATOR, "+48691692693"): ("koordynatorka: /jutro w Telegramie", "coordinator: /jutro in Telegram"),
    Colleague("Maria Wymyślona", Role.SPECIALIST, "+48781782783"): ("doradczyni", "career adviser"),
}  # fmt: skip

CHATS = {"Halina Niby": 700_100_003}  # whose Telegram is linked to their account on the staff

AT_THE_PANEL = (Colleague("Teresa Udawana", Role.RECEPTION), Colleague("Adam Zmyślony", Role.ADMINISTRATOR))

QUICK = Cost(1, 8, 1)  # their passwords are on the panel's door: nobody has to be kept from guessing them

VISITS = (  # whose, of which service, how many days after the first, at what hour
    ("Jan Próbny", "career_adviser", 1, 11),
    ("Ola Wymyślona", "psychologist", 2, 13),
    ("Oksana Zrazkova", "psychologist", 3, 13),
    ("Marek Bez Telefonu", "specialist", 3, 12),
)


def first_morning(centre: Centre, today: date) -> datetime:
    """9:00 on the next Monday that begins four working days."""
    monday = today + timedelta(days=7 - today.weekday())
    while any(
        is_holiday(monday + timedelta(days=n)) or _closed(centre, monday + timedelta(days=n))
        for n in range(4)
    ):
        monday += timedelta(days=7)
    return at(centre, monday, time(9))


def enter(tx: Transaction, centre: Centre, sender: str, bot_account: str) -> Cast:
    """Enrol them, link one to a chat, book a few visits, and let the morning have been."""
    monday = tx.now.astimezone(centre.zone).date()
    ids = {part.name: enrol(tx, _newcomer(part, monday), sender).person_id for part in PARTS}
    for part in PARTS:
        if part.linked:
            link(tx, ids[part.name], "telegram", bot_account, str(part.chat_id))
    welcome(tx, [ids[part.name] for part in PARTS if part.new])
    visits = [
        book(tx, centre, person_id=ids[name], service=service, starts_at=at(centre, day, time(hour))).id
        for name, service, days, hour in VISITS
        for day in (monday + timedelta(days=days),)
    ]
    enter_groups(tx, centre, monday, sender, ids)
    members = [*(_played(part, ids[part.name]) for part in PARTS), *_staff(tx, sender, bot_account)]
    log_ins = _log_ins(tx)
    reception = colleague_called(tx, AT_THE_PANEL[0].full_name).id
    visits += enter_monday(tx, centre, sender, ids, reception)
    return Cast(members, visits, log_ins)


def _newcomer(part: Part, monday: date) -> Newcomer:
    until = None if part.contract_days is None else monday + timedelta(days=part.contract_days)
    return Newcomer(part.name, _phone(part), part.language, contract_until=until)


def _phone(part: Part) -> str | None:
    return mobile(part.phone) if part.phone else None


def _played(part: Part, person_id: int) -> Member:
    note = {"pl": part.polish, "en": part.english}
    return Member(person_id, part.name, _phone(part), part.language, note, part.chat_id, part.linked)


def _staff(tx: Transaction, sender: str, bot_account: str) -> list[Member]:
    members = []
    for one, (polish, english) in STAFF.items():
        person_id, chat_id = add_staff(tx, one, sender), CHATS.get(one.full_name)
        if chat_id is not None:
            link(tx, person_id, "telegram", bot_account, str(chat_id))
        note, linked = {"pl": polish, "en": english}, chat_id is not None
        members.append(
            Member(person_id, one.full_name, one.phone, "pl", note, chat_id, linked=linked, staff=True)
        )
    return members


def _log_ins(tx: Transaction) -> tuple[tuple[Role, OneTime], ...]:
    """One of each role, with a password that need not be changed first: it is shown on the panel's door."""
    for one in AT_THE_PANEL:
        add_staff(tx, one)
    log_ins = []
    for one in (*STAFF, *AT_THE_PANEL):
        someone = colleague_called(tx, one.full_name)
        log_ins.append((one.role, open_account(tx, someone.id, draw(QUICK))))
        accounts.change_account(tx, someone.id, must_change=False)
    return tuple(log_ins)


def _closed(centre: Centre, day: date) -> bool:
    return any(closure.first <= day <= closure.last for closure in centre.closures)
