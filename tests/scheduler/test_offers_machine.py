"""The diary's machine with a waiting list: whatever else happens, nobody has two offers, nor what was somebody faster's."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from scheduler.booked import visit as the_visit
from scheduler.errors import Refused
from scheduler.offers import accept, decline, offer_times
from scheduler.placing import check_open
from scheduler.waiting import Wish, wait
from storage.database import Database, Transaction
from storage.tables import offer, waiting
from tests.conftest import Emptied
from tests.examples import FACTOR
from tests.scheduler.test_diary_machine import PEOPLE, SERVICES, VISITS, Diary, try_out

OFFERS = st.integers(1, 6)


class Offering(Diary):
    """The same club, where some wait."""

    @rule(who=PEOPLE, service=SERVICES)
    def wait(self, who: int, service: str) -> None:
        self.attempt(lambda tx: wait(tx, self.club.centre, Wish(self.people[who], service)))

    @rule(visit=VISITS)
    def wait_for_an_earlier_time(self, visit: int) -> None:
        def asks(tx: Transaction) -> None:
            own = check_open(tx, the_visit(tx, visit))
            wait(tx, self.club.centre, Wish(own.participant_id, own.service, visit_id=own.id, earlier=True))

        self.attempt(asks)

    @rule()
    def offer_what_is_free(self) -> None:
        self.attempt(lambda tx: offer_times(tx, self.club.centre))

    @rule(number=OFFERS)
    def say_yes(self, number: int) -> None:
        before = {row.id: row for row in self.rows(offer)}.get(number)
        with suppress(Refused):
            visit = self.club.do(lambda tx: accept(tx, self.club.centre, number), self.now)
            assert before is not None
            assert before.outcome in ("open", "declined"), "nobody has what was lost, expired or taken"
            assert (visit.participant_id, visit.starts_at) == (before.person_id, before.starts_at)

    @rule(number=OFFERS)
    def say_no(self, number: int) -> None:
        self.attempt(lambda tx: decline(tx, number))

    @invariant()
    def nobody_has_two_open_offers_and_whoever_took_one_waits_no_more(self) -> None:
        if not hasattr(self, "club"):
            return
        made: list[Any] = self.rows(offer)
        open_ones = [row.person_id for row in made if row.outcome == "open"]
        assert len(open_ones) == len(set(open_ones)), made
        taken = [row.waiting_id for row in made if row.outcome == "taken"]
        assert set(taken) <= {row.id for row in self.rows(waiting) if row.ended_at is not None}
        assert len(taken) == len(set(taken)), made


@pytest.mark.timeout(300 * FACTOR)
def test_the_waiting_list_holds_whatever_is_done_to_the_diary(database: Database, emptied: Emptied) -> None:
    try_out(Offering, database, emptied, 6)
