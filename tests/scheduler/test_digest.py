"""The digest: who gets it, when, once; what it says is true when it is sent, and no row of the ledger holds a name."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from config.centre_digest import DigestRules
from scheduler.booking import book, give_back
from scheduler.changes import Way, settle
from scheduler.digest import tell_day
from scheduler.fresh import fresh
from scheduler.impact import Closed
from scheduler.people import link
from scheduler.staff import Colleague, Role, add_staff
from scheduler.todos import open_todo
from storage.database import Database
from storage.people import change_person
from tests.builders import MONDAY, NOW, Club, warsaw
from tests.scheduler.groups import Groups
from tests.scheduler.posting import a_composer
from words.compose import Style

CHAT, SMS = Style(buttons=True, plain=False), Style(buttons=False, plain=True)
TUESDAY = MONDAY + timedelta(days=1)
MORNING, EVENING = warsaw(TUESDAY, "07:30"), warsaw(TUESDAY, "17:00")
FRIDAY = MONDAY + timedelta(days=4)


def a_club(database: Database, **digest: Any) -> Groups:
    club = Groups(database)
    rules = DigestRules.model_validate({"morning": "07:30", "evening": "17:00"} | digest)
    club.centre = club.centre.model_copy(update={"digest": rules})
    return club


def a_colleague(club: Club, role: Role, chat: str | None, phone: str | None = None) -> int:
    person_id = int(club.do(lambda tx: add_staff(tx, Colleague(f"Osoba {role.title()}", role, phone), "sms")))
    if chat:
        club.do(lambda tx: link(tx, person_id, "telegram", "4711", chat))
    return person_id


def a_visit(club: Club, who: int, clock: str = "10:00", service: str = "psycholog") -> Any:
    at = warsaw(TUESDAY, clock)
    return club.do(lambda tx: book(tx, club.centre, person_id=who, service=service, starts_at=at))


def told(club: Club) -> list[Any]:
    return [row for row in club.messages() if row.purpose == "staff"]


def said(club: Club, row: Any, style: Style = CHAT) -> str:
    """The words, if it went now."""
    composer = a_composer(club.centre)
    values = club.do(lambda tx: fresh(tx, club.centre, composer, row.text, row.params))
    return composer.text(row.language, row.text, values, style, TUESDAY)


@pytest.mark.parametrize(
    ("at", "count"),
    [
        (MORNING - timedelta(minutes=1), 0),
        (MORNING, 1),
        (MORNING + timedelta(hours=2, minutes=59), 1),
        (MORNING + timedelta(hours=3), 0),
        (EVENING, 1),
        (warsaw(MONDAY + timedelta(days=6), "07:30"), 0),  # a Sunday
        (warsaw("2026-11-11", "07:30"), 0),  # a holiday
    ],
)
def test_it_is_written_at_its_hour_of_an_open_day_and_once(database: Database, at: Any, count: int) -> None:
    club = a_club(database)
    a_colleague(club, Role.RECEPTION, "1")
    for _ in range(2):
        club.do(lambda tx: tell_day(tx, club.centre), at)
    assert len(told(club)) == count


def test_who_links_a_chat_after_that_hour_has_the_next_one(database: Database) -> None:
    club = a_club(database)
    club.now = MORNING + timedelta(hours=1)
    a_colleague(club, Role.RECEPTION, "1")
    club.do(lambda tx: tell_day(tx, club.centre))
    assert told(club) == []
    club.do(lambda tx: tell_day(tx, club.centre), EVENING)
    assert len(told(club)) == 1


def test_on_a_closed_day_there_is_none_and_the_evening_tells_of_the_next_open_one(database: Database) -> None:
    club = a_club(database)
    a_colleague(club, Role.RECEPTION, "1")
    next_monday = FRIDAY + timedelta(days=3)
    closed = Closed(next_monday, next_monday, "awaria")
    club.do(lambda tx: settle(tx, club.centre, closed, Way.ANOTHER_TIME, by=None))
    club.do(lambda tx: tell_day(tx, club.centre), warsaw(FRIDAY, "17:00"))
    club.do(lambda tx: tell_day(tx, club.centre), warsaw(next_monday, "07:30"))
    assert [row.params["on_day"] for row in told(club)] == [str(next_monday + timedelta(days=1))]


def test_reception_sees_names_by_room_but_no_service_and_a_specialist_their_own(database: Database) -> None:
    club = a_club(database)
    desk, lead = a_colleague(club, Role.RECEPTION, "1"), a_colleague(club, Role.COORDINATOR, "2")
    a_colleague(club, Role.ADMINISTRATOR, "3")
    pola, dorota = club.specialist("pola"), club.specialist("dorota")
    for number, who in enumerate((pola, dorota, club.specialist("piotr"))):
        club.do(lambda tx, who=who, number=number: link(tx, who, "telegram", "4711", f"9{number}"))
    jan, ewa = club.person("Jan Testowy"), club.person("Ewa Próbna", "+48501000002")
    visit = a_visit(club, jan)
    a_visit(club, ewa, "12:00", "doradca")
    club.group(people=[jan, ewa], starts=time(13))
    club.make_ahead()
    club.do(lambda tx: open_todo(tx, key="a", text="todo_callback", urgent=True))
    club.do(lambda tx: tell_day(tx, club.centre), MORNING)
    rows = {row.params["reader_id"]: row for row in told(club)}
    owner = visit.specialist_id
    assert set(rows) == {desk, lead, owner, dorota}
    assert all(set(row.params) == {"on_day", "reader_id"} for row in rows.values())

    at_desk = said(club, rows[desk])
    assert at_desk.startswith("Klub: wtorek 6 października\nSpotkania: 2, potwierdzone 0, bez odpowiedzi 2\n")
    assert "10:00 Jan Testowy\n" in at_desk
    assert "Pilne zadania: 1" in at_desk
    assert not any(word in at_desk.casefold() for word in ("psycholog", "doradca", "warsztaty"))
    assert "13:00 grupa, osoby: 2" in at_desk
    assert "10:00 Jan Testowy, " in said(club, rows[lead])
    own = said(club, rows[owner])
    assert ("Jan Testowy" in own, "Ewa Próbna" in own, "Spotkania: 1" in own) == (True, False, True)
    assert "Jan" not in said(club, rows[desk], SMS)

    club.do(lambda tx: give_back(tx, club.centre, visit_id=visit.id))
    assert "Jan" not in said(club, rows[desk])


def test_by_sms_only_if_the_file_says_so_and_never_to_who_has_left(database: Database) -> None:
    club = a_club(database)
    a_colleague(club, Role.RECEPTION, None, "+48501000008")
    gone = a_colleague(club, Role.COORDINATOR, "2")
    club.do(lambda tx: change_person(tx, gone, ended_at=NOW))
    club.do(lambda tx: tell_day(tx, club.centre), MORNING)
    assert told(club) == []
    club.centre = club.centre.model_copy(
        update={"digest": club.centre.digest.model_copy(update={"by_sms": True})}
    )
    club.do(lambda tx: tell_day(tx, club.centre), MORNING)
    assert [(row.channel, row.person_id) for row in told(club)] == [("sms", None)]
    assert date.fromisoformat(told(club)[0].params["on_day"]) == TUESDAY
