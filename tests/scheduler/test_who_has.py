"""Who serves when, and who has a time that somebody else wanted."""

from datetime import date, datetime, time

from scheduler.booking import book, give_back
from scheduler.who_has import serving_there, who_has, who_serve
from storage.database import Database
from tests.builders import Club, warsaw

TUESDAY = date(2026, 10, 6)
TEN = warsaw(TUESDAY, "10:00")


def visit(club: Club, name: str, phone: str, at: datetime, service: str = "psycholog") -> int:
    who = club.person(name, phone)
    booked = club.do(lambda tx: book(tx, club.centre, person_id=who, service=service, starts_at=at))
    return int(booked.id)


def has(club: Club, at: datetime = TEN) -> list[str]:
    return [one.person for one in club.do(lambda tx: who_has(tx, club.centre, "psycholog", at))]


def test_those_who_have_the_hour_of_anybody_who_serves_it_and_nobody_else(database: Database) -> None:
    club = Club(database)
    first = visit(club, "Anna Pierwsza", "+48501000001", TEN)
    visit(club, "Jan Drugi", "+48501000002", TEN)
    visit(club, "Ewa Obok", "+48501000003", TEN, "doradca")
    visit(club, "Adam Później", "+48501000004", warsaw(TUESDAY, "12:00"))

    assert has(club) == ["Anna Pierwsza", "Jan Drugi"]
    assert has(club, warsaw(TUESDAY, "13:00")) == []
    club.do(lambda tx: give_back(tx, club.centre, visit_id=first))
    assert has(club) == ["Jan Drugi"]


def test_a_gap_of_a_station_is_of_whoever_has_hours_there_then(database: Database) -> None:
    club = Club(database)

    def there(station: str | None, clock: str, day: date = TUESDAY) -> tuple[str, int] | None:
        at = time.fromisoformat(clock)
        found = club.do(lambda tx: serving_there(tx, club.centre, station, day, at))
        return (found.service, found.specialist_id) if found else None

    assert there("b", "13:00") == ("psycholog", club.specialist("piotr"))
    assert there(None, "09:00") == ("doradca", club.specialist("dorota"))
    assert (there("b", "15:00"), there("b", "09:00", date(2026, 10, 10))) == (None, None)
    names = club.do(lambda tx: who_serve(tx, "psycholog"))
    assert [name for _, name in names] == ["Piotr Przykładowy", "Pola Przykładowa"]
