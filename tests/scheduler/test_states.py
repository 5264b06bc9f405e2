"""The transitions of messages and attempts."""

import pytest

from scheduler.purposes import RULES, Purpose, priorities
from scheduler.states import ATTEMPT_MOVES, MESSAGE_MOVES, AttemptState, MessageState, before
from storage.tables.ledger import STATES


@pytest.mark.parametrize("state", ["delivered", "failed", "expired", "withdrawn"])
def test_a_terminal_state_of_a_message_leads_nowhere(state: str) -> None:
    assert MESSAGE_MOVES[MessageState(state)] == frozenset()


@pytest.mark.parametrize("state", ["delivered", "failed"])
def test_a_terminal_state_of_an_attempt_leads_nowhere(state: str) -> None:
    assert ATTEMPT_MOVES[AttemptState(state)] == frozenset()


def test_every_state_has_its_line_and_the_tables_know_it() -> None:
    assert set(MESSAGE_MOVES) == set(MessageState)
    assert set(ATTEMPT_MOVES) == set(AttemptState)
    assert set(STATES.strip("()").replace("'", "").split(", ")) == set(MessageState)


def test_what_nobody_knows_never_waits_unless_it_is_known_not_to_have_arrived() -> None:
    assert before(ATTEMPT_MOVES, AttemptState.SENT) == (AttemptState.SENDING, AttemptState.UNKNOWN)
    assert MessageState.WAITING not in before(MESSAGE_MOVES, MessageState.SENT)


def test_every_purpose_has_its_line() -> None:
    assert set(RULES) == set(Purpose)


def test_answers_go_first_then_what_is_urgent_health_reminders_offers_and_announcements() -> None:
    order = [
        Purpose.REPLY,
        Purpose.URGENT,
        Purpose.HEALTH,
        Purpose.REMINDER,
        Purpose.OFFER,
        Purpose.ANNOUNCEMENT,
    ]
    assert [RULES[purpose].priority for purpose in order] == [0, 1, 2, 3, 4, 5]
    assert RULES[Purpose.ADVICE].priority == 0


def test_in_quiet_hours_only_answers_what_is_urgent_and_the_morning_check_go() -> None:
    assert priorities(quiet=True, capped=False) == (0, 1, 2)
    assert priorities(quiet=False, capped=True) == (0, 1)
    assert priorities(quiet=False, capped=False) == (0, 1, 2, 3, 4, 5)
