"""Whatever is told of a message, in whatever order and however often: what has ended stays, and nothing is sent twice."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule

from scheduler.channels import Outgoing, Receipt, SendFailed
from scheduler.settling import receipt
from scheduler.states import ATTEMPT_MOVES, MESSAGE_MOVES, AttemptState, MessageState
from scheduler.unknown import run_out
from storage.database import Database
from storage.migrate import upgrade
from storage.tables import attempt, message
from tests.examples import examples
from tests.scheduler.posting import Office, Wire, a_reminder

FAILURES = (
    SendFailed("timeout", unknown=True),
    SendFailed("refused"),
    SendFailed("429", retry_after=2),
    SendFailed("30003", again_in=1800),
    SendFailed("21614", permanent=True),
    SendFailed("blocked", permanent=True, address_dead=True),
)
TOLD = st.sampled_from([AttemptState.SENT, AttemptState.DELIVERED, AttemptState.FAILED])


class Settling(RuleBasedStateMachine):
    """Claims, results, receipts and leases in any order, on SQLite; the rules are the same statements on PostgreSQL."""

    calls: Bundle[Outgoing] = Bundle("calls")
    made: Bundle[Outgoing] = Bundle("made")

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        url = f"sqlite:///{Path(self.folder.name) / 'termin.db'}"
        upgrade(url)
        self.database = Database(url)
        self.office = Office(self.database, Wire("telegram", "7"), Wire())
        self.seen: dict[tuple[str, int], str] = {}
        for n in range(2):
            self.office.post(a_reminder(f"r{n}", self.office.person(*self.office.channels)))

    @rule(target=calls, lane=st.integers(0, 1))
    def claim(self, lane: int) -> object:
        return multiple(*self.office.claim(lane).outgoing)

    @rule(target=made, call=consumes(calls))
    def is_taken(self, call: Outgoing) -> Outgoing:
        self._settle(call, Receipt(f"SM{call.attempt_id}"))
        return call

    @rule(call=consumes(calls), failure=st.sampled_from(FAILURES))
    def fails(self, call: Outgoing, failure: SendFailed) -> None:
        self._settle(call, failure)

    @rule(call=made, status=TOLD)
    def is_told_of(self, call: Outgoing, status: AttemptState) -> None:
        told = Receipt(f"SM{call.attempt_id}", status)
        lane = self.office.lanes[self._which(call)].key
        self.office.do(lambda tx: receipt(tx, self.office.clock, lane, told))

    @rule(call=made)
    def is_settled_once_more(self, call: Outgoing) -> None:
        self._settle(call, Receipt(f"SM{call.attempt_id}"))

    @rule(seconds=st.sampled_from([5, 61, 1800]))
    def time_passes(self, seconds: int) -> None:
        self.office.clock.pass_(seconds)
        self.office.do(lambda tx: run_out(tx, self.office.clock))

    @invariant()
    def only_allowed_moves_were_made(self) -> None:
        if not hasattr(self, "office"):
            return
        for row in self.office.rows(message):
            self._check(("message", row.id), row.status, MESSAGE_MOVES, MessageState)
        for row in self.office.rows(attempt):
            self._check(("attempt", row.id), row.status, ATTEMPT_MOVES, AttemptState)

    @invariant()
    def no_message_has_two_attempts_that_may_arrive(self) -> None:
        """Unless the first was given up: then its state says so."""
        if not hasattr(self, "office"):
            return
        alive = [row.message_id for row in self.office.rows(attempt) if row.status != "failed"]
        assert len(alive) == len(set(alive))

    def _settle(self, call: Outgoing, result: Receipt | SendFailed) -> None:
        self.office.settle(call.attempt_id, result, self._which(call))

    def _which(self, call: Outgoing) -> int:
        (row,) = self.office.rows(attempt, id=call.attempt_id)
        return 0 if row.channel == "telegram" else 1

    def _check(self, what: tuple[str, int], now: str, moves: object, states: type) -> None:
        """Between two looks several moves can be made: whatever is terminal must have stayed."""
        before = self.seen.get(what, now)
        if not moves[states(before)]:  # type: ignore[index]
            assert now == before
        self.seen[what] = now

    def teardown(self) -> None:
        if hasattr(self, "database"):
            self.database.close()
            self.folder.cleanup()


Settling.TestCase.settings = settings(
    max_examples=examples(8), stateful_step_count=25, deadline=timedelta(seconds=20)
)
TestSettling = Settling.TestCase
