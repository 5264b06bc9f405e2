from scheduler.people import link
from scheduler.roll import roll
from storage import people
from storage.database import Database
from tests.builders import NOW, Club


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
