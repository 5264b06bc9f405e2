"""Whatever happens in whatever order: no two claims overlap, no visit has half its claims, no reminder is an orphan."""

from contextlib import suppress
from datetime import datetime, time, timedelta
from functools import partial
from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from config.centre import Centre
from scheduler import group_split, groups, outcomes, session_changes
from scheduler.booking import away, book, confirm, give_back, move, undo
from scheduler.changes import Way, settle
from scheduler.errors import Refused, TooManyVisits
from scheduler.free_times import Search, free_times
from scheduler.impact import Away, Closed
from scheduler.policies import Record, set_policy
from scheduler.sessions_ahead import make_ahead
from storage.database import Database, Transaction
from storage.tables import appointment, claim, membership, message
from tests.builders import MONDAY, NOW, warsaw
from tests.conftest import Emptied
from tests.examples import FACTOR, examples
from tests.scheduler.groups import Groups, a_centre_with_a_hall

PEOPLE, VISITS = st.integers(0, 3), st.integers(1, 12)
SESSIONS, GROUPS = st.integers(1, 9), st.integers(0, 1)
SERVICES = st.sampled_from(["psycholog", "doradca"])
TIMES = st.builds(
    lambda day, clock: warsaw(MONDAY + timedelta(days=day), clock),
    st.integers(0, 5),
    st.sampled_from(["09:00", "10:00", "11:00", "14:00", "14:30"]),
)


