"""A session that staff move or call off: everybody is told once, neutrally; and what changes with the group is told too."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from scheduler import groups
from scheduler.attendance import come, decline, seat
from scheduler.booking import book
from scheduler.calendar import day_span
from scheduler.changes import Way, settle
from scheduler.clashes import SessionClash
from scheduler.errors import NoSuchRoom, SlotInPast
from scheduler.impact import Away, Closed, sessions_affected
from scheduler.ledger import Purpose
from scheduler.session_changes import RoomTooSmall, SessionOff, SessionOver, call_off, lead, move
from scheduler.session_told import concerned
from scheduler.sessions import NoSuchSession, Session, SessionStatus
from scheduler.sessions_ahead import make_ahead
from scheduler.todos import NotOnStaff
from storage.database import Database
from tests.builders import NOW, warsaw
from tests.scheduler.groups import Groups, days

TUESDAY = date(2026, 10, 6)
WEEK = timedelta(weeks=1)


@pytest.fixture
def club(database: Database) -> Groups:
    return Groups(database)


def moving(club: Groups, one: Session, at: Any) -> Session:
    return club.do(lambda tx: move(tx, club.centre, one.id, at))  # type: ignore[no-any-return]


def calling_off(club: Groups, one: Session) -> Session:
    return club.do(lambda tx: call_off(tx, club.centre, one.id))  # type: ignore[no-any-return]


def test_a_session_moves_with_all_its_claims_and_everybody_is_told_once(club: Groups) -> None:
    people = club.people(3)
    group = club.group(people=people)
    first = club.sessions(group)[0]
    at = warsaw(TUESDAY, "12:00")

    moved = moving(club, first, at)

    assert (moved.starts_at, moved.series_day, moved.version) == (at, TUESDAY, 2)
    assert moved.ends_at - moved.starts_at == first.ends_at - first.starts_at
    assert [row for row in club.claims() if row[2] == first.starts_at] == []
    assert len([row for row in club.claims() if row[2] == at]) == 7 + 1 + 3
    assert club.told() == [("session_moved", one) for one in people]
    assert {row.purpose for row in club.messages(text="session_moved")} == {Purpose.URGENT}, "it is tomorrow"
    assert club.make_ahead() == 0, "its series does not bring it back"
    assert moving(club, moved, at) == moved
    assert len(club.told()) == 3


def test_far_ahead_news_wait_for_the_hours_in_which_people_are_written_to(club: Groups) -> None:
    group = club.group(people=club.people(1))
    third = club.sessions(group)[2]
    moving(club, third, third.starts_at + timedelta(hours=2))
    assert [row.purpose for row in club.messages(text="session_moved")] == [Purpose.REMINDER]


def test_a_session_does_not_move_to_where_something_stands_in_its_way(club: Groups) -> None:
    one, other = club.people(2)
    group = club.group(people=[one])
    first, second, *_ = club.sessions(group)
    at = warsaw(TUESDAY, "13:00")
    club.do(lambda tx: book(tx, club.centre, person_id=other, service="doradca", starts_at=at))

    with pytest.raises(SessionClash, match=r"visit 1 .doradca, 2026-10-06 13:00. has its room or its leader"):
        moving(club, first, at)
    with pytest.raises(SessionClash, match="session 2 of the group Warsztaty"):
        moving(club, first, second.starts_at + timedelta(minutes=80))
    with pytest.raises(SessionClash, match="the club is closed on 2026-11-11"):
        moving(club, first, warsaw("2026-11-11", "10:00"))
    with pytest.raises(SlotInPast):
        moving(club, first, NOW - timedelta(hours=1))
    assert club.sessions(group)[0] == first
    assert club.told() == []


def test_a_session_is_called_off_its_time_is_free_and_everybody_is_told_once(club: Groups) -> None:
    people = club.people(3)
    group = club.group(people=people)
    first = club.sessions(group)[0]

    off = calling_off(club, first)

    assert off.status is SessionStatus.CALLED_OFF
    assert [row for row in club.claims() if row[2] == first.starts_at] == []
    assert club.told() == [("session_off", one) for one in people]
    assert all(
        row.appointment_id is None and row.session_id == first.id for row in club.messages(text="session_off")
    )
    club.do(
        lambda tx: book(tx, club.centre, person_id=people[0], service="doradca", starts_at=first.starts_at)
    )
    club.make_ahead()
    assert club.sessions(group)[0].status is SessionStatus.CALLED_OFF
    with pytest.raises(SessionOff):
        calling_off(club, off)
    with pytest.raises(SessionOff):
        moving(club, off, off.starts_at + timedelta(hours=3))
    assert len(club.told()) == 3


def test_what_has_begun_or_is_not_there_can_not_be_changed(club: Groups) -> None:
    group = club.group()
    first = club.sessions(group)[0]
    with pytest.raises(SessionOver):
        club.do(lambda tx: call_off(tx, club.centre, first.id), first.starts_at)
    with pytest.raises(NoSuchSession, match="no session number 999"):
        club.do(lambda tx: call_off(tx, club.centre, 999))


def test_a_member_without_a_channel_is_somebody_s_to_call(club: Groups) -> None:
    silent = club.person("Bez Telefonu", None)
    group = club.group(people=[silent])
    first, second, *_ = club.sessions(group)
    calling_off(club, first)
    moving(club, second, second.starts_at + timedelta(hours=2))
    assert club.told() == []
    assert club.todos() == ["todo_tell_called_off", "todo_tell_session_moved"]


def test_a_clash_is_settled_by_moving_the_session(club: Groups) -> None:
    (stranger,) = club.people(1, first=5)
    club.do(
        lambda tx: book(
            tx, club.centre, person_id=stranger, service="doradca", starts_at=warsaw(TUESDAY, "10:00")
        )
    )
    group = club.group(people=club.people(2))
    first = club.sessions(group)[0]
    assert (first.status, club.todos()) == (SessionStatus.CLASH, ["todo_clash_visit"])
    assert moving(club, first, warsaw(TUESDAY, "12:00")).is_planned
    assert club.todos() == []


def test_who_is_told_that_the_group_meets_at_another_hour_is_told_once(club: Groups) -> None:
    people = club.people(2)
    group = club.group(people=people)
    before = club.sessions(group)

    group = club.change(group, starts=time(12))

    assert [one.starts_at for one in club.sessions(group)] == [
        one.starts_at + timedelta(hours=2) for one in before
    ]
    assert club.told() == [("session_new_times", one) for one in people]
    assert (
        club.messages(text="session_new_times")[0].params["starts_at"]
        == club.sessions(group)[0].starts_at.isoformat()
    )
    assert club.change(group, kind="support").kind == "support"
    assert len(club.told()) == 2, "nothing changed for anybody"


def test_a_group_that_ends_has_no_more_sessions_and_its_people_are_told_once(club: Groups) -> None:
    (one,) = club.people(1)
    group = club.group(people=[one])
    club.change(group, ended_on=TUESDAY + timedelta(days=1))
    assert days(club.comes_to(one)) == [TUESDAY]
    assert club.told() == [("session_off_span", one)]


def test_a_session_moved_by_staff_stays_where_it_is_when_the_group_changes(club: Groups) -> None:
    group = club.group(people=club.people(2))
    first, second, *_ = club.sessions(group)
    moved = moving(club, first, warsaw(TUESDAY, "15:00"))
    calling_off(club, second)
    club.change(group, starts=time(11))
    now = club.sessions(group)
    assert now[0] == moved
    assert now[1].status is SessionStatus.CALLED_OFF


def test_a_group_changes_only_to_what_can_be(club: Groups) -> None:
    group = club.group()
    with pytest.raises(groups.Incomplete, match="needs room, leader, first_day, starts, minutes to meet"):
        bare = club.do(lambda tx: groups.add(tx, "Nowa", "other"))
        club.change(bare, rule="FREQ=WEEKLY")
    with pytest.raises(NoSuchRoom):
        club.change(group, room="attic")
    with pytest.raises(groups.GroupExists):
        club.do(lambda tx: groups.add(tx, "WARSZTATY", "other"))
    with pytest.raises(groups.NoSuchGroup, match="Warsztaty"):
        club.do(lambda tx: groups.group_called(tx, "Warsztatx"))
    (who,) = club.people(1)
    with pytest.raises(groups.NotAParticipant):
        club.change(group, leader_id=who)
    with pytest.raises(groups.NotOfGroup):
        club.do(lambda tx: groups.leave(tx, club.centre, group, who))


def test_nobody_is_in_two_groups_on_one_day_unless_staff_said_so(club: Groups) -> None:
    (who,) = club.people(1)
    pola = club.specialist("pola")
    club.group("Warsztaty", people=[who])
    second = club.group("Wsparcie", room="snug", leader_id=pola, starts=time(13))

    with pytest.raises(
        groups.TwoGroups, match="is in the group Warsztaty, which meets on the same day as Wsparcie"
    ):
        club.do(lambda tx: groups.join(tx, club.centre, second, who))
    assert len(club.comes_to(who)) == 9
    club.do(lambda tx: groups.join(tx, club.centre, second, who, although_two=True))
    assert len(club.comes_to(who)) == 18


def test_two_groups_on_one_day_that_came_about_otherwise_are_shown(club: Groups) -> None:
    (who,) = club.people(1)
    pola = club.specialist("pola")
    club.group("Warsztaty", people=[who])
    club.group("Wsparcie", people=[who], room="snug", leader_id=pola, starts=time(13))
    assert len(club.comes_to(who)) == 9
    assert set(club.todos()) == {"todo_member_two"}
    assert club.do(lambda tx: make_ahead(tx, club.centre)) == 0


def closing(club: Groups, first: date, last: date, how: Way = Way.GIVE_BACK) -> None:
    club.do(lambda tx: settle(tx, club.centre, Closed(first, last, "x"), how))


def said(club: Groups, person_id: int) -> list[str]:
    return [row.text for row in club.messages(person_id=person_id) if row.key.startswith(("club:", "group:"))]


def test_a_closed_club_calls_its_sessions_off_and_tells_everybody_once_of_all_that_is_off(
    club: Groups,
) -> None:
    one, both, visitor = club.people(3)
    group = club.group(people=[one, both])
    for who in (both, visitor):
        at = warsaw(TUESDAY + timedelta(days=1), "10:00")
        club.do(
            lambda tx, who=who, at=at: book(tx, club.centre, person_id=who, service="psycholog", starts_at=at)
        )

    closing(club, TUESDAY, TUESDAY + timedelta(days=1), Way.ANOTHER_TIME)

    assert club.sessions(group)[0].status is SessionStatus.CALLED_OFF
    assert club.sessions(group)[1].is_planned
    assert (said(club, one), said(club, both), said(club, visitor)) == (
        ["session_off"],
        ["club_called_off_many"],
        ["club_offer"],
    )
    off = club.messages(text="club_called_off_many")[0].params["visits"]
    assert [line["params"]["on_day"] for line in off] == ["2026-10-06", "2026-10-07"]
    assert club.todos() == []
    club.make_ahead()
    assert club.sessions(group)[0].status is SessionStatus.CALLED_OFF


def test_a_long_closure_is_one_message(club: Groups) -> None:
    (one,) = club.people(1)
    club.group(people=[one])
    closing(club, TUESDAY, TUESDAY + timedelta(days=20))
    assert said(club, one) == ["session_off_span"]
    params = club.messages(text="session_off_span")[0].params
    assert (params["first_day"], params["last_day"]) == ("2026-10-06", "2026-10-20")


def test_a_leader_who_is_away_leaves_the_session_to_staff(club: Groups) -> None:
    group = club.group(people=club.people(1))
    dorota = club.specialist("dorota")
    change = Away(dorota, *day_span(TUESDAY, TUESDAY, club.centre.zone))
    assert club.do(lambda tx: sessions_affected(tx, club.centre, change)) == club.sessions(group)[:1]
    club.do(lambda tx: settle(tx, club.centre, change, Way.GIVE_BACK))
    club.make_ahead()
    assert club.sessions(group)[0].is_planned
    assert club.todos() == ["todo_clash_away"]


def test_a_session_goes_to_another_room_if_it_is_large_enough(club: Groups) -> None:
    people = club.people(4)
    first = club.sessions(club.group(people=people))[0]

    with pytest.raises(RoomTooSmall):
        club.do(lambda tx: move(tx, club.centre, first.id, first.starts_at, room="snug"))
    with pytest.raises(NoSuchRoom):
        club.do(lambda tx: move(tx, club.centre, first.id, first.starts_at, room="cellar"))
    small = club.sessions(club.group("Mała", people=people[:1], rule="FREQ=WEEKLY;BYDAY=WE"))[1]
    moved = club.do(lambda tx: move(tx, club.centre, small.id, small.starts_at, room="snug"))

    assert (moved.room, moved.starts_at, moved.is_planned) == ("snug", small.starts_at, True)
    assert len([row for row in club.claims() if row[2] == moved.starts_at]) == 3 + 1 + 1
    assert club.told() == [("session_moved", people[0])]


def test_somebody_else_leads_a_session_and_its_people_keep_what_they_said(club: Groups) -> None:
    person_id, *_ = people = club.people(2)
    first = club.sessions(club.group(people=people))[0]
    club.do(lambda tx: come(tx, club.centre, session_id=first.id, person_id=person_id))
    before, dorota, pola = club.messages(), club.specialist("dorota"), club.specialist("pola")

    led = club.do(lambda tx: lead(tx, club.centre, first.id, pola))
    club.make_ahead()

    assert (led.leader_id, led.version, led.is_planned, led.by_hand) == (pola, first.version, True, True)
    assert [row[1] for row in club.claims() if row[2] == first.starts_at and row[1] in (dorota, pola)] == [
        pola
    ]
    assert club.messages() == before
    assert club.do(lambda tx: seat(tx, first.id, person_id)).answer == "coming"


def test_who_is_elsewhere_can_not_lead_a_session(club: Groups) -> None:
    first = club.sessions(club.group(people=club.people(1)))[0]
    other, pola = club.person("Inna Osoba", "+48501999999"), club.specialist("pola")
    club.do(
        lambda tx: book(
            tx,
            club.centre,
            person_id=other,
            service="psycholog",
            starts_at=first.starts_at,
            specialist_id=pola,
        )
    )

    with pytest.raises(SessionClash, match="visit 1 "):
        club.do(lambda tx: lead(tx, club.centre, first.id, pola))
    with pytest.raises(NotOnStaff):
        club.do(lambda tx: lead(tx, club.centre, first.id, other))
    assert club.sessions()[0] == first


def test_a_session_whose_leader_is_away_takes_place_with_another(club: Groups) -> None:
    first = club.sessions(club.group(people=club.people(1)))[0]
    dorota, span = club.specialist("dorota"), day_span(TUESDAY, TUESDAY, club.centre.zone)
    club.do(lambda tx: settle(tx, club.centre, Away(dorota, *span), Way.GIVE_BACK))
    club.make_ahead()
    assert club.todos() == ["todo_clash_away"]

    pola = club.specialist("pola")
    club.do(lambda tx: lead(tx, club.centre, first.id, pola))
    club.make_ahead()

    assert club.todos() == []


def test_it_is_known_before_who_would_be_told_and_who_called(club: Groups) -> None:
    silent = club.person("Bez Telefonu", None)
    said_no, comes = club.people(2)
    first = club.sessions(club.group(people=[silent, said_no, comes]))[0]
    club.do(lambda tx: decline(tx, session_id=first.id, person_id=said_no))

    found = club.do(lambda tx: concerned(tx, first))
    calling_off(club, first)

    assert {one.person_id for one in found.written} == {said_no, comes}
    assert ([one.person_id for one in found.called], found.declined) == ([silent], {said_no})
    assert club.told() == [("session_off", comes)]
