from typing import Any

from sqlalchemy import select

from scheduler.booked import coming
from scheduler.booking import book
from scheduler.consent import no_announcements, start, stop, wrong_number
from scheduler.ledger import Notice, Purpose, post
from scheduler.people import Address, AddressState, address_of, addresses_of, link
from storage import addresses
from storage.database import Database
from storage.tables import consent, todo
from tests.builders import Club, warsaw

NUMBER = "+48501000001"


def at(club: Club, number: str = NUMBER) -> Address:
    found: Address = club.do(lambda tx: address_of(tx, "sms", "sms", number))
    return found


def states(club: Club, person_id: int) -> list[AddressState]:
    return [one.state for one in club.do(lambda tx: addresses_of(tx, person_id))]


def log(club: Club) -> list[tuple[int, str, bool]]:
    asked = select(consent.c.address_id, consent.c.topic, consent.c.allowed).order_by(consent.c.id)
    return [tuple(row) for row in club.do(lambda tx: tx.connection.execute(asked).all())]


def todos(club: Club) -> list[Any]:
    return list(club.do(lambda tx: tx.connection.execute(select(todo).order_by(todo.c.id)).all()))


def test_stop_silences_the_address_tells_staff_and_leaves_the_visit(database: Database) -> None:
    club = Club(database)
    anna = club.person("Anna Testowa", NUMBER)
    club.do(
        lambda tx: book(
            tx, club.centre, person_id=anna, service="psycholog", starts_at=warsaw("2026-10-14", "10:00")
        )
    )
    where = at(club)
    club.do(lambda tx: stop(tx, where))
    assert states(club, anna) == [AddressState.STOPPED]
    assert [(row.text, row.person_id) for row in todos(club)] == [("todo_stopped", anna)]
    assert len(club.do(lambda tx: coming(tx, [anna]))) == 1


def test_stop_twice_is_one_stop_and_a_later_one_is_a_new_to_do(database: Database) -> None:
    club = Club(database)
    club.person("Anna Testowa", NUMBER)
    where = at(club)
    for asked in (stop, stop, start, start, stop):
        club.do(lambda tx, asked=asked: asked(tx, where))
    assert log(club) == [(where.id, "all", False), (where.id, "all", True), (where.id, "all", False)]
    assert len(todos(club)) == 2


def test_a_stopped_number_of_two_people_is_a_to_do_for_each(database: Database) -> None:
    club = Club(database)
    people = [club.person(name, NUMBER) for name in ("Anna Testowa", "Piotr Testowy")]
    where = at(club)
    club.do(lambda tx: stop(tx, where))
    assert [row.person_id for row in todos(club)] == people


def test_stop_in_one_place_is_silence_in_the_others_that_are_ones_own(database: Database) -> None:
    club = Club(database)
    anna = club.person("Anna Testowa", NUMBER)
    chat = club.do(lambda tx: link(tx, anna, "telegram", "123", "77"))
    club.do(lambda tx: stop(tx, chat))
    assert states(club, anna) == [AddressState.STOPPED, AddressState.STOPPED]
    club.do(lambda tx: start(tx, chat))
    assert states(club, anna) == [AddressState.ACTIVE, AddressState.ACTIVE]


def test_stop_in_ones_own_chat_leaves_a_number_that_others_share(database: Database) -> None:
    club = Club(database)
    anna, piotr = club.person("Anna Testowa", NUMBER), club.person("Piotr Testowy", NUMBER)
    chat = club.do(lambda tx: link(tx, anna, "telegram", "123", "77"))
    club.do(lambda tx: stop(tx, chat))
    assert states(club, piotr) == [AddressState.ACTIVE]
    assert states(club, anna) == [AddressState.ACTIVE, AddressState.STOPPED]


def test_a_strangers_stop_is_kept_and_nobody_has_to_phone(database: Database) -> None:
    club = Club(database)
    where = at(club, "+48501000009")
    club.do(lambda tx: stop(tx, where))
    assert at(club, "+48501000009").state is AddressState.STOPPED
    assert todos(club) == []


def test_start_brings_what_waits_without_an_address(database: Database) -> None:
    club = Club(database)
    anna = club.person("Anna Testowa", NUMBER)
    where = at(club)
    club.do(lambda tx: stop(tx, where))
    club.do(lambda tx: post(tx, Notice(key="r", purpose=Purpose.REMINDER, text="greeting", person_id=anna)))
    club.do(lambda tx: start(tx, where))
    assert [(row.status, row.address_id) for row in club.messages()] == [("waiting", where.id)]


def test_no_announcements_leaves_reminders_and_start_brings_them_back(database: Database) -> None:
    club = Club(database)
    club.person("Anna Testowa", NUMBER)
    where = at(club)
    club.do(lambda tx: no_announcements(tx, where))
    club.do(lambda tx: no_announcements(tx, where))
    assert (at(club).state, at(club).announcements) == (AddressState.ACTIVE, False)
    club.do(lambda tx: start(tx, where))
    assert (at(club).state, at(club).announcements) == (AddressState.ACTIVE, True)
    assert log(club) == [(where.id, "announcements", False), (where.id, "all", True)]


def test_start_does_not_open_a_number_that_is_somebody_elses(database: Database) -> None:
    club = Club(database)
    club.person("Anna Testowa", NUMBER)
    where = at(club)
    club.do(lambda tx: addresses.change_address(tx, where.id, state="wrong"))
    club.do(lambda tx: start(tx, where))
    assert at(club).state is AddressState.WRONG
    assert log(club) == []


def test_a_wrong_number_is_wrong_for_everybody_of_it_and_stays_so(database: Database) -> None:
    club = Club(database)
    both = [club.person("Anna Testowa", NUMBER), club.person("Jan Testowy", NUMBER)]
    for _ in range(2):
        address = at(club)
        club.do(lambda tx, address=address: wrong_number(tx, address))
    wrong = at(club)
    club.do(lambda tx: start(tx, wrong))

    assert [states(club, person) for person in both] == [[AddressState.WRONG]] * 2
    assert [(row.text, row.person_id) for row in todos(club)] == [("todo_wrong_number", one) for one in both]
    assert log(club) == []
