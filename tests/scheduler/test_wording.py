"""What a message says when it goes out: to whom of those who share a phone, and whether it still asks."""

from scheduler.booking import book, confirm
from scheduler.ledger_view import ledger_rows
from storage.database import Database
from tests.builders import Club, warsaw
from words.catalogue import load_catalogue
from words.compose import Composer

PHONE = "+48501000001"


def previews(club: Club) -> list[str | None]:
    composer = Composer(load_catalogue(), club.centre)
    return [row.text for row in club.do(lambda tx: ledger_rows(tx, club.centre, composer))]


def a_visit_of(club: Club, who: int) -> int:
    at = warsaw("2026-10-09", "10:00")
    return int(club.do(lambda tx: book(tx, club.centre, person_id=who, service="psycholog", starts_at=at)).id)


def test_a_reminder_to_a_shared_phone_says_for_whom_it_is(database: Database) -> None:
    club = Club(database)
    jan, _ = club.person("Jan Testowy", PHONE), club.person("Ewa Testowa", PHONE)
    a_visit_of(club, jan)
    assert [str(text).split(" piatek")[0] for text in previews(club)] == [
        "Klub: Jan, spotkanie",
        "Klub: Jan, spotkanie jutro,",
    ]


def test_a_reminder_to_ones_own_phone_names_nobody(database: Database) -> None:
    club = Club(database)
    a_visit_of(club, club.person("Jan Testowy", PHONE))
    assert "Jan" not in " ".join(map(str, previews(club)))


def test_the_reminder_of_a_confirmed_visit_asks_for_no_tak(database: Database) -> None:
    club = Club(database)
    visit = a_visit_of(club, club.person("Jan Testowy", PHONE))
    assert ["TAK" in str(text) for text in previews(club)] == [True, True]
    club.do(lambda tx: confirm(tx, visit_id=visit))
    assert [text and "TAK" in text for text in previews(club)] == [None, False]
