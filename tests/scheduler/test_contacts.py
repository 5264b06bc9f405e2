"""Who was near somebody: in the same room, at the same time or within its airing; nobody else, and never without a trace."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from config.centre import Centre
from scheduler.contacts import Contact, NoPurpose, contacts
from scheduler.people import NoSuchPerson
from storage.database import Database, Transaction
from storage.tables import appointment, attendance, audit, claim, group, service, session, station
from tests.builders import NOW, Club, a_centre
from tests.examples import examples

BUFFER = timedelta(minutes=10)
HOUR = timedelta(hours=1)
CAME = ("booked", "confirmed", "arrived", "attended")


def two_rooms() -> Centre:
    known = a_centre().model_dump()
    (first,) = known["rooms"]
    second = first | {"code": "r2", "number": "204", "stations": [{"code": "c", "name": "C"}]}
    return Centre.model_validate(known | {"rooms": [first, second]})


class House:
    """A club with two rooms (a and b in one, c in the other), and visits put into its past."""

    def __init__(self, database: Database) -> None:
        self.club = Club(database, two_rooms())
        self.pola, self.piotr, self.dorota = (
            self.club.specialist(code) for code in ("pola", "piotr", "dorota")
        )
        self.stations = self._ids(station)
        self.service = next(iter(self._ids(service).values()))

    def _ids(self, table: Any) -> dict[str, int]:
        rows = self.club.do(lambda tx: tx.connection.execute(select(table.c.code, table.c.id)).all())
        return {row.code: row.id for row in rows}

    def people(self, *names: str) -> list[int]:
        return [self.club.person(f"{name} Testowa", f"+4850100000{n}") for n, name in enumerate(names)]

    def visit(
        self, who: int, starts_at: datetime, desk: str = "a", status: str = "attended", by: int | None = None
    ) -> int:
        """As a booking leaves it: a visit of 50 minutes, and its station's claim with the airing."""
        ends_at = starts_at + timedelta(minutes=50)
        values = {
            "service_id": self.service,
            "participant_id": who,
            "specialist_id": by or self.pola,
            "station_id": self.stations[desk],
            "mode": "in_person",
            "starts_at": starts_at,
            "ends_at": ends_at,
            "status": status,
            "booked_at": NOW,
        }

        def work(tx: Any) -> int:
            made = insert(appointment).values(values).returning(appointment.c.id)
            number = int(tx.connection.execute(made).scalar_one())
            times = [
                {"station_id": self.stations[desk], "ends_at": ends_at + BUFFER},
                {"person_id": by or self.pola, "ends_at": ends_at},
                {"person_id": who, "ends_at": ends_at},
            ]
            for time in times:
                tx.connection.execute(
                    insert(claim).values(appointment_id=number, starts_at=starts_at, **time)
                )
            return number

        return int(self.club.do(work))

    def session(self, who: list[int], starts_at: datetime, status: str = "planned") -> int:
        """A group's session in the room of both desks, as its making leaves it."""

        ends_at = starts_at + timedelta(minutes=90)

        def work(tx: Any) -> int:
            where = tx.connection.execute(
                select(station.c.room_id).where(station.c.id == self.stations["a"])
            ).scalar_one()
            made = insert(group).values(name=f"G{starts_at}").returning(group.c.id)
            values = {
                "group_id": tx.connection.execute(made).scalar_one(),
                "shift": 0,
                "series_day": starts_at.date(),
                "starts_at": starts_at,
                "ends_at": ends_at,
                "room_id": where,
                "leader_id": self.piotr,
                "status": status,
            }
            kept = insert(session).values(values).returning(session.c.id)
            number = int(tx.connection.execute(kept).scalar_one())
            times = [
                *({"station_id": self.stations[desk], "ends_at": ends_at + BUFFER} for desk in "ab"),
                *({"person_id": one, "ends_at": ends_at} for one in (self.piotr, *who)),
            ]
            for time in times:
                tx.connection.execute(insert(claim).values(session_id=number, starts_at=starts_at, **time))
            return number

        return int(self.club.do(work))

    def near(self, who: int, days: int = 14, purpose: str = "PSSE 12/2026") -> list[Contact]:
        return list(
            self.club.do(lambda tx: contacts(tx, self.club.centre, who, days=days, purpose=purpose), NOW)
        )

    def names(self, who: int, **more: Any) -> set[int]:
        return {one.person_id for one in self.near(who, **more)}


