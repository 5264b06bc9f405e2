import pytest

from scheduler.enrolment import Newcomer, enrol
from scheduler.ledger import Notice, Purpose, post
from scheduler.people import (
    AddressState,
    NoSuchPerson,
    address_of,
    addresses_of,
    adopt_numbers,
    link,
    people_at,
    person,
)
from storage import people as rows
from storage.database import Database
from storage.tables import address
from tests.builders import NOW, Club, count


def _without_sender(club: Club) -> int:
    """Somebody enrolled while SMS was off."""
    return int(club.do(lambda tx: enrol(tx, Newcomer("Anna Testowa", "+48501000001")).person_id))


def test_a_stranger_is_given_an_address_and_nobody_is_there(database: Database) -> None:
    club = Club(database)
    where = club.do(lambda tx: address_of(tx, "sms", "+48732000000", "+48501000009"))
    assert (where.channel, where.account, where.address) == ("sms", "+48732000000", "+48501000009")
    assert (where.state, where.announcements) == (AddressState.ACTIVE, True)
    assert club.do(lambda tx: people_at(tx, where.id)) == []


def test_the_same_address_is_the_same_row(database: Database) -> None:
    club = Club(database)
    first = club.do(lambda tx: address_of(tx, "telegram", "123", "77"))
    assert club.do(lambda tx: address_of(tx, "telegram", "123", "77")) == first
    assert club.do(lambda tx: address_of(tx, "telegram", "124", "77")).id != first.id
    assert club.do(lambda tx: count(tx, address)) == 2


def test_one_number_leads_to_everybody_enrolled_with_it(database: Database) -> None:
    club = Club(database)
    anna = club.person("Anna Testowa", "+48501000001")
    piotr = club.person("Piotr Testowy", "+48501000001")
    club.person("Ola Testowa", "+48501000002")
    where = club.do(lambda tx: address_of(tx, "sms", "sms", "+48501000001"))
    assert [one.id for one in club.do(lambda tx: people_at(tx, where.id))] == [anna, piotr]


def test_whoever_has_left_is_no_longer_there(database: Database) -> None:
    club = Club(database)
    anna = club.person("Anna Testowa", "+48501000001")
    club.do(lambda tx: rows.change_person(tx, anna, ended_at=NOW))
    where = club.do(lambda tx: address_of(tx, "sms", "sms", "+48501000001"))
    assert club.do(lambda tx: people_at(tx, where.id)) == []


def test_a_person_may_have_several_addresses(database: Database) -> None:
    club = Club(database)
    anna = club.person("Anna Testowa", "+48501000001")
    club.do(lambda tx: link(tx, anna, "telegram", "123", "77"))
    club.do(lambda tx: link(tx, anna, "telegram", "123", "77"))
    assert [(one.channel, one.address) for one in club.do(lambda tx: addresses_of(tx, anna))] == [
        ("sms", "+48501000001"),
        ("telegram", "77"),
    ]


def test_a_person_is_read_as_they_are(database: Database) -> None:
    club = Club(database)
    anna = club.person("Anna Maria Testowa", None, language="uk")
    found = club.do(lambda tx: person(tx, anna))
    assert (found.full_name, found.first_name, found.phone, found.language) == (
        "Anna Maria Testowa",
        "Anna",
        None,
        "uk",
    )


def test_nobody_is_refused_with_what_to_do(database: Database) -> None:
    with pytest.raises(NoSuchPerson) as refused:
        Club(database).do(lambda tx: person(tx, 99))
    assert str(refused.value) == "there is nobody with the number 99; 'termin participants list' shows who is"


def test_numbers_enrolled_while_sms_was_off_are_brought_under_the_sender(database: Database) -> None:
    club = Club(database)
    anna = _without_sender(club)
    notice = Notice(key="a", purpose=Purpose.REMINDER, text="greeting", person_id=anna)
    club.do(lambda tx: post(tx, notice))
    assert [row.account for row in club.messages()] == [""]
    assert club.do(lambda tx: adopt_numbers(tx, "+48732000000")) == 1
    assert [row.account for row in club.messages()] == ["+48732000000"]
    assert [one.account for one in club.do(lambda tx: addresses_of(tx, anna))] == ["+48732000000"]
    assert club.do(lambda tx: adopt_numbers(tx, "+48732000000")) == 0


def test_a_new_sender_takes_over_what_numbers_asked_for(database: Database) -> None:
    club = Club(database)
    anna = club.person("Anna Testowa", "+48501000001")
    (before,) = club.do(lambda tx: addresses_of(tx, anna))
    club.do(lambda tx: adopt_numbers(tx, "+48732000000"))
    (after,) = club.do(lambda tx: addresses_of(tx, anna))
    assert (after.id, after.account) == (before.id, "+48732000000")


def test_a_message_from_a_number_without_a_sender_finds_its_people_before_any_start(
    database: Database,
) -> None:
    club = Club(database)
    anna = _without_sender(club)
    where = club.do(lambda tx: address_of(tx, "sms", "+48732000000", "+48501000001"))
    assert [one.id for one in club.do(lambda tx: people_at(tx, where.id))] == [anna]
    assert club.do(lambda tx: count(tx, address)) == 1
