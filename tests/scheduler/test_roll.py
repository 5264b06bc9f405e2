from datetime import timedelta

from scheduler.people import link
from scheduler.roll import Only, roll, roll_page
from scheduler.roll_file import harmless
from storage import people
from storage.database import Database
from tests.builders import NOW, Club

NAMES = (
    ("Zofia Testowa", "+48501000001"),
    ("Anna Testowa", "+48501000002"),
    ("Anna Testowa", "+48501000003"),
)


def test_the_roll_has_every_participant_with_groups_and_addresses(database: Database) -> None:
    club = Club(database)
    anna = club.person("Anna Testowa", "+48501000001", groups=("Grupa B", "Grupa A"))
    ola = club.person("Ola Testowa", None)
    twin = club.person("Ola Testowa", "+48501000002")
    club.do(lambda tx: link(tx, anna, "telegram", "123", "77"))
    found = club.do(roll)
    assert [(one.person.id, one.may_be_id, one.groups) for one in found] == [
        (anna, None, ("Grupa A", "Grupa B")),
        (ola, None, ()),
        (twin, ola, ()),
    ]
    assert [[where.channel for where in one.addresses] for one in found] == [["sms", "telegram"], [], ["sms"]]


def test_whoever_has_left_is_on_it_only_if_asked_for(database: Database) -> None:
    club = Club(database)
    anna = club.person("Anna Testowa")
    club.do(lambda tx: people.change_person(tx, anna, ended_at=NOW))
    assert club.do(roll) == []
    assert [one.person.id for one in club.do(lambda tx: roll(tx, with_ended=True))] == [anna]


def test_a_page_begins_where_the_one_before_ended_whoever_comes_between(database: Database) -> None:
    club = Club(database)
    ids = [club.person(name, phone) for name, phone in NAMES]

    first = club.do(lambda tx: roll_page(tx, club.centre, limit=2))
    club.person("Aleksander Testowy", "+48501000008")
    second = club.do(lambda tx: roll_page(tx, club.centre, after=first.next, limit=2))

    assert [one.person.id for one in first.people] == [ids[1], ids[2]]
    assert ([one.person.id for one in second.people], second.next) == ([ids[0]], None)


def test_the_roll_can_be_cut_to_whoever_needs_somebody_to_look(database: Database) -> None:
    club = Club(database)
    ends = club.person("Anna Testowa", contract_until=NOW.date() + timedelta(days=14))
    club.person("Bogna Testowa", "+48501000002", contract_until=NOW.date() + timedelta(days=15))
    bare = club.person("Celina Testowa", None)
    twin = club.person("Celina Testowa", "+48501000003")
    gone = club.person("Dorota Testowa", "+48501000004")
    club.do(lambda tx: people.change_person(tx, gone, ended_at=NOW))

    def cut(only: Only) -> list[int]:
        page = club.do(lambda tx: roll_page(tx, club.centre, only))
        return [one.person.id for one in page.people]

    assert {only: cut(only) for only in Only if only is not Only.HERE} == {
        Only.ENDS: [ends],
        Only.UNREACHED: [bare],
        Only.MAY_BE: [twin],
        Only.ENDED: [gone],
    }


def test_what_a_spreadsheet_would_run_is_text_in_a_file_of_ours() -> None:
    cells = ["=1+1", "+48", "-1", "@SUM(A1)", "\t=1", "Anna", ""]
    assert [harmless(cell) for cell in cells] == ["'=1+1", "'+48", "'-1", "'@SUM(A1)", "'\t=1", "Anna", ""]
