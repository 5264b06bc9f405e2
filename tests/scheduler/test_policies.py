from datetime import timedelta

import pytest

from scheduler.policies import (
    EndsBeforeItBegins,
    NoSuchRecord,
    NoSuchRule,
    NoSuchValue,
    Record,
    buffer_at,
    buffers,
    policy,
    read_value,
    revoke,
    set_policy,
)
from storage.database import Database
from tests.builders import MONDAY, NOW, Club, a_centre, warsaw

HOUR = timedelta(hours=1)


def test_without_a_record_the_clubs_own_file_holds(database: Database) -> None:
    club = Club(database, a_centre(buffer_minutes=10))

    held = club.do(lambda tx: policy(tx, club.centre, NOW))

    assert (held.buffer_minutes, held.masks, held.self_check) == (10, True, "daily")
    assert held.self_check_channels == ("sms", "telegram")


def test_a_record_holds_from_its_beginning_to_its_end_and_not_at_its_end(database: Database) -> None:
    club = Club(database)
    record = Record("masks", False, NOW + HOUR, NOW + 2 * HOUR)
    club.do(lambda tx: set_policy(tx, record))

    held = [club.do(lambda tx, at=NOW + n * HOUR: policy(tx, club.centre, at)).masks for n in (0, 1, 2)]

    assert held == [True, False, True]


def test_of_two_records_that_hold_the_one_set_later_counts_and_when_it_ends_the_other_again(
    database: Database,
) -> None:
    club = Club(database)
    club.do(lambda tx: set_policy(tx, Record("self_check", "visits", NOW)))
    club.do(lambda tx: set_policy(tx, Record("self_check", "off", NOW + HOUR, NOW + 2 * HOUR)))

    held = [
        club.do(lambda tx, at=NOW + n * HOUR: policy(tx, club.centre, at)).self_check for n in (-1, 0, 1, 2)
    ]

    assert held == ["daily", "visits", "off", "visits"]


def test_the_buffer_is_the_one_in_force_when_the_visit_begins(database: Database) -> None:
    club = Club(database, a_centre(buffer_minutes=10))
    tomorrow = warsaw(MONDAY + timedelta(days=1))
    club.do(lambda tx: set_policy(tx, Record("buffer_minutes", 25, tomorrow)))

    many = club.do(lambda tx: [buffers(tx, club.centre)(at) for at in (NOW, tomorrow)])
    one = club.do(lambda tx: buffer_at(tx, club.centre, tomorrow))

    assert many == [timedelta(minutes=10), timedelta(minutes=25)]
    assert one == timedelta(minutes=25)


def test_who_set_what_is_in_the_audit(database: Database) -> None:
    from storage.tables import audit  # noqa: PLC0415

    club = Club(database)
    by = club.specialist("pola")
    club.do(lambda tx: set_policy(tx, Record("masks", False, NOW), by=by))

    line = club.do(lambda tx: tx.connection.execute(audit.select()).one())

    assert (line.action, line.actor, line.actor_id) == ("policy_set", "staff", by)
    assert line.details["rule"] == "masks"
    assert line.details["value"] is False


@pytest.mark.parametrize(
    ("rule", "text", "value"),
    [
        ("buffer_minutes", "20", 20),
        ("masks", "ON", True),
        ("self_check", "off", "off"),
        ("self_check_channels", "telegram, sms", ["sms", "telegram"]),
        ("group_limit", "12", 12),
    ],
)
def test_a_value_is_read_as_it_is_typed(rule: str, text: str, value: object) -> None:
    assert read_value(rule, text) == value


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("buffer_minutes", "-1"),
        ("buffer_minutes", "1000"),
        ("buffer_minutes", "²"),
        ("group_limit", "0"),
        ("masks", "maybe"),
        ("self_check", "weekly"),
        ("self_check_channels", "pigeon"),
    ],
)
def test_what_a_rule_cannot_be_is_refused_with_what_it_can_be(rule: str, text: str) -> None:
    with pytest.raises(NoSuchValue, match=f"{rule} must be"):
        read_value(rule, text)


def test_a_rule_that_is_not_known_is_refused_with_those_that_are(database: Database) -> None:
    with pytest.raises(NoSuchRule, match="buffer_minutes"):
        read_value("bufer", "1")
    with pytest.raises(NoSuchRule):
        Club(database).do(lambda tx: set_policy(tx, Record("bufer", 1, NOW)))


def test_a_record_that_holds_at_no_time_is_refused(database: Database) -> None:
    with pytest.raises(EndsBeforeItBegins):
        Club(database).do(lambda tx: set_policy(tx, Record("masks", False, NOW, NOW)))


def test_a_record_that_is_revoked_holds_no_longer_and_one_not_begun_never_did(database: Database) -> None:
    club = Club(database)
    begun = club.do(lambda tx: set_policy(tx, Record("masks", False, NOW)))
    ahead = club.do(lambda tx: set_policy(tx, Record("masks", False, NOW + 9 * HOUR)))

    for number in (begun, ahead):
        club.do(lambda tx, n=number: revoke(tx, n), NOW + HOUR)

    held = [club.do(lambda tx, at=NOW + n * HOUR: policy(tx, club.centre, at)).masks for n in (0, 1, 9)]
    assert held == [False, True, True]
    with pytest.raises(NoSuchRecord):
        club.do(lambda tx: revoke(tx, begun), NOW + HOUR)