class Diary(RuleBasedStateMachine):
    """A small club with a few people who do everything that can be done, in any order."""

    database: Database  # open from one example to the next: another would compile each statement anew
    empty: Emptied

    @initialize()
    def plant(self) -> None:
        self.empty()
        self.club = Groups(self.database, a_centre_with_a_hall(places=3, horizon_days=5))
        self.people = [self.club.person(f"Osoba {n}", f"+4850100010{n}") for n in range(4)]
        self.groups = [
            self.club.group(
                name,
                self.people[:many],
                rule="FREQ=DAILY;BYDAY=TU,WE,FR",
                starts=starts,
                room=room,
                minutes=50,
            )
            for name, many, starts, room in (
                ("Warsztaty", 3, time(10), "hall"),
                ("Wsparcie", 1, time(14), "snug"),
            )
        ]
        self.now: datetime = NOW
        self.looks = 0

    def attempt(self, work: Any) -> None:
        with suppress(Refused):
            self.club.do(work, self.now)

    @rule(who=PEOPLE, service=SERVICES, at=TIMES)
    def book(self, who: int, service: str, at: datetime) -> None:
        self.attempt(
            lambda tx: book(tx, self.club.centre, person_id=self.people[who], service=service, starts_at=at)
        )

    @rule(visit=VISITS, at=TIMES)
    def move(self, visit: int, at: datetime) -> None:
        self.attempt(lambda tx: move(tx, self.club.centre, visit_id=visit, starts_at=at))

    @rule(visit=VISITS)
    def give_back(self, visit: int) -> None:
        self.attempt(lambda tx: give_back(tx, self.club.centre, visit_id=visit))

    @rule(who=PEOPLE)
    def undo(self, who: int) -> None:
        self.attempt(lambda tx: undo(tx, self.club.centre, person_id=self.people[who]))

    @rule(visit=VISITS)
    def undo_that(self, visit: int) -> None:
        self.attempt(lambda tx: undo(tx, self.club.centre, visit_id=visit))

    @rule(visit=VISITS)
    def confirm(self, visit: int) -> None:
        self.attempt(lambda tx: confirm(tx, visit_id=visit))

    @rule(code=st.sampled_from(["pola", "piotr", "dorota"]), at=TIMES, hours=st.integers(1, 30))
    def away(self, code: str, at: datetime, hours: int) -> None:
        who = self.club.specialist(code)
        self.attempt(
            lambda tx: away(tx, specialist_id=who, starts_at=at, ends_at=at + timedelta(hours=hours))
        )

    @rule(
        code=st.sampled_from(["pola", "piotr"]),
        at=TIMES,
        hours=st.integers(1, 30),
        how=st.sampled_from(Way),
    )
    def settle_an_absence(self, code: str, at: datetime, hours: int, how: Way) -> None:
        change = Away(self.club.specialist(code), at, at + timedelta(hours=hours))
        self.attempt(lambda tx: settle(tx, self.club.centre, change, how))

    @rule(
        visit=VISITS,
        say=st.sampled_from([outcomes.arrive, outcomes.attend, outcomes.miss, outcomes.refuse_no_mask]),
    )
    def say_what_became(self, visit: int, say: Any) -> None:
        self.attempt(lambda tx: say(tx, self.club.centre, visit_id=visit, by=None))

    @rule()
    def make_sessions(self) -> None:
        self.attempt(lambda tx: make_ahead(tx, self.club.centre))

    @rule(session=SESSIONS, at=TIMES)
    def move_a_session(self, session: int, at: datetime) -> None:
        self.attempt(lambda tx: session_changes.move(tx, self.club.centre, session, at))

    @rule(session=SESSIONS)
    def call_a_session_off(self, session: int) -> None:
        self.attempt(lambda tx: session_changes.call_off(tx, self.club.centre, session))

    @rule(which=GROUPS, who=PEOPLE, anyway=st.booleans())
    def join(self, which: int, who: int, anyway: bool) -> None:
        group, person_id = self.groups[which], self.people[who]
        self.attempt(lambda tx: groups.join(tx, self.club.centre, group, person_id, although_two=anyway))

    @rule(which=GROUPS, who=PEOPLE)
    def leave(self, which: int, who: int) -> None:
        self.attempt(lambda tx: groups.leave(tx, self.club.centre, self.groups[which], self.people[who]))

    @rule(which=GROUPS)
    def confirm_a_split(self, which: int) -> None:
        self.attempt(lambda tx: group_split.confirm(tx, self.club.centre, self.groups[which]))

    @rule(most=st.integers(1, 4))
    def change_the_policy(self, most: int) -> None:
        self.attempt(lambda tx: set_policy(tx, Record("group_limit", most, self.now)))

    @rule(which=GROUPS, starts=st.sampled_from([time(9), time(10), time(11, 30)]))
    def meet_at_another_hour(self, which: int, starts: time) -> None:
        values = {"starts": starts}
        self.attempt(lambda tx: groups.change(tx, self.club.centre, self.groups[which], values))

    @rule(day=st.integers(0, 4))
    def close(self, day: int) -> None:
        closed = Closed(MONDAY + timedelta(days=day), MONDAY + timedelta(days=day), "x")
        self.attempt(lambda tx: settle(tx, self.club.centre, closed, Way.GIVE_BACK))

    @rule(minutes=st.sampled_from([1, 7, 15, 60, 300, 1200, 2400]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @invariant()
    def no_two_claims_overlap(self) -> None:
        if hasattr(self, "club"):
            for one, other in combinations(self.club.claims(), 2):
                assert one[:2] != other[:2] or one[3] <= other[2] or other[3] <= one[2], (one, other)

    @invariant()
    def every_visit_has_all_its_claims_or_none(self) -> None:
        if not hasattr(self, "club"):
            return
        claims = self.rows(claim)
        for visit in self.rows(appointment):
            held = [row for row in claims if row.appointment_id == visit.id]
            whole = 3 if visit.station_id else 2
            if visit.status == "given_back":
                assert len(held) < whole, (visit, held)
                assert all(row.held_for_id == visit.participant_id != row.person_id for row in held), held
            else:
                assert len(held) == whole, (visit, held)
                assert all(row.held_until is None for row in held), held
            assert {row.starts_at for row in held} <= {visit.starts_at}

    @invariant()
    def a_session_claims_its_room_its_leader_and_some_of_its_group_or_nothing(self) -> None:
        if not hasattr(self, "club"):
            return
        of_group = {(row.group_id, row.person_id) for row in self.rows(membership)}
        claims = self.rows(claim)
        for one in self.club.sessions():
            held = [row for row in claims if row.session_id == one.id]
            assert one.is_planned == bool(held), (one, held)
            if one.is_planned:
                assert sum(row.station_id is not None for row in held) == 3
                people = {row.person_id for row in held if row.person_id}
                assert one.leader_id in people
                if one.starts_at > self.now:
                    assert {(one.group_id, who) for who in people - {one.leader_id}} <= of_group, held
            assert {row.starts_at for row in held} <= {one.starts_at}

    @invariant()
    def sessions_of_a_zone_keep_the_gap(self) -> None:
        if hasattr(self, "club"):
            planned = [one for one in self.club.sessions() if one.is_planned]
            for one, other in combinations(planned, 2):
                first, second = sorted((one, other), key=lambda each: each.starts_at)
                assert second.starts_at >= first.ends_at + timedelta(minutes=30), (first, second)

    @invariant()
    def everybody_is_in_one_shift_of_a_day_at_most(self) -> None:
        if hasattr(self, "club"):
            for who in self.people:
                own = [(one.group_id, one.series_day) for one in self.club.comes_to(who)]
                assert len(own) == len(set(own)), own

    @invariant()
    def nobody_is_told_twice_of_one_change(self) -> None:
        if hasattr(self, "club"):
            told = [row.appointment_id for row in self.rows(message) if row.text == "club_called_off"]
            assert len(told) == len(set(told)), told

    @invariant()
    def whatever_is_free_can_be_booked_and_whoever_gave_a_time_back_is_not_kept_from_it(self) -> None:
        if not hasattr(self, "club"):
            return
        self.looks += 1  # every third time that is free, by turns
        for who in self.people[:2]:
            search = Search("psycholog", person_id=who)
            free_ones = self.club.do(lambda tx, one=search: free_times(tx, self.club.centre, one), self.now)
            for free in free_ones[self.looks % 3 :: 3]:
                wish = {"person_id": who, "service": "psycholog", "starts_at": free.starts_at}
                with pytest.raises((Undone, TooManyVisits)):
                    self.club.do(partial(book_and_undo, centre=self.club.centre, wish=wish), self.now)

    @invariant()
    def no_reminder_is_an_orphan(self) -> None:
        if not hasattr(self, "club"):
            return
        visits = {visit.id: visit for visit in self.rows(appointment)}
        sessions = {one.id: one for one in self.club.sessions()}
        coming = {(row.session_id, row.person_id) for row in self.rows(claim)}
        for row in self.rows(message):
            if row.purpose == "reminder" and row.status == "waiting" and row.text.startswith("reminder"):
                if row.session_id is not None:
                    assert sessions[row.session_id].is_planned
                    assert row.params["starts_at"] == sessions[row.session_id].starts_at.isoformat()
                    assert (row.session_id, row.person_id) in coming, row
                    assert row.send_after < sessions[row.session_id].starts_at
                    continue
                visit = visits[row.appointment_id]
                assert visit.status in ("booked", "confirmed"), row.key
                assert row.key.startswith(f"reminder:{visit.id}:{visit.version}:")
                assert row.send_after < visit.starts_at

    def rows(self, table: Any) -> list[Any]:
        return self.club.do(lambda tx: tx.connection.execute(select(table)).all())  # type: ignore[no-any-return]


class Undone(Exception):
    """Leaves a transaction that has served its purpose."""


def book_and_undo(tx: Transaction, centre: Centre, wish: dict[str, Any]) -> None:
    book(tx, centre, **wish)
    raise Undone


def try_out(machine: type[Diary], database: Database, emptied: Emptied, most: int) -> None:
    """PostgreSQL, where a step takes twice as long, is shown a third of them: what is decided is the same."""
    on_it = type(
        f"{machine.__name__}OnOneDatabase", (machine,), {"database": database, "empty": staticmethod(emptied)}
    )
    sizes = {"max_examples": examples(most if database.is_sqlite else most // 3), "stateful_step_count": 30}
    run_state_machine_as_test(on_it, settings=settings(**sizes, suppress_health_check=list(HealthCheck)))  # type: ignore[no-untyped-call]


@pytest.mark.timeout(300 * FACTOR)
def test_the_diary_holds_whatever_is_done_to_it(database: Database, emptied: Emptied) -> None:
    try_out(Diary, database, emptied, 12)
