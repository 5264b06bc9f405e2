from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from config.centre import Centre, Closure, load_centre
from scheduler.plant import TwoOfOneName, plant
from storage import people
from storage.database import Database
from storage.hours import HoursRow
from storage.tables import closure, hours, metadata, person, staff, station
from tests.builders import NOW, REAL_CENTRE, Club, a_centre


def everything(club: Club) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = club.do(
        lambda tx: {
            table.name: [tuple(row) for row in tx.connection.execute(select(table))]
            for table in metadata.sorted_tables
        }
    )
    return found


def rows(club: Club, asked: Any) -> list[Any]:
    return list(club.do(lambda tx: tx.connection.execute(asked).all()))


def changed(centre: Centre, **parts: Any) -> Centre:
    return Centre.model_validate(centre.model_dump() | parts)


def test_the_real_club_is_planted_whole(database: Database) -> None:
    centre = load_centre(REAL_CENTRE)
    club = Club(database, centre)
    assert len(rows(club, select(hours))) == len(centre.timetable)
    assert {row.code for row in rows(club, select(station))} == {
        one.code for room in centre.rooms for one in room.stations
    }
    assert {row.code for row in rows(club, select(person))} == {one.code for one in centre.specialists}


def test_specialists_are_staff_of_that_role(database: Database) -> None:
    club = Club(database)
    found = rows(
        club, select(person.c.kind, person.c.full_name, staff.c.role).join(staff).order_by(person.c.id)
    )
    assert [tuple(row) for row in found] == [
        ("staff", "Pola Przykładowa", "specialist"),
        ("staff", "Piotr Przykładowy", "specialist"),
        ("staff", "Dorota Przykładowa", "specialist"),
    ]


def test_planting_again_changes_nothing(database: Database) -> None:
    club = Club(database, load_centre(REAL_CENTRE))
    before = everything(club)
    club.now = NOW.replace(hour=12)
    club.do(lambda tx: plant(tx, club.centre))
    assert everything(club) == before


def test_processes_that_start_together_plant_the_club_once(database: Database) -> None:
    club = Club(database, load_centre(REAL_CENTRE))
    before = everything(club)
    smaller = a_centre()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda centre: club.do(lambda tx: plant(tx, centre)), [smaller] * 4))
        assert len(rows(club, select(hours))) == len(smaller.timetable)
        list(pool.map(lambda centre: club.do(lambda tx: plant(tx, centre)), [club.centre] * 4))
    assert len(everything(club)["hours"]) == len(before["hours"])


def test_what_the_file_no_longer_names_is_put_out_of_use_and_stays(database: Database) -> None:
    club = Club(database)
    smaller = a_centre(timetable=club.centre.model_dump()["timetable"][:1])
    smaller = changed(
        smaller,
        specialists=smaller.model_dump()["specialists"][:1],
        rooms=[smaller.model_dump()["rooms"][0] | {"stations": [{"code": "a", "name": "A"}]}],
    )
    club.do(lambda tx: plant(tx, smaller))
    assert [(row.code, row.active) for row in rows(club, select(station).order_by(station.c.code))] == [
        ("a", True),
        ("b", False),
    ]
    ended = select(person.c.code, person.c.ended_at).order_by(person.c.id)
    assert [tuple(row) for row in rows(club, ended)] == [("pola", None), ("piotr", NOW), ("dorota", NOW)]
    assert len(rows(club, select(hours))) == 1
    club.do(lambda tx: plant(tx, club.centre))
    assert all(row.active for row in rows(club, select(station)))
    assert all(row.ended_at is None for row in rows(club, ended))
    assert len(rows(club, select(hours))) == len(club.centre.timetable)


def test_hours_that_stay_keep_their_rows(database: Database) -> None:
    club = Club(database)
    before = {row.id for row in rows(club, select(hours))}
    later = a_centre(
        timetable=[
            club.centre.model_dump()["timetable"][0] | {"weekday": 6},
            *club.centre.model_dump()["timetable"][1:],
        ]
    )
    club.do(lambda tx: plant(tx, later))
    after = {row.id for row in rows(club, select(hours))}
    assert len(before & after) == len(before) - 1
    assert len(after) == len(before)


def test_closures_follow_the_file(database: Database) -> None:
    club = Club(database)
    holiday = Closure(first=date(2026, 12, 24), last=date(2026, 12, 31), reason="Przerwa świąteczna")
    club.do(lambda tx: plant(tx, changed(club.centre, closures=[holiday.model_dump()])))
    assert [(row.first_day, row.last_day, row.reason) for row in rows(club, select(closure))] == [
        (date(2026, 12, 24), date(2026, 12, 31), "Przerwa świąteczna")
    ]
    club.do(lambda tx: plant(tx, club.centre))
    assert rows(club, select(closure)) == []


def test_a_specialist_whose_name_changes_stays_the_same_person(database: Database) -> None:
    club = Club(database)
    before = club.specialist("pola")
    known = club.centre.model_dump()["specialists"]
    renamed = changed(club.centre, specialists=[known[0] | {"full_name": "Pola Nowa"}, *known[1:]])
    club.do(lambda tx: plant(tx, renamed))
    assert club.specialist("pola") == before
    assert club.do(lambda tx: people.person_of(tx, before).full_name) == "Pola Nowa"


def test_a_colleague_put_in_by_hand_becomes_the_specialist_whom_the_file_names(database: Database) -> None:
    club = Club(database)
    by_hand = club.do(
        lambda tx: people.add_person(
            tx, kind="staff", full_name="Ewa Nowa", name_key="ewa nowa", phone="+48501000009"
        )
    )
    known = club.centre.model_dump()["specialists"]
    new = {"code": "ewa", "full_name": "Ewa Nowa", "initials": "EN"}
    club.do(lambda tx: plant(tx, changed(club.centre, specialists=[*known, new])))
    assert club.specialist("ewa") == by_hand


def test_two_specialists_of_one_name_are_refused_and_nothing_is_planted(database: Database) -> None:
    club = Club(database)
    before = everything(club)
    known = club.centre.model_dump()["specialists"]
    twin = {"code": "pola2", "full_name": "POLA  Przykładowa", "initials": "PP"}
    with pytest.raises(TwoOfOneName) as refused:
        club.do(lambda tx: plant(tx, changed(club.centre, specialists=[*known, twin])))
    assert str(refused.value) == (
        "two members of staff without a phone are called POLA Przykładowa; "
        "tell them apart in the club's file, for instance by a second name"
    )
    assert everything(club) == before


def test_a_station_that_moves_to_another_room_keeps_its_row(database: Database) -> None:
    club = Club(database)
    known = club.centre.model_dump()["rooms"][0]
    rooms = [
        known | {"stations": [{"code": "a", "name": "A"}]},
        known | {"code": "r2", "number": "103", "stations": [{"code": "b", "name": "B"}]},
    ]
    before = {row.code: row.id for row in rows(club, select(station))}
    club.do(lambda tx: plant(tx, changed(club.centre, rooms=rooms)))
    after = rows(club, select(station).order_by(station.c.code))
    assert {row.code: row.id for row in after} == before
    assert after[0].room_id != after[1].room_id


def test_times_come_back_from_both_databases_as_they_were_planted(database: Database) -> None:
    club = Club(database)
    (first, *_) = rows(club, select(hours).order_by(hours.c.id))
    planted = club.centre.timetable[0]
    assert (first.weekday, first.starts, first.ends) == (planted.weekday, planted.starts, planted.ends)
    assert set(HoursRow._fields) <= set(first._fields)
