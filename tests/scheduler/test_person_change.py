from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from scheduler.admission import admit
from scheduler.enrolment import Fate, Newcomer
from scheduler.groups import add
from scheduler.leaving import leave
from scheduler.people import NoSuchPerson
from scheduler.person_change import NameTaken, NotChanged, Wanted, are_two, change
from scheduler.person_page import about, log
from storage.database import Database, Transaction
from storage.tables import todo
from tests.builders import Club

AS_WAS = {
    "full_name": "Jan Testowy",
    "language": "pl",
    "contract_until": None,
    "polish_letters": False,
    "writes_only": False,
    "self_check": "daily",
}


@pytest.fixture
def club(database: Database) -> Club:
    return Club(database)


def changed(club: Club, who: int, **values: Any) -> Any:
    pola = club.specialist("pola")

    def work(tx: Transaction) -> Any:
        tx.staff_id = pola
        return change(tx, who, Wanted(**AS_WAS | values))

    return club.do(work)


def test_what_is_changed_is_kept_and_said_in_the_log_and_nothing_else_is(club: Club) -> None:
    who = club.person()

    changed(club, who, full_name="Jan Nowy", contract_until=date(2026, 12, 31), self_check="never")
    changed(club, who, full_name="Jan Nowy", contract_until=date(2026, 12, 31), self_check="never")

    seen = club.do(lambda tx: about(tx, who))
    assert (seen.person.full_name, seen.self_check) == ("Jan Nowy", "never")
    noted = club.do(lambda tx: log(tx, who))
    assert [(line.action, line.by, line.details) for line in noted] == [
        ("changed", "Pola Przykładowa", {"what": ["contract_until", "full_name", "self_check"]}),
        ("enrolled", None, {}),
    ]


def test_a_wish_to_be_written_to_is_a_line_of_its_own(club: Club) -> None:
    who = club.person()

    assert changed(club, who, writes_only=True).writes_only

    assert club.do(lambda tx: log(tx, who))[0].action == "calls_unwanted"


def test_nobody_becomes_somebody_else_who_is_enrolled(club: Club) -> None:
    who, other = club.person(), club.person("Ewa Testowa")

    with pytest.raises(NameTaken) as taken:
        changed(club, who, full_name="ewa  testowa")

    assert taken.value.person_id == other


def test_whoever_left_or_is_staff_is_not_changed(club: Club) -> None:
    who = club.person()
    club.do(lambda tx: leave(tx, who))

    with pytest.raises(NotChanged):
        changed(club, who, language="uk")
    with pytest.raises(NoSuchPerson):
        changed(club, club.specialist("piotr"))


def test_two_people_of_one_name_are_asked_about_no_more(club: Club) -> None:
    club.person()
    twins = [club.person(phone=f"+4850100001{number}") for number in range(2)]

    club.do(lambda tx: are_two(tx, twins[0]))

    left = club.do(
        lambda tx: list(tx.connection.scalars(select(todo.c.person_id).where(todo.c.done_at.is_(None))))
    )
    assert left == [twins[1]]
    assert club.do(lambda tx: about(tx, twins[0])).may_be is None


def test_who_is_admitted_is_welcomed_once_and_joins_the_groups_named(club: Club) -> None:
    club.do(lambda tx: add(tx, "Kuchnia", "workshop"))
    anna = Newcomer("Anna Nowa", "+48501000009", groups=("Kuchnia", "Nie ma takiej"))

    first = club.do(lambda tx: admit(tx, club.centre, anna, account="sms", writes_only=True))
    again = club.do(lambda tx: admit(tx, club.centre, anna, account="sms"))

    assert (first.fate, again.fate) == (Fate.ENROLLED, Fate.KNOWN)
    assert [row.person_id for row in club.messages(text="welcome")] == [first.person_id]
    assert club.do(lambda tx: about(tx, first.person_id)).person.writes_only
    noted = [line.action for line in club.do(lambda tx: log(tx, first.person_id))]
    assert noted == ["group_joined", "enrolled"]