@pytest.fixture
def house(database: Database) -> House:
    return House(database)


def test_whoever_sat_in_the_room_before_at_once_or_after_was_near(house: House) -> None:
    anna, before, at_once, after, later, elsewhere = house.people("A", "B", "C", "D", "E", "F")
    ten = NOW - timedelta(days=1)
    house.visit(anna, ten)
    house.visit(before, ten - HOUR)
    house.visit(at_once, ten, "b", by=house.piotr)
    house.visit(after, ten + HOUR)
    house.visit(later, ten + 2 * HOUR)
    house.visit(elsewhere, ten, "c", by=house.dorota)
    assert house.names(anna) == {before, at_once, after, house.pola, house.piotr}
    assert house.names(elsewhere) == {house.dorota}


def test_a_contact_has_what_the_sanitary_station_asks_for(house: House) -> None:
    anna, ola = house.people("Anna", "Ola")
    ten = NOW - timedelta(days=1)
    house.visit(anna, ten)
    house.visit(ola, ten + HOUR)
    last = next(one for one in house.near(anna) if one.person_id == ola)
    assert last == Contact(
        person_id=ola,
        person="Ola Testowa",
        phone="+48501000001",
        kind="participant",
        room="103",
        starts_at=ten + HOUR,
        ends_at=ten + timedelta(minutes=110),
        own_starts_at=ten,
        own_ends_at=ten + timedelta(minutes=50),
    )


@pytest.mark.parametrize("status", ["given_back", "missed", "refused_no_mask"])
def test_who_was_not_in_the_room_was_near_nobody(house: House, status: str) -> None:
    anna, ola = house.people("Anna", "Ola")
    house.visit(anna, NOW - HOUR, "a")
    house.visit(ola, NOW - HOUR, "b", status, by=house.piotr)
    assert house.names(anna) == {house.pola}
    assert house.names(ola) == set()


def test_what_is_still_to_come_and_what_is_long_ago_is_nobodys_contact(house: House) -> None:
    anna, ola, iza = house.people("Anna", "Ola", "Iza")
    house.visit(anna, NOW - timedelta(days=15), "a")
    house.visit(ola, NOW - timedelta(days=15), "b", by=house.piotr)
    house.visit(anna, NOW + HOUR, "a", "booked")
    house.visit(iza, NOW + HOUR, "b", "booked", by=house.piotr)
    assert house.names(anna) == set()
    assert house.names(anna, days=15) == {ola, house.pola, house.piotr}


def test_whoever_is_still_to_come_after_a_visit_of_now_is_near_nobody_yet(house: House) -> None:
    anna, ola = house.people("Anna", "Ola")
    house.visit(anna, NOW - HOUR / 2, "a", "arrived")
    house.visit(ola, NOW + HOUR / 2, "a", "booked")
    assert house.names(anna) == {house.pola}


def test_the_specialist_too_is_near_whoever_sat_there(house: House) -> None:
    anna, ola = house.people("Anna", "Ola")
    house.visit(anna, NOW - 3 * HOUR)
    house.visit(ola, NOW - 2 * HOUR)
    assert [one.person_id for one in house.near(house.pola)] == [anna, ola]


def test_every_look_is_in_the_log_with_what_it_was_for_and_whom_it_named(house: House) -> None:
    anna, ola = house.people("Anna", "Ola")
    house.visit(anna, NOW - 3 * HOUR)
    house.visit(ola, NOW - 2 * HOUR)
    house.club.do(
        lambda tx: contacts(tx, house.club.centre, anna, days=14, purpose=" PSSE 12/2026 ", by_id=house.piotr)
    )
    asked = select(audit).where(audit.c.action == "contacts")
    line = house.club.do(lambda tx: tx.connection.execute(asked).one())
    assert (line.actor, line.actor_id, line.person_id) == ("staff", house.piotr, anna)
    assert line.details == {"purpose": "PSSE 12/2026", "days": 14, "people": sorted([ola, house.pola])}


@pytest.mark.parametrize("purpose", ["", "  ", "x" * 201])
def test_without_a_purpose_nothing_is_told(house: House, purpose: str) -> None:
    (anna,) = house.people("Anna")
    with pytest.raises(NoPurpose):
        house.near(anna, purpose=purpose)


