import pytest
from sqlalchemy import select

from scheduler.accounts import begin_session, open_account, session_of
from scheduler.passwords import Cost, draw
from scheduler.people import addresses_of, link, person
from scheduler.staff import (
    AlreadyStaff,
    Colleague,
    NobodyOnStaff,
    NoName,
    Role,
    add_staff,
    change_role,
    colleague_called,
    end_staff,
    members,
)
from storage import people
from storage.database import Database
from storage.tables import person as people_table
from tests.builders import NOW, Club


def added(club: Club, name: str, role: Role, phone: str | None = None) -> int:
    return int(club.do(lambda tx: add_staff(tx, Colleague(name, role, phone), "sms")))


def role_of(club: Club, person_id: int) -> str:
    return str(club.do(lambda tx: people.role_of(tx, person_id)))


def test_a_colleague_is_put_on_the_staff_with_role_and_number(database: Database) -> None:
    club = Club(database)
    ewa = added(club, " Ewa  Nowa ", Role.RECEPTION, "+48501000009")
    found = club.do(lambda tx: person(tx, ewa))
    assert (found.kind, found.full_name, found.phone) == ("staff", "Ewa Nowa", "+48501000009")
    assert role_of(club, ewa) == "reception"
    assert [one.address for one in club.do(lambda tx: addresses_of(tx, ewa))] == ["+48501000009"]


def test_a_specialist_of_the_clubs_file_is_the_person_who_is_named(database: Database) -> None:
    club = Club(database)
    pola = club.specialist("pola")
    assert added(club, "Pola Przykładowa", Role.COORDINATOR, "+48501000009") == pola
    assert role_of(club, pola) == "coordinator"
    assert club.do(lambda tx: person(tx, pola)).phone == "+48501000009"


def test_the_same_person_again_is_refused_with_who_it_is(database: Database) -> None:
    club = Club(database)
    ewa = added(club, "Ewa Nowa", Role.RECEPTION, "+48501000009")
    for phone in ("+48501000009", None):
        with pytest.raises(AlreadyStaff) as refused:
            added(club, "EWA NOWA", Role.RECEPTION, phone)
        assert str(refused.value) == f"Ewa Nowa is on the staff already, as reception (number {ewa})"


def test_another_role_replaces_the_first(database: Database) -> None:
    club = Club(database)
    ewa = added(club, "Ewa Nowa", Role.RECEPTION, "+48501000009")
    assert added(club, "Ewa Nowa", Role.ADMINISTRATOR) == ewa
    assert role_of(club, ewa) == "administrator"
    assert club.do(lambda tx: person(tx, ewa)).phone == "+48501000009"


def test_two_colleagues_of_one_name_are_told_apart_by_their_numbers(database: Database) -> None:
    club = Club(database)
    first = added(club, "Ewa Nowa", Role.RECEPTION, "+48501000008")
    second = added(club, "Ewa Nowa", Role.RECEPTION, "+48501000009")
    assert first != second


def test_whoever_left_the_staff_is_taken_back(database: Database) -> None:
    club = Club(database)
    ewa = added(club, "Ewa Nowa", Role.RECEPTION)
    club.do(lambda tx: people.change_person(tx, ewa, ended_at=NOW))
    assert added(club, "Ewa Nowa", Role.RECEPTION) == ewa
    asked = select(people_table.c.ended_at).where(people_table.c.id == ewa)
    assert club.do(lambda tx: tx.connection.execute(asked).scalar_one()) is None


@pytest.mark.parametrize("name", ["", "  ", "12", "=x", "A" * 201])
def test_what_is_no_name_is_refused(database: Database, name: str) -> None:
    with pytest.raises(NoName, match="is no name; give the first name and the surname in quotation marks"):
        added(Club(database), name, Role.RECEPTION)


def test_a_colleague_is_found_by_name_or_number_and_by_neither_where_in_doubt(database: Database) -> None:
    club = Club(database)
    ewa = added(club, "Ewa Nowa", Role.RECEPTION)
    for name in ("ewa nowa", " EWA  Nowa ", str(ewa)):
        assert club.do(lambda tx, name=name: colleague_called(tx, name)).id == ewa
    anna = club.person("Anna Testowa")
    for name in ("Ola Nowa", "Anna Testowa", str(anna), "99"):
        with pytest.raises(NobodyOnStaff, match=f"nobody on the staff is called '{name}'"):
            club.do(lambda tx, name=name: colleague_called(tx, name))
    added(club, "Ewa Druga", Role.RECEPTION, "+48501000008")
    club.do(lambda tx: people.add_person(tx, kind="staff", full_name="Ewa Druga", name_key="ewa druga"))
    with pytest.raises(NobodyOnStaff, match="2 members of staff are called"):
        club.do(lambda tx: colleague_called(tx, "Ewa Druga"))
    club.do(lambda tx: people.change_person(tx, ewa, ended_at=NOW))
    with pytest.raises(NobodyOnStaff):
        club.do(lambda tx: colleague_called(tx, "Ewa Nowa"))


def test_who_is_taken_off_the_staff_is_logged_out_and_their_account_does_not_come_back(
    database: Database,
) -> None:
    club, key = Club(database), b"key"
    ewa, pola = added(club, "Ewa Nowa", Role.RECEPTION), club.specialist("pola")
    for person_id, stays in ((ewa, False), (pola, True)):
        club.do(lambda tx, one=person_id: open_account(tx, one, draw(Cost(1, 8))))
        club.do(lambda tx, one=person_id: link(tx, one, "telegram", "7000000001", f"70010{one}"))
        token = club.do(lambda tx, one=person_id: begin_session(tx, one, key))
        assert club.do(lambda tx, one=person_id: end_staff(tx, one)) is not stays
        assert club.do(lambda tx, known=token: session_of(tx, known, key)) is None
        assert club.do(lambda tx, one=person_id: addresses_of(tx, one)) == []
    with pytest.raises(NobodyOnStaff):
        club.do(lambda tx: end_staff(tx, ewa))
    added(club, "Ewa Nowa", Role.RECEPTION)
    known = {one.person_id: one for one in club.do(members)}
    assert (known[ewa].login, known[pola].login) == (None, None)


def test_a_role_can_be_changed_of_those_here_alone(database: Database) -> None:
    club = Club(database)
    ewa = added(club, "Ewa Nowa", Role.RECEPTION)
    club.do(lambda tx: change_role(tx, ewa, Role.COORDINATOR))
    assert role_of(club, ewa) == "coordinator"
    with pytest.raises(NobodyOnStaff):
        club.do(lambda tx: change_role(tx, 999, Role.COORDINATOR))
