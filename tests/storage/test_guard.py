"""Bare SQL, with none of our code in the way: the database refuses to give a station or a person away twice."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from storage.database import Database

PEOPLE = """INSERT INTO person (id, kind, full_name, name_key, phone, enrolled_at)
 VALUES (1, 'participant', 'A', 'a', '', '2026-01-01 00:00:00'), (2, 'staff', 'B', 'b', '', '2026-01-01 00:00:00')"""
PLACES = (
    "INSERT INTO service (id, code) VALUES (1, 's')",
    "INSERT INTO room (id, code) VALUES (1, 'r')",
    "INSERT INTO station (id, room_id, code) VALUES (1, 1, 'x'), (2, 1, 'y')",
)
VISIT = """INSERT INTO appointment (id, service_id, participant_id, specialist_id, station_id, mode, starts_at, ends_at, booked_at)
 VALUES (1, 1, 1, 2, 1, 'in_person', '2026-10-14 08:00:00', '2026-10-14 09:00:00', '2026-10-01 00:00:00')"""


@pytest.fixture
def diary(database: Database) -> Database:
    with database.engine.begin() as connection:
        for statement in (PEOPLE, *PLACES, VISIT):
            connection.execute(text(statement))
    claim(database, "1", "NULL", "08:00", "09:00")
    claim(database, "NULL", "2", "08:00", "09:00")
    return database


def claim(database: Database, station: str, person: str, starts: str, ends: str) -> None:
    with database.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO claim (appointment_id, station_id, person_id, starts_at, ends_at)"
                f" VALUES (1, {station}, {person}, '2026-10-14 {starts}:00', '2026-10-14 {ends}:00')"
            )
        )


@pytest.mark.parametrize(
    ("station", "person", "name"),
    [("1", "NULL", "claim_station_overlap"), ("NULL", "2", "claim_person_overlap")],
)
@pytest.mark.parametrize(
    ("starts", "ends"),
    [("08:00", "09:00"), ("07:30", "08:01"), ("08:59", "10:00"), ("07:00", "10:00"), ("08:20", "08:40")],
)
def test_an_overlapping_claim_is_refused_by_name(
    diary: Database, station: str, person: str, name: str, starts: str, ends: str
) -> None:
    with pytest.raises(IntegrityError, match=name):
        claim(diary, station, person, starts, ends)


@pytest.mark.parametrize(("station", "person"), [("1", "NULL"), ("NULL", "2")])
@pytest.mark.parametrize(("starts", "ends"), [("09:00", "10:00"), ("07:00", "08:00")])
def test_a_claim_that_only_touches_another_is_taken(
    diary: Database, station: str, person: str, starts: str, ends: str
) -> None:
    claim(diary, station, person, starts, ends)


def test_another_station_and_another_person_are_free(diary: Database) -> None:
    claim(diary, "2", "NULL", "08:00", "09:00")
    claim(diary, "NULL", "1", "08:00", "09:00")


@pytest.mark.parametrize(("station", "person"), [("1", "NULL"), ("NULL", "2")])
def test_an_update_can_not_make_an_overlap_either(diary: Database, station: str, person: str) -> None:
    claim(diary, station, person, "10:00", "11:00")
    with pytest.raises(IntegrityError, match="overlap"), diary.engine.begin() as connection:
        connection.execute(
            text("UPDATE claim SET starts_at = '2026-10-14 08:30:00' WHERE starts_at = '2026-10-14 10:00:00'")
        )


@pytest.mark.parametrize(("station", "person"), [("1", "2"), ("NULL", "NULL")])
def test_a_claim_is_of_a_station_or_of_a_person_never_of_both_or_none(
    diary: Database, station: str, person: str
) -> None:
    with pytest.raises(IntegrityError, match="holder"):
        claim(diary, station, person, "12:00", "13:00")


def test_a_claim_that_ends_before_it_begins_is_refused(diary: Database) -> None:
    with pytest.raises(IntegrityError, match="order"):
        claim(diary, "2", "NULL", "13:00", "12:00")


@pytest.mark.parametrize("column", ["held_until", "held_for_id"])
def test_a_hold_says_until_when_and_for_whom(diary: Database, column: str) -> None:
    value = {"held_until": "'2026-10-14 07:00:00'", "held_for_id": "1"}[column]
    with pytest.raises(IntegrityError, match="hold"), diary.engine.begin() as connection:
        connection.execute(text(f"UPDATE claim SET {column} = {value}"))


def test_a_hold_keeps_everybody_out_until_it_is_deleted(diary: Database) -> None:
    with diary.engine.begin() as connection:
        connection.execute(text("UPDATE claim SET held_until = '2026-01-01 00:00:00', held_for_id = 1"))
    with pytest.raises(IntegrityError, match="claim_station_overlap"):
        claim(diary, "1", "NULL", "08:00", "09:00")
