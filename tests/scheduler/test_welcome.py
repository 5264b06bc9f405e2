import pytest

from scheduler.enrolment import Newcomer, enrol
from scheduler.import_file import import_participants, read_participants
from scheduler.people import AddressState, address_of
from storage import addresses
from storage.database import Database
from tests.builders import Club

HEADER = "full_name,phone,language,groups,contract_until\n"


@pytest.fixture
def club(database: Database) -> Club:
    return Club(database)


def imported(club: Club, *lines: str, dry_run: bool = False) -> None:
    wishes = read_participants("people.csv", (HEADER + "\n".join(lines)).encode())
    club.do(lambda tx: import_participants(tx, wishes, account="sms", dry_run=dry_run))


def test_who_is_enrolled_is_welcomed_once(club: Club) -> None:
    imported(club, "Anna Testowa,501000001,uk,,")
    imported(club, "Anna Testowa,501000001,uk,Grupa A,")

    (row,) = club.messages()
    assert (row.text, row.purpose, row.params, row.status) == ("welcome", "notice", {}, "waiting")


def test_who_was_enrolled_before_is_not_welcomed_now(club: Club) -> None:
    club.do(lambda tx: enrol(tx, Newcomer("Anna Testowa", "+48501000001"), "sms"))

    imported(club, "Anna Testowa,501000001,uk,,")

    assert club.messages() == []


def test_a_shared_phone_gets_one_welcome_with_the_first_names_of_both(club: Club) -> None:
    imported(club, "Ewa Testowa,501000001,,,", "Jan Testowy,501000001,,,")

    (row,) = club.messages()
    assert row.params == {"first_name": "Ewa, Jan"}


def test_more_names_than_there_is_room_for_are_left_out(club: Club) -> None:
    imported(club, *(f"{name} Testowa,501000001,,," for name in ("Bogumiła-Konstancja", "Ewa", "Jan")))

    assert club.messages()[0].params == {"first_name": "Bogumiła-Konstancja"}


def test_nobody_without_a_phone_is_welcomed_and_a_dry_run_writes_to_nobody(club: Club) -> None:
    imported(club, "Anna Testowa,,,,")
    imported(club, "Ewa Testowa,501000001,,,", dry_run=True)

    assert club.messages() == []


def test_a_number_that_asked_for_silence_is_left_in_peace(club: Club) -> None:
    def stopped(tx: object) -> None:
        there = address_of(tx, "sms", "sms", "+48501000001")  # type: ignore[arg-type]
        addresses.change_address(tx, there.id, state=AddressState.STOPPED)  # type: ignore[arg-type]

    club.do(stopped)
    imported(club, "Anna Testowa,501000001,,,")

    assert club.messages() == []