def test_nobody_is_looked_up_who_is_not_known(house: House) -> None:
    with pytest.raises(NoSuchPerson):
        house.near(999)


def test_who_sat_in_a_group_was_near_all_of_it_and_whoever_came_next(house: House) -> None:
    anna, ola, iza, after = house.people("Anna", "Ola", "Iza", "Ewa")
    starts_at = NOW - timedelta(days=1)
    meeting = house.session([anna, ola, iza], starts_at)
    house.visit(after, starts_at + timedelta(minutes=100))
    stayed_away = {"session_id": meeting, "person_id": iza, "presence": "absent", "at": NOW}
    house.club.do(lambda tx: tx.connection.execute(insert(attendance).values(stayed_away)))
    assert house.names(anna) == {ola, house.piotr, after, house.pola}
    assert house.names(after) == {anna, ola, house.piotr, house.pola}
    assert house.names(iza) == set()


@pytest.mark.parametrize(
    ("said", "was_there"),
    [
        ({"answer": "not_coming"}, False),
        ({"answer": "not_coming", "presence": "present"}, True),
        ({"answer": "coming"}, True),
        ({"presence": "excused"}, False),
    ],
)
def test_presence_counts_before_what_was_answered(
    house: House, said: dict[str, str], was_there: bool
) -> None:
    anna, ola = house.people("Anna", "Ola")
    meeting = house.session([anna, ola], NOW - timedelta(days=1))
    row = {"session_id": meeting, "person_id": ola, "at": NOW} | said
    house.club.do(lambda tx: tx.connection.execute(insert(attendance).values(row)))
    assert (ola in house.names(anna)) is was_there
    assert (house.names(ola) != set()) is was_there


def test_a_session_that_was_called_off_brought_nobody_together(house: House) -> None:
    anna, ola = house.people("Anna", "Ola")
    house.session([anna, ola], NOW - timedelta(days=1), "called_off")
    assert house.names(anna) == set()


# A visit: whose, in which half hour of a day, at which desk, what became of it.
VISITS = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.integers(0, 7),
        st.sampled_from("abc"),
        st.sampled_from([*CAME, "given_back", "missed", "refused_no_mask"]),
    ),
    max_size=10,
)


@settings(
    max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(visits=VISITS)
def test_nearness_is_mutual_and_just_that_of_one_room_within_the_airing(
    database: Database, house: House, visits: list[tuple[int, int, str, str]]
) -> None:
    empty(database)
    who = house.people("A", "B", "C", "D")
    put: list[tuple[int, int, str, datetime, str]] = []
    for number, half_hour, desk, status in visits:
        starts_at = NOW - timedelta(days=1) + timedelta(minutes=30 * half_hour)
        by = {"a": house.pola, "b": house.piotr, "c": house.dorota}[desk]
        if is_free(put, who[number], by, desk, starts_at):
            house.visit(who[number], starts_at, desk, status, by)
            put.append((who[number], by, desk, starts_at, status))
    everybody = [*who, house.pola, house.piotr, house.dorota]
    found = {one: house.names(one) for one in everybody}
    assert found == {one: expected(put, one) for one in everybody}
    assert all(one in found[other] for one in everybody for other in found[one])


def empty(database: Database) -> None:
    def work(tx: Transaction) -> None:
        for table in (claim, appointment):
            tx.connection.execute(table.delete())

    database.run(work, NOW)


def is_free(put: list[Any], who: int, by: int, desk: str, starts_at: datetime) -> bool:
    return all(
        abs(other - starts_at) >= HOUR
        for one, with_, at, other, _ in put
        if one == who or with_ == by or at == desk
    )


def expected(put: list[tuple[int, int, str, datetime, str]], one: int) -> set[int]:
    """By the words of the rule: the same room, and less than a buffer between the end of one and the beginning of the other."""
    came = [visit for visit in put if visit[4] in CAME]
    rooms = {"a": 1, "b": 1, "c": 2}
    near = {
        person
        for mine in came
        if one in mine[:2]
        for other in came
        if rooms[mine[2]] == rooms[other[2]] and abs(mine[3] - other[3]) <= timedelta(minutes=50) + BUFFER
        for person in other[:2]
    }
    return near - {one}
