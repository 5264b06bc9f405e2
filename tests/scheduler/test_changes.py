"""Changes from the club's side: what each touches, what becomes of it, and that everybody is told once."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from scheduler.booked import visit as the_visit
from scheduler.booking import back, book, confirm, give_back, undo
from scheduler.changes import Apart, Became, Settled, Way, not_today, settle
from scheduler.errors import (
    ClubClosed,
    NoSuchRoom,
    NotASpecialist,
    NotAway,
    NothingStandsIn,
    NothingToUndo,
    SlotTaken,
)
from scheduler.free_times import Search, free_times
from scheduler.impact import Away, Closed, RoomShut, affected
from scheduler.plant import plant
from scheduler.visits import Visit, VisitStatus
from storage.database import Database
from storage.tables import address, audit, closure, todo
from tests.builders import NOW, Club, a_centre, warsaw

MONDAY, FRIDAY = date(2026, 10, 5), date(2026, 10, 9)
TEN = warsaw(FRIDAY, "10:00")
THAT_DAY = (warsaw(FRIDAY, "00:00"), warsaw(FRIDAY, "23:59"))


def two_rooms() -> Any:
    """Desk a in room r1, desks b and c in room r2."""
    known = a_centre().model_dump()
    rooms = [
        known["rooms"][0]
        | {"code": code, "number": code, "stations": [{"code": one, "name": one} for one in desks]}
        for code, desks in (("r1", "a"), ("r2", "bc"))
    ]
    return type(a_centre()).model_validate(known | {"rooms": rooms})


@pytest.fixture
def club(database: Database) -> Club:
    return Club(database, two_rooms())


def booking(club: Club, who: int, at: datetime = TEN, code: str = "pola", **more: Any) -> Visit:
    values = {"service": "psycholog", "specialist_id": club.specialist(code)} | more
    return club.do(lambda tx: book(tx, club.centre, person_id=who, starts_at=at, **values))  # type: ignore[no-any-return]


def pola_away(club: Club) -> Away:
    return Away(club.specialist("pola"), *THAT_DAY)


def settling(club: Club, change: Any, how: Way, now: datetime | None = None) -> list[Settled]:
    return club.do(lambda tx: settle(tx, club.centre, change, how), now)  # type: ignore[no-any-return]


def touched(club: Club, change: Any, now: datetime | None = None) -> list[Visit]:
    return club.do(lambda tx: affected(tx, club.centre, change), now)  # type: ignore[no-any-return]


def now_of(club: Club, visit: Visit) -> Visit:
    return club.do(lambda tx: the_visit(tx, visit.id))  # type: ignore[no-any-return]


def said(club: Club) -> list[str]:
    """The texts of what was said unasked, beside the reminders."""
    return [row.text for row in club.messages() if row.key.startswith("club:")]


def todos(club: Club) -> list[str]:
    return list(club.do(lambda tx: tx.connection.execute(select(todo.c.text)).scalars().all()))


def test_who_is_touched_is_listed_and_nothing_is_changed(club: Club) -> None:
    anna = club.person()
    mine, after = booking(club, anna), booking(club, anna, TEN + timedelta(hours=2))
    booking(club, club.person("Ewa Testowa", "+48501000002"), code="piotr")
    assert touched(club, pola_away(club)) == [mine, after]
    assert touched(club, Away(club.specialist("pola"), TEN, TEN + timedelta(hours=1))) == [mine]
    assert touched(club, pola_away(club), TEN) == [after]
    assert said(club) == []


def test_a_substitute_in_another_room_is_told_of_once_and_the_time_stays(club: Club) -> None:
    visit = booking(club, club.person())
    (settled,) = settling(club, pola_away(club), Way.SAME_TIME)
    after = now_of(club, visit)
    assert (settled.became, settled.told, settled.visit) == (Became.OTHER_PLACE, True, after)
    assert (after.specialist_id, after.station, after.starts_at, after.version) == (
        club.specialist("piotr"),
        "b",
        TEN,
        2,
    )
    assert said(club) == ["club_new_place"]
    assert len(club.claims()) == 3
    assert [row.params["place"] for row in club.messages(status="waiting", purpose="reminder")[1:]] == [
        "b",
        "b",
    ]


def test_a_substitute_in_the_same_room_bothers_nobody_and_what_was_asked_still_stands(
    database: Database,
) -> None:
    club = Club(database)  # both desks are in one room
    visit = booking(club, club.person())
    (settled,) = settling(club, pola_away(club), Way.SAME_TIME)
    assert (settled.became, settled.told) == (Became.KEPT, False)
    assert (now_of(club, visit).specialist_id, now_of(club, visit).version) == (club.specialist("piotr"), 1)
    assert said(club) == []
    assert {row.status for row in club.messages(purpose="reminder")} == {"waiting"}


def test_a_confirmed_visit_stays_confirmed_with_a_substitute(club: Club) -> None:
    visit = booking(club, club.person())
    club.do(lambda tx: confirm(tx, visit_id=visit.id))
    settling(club, pola_away(club), Way.SAME_TIME)
    assert now_of(club, visit).status is VisitStatus.CONFIRMED
    assert [row.text for row in club.messages(status="waiting", purpose="reminder")][
        -1
    ] == "reminder_confirmed"


def test_where_nobody_can_stand_in_the_visit_stands_and_staff_have_it_to_do(club: Club) -> None:
    anna, ewa = club.person(), club.person("Ewa Testowa", "+48501000002")
    visit = booking(club, anna)
    booking(club, ewa, code="piotr")
    (settled,) = settling(club, pola_away(club), Way.SAME_TIME)
    assert (settled.became, settled.visit) == (Became.LEFT, visit)
    assert (said(club), todos(club)) == ([], ["todo_away"])
    assert touched(club, pola_away(club)) == [visit]
    (again,) = settling(club, pola_away(club), Way.GIVE_BACK)
    assert (again.became, touched(club, pola_away(club))) == (Became.CALLED_OFF, [])


def test_another_time_is_proposed_to_each_and_never_the_same_to_two(club: Club) -> None:
    people = [club.person(f"Osoba {n}", f"+4850100010{n}") for n in range(3)]
    for n, who in enumerate(people):
        booking(club, who, TEN + timedelta(hours=n))
    settled = settling(club, pola_away(club), Way.ANOTHER_TIME)
    assert [one.became for one in settled] == [Became.CALLED_OFF] * 3
    offered = [one.offered.starts_at for one in settled if one.offered]
    assert len(set(offered)) == 3
    assert {one.offered.specialist_id for one in settled if one.offered} == {club.specialist("piotr")}
    assert said(club) == ["club_offer"] * 3
    assert club.claims() == []


def test_two_who_lose_the_same_hour_are_proposed_different_ones(club: Club) -> None:
    for n, code in enumerate(("pola", "piotr")):
        booking(club, club.person(f"Osoba {n}", f"+4850100010{n}"), code=code)
    settled = settling(club, Closed(FRIDAY, FRIDAY, ""), Way.ANOTHER_TIME)
    assert len({one.offered.starts_at for one in settled if one.offered}) == 2


def test_no_time_is_proposed_after_a_contract_ends(club: Club) -> None:
    booking(club, club.person(contract_until=FRIDAY))
    change = Closed(FRIDAY, FRIDAY, "remont")
    (settled,) = settling(club, change, Way.ANOTHER_TIME)
    assert settled.offered is None
    assert said(club) == ["club_called_off"]


@pytest.mark.parametrize(
    ("how", "became"), [(Way.SAME_TIME, Became.LEFT), (Way.ANOTHER_TIME, Became.CALLED_OFF)]
)
def test_a_visit_of_a_service_that_is_off_by_now_is_settled_too(club: Club, how: Way, became: Became) -> None:
    booking(club, club.person())
    known = club.centre.model_dump()
    known["services"] = [known["services"][0] | {"enabled": False}, known["services"][1]]
    club.centre = type(club.centre).model_validate(known)
    (settled,) = settling(club, pola_away(club), how)
    assert (settled.became, settled.offered) == (became, None)


def test_what_the_club_gives_back_is_free_at_once_and_not_undone_by_a_message(club: Club) -> None:
    anna, ewa = club.person(), club.person("Ewa Testowa", "+48501000002")
    booking(club, anna)
    settling(
        club,
        Away(club.specialist("pola"), TEN - timedelta(hours=3), TEN + timedelta(minutes=1)),
        Way.GIVE_BACK,
    )
    with pytest.raises(NothingToUndo):
        club.do(lambda tx: undo(tx, club.centre, person_id=anna))
    assert {row.status for row in club.messages(purpose="reminder") if row.key.startswith("reminder")} == {
        "withdrawn"
    }
    assert booking(club, ewa, code="piotr").starts_at == TEN


def test_somebody_with_two_visits_is_told_once(club: Club) -> None:
    anna = club.person()
    booking(club, anna)
    booking(club, anna, TEN + timedelta(hours=1))
    for how in (Way.SAME_TIME, Way.GIVE_BACK):
        settling(club, Closed(FRIDAY, FRIDAY, "") if how is Way.GIVE_BACK else pola_away(club), how)
    assert said(club) == ["club_new_places", "club_called_off_many"]


def test_news_for_tomorrow_are_urgent_and_others_wait_for_the_morning(club: Club) -> None:
    anna, ewa = club.person(), club.person("Ewa Testowa", "+48501000002")
    booking(club, anna)
    booking(club, ewa, warsaw("2026-10-06", "10:00"))
    settling(club, Closed(MONDAY, FRIDAY, "awaria"), Way.GIVE_BACK)
    rows = [row for row in club.messages() if row.key.startswith("club:")]
    assert {row.person_id: row.purpose for row in rows} == {anna: "reminder", ewa: "urgent"}
    assert {row.person_id: row.useless_after for row in rows} == {
        anna: TEN,
        ewa: warsaw("2026-10-06", "10:00"),
    }


def test_what_would_come_too_late_after_the_weekend_is_urgent_too(club: Club) -> None:
    booking(club, club.person(), warsaw("2026-10-12", "09:00"))
    change = Closed(date(2026, 10, 12), date(2026, 10, 12), "awaria")
    settling(club, change, Way.GIVE_BACK, warsaw("2026-10-10", "21:00"))
    assert [row.purpose for row in club.messages() if row.key.startswith("club:")] == ["urgent"]


@pytest.mark.parametrize(
    ("now", "visit", "goes"),
    [
        (("2026-10-05", "22:00"), ("2026-10-06", "10:00"), ("2026-10-06", "08:00")),
        (("2026-10-06", "02:00"), ("2026-10-06", "10:00"), None),  # it is today
        (
            ("2026-10-10", "21:00"),
            ("2026-10-12", "09:00"),
            ("2026-10-11", "08:00"),
        ),  # the morning of a Sunday
        (("2026-10-05", "12:00"), ("2026-10-06", "10:00"), None),
    ],
)
def test_nobody_is_woken_for_what_is_not_today(club: Club, now: Any, visit: Any, goes: Any) -> None:
    booking(club, club.person(), warsaw(*visit))
    day = date.fromisoformat(visit[0])
    settling(club, Closed(day, day, "awaria"), Way.GIVE_BACK, warsaw(*now))
    (row,) = [row for row in club.messages() if row.key.startswith("club:")]
    assert (row.purpose, row.send_after) == ("urgent", warsaw(*(goes or now)))


def test_what_would_be_read_on_the_way_to_the_club_goes_at_once(club: Club) -> None:
    quiet = club.centre.rules.model_copy(update={"quiet_until": time(8, 30)})
    club.centre = club.centre.model_copy(update={"rules": quiet})
    booking(club, club.person(), warsaw("2026-10-06", "09:00"))
    tuesday, night = date(2026, 10, 6), warsaw("2026-10-05", "22:00")
    settling(club, Closed(tuesday, tuesday, "awaria"), Way.GIVE_BACK, night)
    assert [row.send_after for row in club.messages() if row.key.startswith("club:")] == [night]


@pytest.mark.parametrize("state", ["stopped", "dead", "wrong"])
def test_who_can_not_be_written_to_becomes_a_to_do(club: Club, state: str) -> None:
    booking(club, club.person())
    booking(club, club.person("Ewa Testowa", None), TEN + timedelta(hours=1))
    club.do(lambda tx: tx.connection.execute(update(address).values(state=state)))
    settled = settling(club, pola_away(club), Way.SAME_TIME)
    assert [(one.became, one.told) for one in settled] == [(Became.OTHER_PLACE, False)] * 2
    assert (said(club), todos(club)) == ([], ["todo_tell_new_place"] * 2)


def test_nobody_is_booked_into_an_absence_however_often_it_is_recorded(club: Club) -> None:
    pola = club.specialist("pola")
    for how in (Way.GIVE_BACK, Way.SAME_TIME):
        settling(club, pola_away(club), how)
    with pytest.raises(SlotTaken):
        booking(club, club.person())
    rows = club.do(lambda tx: tx.connection.execute(select(audit.c.action)).scalars().all())
    assert rows.count("away") == 2
    with pytest.raises(NotASpecialist):
        settling(club, Away(club.person(), *THAT_DAY), Way.GIVE_BACK)
    assert pola


def test_a_shut_room_takes_no_bookings_and_its_visits_go_to_the_other(club: Club) -> None:
    anna, ewa = club.person(), club.person("Ewa Testowa", "+48501000002")
    mine, beside = booking(club, anna), booking(club, ewa, code="piotr")
    change = RoomShut("r1", "r2", FRIDAY, FRIDAY)
    assert touched(club, change) == [mine]
    (settled,) = settling(club, change, Way.SAME_TIME)
    assert (settled.became, now_of(club, mine).station) == (Became.OTHER_PLACE, "c")
    assert (now_of(club, mine).specialist_id, now_of(club, beside)) == (club.specialist("pola"), beside)
    with pytest.raises(SlotTaken):
        booking(club, club.person("Ola Testowa", "+48501000003"), TEN + timedelta(hours=2))
    search = Search("psycholog", first_day=FRIDAY, last_day=FRIDAY)
    free = club.do(lambda tx: free_times(tx, club.centre, search, limit=20))
    assert {one.station for one in free} == {"b"}


def test_a_full_room_leaves_the_visit_to_staff_and_a_room_nobody_knows_is_refused(club: Club) -> None:
    people = [club.person(f"Osoba {n}", f"+4850100010{n}") for n in range(2)]
    booking(club, people[0], code="piotr")
    there = booking(club, people[1])
    (left,) = settling(club, RoomShut("r2", "r1", FRIDAY, FRIDAY), Way.SAME_TIME)
    assert (left.became, todos(club), now_of(club, there)) == (Became.LEFT, ["todo_away"], there)
    with pytest.raises(NoSuchRoom):
        touched(club, RoomShut("r1", "r9", FRIDAY, FRIDAY))


def test_a_hold_gives_way_where_a_visit_needs_the_desk_after_it_has_run_out(club: Club) -> None:
    anna, ewa = club.person(), club.person("Ewa Testowa", "+48501000002")
    held = booking(club, ewa, code="piotr")
    club.do(lambda tx: give_back(tx, club.centre, visit_id=held.id))
    booking(club, anna)
    (settled,) = settling(club, pola_away(club), Way.SAME_TIME, NOW + timedelta(minutes=1))
    assert settled.became is Became.LEFT
    (settled,) = settling(club, pola_away(club), Way.SAME_TIME, NOW + timedelta(minutes=15))
    assert (settled.became, len(club.claims())) == (Became.OTHER_PLACE, 3)


def test_a_closure_by_staff_closes_the_club_and_outlives_the_file(club: Club) -> None:
    booking(club, club.person())
    change = Closed(FRIDAY, FRIDAY, "awaria ogrzewania")
    with pytest.raises(NothingStandsIn):
        settling(club, change, Way.SAME_TIME)
    settling(club, change, Way.GIVE_BACK)
    club.do(lambda tx: plant(tx, club.centre))
    with pytest.raises(ClubClosed):
        booking(club, club.person("Ewa Testowa", "+48501000002"))
    rows = club.do(lambda tx: tx.connection.execute(select(closure.c.by_staff, closure.c.reason)).all())
    assert [tuple(row) for row in rows] == [(True, "awaria ogrzewania")]


def test_a_shortened_day_touches_what_comes_after_and_nothing_before(club: Club) -> None:
    anna, ewa = club.person(), club.person("Ewa Testowa", "+48501000002")
    early, late = booking(club, anna), booking(club, ewa, TEN + timedelta(hours=2))
    change = Closed(FRIDAY, FRIDAY, "Wigilia", after=time(12))
    assert touched(club, change) == [late]
    settling(club, change, Way.ANOTHER_TIME)
    assert now_of(club, early) == early
    with pytest.raises(SlotTaken):
        booking(club, anna, TEN + timedelta(hours=2), code="piotr")
    assert booking(club, ewa, TEN + timedelta(hours=1)).starts_at == TEN + timedelta(hours=1)


def test_a_specialists_own_not_today_settles_nothing_and_tells_the_coordinator(club: Club) -> None:
    pola, anna = club.specialist("pola"), club.person()
    today, begun = booking(club, anna, warsaw(MONDAY, "11:00")), warsaw(MONDAY, "10:00")
    tomorrow = booking(club, anna, warsaw("2026-10-06", "11:00"))
    for _ in range(2):
        assert club.do(lambda tx: not_today(tx, club.centre, pola), begun) == [today]
    assert [now_of(club, one) for one in (today, tomorrow)] == [today, tomorrow]
    (row,) = club.do(lambda tx: tx.connection.execute(select(todo)).all())
    assert (row.text, row.urgent, row.params) == (
        "todo_not_today",
        True,
        {"other": pola, "people": [anna], "count": 1},
    )
    ewa = club.person("Ewa Testowa", "+48501000002")
    with pytest.raises(SlotTaken):
        booking(club, ewa, warsaw(MONDAY, "12:00"))
    assert booking(club, ewa, warsaw("2026-10-06", "12:00"))


def test_who_is_back_can_be_booked_from_then_on_and_other_absences_stay(club: Club) -> None:
    pola, anna = club.specialist("pola"), club.person()
    absences = [
        Away(pola, *THAT_DAY),
        Away(pola, warsaw("2026-10-12", "00:00"), warsaw("2026-10-13", "00:00")),
    ]
    for change in absences:
        settling(club, change, Way.GIVE_BACK)
    noon = TEN + timedelta(hours=2)
    club.do(lambda tx: back(tx, specialist_id=pola, at=noon))
    assert booking(club, anna, noon).starts_at == noon
    for taken in (TEN, warsaw("2026-10-12", "10:00")):
        with pytest.raises(SlotTaken):
            booking(club, anna, taken)
    club.do(lambda tx: back(tx, specialist_id=pola, at=THAT_DAY[0]))
    with pytest.raises(NotAway):
        club.do(lambda tx: back(tx, specialist_id=pola, at=TEN))


def test_each_visit_can_be_settled_in_a_way_of_its_own(club: Club) -> None:
    people = [club.person(f"Osoba {n}", f"+4850100010{n}") for n in range(4)]
    hours = [booking(club, who, TEN + timedelta(hours=n)) for n, who in enumerate(people)]
    ways = (Way.SAME_TIME, Way.ANOTHER_TIME, Way.BY_PHONE)
    apart = Apart({visit.id: way for visit, way in zip(hours, ways, strict=False)})
    change = pola_away(club)
    settled = club.do(lambda tx: settle(tx, club.centre, change, Way.GIVE_BACK, apart=apart))
    assert [one.became for one in settled] == [
        Became.OTHER_PLACE,
        Became.CALLED_OFF,
        Became.LEFT,
        Became.CALLED_OFF,
    ]
    assert [one.told for one in settled] == [True, True, False, True]
    assert [bool(one.offered) for one in settled] == [False, True, False, False]
    assert sorted(said(club)) == ["club_called_off", "club_new_place", "club_offer"]
    assert todos(club) == ["todo_by_phone"]
    assert now_of(club, hours[2]) == hours[2]


def test_who_loses_one_visit_and_keeps_another_in_a_new_place_is_told_of_each(club: Club) -> None:
    anna = club.person()
    first, second = booking(club, anna), booking(club, anna, TEN + timedelta(hours=1))
    apart, change = Apart({second.id: Way.SAME_TIME}), pola_away(club)
    club.do(lambda tx: settle(tx, club.centre, change, Way.GIVE_BACK, apart=apart))
    assert sorted(said(club)) == ["club_called_off", "club_new_place"]
    assert now_of(club, first).status is VisitStatus.GIVEN_BACK


def test_nobody_stands_in_while_the_club_is_closed_not_even_for_one(club: Club) -> None:
    visit = booking(club, club.person())
    with pytest.raises(NothingStandsIn):
        club.do(
            lambda tx: settle(
                tx,
                club.centre,
                Closed(FRIDAY, FRIDAY, ""),
                Way.GIVE_BACK,
                apart=Apart({visit.id: Way.SAME_TIME}),
            )
        )


def test_settling_the_rest_of_the_day_does_the_to_do_of_who_is_not_coming(club: Club) -> None:
    booking(club, club.person())
    pola, piotr, morning = club.specialist("pola"), club.specialist("piotr"), warsaw(FRIDAY, "08:00")
    club.do(lambda tx: not_today(tx, club.centre, pola, by=piotr), morning)
    until = warsaw(FRIDAY, "12:00")
    settling(club, Away(pola, morning, until), Way.GIVE_BACK, morning)
    asked = select(todo.c.done_at).where(todo.c.text == "todo_not_today")
    assert club.do(lambda tx: tx.connection.execute(asked).scalar_one()) is None
    settling(club, Away(pola, morning, warsaw("2026-10-10", "00:00")), Way.GIVE_BACK, morning)
    assert club.do(lambda tx: tx.connection.execute(asked).scalar_one()) == morning
    by = select(audit.c.actor_id).where(audit.c.action == "away").order_by(audit.c.id)
    assert club.do(lambda tx: tx.connection.execute(by).scalars().first()) == piotr
