"""Which question an answer belongs to, as a table and as properties."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.binding import (
    CHANGE,
    NO,
    YES,
    AskAgain,
    Between,
    Chosen,
    LeaveList,
    Nothing,
    OutOfList,
    bind_digit,
    bind_okay,
    bind_word,
)
from bot.dialogue.questions import Question, Talk

NOW = datetime(2026, 10, 5, 7, 0, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


def a_question(number: int, **more: Any) -> Question:
    values: dict[str, Any] = {
        "id": number,
        "kind": "list",
        "asked": True,
        "options": (),
        "person_id": 1,
        "appointment_id": None,
        "version": None,
        "posted_at": ago(minutes=5),
        "expires_at": TOMORROW,
        "answered_at": None,
        "message_id": number,
        "address_id": 1,
        "message_status": "sent",
        "first_attempt": number,
        "visit_status": None,
        "visit_version": None,
        "visit_starts_at": None,
    }
    return Question(**(values | more))


def options(**values: str) -> list[dict[str, Any]]:
    return [
        {"mark": mark.lstrip("_"), "key": "option_time", "params": {}, "value": {"at": meaning}}
        for mark, meaning in values.items()
    ]


def a_list(number: int, *, first: str = "ten", second: str = "eleven", **more: Any) -> Question:
    return a_question(number, options=options(_1=first, _2=second, _0="more"), **more)


def a_yes_no(number: int, **more: Any) -> Question:
    return a_question(number, kind="confirm", options=options(TAK="noon", NIE="others"), **more)


def a_reminder(number: int, visit: int = 7, **more: Any) -> Question:
    values: dict[str, Any] = {
        "kind": "visit",
        "asked": False,
        "options": options(TAK="yes", NIE="no", ZMIEN="change"),
        "appointment_id": visit,
        "version": 1,
        "visit_version": 1,
        "visit_status": "booked",
        "visit_starts_at": TOMORROW,
        "posted_at": ago(days=5),
    }
    return a_question(number, **(values | more))


def a_talk(*questions: Question) -> Talk:
    return Talk(
        None,
        0,
        tuple(question for question in questions if question.asked),
        tuple(question for question in questions if not question.asked),
    )


def test_a_digit_takes_that_line_of_the_newest_list() -> None:
    newest, older = a_list(2), a_list(1)

    assert bind_digit("1", a_talk(newest, older), NOW) == Chosen(newest, "1")


def test_an_unasked_message_never_takes_over_an_open_list() -> None:
    asked, reminder = a_list(1), a_reminder(9)

    assert bind_digit("1", a_talk(asked, reminder), NOW) == Chosen(asked, "1")


def test_a_digit_without_a_list_means_nothing() -> None:
    assert bind_digit("1", a_talk(a_reminder(1), a_yes_no(2)), NOW) == Nothing()


def test_a_digit_that_the_newest_list_lacks_never_goes_to_the_list_before() -> None:
    newest, older = a_question(2, options=options(_1="ten")), a_list(1)

    assert bind_digit("2", a_talk(newest, older), NOW) == OutOfList(newest)


def test_an_old_list_is_not_gone_back_to_when_the_newest_has_run_out() -> None:
    newest, older = a_list(2, expires_at=ago(minutes=1)), a_list(1)

    assert bind_digit("1", a_talk(newest, older), NOW) == Nothing()


@pytest.mark.parametrize("status", ["sending", "unknown"])
def test_while_the_newest_list_may_not_have_come_a_digit_that_meant_another_time_is_asked_back(
    status: str,
) -> None:
    newest, older = a_list(2, first="noon", message_status=status), a_list(1)

    assert bind_digit("1", a_talk(newest, older), NOW) == Between((Chosen(older, "1"), Chosen(newest, "1")))


def test_a_digit_that_means_the_same_in_both_lists_is_taken() -> None:
    newest, older = a_list(2, message_status="sending"), a_list(1)

    assert bind_digit("1", a_talk(newest, older), NOW) == Chosen(newest, "1")


@pytest.mark.parametrize("older", [a_list(1, answered_at=ago(minutes=1)), a_list(1, expires_at=NOW)])
def test_a_list_that_is_closed_is_no_rival(older: Question) -> None:
    newest = a_list(2, first="noon", message_status="sending")

    assert bind_digit("1", a_talk(newest, older), NOW) == Chosen(newest, "1")


def test_a_digit_after_a_question_of_yes_or_no_is_asked_back_rather_than_booked_from_the_list_before() -> (
    None
):
    yes_no, before = a_yes_no(2), a_list(1)

    assert bind_digit("1", a_talk(yes_no, before), NOW) == Between((Chosen(yes_no, YES), Chosen(before, "1")))


def test_a_yes_answers_what_was_asked_within_ten_minutes_before_what_was_not() -> None:
    asked = a_yes_no(1)

    assert bind_word(YES, a_talk(asked, a_reminder(2)), NOW) == Chosen(asked, YES)


def test_after_ten_minutes_a_yes_answers_the_unasked_message() -> None:
    asked, reminder = a_yes_no(1, posted_at=ago(minutes=10)), a_reminder(2)

    assert bind_word(YES, a_talk(asked, reminder), NOW) == Chosen(reminder, YES)


def test_after_ten_minutes_with_nothing_else_open_it_is_asked_again_rather_than_lost() -> None:
    asked = a_yes_no(1, posted_at=ago(minutes=30))

    assert bind_word(YES, a_talk(asked), NOW) == AskAgain(asked)


@pytest.mark.parametrize("mark", [YES, NO, CHANGE])
def test_two_unasked_messages_about_two_visits_ask_back_the_earlier_visit_first(mark: str) -> None:
    near, far = a_reminder(2, visit=7), a_reminder(1, visit=8, visit_starts_at=TOMORROW + timedelta(days=2))

    assert bind_word(mark, a_talk(far, near), NOW) == Between((Chosen(near, mark), Chosen(far, mark)))


def test_about_the_same_visit_one_answer_serves_both() -> None:
    first, second = a_reminder(1), a_reminder(2)

    bound = bind_word(NO, a_talk(second, first), NOW)

    assert isinstance(bound, Chosen)
    assert bound.question.appointment_id == 7


def test_a_day_that_the_answer_names_says_which_visit() -> None:
    near, far = a_reminder(2, visit=7), a_reminder(1, visit=8, visit_starts_at=TOMORROW + timedelta(days=2))

    assert bind_word(NO, a_talk(near, far), NOW, meant=[1]) == Chosen(far, NO)


def test_a_no_that_names_another_day_is_asked_back() -> None:
    reminder = a_reminder(1)

    assert bind_word(NO, a_talk(reminder), NOW, meant=[]) == Between((Chosen(reminder, NO),))


@pytest.mark.parametrize(
    "change",
    [
        {"answered_at": ago(minutes=1)},
        {"visit_version": 2},
        {"visit_status": "given_back"},
        {"visit_starts_at": NOW},
        {"expires_at": NOW},
    ],
)
def test_an_unasked_message_is_closed_when_its_visit_is_not_as_it_was(change: dict[str, Any]) -> None:
    closed, other = a_reminder(1, **change), a_reminder(2, visit=8)

    assert bind_word(NO, a_talk(closed, other), NOW) == Chosen(other, NO)


def test_a_no_to_a_fresh_list_leaves_it() -> None:
    asked = a_list(1)

    assert bind_word(NO, a_talk(asked), NOW) == LeaveList(asked)


def test_a_no_to_a_list_with_a_reminder_before_it_is_asked_back() -> None:
    asked, reminder = a_list(2), a_reminder(1)

    assert bind_word(NO, a_talk(asked, reminder), NOW) == Between((Chosen(reminder, NO),))


@pytest.mark.parametrize("mark", [YES, NO, CHANGE])
def test_a_word_after_a_reminder_that_came_after_the_list_is_for_the_reminder(mark: str) -> None:
    asked, reminder = a_list(1), a_reminder(2)

    assert bind_word(mark, a_talk(asked, reminder), NOW) == Chosen(reminder, mark)


def test_a_yes_to_a_list_asks_for_a_digit() -> None:
    asked = a_list(1)

    assert bind_word(YES, a_talk(asked), NOW) == AskAgain(asked)


def test_a_yes_said_twice_is_for_the_same_question() -> None:
    asked = a_yes_no(2, answered_at=ago(minutes=1))

    assert bind_word(YES, a_talk(asked, a_reminder(1)), NOW) == Chosen(asked, YES)


def test_a_no_after_a_yes_is_asked_back_never_guessed() -> None:
    asked, reminder = a_yes_no(2, answered_at=ago(minutes=1)), a_reminder(1)

    assert bind_word(NO, a_talk(asked), NOW) == Nothing()
    assert bind_word(NO, a_talk(asked, reminder), NOW) == Between((Chosen(reminder, NO),))


def test_a_reminder_that_came_after_the_answered_question_is_meant() -> None:
    asked, reminder = a_yes_no(1, answered_at=ago(minutes=1)), a_reminder(2)

    assert bind_word(NO, a_talk(asked, reminder), NOW) == Chosen(reminder, NO)


def test_a_late_no_finds_the_visit_that_has_begun() -> None:
    begun = a_reminder(1, visit_starts_at=ago(hours=1), expires_at=ago(minutes=10))

    assert bind_word(NO, a_talk(begun), NOW) == Chosen(begun, NO)


def test_okay_is_a_yes_only_right_after_an_unasked_message() -> None:
    reminder = a_reminder(1)

    assert bind_okay(a_talk(reminder), NOW, 1, is_yes=False) == Chosen(reminder, YES)
    assert bind_okay(a_talk(reminder), NOW, 99, is_yes=False) == Nothing()
    assert bind_okay(a_talk(a_list(1)), NOW, 1, is_yes=False) == Nothing()


def test_okay_to_a_question_asks_for_a_plain_yes_but_where_ok_is_the_word_for_it() -> None:
    asked = a_yes_no(1)

    assert bind_okay(a_talk(asked), NOW, 1, is_yes=False) == AskAgain(asked)
    assert bind_okay(a_talk(asked), NOW, 1, is_yes=True) == Chosen(asked, YES)
    assert bind_okay(a_talk(), NOW, 1, is_yes=True) == Nothing()


def test_where_ok_is_the_word_for_yes_it_need_not_come_right_after_the_reminder() -> None:
    reminder = a_reminder(1)

    assert bind_okay(a_talk(reminder), NOW, 99, is_yes=True) == Chosen(reminder, YES)


questions = st.builds(
    lambda make, number, minutes, more: replace(make(number), posted_at=ago(minutes=minutes), **more),
    st.sampled_from([a_list, a_yes_no, a_reminder]),
    st.integers(1, 50),
    st.integers(0, 30),
    st.fixed_dictionaries(
        {},
        optional={
            "answered_at": st.just(ago(minutes=1)),
            "message_status": st.sampled_from(["sending", "unknown", "sent"]),
            "expires_at": st.sampled_from([NOW, TOMORROW]),
            "appointment_id": st.sampled_from([7, 8]),
            "visit_starts_at": st.sampled_from([ago(hours=1), TOMORROW]),
        },
    ),
)


def chosen_of(bound: object) -> list[Chosen]:
    return list(bound.choices) if isinstance(bound, Between) else [bound] if isinstance(bound, Chosen) else []


@given(st.lists(questions, max_size=6), st.sampled_from("0123"))
def test_digits_choose_from_asked_lists_alone(open_questions: list[Question], digit: str) -> None:
    bound = bind_digit(digit, a_talk(*open_questions), NOW)

    assert all(chosen.question.asked for chosen in chosen_of(bound))
    assert not isinstance(bound, Chosen) or bound.question.is_list


@given(st.lists(questions, max_size=6), st.sampled_from([YES, NO, CHANGE]))
def test_words_never_choose_from_a_list(open_questions: list[Question], mark: str) -> None:
    bound = bind_word(mark, a_talk(*open_questions), NOW)

    assert not any(chosen.question.is_list for chosen in chosen_of(bound))


@given(st.lists(questions, max_size=6), st.sampled_from([YES, NO, CHANGE]))
def test_a_word_with_several_visits_open_chooses_none_of_them(
    open_questions: list[Question], mark: str
) -> None:
    talk = replace(a_talk(*open_questions), asked=())
    open_visits = {
        question.appointment_id
        for question in talk.unasked
        if question.waits(NOW) and question.visit_starts_at == TOMORROW
    }

    assert isinstance(bind_word(mark, talk, NOW), Between) == (len(open_visits) > 1)
