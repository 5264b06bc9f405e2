"""Booking, moving, giving back, confirming, being away: what each allows, refuses and leaves behind."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from scheduler.booked import visit as the_visit
from scheduler.booking import away, book, confirm, give_back, move
from scheduler.errors import (
    AlreadyGivenBack,
    AlreadyYours,
    ClubClosed,
    ContractEnded,
    NoSuchService,
    NoSuchVisit,
    NotASpecialist,
    NotEnrolled,
    OutOfHours,
    OwnClash,
    Refused,
    SlotInPast,
    SlotTaken,
    TooFar,
    TooManyVisits,
    TooSoon,
    VisitOver,
)
from scheduler.visits import Visit, VisitStatus
from storage.database import Database
from storage.tables import person
from tests.builders import MONDAY, NOW, WARSAW, Club, a_centre, warsaw

TUESDAY, FRIDAY = date(2026, 10, 6), date(2026, 10, 9)


def booking(
    club: Club, who: int, at: datetime, service: str = "psycholog", now: datetime | None = None, **more: Any
) -> Visit:
    return club.do(
        lambda tx: book(tx, club.centre, person_id=who, service=service, starts_at=at, **more), now
    )  # type: ignore[no-any-return]


def moving(club: Club, visit: Visit, at: datetime, **more: Any) -> Visit:
    return club.do(lambda tx: move(tx, club.centre, visit_id=visit.id, starts_at=at, **more))  # type: ignore[no-any-return]


def local(times: Any) -> list[str]:
    return [free.starts_at.astimezone(WARSAW).strftime("%d.%m %H:%M") for free in times]


def test_a_booked_visit_claims_its_station_with_the_airing_and_both_peoples_time(database: Database) -> None:
    club = Club(database)
    anna, pola = club.person(), club.specialist("pola")
    visit = booking(club, anna, warsaw(TUESDAY, "10:00"))
    begins, ends = warsaw(TUESDAY, "10:00"), warsaw(TUESDAY, "10:50")
    assert (visit.status, visit.version, visit.specialist_id, visit.place) == (
        VisitStatus.BOOKED,
        1,
        pola,
        "a",
    )
    assert sorted(club.claims(), key=str) == sorted(
        [
            (1, None, begins, ends + timedelta(minutes=10)),
            (None, anna, begins, ends),
            (None, pola, begins, ends),
        ],
        key=str,
    )


def test_a_remote_visit_claims_no_station(database: Database) -> None:
    club = Club(database)
    anna = club.person()
    visit = booking(club, anna, warsaw(TUESDAY, "10:00"), "doradca")
    assert (visit.station, visit.place) == (None, "remote")
    assert [row[0] for row in club.claims()] == [None, None]


def test_the_second_of_an_hour_gets_the_second_specialist_and_the_third_is_offered_others(
    database: Database,
) -> None:
    club = Club(database)
    at = warsaw(TUESDAY, "10:00")
    people = [club.person(f"Osoba {n}", f"+4850100010{n}") for n in range(3)]
    assert [booking(club, who, at).station for who in people[:2]] == ["a", "b"]
    with pytest.raises(SlotTaken) as refusal:
        booking(club, people[2], at)
    assert local(refusal.value.nearest) == ["06.10 09:00", "06.10 11:00", "06.10 12:00"]


def test_one_specialist_can_be_asked_for_by_name(database: Database) -> None:
    club = Club(database)
    piotr = club.specialist("piotr")
    assert booking(club, club.person(), warsaw(TUESDAY, "10:00"), specialist_id=piotr).specialist_id == piotr


@pytest.mark.parametrize(
    ("at", "refusal"),
    [
        (warsaw(MONDAY, "08:00"), SlotInPast),
        (NOW, SlotInPast),
        (warsaw("2026-10-02", "10:00"), SlotInPast),
        (NOW + timedelta(minutes=59), TooSoon),
        (warsaw("2027-10-05", "10:00"), TooFar),
        (warsaw("2026-11-11", "10:00"), ClubClosed),
        (warsaw("2026-11-01", "10:00"), ClubClosed),
        (warsaw("2026-10-10", "10:00"), OutOfHours),
        (warsaw(TUESDAY, "03:00"), OutOfHours),
        (warsaw(TUESDAY, "23:30"), OutOfHours),
        (warsaw(TUESDAY, "10:30"), OutOfHours),
        (warsaw(TUESDAY, "15:00"), OutOfHours),
        (warsaw("2026-10-25", "02:30"), OutOfHours),
    ],
)
def test_a_time_that_can_not_be_had_is_refused_and_changes_nothing(
    database: Database, at: datetime, refusal: type[Refused]
) -> None:
    club = Club(database)
    anna = club.person()
    with pytest.raises(refusal):
        booking(club, anna, at)
    assert (club.claims(), club.messages(purpose="reminder")) == ([], [])


def test_a_refusal_of_the_hour_names_the_nearest(database: Database) -> None:
    club = Club(database)
    with pytest.raises(OutOfHours) as refusal:
        booking(club, club.person(), warsaw(TUESDAY, "10:30"))
    assert local(refusal.value.nearest) == ["06.10 10:00", "06.10 11:00", "06.10 12:00"] or local(
        refusal.value.nearest
    ) == [
        "06.10 09:00",
        "06.10 10:00",
        "06.10 11:00",
    ]


def test_a_participant_can_not_be_in_two_places(database: Database) -> None:
    club = Club(database)
    anna = club.person()
    booking(club, anna, warsaw(TUESDAY, "10:00"))
    with pytest.raises(OwnClash):
        booking(club, anna, warsaw(TUESDAY, "10:00"), "doradca")
    with pytest.raises(AlreadyYours):
        booking(club, anna, warsaw(TUESDAY, "10:00"))


def test_there_is_a_limit_for_each_service_and_one_for_all(database: Database) -> None:
    club = Club(database)
    anna = club.person()
    booking(club, anna, warsaw(TUESDAY, "09:00"))
    booking(club, anna, warsaw(TUESDAY, "10:00"))
    with pytest.raises(TooManyVisits) as refusal:
        booking(club, anna, warsaw(TUESDAY, "11:00"))
    assert refusal.value.limit == 2
    booking(club, anna, warsaw(TUESDAY, "11:00"), "doradca")
    with pytest.raises(TooManyVisits) as refusal:
        booking(club, anna, warsaw(TUESDAY, "12:00"), "doradca")
    assert refusal.value.limit == 3


def test_a_visit_that_is_over_does_not_count(database: Database) -> None:
    club = Club(database, a_centre(open_visits_per_service=1))
    anna = club.person()
    booking(club, anna, warsaw(MONDAY, "10:00"))
    assert booking(club, anna, warsaw(TUESDAY, "10:00"), now=warsaw(MONDAY, "10:50")).id == 2


def test_nobody_is_booked_after_their_contract_or_after_they_left(database: Database) -> None:
    club = Club(database)
    anna = club.person(contract_until=TUESDAY)
    assert booking(club, anna, warsaw(TUESDAY, "10:00"))
    with pytest.raises(ContractEnded):
        booking(club, anna, warsaw("2026-10-07", "10:00"))
    club.do(lambda tx: tx.connection.execute(update(person).where(person.c.id == anna).values(ended_at=NOW)))
    with pytest.raises(NotEnrolled):
        booking(club, anna, warsaw(TUESDAY, "12:00"))


def test_staff_and_strangers_and_services_that_are_not_there_are_refused(database: Database) -> None:
    club = Club(database)
    with pytest.raises(NotEnrolled):
        booking(club, club.specialist("dorota"), warsaw(TUESDAY, "10:00"))
    with pytest.raises(NotEnrolled):
        booking(club, 999_999, warsaw(TUESDAY, "10:00"))
    with pytest.raises(NoSuchService):
        booking(club, club.person(), warsaw(TUESDAY, "10:00"), "szaman")


def test_a_move_takes_the_new_time_and_frees_the_old(database: Database) -> None:
    club = Club(database)
    anna = club.person()
    before = booking(club, anna, warsaw(TUESDAY, "10:00"))
    after = moving(club, before, warsaw(TUESDAY, "10:00") + timedelta(days=1))
    assert (after.id, after.version, after.starts_at) == (before.id, 2, warsaw("2026-10-07", "10:00"))
    assert {row[2] for row in club.claims()} == {warsaw("2026-10-07", "10:00")}
    assert len(club.claims()) == 3


def test_a_move_may_overlap_the_time_that_it_leaves(database: Database) -> None:
    rows = [
        {**hours, "starts": hours["starts"].replace(minute=minute)}
        for minute in (0, 30)
        for hours in a_centre().model_dump()["timetable"]
        if hours["specialist"] == "dorota"
    ]
    club = Club(database, a_centre(timetable=rows))
    before = booking(club, club.person(), warsaw(TUESDAY, "10:00"), "doradca")
    assert moving(club, before, warsaw(TUESDAY, "10:30")).starts_at == warsaw(TUESDAY, "10:30")
    assert len(club.claims()) == 2


def test_a_move_that_is_refused_leaves_the_visit_where_it_was(database: Database) -> None:
    club = Club(database)
    at = warsaw(TUESDAY, "10:00")
    for n in range(2):
        booking(club, club.person(f"Osoba {n}", f"+4850100010{n}"), at)
    before = booking(club, club.person(), warsaw(FRIDAY, "10:00"))
    with pytest.raises(SlotTaken):
        moving(club, before, at)
    with pytest.raises(AlreadyYours):
        moving(club, before, before.starts_at)
    assert club.do(lambda tx: the_visit(tx, before.id)) == before
    assert len(club.claims()) == 9


def test_a_visit_given_back_frees_its_participant_and_can_not_be_changed(database: Database) -> None:
    club = Club(database)
    anna, pola = club.person(), club.specialist("pola")
    visit = booking(club, anna, warsaw(TUESDAY, "10:00"))
    back = club.do(lambda tx: give_back(tx, club.centre, visit_id=visit.id))
    assert (back.status, back.version) == (VisitStatus.GIVEN_BACK, 2)
    assert {row[:2] for row in club.claims()} == {(1, None), (None, pola)}
    with pytest.raises(AlreadyGivenBack):
        club.do(lambda tx: give_back(tx, club.centre, visit_id=visit.id))
    with pytest.raises(AlreadyGivenBack):
        moving(club, visit, warsaw(FRIDAY, "10:00"))
    with pytest.raises(AlreadyGivenBack):
        club.do(lambda tx: confirm(tx, visit_id=visit.id))


def test_a_visit_that_has_begun_can_no_longer_be_changed(database: Database) -> None:
    club = Club(database)
    visit = booking(club, club.person(), warsaw(TUESDAY, "10:00"))
    for change in (
        lambda tx: give_back(tx, club.centre, visit_id=visit.id),
        lambda tx: confirm(tx, visit_id=visit.id),
        lambda tx: move(tx, club.centre, visit_id=visit.id, starts_at=warsaw(FRIDAY, "10:00")),
    ):
        with pytest.raises(VisitOver):
            club.do(change, visit.starts_at)
    assert len(club.claims()) == 3


def test_confirming_twice_is_confirming_once(database: Database) -> None:
    club = Club(database)
    visit = booking(club, club.person(), warsaw(FRIDAY, "10:00"))
    first = club.do(lambda tx: confirm(tx, visit_id=visit.id))
    assert first == club.do(lambda tx: confirm(tx, visit_id=visit.id))
    assert first.status is VisitStatus.CONFIRMED


def test_a_visit_that_is_not_there_is_refused(database: Database) -> None:
    club = Club(database)
    with pytest.raises(NoSuchVisit):
        club.do(lambda tx: give_back(tx, club.centre, visit_id=77))


def test_an_absence_takes_nothing_away_but_says_what_it_touches(database: Database) -> None:
    club = Club(database)
    pola = club.specialist("pola")
    visit = booking(club, club.person(), warsaw(TUESDAY, "10:00"), specialist_id=pola)
    touched = club.do(
        lambda tx: away(
            tx, specialist_id=pola, starts_at=warsaw(TUESDAY, "08:00"), ends_at=warsaw(TUESDAY, "16:00")
        )
    )
    assert touched == [visit]
    assert len(club.claims()) == 3
    anna = club.person("Inna Osoba", "+48501000777")
    with pytest.raises(SlotTaken):
        booking(club, anna, warsaw(TUESDAY, "12:00"), specialist_id=pola)
    with pytest.raises(NotASpecialist):
        club.do(lambda tx: away(tx, specialist_id=anna, starts_at=NOW, ends_at=warsaw(TUESDAY)))


def test_a_visit_has_its_two_reminders_and_a_move_writes_new_ones(database: Database) -> None:
    club = Club(database)
    visit = booking(club, club.person(), warsaw(FRIDAY, "10:00"))
    assert [(row.key, row.send_after) for row in club.messages(purpose="reminder")] == [
        ("reminder:1:1:3d", warsaw(TUESDAY, "10:00")),
        ("reminder:1:1:1d", warsaw("2026-10-08", "10:00")),
    ]
    moving(club, visit, warsaw(FRIDAY, "12:00"))
    assert [(row.key, row.status) for row in club.messages(purpose="reminder")] == [
        ("reminder:1:1:3d", "withdrawn"),
        ("reminder:1:2:3d", "waiting"),
        ("reminder:1:1:1d", "withdrawn"),
        ("reminder:1:2:1d", "waiting"),
    ]


def test_a_visit_given_back_reminds_nobody(database: Database) -> None:
    club = Club(database)
    visit = booking(club, club.person(), warsaw(FRIDAY, "10:00"))
    club.do(lambda tx: give_back(tx, club.centre, visit_id=visit.id))
    assert {row.status for row in club.messages(purpose="reminder")} == {"withdrawn"}


def test_once_confirmed_only_the_last_reminder_stays(database: Database) -> None:
    club = Club(database)
    visit = booking(club, club.person(), warsaw(FRIDAY, "10:00"))
    club.do(lambda tx: confirm(tx, visit_id=visit.id))
    assert [(row.key, row.status) for row in club.messages(purpose="reminder")] == [
        ("reminder:1:1:3d", "withdrawn"),
        ("reminder:1:1:1d", "waiting"),
    ]


def test_the_reminder_of_a_confirmed_visit_does_not_ask_again(database: Database) -> None:
    club = Club(database)
    visit = booking(club, club.person(), warsaw(FRIDAY, "10:00"))
    assert [row.text for row in club.messages(status="waiting")] == ["reminder", "reminder"]
    club.do(lambda tx: confirm(tx, visit_id=visit.id))
    assert [row.text for row in club.messages(status="waiting")] == ["reminder_confirmed"]
