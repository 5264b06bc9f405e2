from datetime import date

import pytest
from sqlalchemy import select

from scheduler.consent import wrong_number
from scheduler.enrolment import Enrolled, Fate, HasLeft, Newcomer, enrol
from scheduler.people import address_of, addresses_of, people_at, person
from storage import groups, people
from storage.database import Database
from storage.tables import audit, todo
from tests.builders import NOW, Club, count

ANNA = Newcomer("Anna Testowa", "+48501000001", "uk", ("Grupa A",), date(2026, 12, 31))


def enrolled(club: Club, newcomer: Newcomer, account: str | None = "sms") -> Enrolled:
    done: Enrolled = club.do(lambda tx: enrol(tx, newcomer, account))
    return done


def test_a_newcomer_is_enrolled_with_all_that_was_said(database: Database) -> None:
    club = Club(database)
    done = enrolled(club, ANNA)
    found = club.do(lambda tx: person(tx, done.person_id))
    assert (done.fate, found.kind, found.full_name) == (Fate.ENROLLED, "participant", "Anna Testowa")
    assert (found.phone, found.language, found.contract_until) == ("+48501000001", "uk", date(2026, 12, 31))
    (where,) = club.do(lambda tx: addresses_of(tx, done.person_id))
    assert (where.channel, where.account, where.address) == ("sms", "sms", "+48501000001")
    assert [row.name for row in club.do(lambda tx: groups.names_of(tx, [done.person_id]))] == ["Grupa A"]


def test_what_was_not_said_has_a_default(database: Database) -> None:
    club = Club(database)
    found = club.do(lambda tx: person(tx, enrol(tx, Newcomer("Ola Testowa")).person_id))
    assert (found.phone, found.language, found.contract_until, found.polish_letters) == (
        None,
        "pl",
        None,
        False,
    )


def test_a_name_with_the_same_number_is_the_same_person_however_it_is_typed(database: Database) -> None:
    club = Club(database)
    first = enrolled(club, ANNA)
    again = enrolled(club, Newcomer("ANNA  TESTOWA", "+48501000001"))
    assert again == Enrolled(first.person_id, Fate.KNOWN)


def test_a_name_with_another_number_or_with_none_is_a_second_person_who_may_be_the_first(
    database: Database,
) -> None:
    club = Club(database)
    first = enrolled(club, ANNA)
    second = enrolled(club, Newcomer("Anna Testowa", "+48501000002"))
    third = enrolled(club, Newcomer("Anna Testowa"))
    assert [one.may_be.id if one.may_be else None for one in (first, second, third)] == [
        None,
        first.person_id,
        first.person_id,
    ]
    asked = select(todo.c.person_id).order_by(todo.c.id)
    found = club.do(lambda tx: tx.connection.execute(asked).scalars().all())
    assert found == [second.person_id, third.person_id]


def test_several_people_share_a_number_and_one_address(database: Database) -> None:
    club = Club(database)
    anna = enrolled(club, ANNA)
    piotr = enrolled(club, Newcomer("Piotr Testowy", "+48501000001"))
    assert [one.id for one in piotr.shares_with] == [anna.person_id]
    assert club.do(lambda tx: addresses_of(tx, anna.person_id)) == club.do(
        lambda tx: addresses_of(tx, piotr.person_id)
    )


def test_a_participant_may_have_the_name_of_a_member_of_staff(database: Database) -> None:
    done = enrolled(Club(database), Newcomer("Pola Przykładowa"))
    assert (done.fate, done.may_be) == (Fate.ENROLLED, None)


def test_enrolling_again_with_other_words_changes_just_those(database: Database) -> None:
    club = Club(database)
    enrolled(club, ANNA)
    done = enrolled(club, Newcomer("Anna Testowa", "+48501000001", groups=("GRUPA A", "Grupa B")))
    found = club.do(lambda tx: person(tx, done.person_id))
    assert (done.fate, found.language, found.contract_until) == (Fate.CHANGED, "uk", date(2026, 12, 31))
    names = [row.name for row in club.do(lambda tx: groups.names_of(tx, [done.person_id]))]
    assert names == ["Grupa A", "Grupa B"]


def test_whoever_has_left_is_not_brought_back_by_a_list(database: Database) -> None:
    club = Club(database)
    done = enrolled(club, ANNA)
    club.do(lambda tx: people.change_person(tx, done.person_id, ended_at=NOW))
    with pytest.raises(HasLeft) as refused:
        enrolled(club, ANNA)
    assert "left the club on 2026-10-05" in str(refused.value)


def test_without_a_sender_a_number_stands_where_the_others_stand(database: Database) -> None:
    club = Club(database)
    first = enrolled(club, ANNA, account=None)
    assert [one.account for one in club.do(lambda tx: addresses_of(tx, first.person_id))] == [""]
    enrolled(club, Newcomer("Ola Testowa", "+48501000002"), account="+48732000000")
    third = enrolled(club, Newcomer("Piotr Testowy", "+48501000003"), account=None)
    assert [one.account for one in club.do(lambda tx: addresses_of(tx, third.person_id))] == ["+48732000000"]


def test_enrolment_is_on_record_without_a_name(database: Database) -> None:
    club = Club(database)
    done = enrolled(club, ANNA)
    enrolled(club, ANNA)
    assert club.do(lambda tx: count(tx, audit)) == 1
    line = club.do(lambda tx: tx.connection.execute(select(audit)).one())
    assert (line.actor, line.action, line.person_id, line.details) == (
        "staff",
        "enrolled",
        done.person_id,
        {},
    )


def test_a_number_that_was_said_to_be_somebody_elses_is_the_newcomers_alone(database: Database) -> None:
    club = Club(database)
    before = club.person("Anna Testowa", "+48501000001")
    club.do(lambda tx: wrong_number(tx, address_of(tx, "sms", "sms", "+48501000001")))
    club.do(lambda tx: enrol(tx, Newcomer("Anna Testowa", "+48501000001"), "sms"))  # the same file again
    assert club.do(lambda tx: address_of(tx, "sms", "sms", "+48501000001")).state == "wrong"

    new = club.person("Ewa Testowa", "+48501000001")

    number = club.do(lambda tx: address_of(tx, "sms", "sms", "+48501000001"))
    assert number.state == "active"
    assert [one.id for one in club.do(lambda tx: people_at(tx, number.id))] == [new]
    assert club.do(lambda tx: addresses_of(tx, before)) == []
