"""Decides which open question an answer belongs to; where two could be meant, it says so and chooses none.

Digits answer the newest list that was asked for, and nothing else. TAK, NIE and ZMIEN answer what was asked within ten
minutes, else a message that nobody asked for: never a list, so that neither takes over the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.dialogue.questions import ANNOUNCED, CHECK, OFFERED, Question, Talk

FRESH = timedelta(minutes=10)
YES, NO, CHANGE = "TAK", "NIE", "ZMIEN"
ALONE = {CHECK, ANNOUNCED}  # the newest of them has an answer to itself


@dataclass(frozen=True, slots=True)
class Chosen:
    """That mark of that question is meant."""

    question: Question
    mark: str


@dataclass(frozen=True, slots=True)
class Between:
    """One of these is meant, and which must be asked back."""

    choices: tuple[Chosen, ...]


@dataclass(frozen=True, slots=True)
class OutOfList:
    """The newest list has no such number."""

    question: Question


@dataclass(frozen=True, slots=True)
class AskAgain:
    """The question is worth putting once more: the answer does not fit it, or came late."""

    question: Question


@dataclass(frozen=True, slots=True)
class LeaveList:
    """NIE to a list: none of it."""

    question: Question


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing waits for that answer."""


Bound = Chosen | Between | OutOfList | AskAgain | LeaveList | Nothing


def bind_digit(digit: str, talk: Talk, now: datetime) -> Bound:
    """What a number answers."""
    lists = [question for question in talk.asked if question.is_list]
    if not lists or lists[0].expires_at <= now:
        return Nothing()
    newest, earlier = lists[0], next((one for one in lists[1:] if one.waits(now)), None)
    rivals = [
        rival
        for rival in (_rival_list(newest, earlier, digit), _rival_question(newest, talk, now))
        if rival is not None
    ]
    chosen = Chosen(newest, digit)
    if rivals:
        return Between((*rivals, chosen) if newest.option(digit) else tuple(rivals))
    return chosen if newest.option(digit) else OutOfList(newest)


def _rival_list(newest: Question, earlier: Question | None, digit: str) -> Chosen | None:
    """The list before, where its reader may not have the newest yet and the digit means something else there."""
    if earlier is None or not newest.is_uncertain or earlier.option(digit) is None:
        return None
    return Chosen(earlier, digit) if earlier.value(digit) != newest.value(digit) else None


def _rival_question(newest: Question, talk: Talk, now: datetime) -> Chosen | None:
    """A question of yes or no put after the list, if the list itself is not settled: 1 might be meant as a yes."""
    last = talk.asked[0]
    is_fresh = last.waits(now) and last.posted_at > now - FRESH
    if last is newest or not is_fresh or last.option(YES) is None or not newest.waits(now):
        return None
    return Chosen(last, YES)


def bind_word(mark: str, talk: Talk, now: datetime, *, meant: Sequence[int] | None = None) -> Bound:
    """What TAK, NIE or ZMIEN answers.

    Args:
        meant: the only questions that can be meant, where the answer named a day or an hour.
    """
    last = talk.asked[0] if talk.asked else None
    if last is not None and last.posted_at <= now - FRESH:
        last = None
    unasked = _open_unasked(talk, now, mark)
    if last is not None and last.option(mark) is not None:
        return Chosen(last, mark) if last.waits(now) else _said_again(mark, last, unasked)
    if last is not None and last.waits(now) and last.is_list:
        return _beside_list(mark, last, unasked, meant)
    if unasked:
        return _one_of(mark, unasked, meant)
    return _late(mark, talk, now)


def bind_okay(
    talk: Talk, now: datetime, last_said: int | None, *, is_yes: bool, meant: Sequence[int] | None = None
) -> Bound:
    """What `ok` or a thumb answers: an unasked message that was the last thing said, and nothing else.

    Args:
        last_said: the message that went out last.
        is_yes: the language offers OK as its yes, because YES is the provider's word: then it answers any open question.
        meant: the only questions that can be meant, where the answer named a day or an hour.
    """
    fresh = talk.asked[0] if talk.asked and talk.asked[0].posted_at > now - FRESH else None
    if fresh is not None and fresh.waits(now) and fresh.option(YES) is not None:
        return Chosen(fresh, YES) if is_yes else AskAgain(fresh)
    unasked = _open_unasked(talk, now, YES)
    if not is_yes and not any(question.message_id == last_said for question in unasked):
        return Nothing()
    return _one_of(YES, unasked, meant) if unasked else Nothing()


def _said_again(mark: str, last: Question, unasked: Sequence[Question]) -> Bound:
    """The question has had its answer already: a second TAK says the same, a NIE after it may mean anything."""
    newer = [question for question in unasked if _came_after(question, last)]
    if newer:
        return _one_of(mark, newer, None)
    if mark == YES:
        return Chosen(last, mark)
    of_visits = _of_visits(unasked)
    return Between(tuple(_chosen(mark, of_visits))) if of_visits else Nothing()


def _beside_list(
    mark: str, last: Question, unasked: Sequence[Question], meant: Sequence[int] | None
) -> Bound:
    """A fresh list is open, and TAK, NIE or ZMIEN is no answer to it: an unasked message has it, but a NIE is never guessed."""
    if not unasked:
        without: dict[str, Bound] = {NO: LeaveList(last), YES: AskAgain(last)}
        return without.get(mark, Nothing())
    newer = all(_came_after(question, last) for question in unasked)
    if mark == NO and not newer:
        of_visits = _of_visits(unasked)
        return Between(tuple(_chosen(mark, of_visits))) if of_visits else LeaveList(last)
    return _one_of(mark, unasked, meant)


def _came_after(question: Question, last: Question) -> bool:
    return first_attempt_of(question) > first_attempt_of(last)


def first_attempt_of(question: Question) -> int:
    """By which what was said can be put in order."""
    return question.first_attempt or 0


def _open_unasked(talk: Talk, now: datetime, mark: str) -> list[Question]:
    """Unasked questions that this can answer, of visits that have not begun and stand as they did.

    A health prompt that is about no one visit, or an announcement, has the answer to itself, until something else unasked
    has come after it.
    """
    found = [
        question
        for question in talk.unasked
        if question.waits(now) and question.stands and question.accepts(mark) and not has_begun(question, now)
    ]
    newest = max(found, key=lambda question: question.first_attempt or 0, default=None)
    return [newest] if newest is not None and newest.kind in ALONE else _of_visits(found)


def _of_visits(unasked: Sequence[Question]) -> list[Question]:
    return [question for question in unasked if question.kind not in ALONE]


def has_begun(question: Question, now: datetime) -> bool:
    """Whether the visit or session that it is about has begun."""
    return question.begins_at is not None and question.begins_at <= now


def _one_of(mark: str, unasked: Sequence[Question], meant: Sequence[int] | None) -> Bound:
    """About one visit one answer serves all; about several it is asked back."""
    found = [
        question for question in unasked if meant is None or question.kind == CHECK or question.id in meant
    ]
    choices = _chosen(mark, found or unasked)
    if found and len(choices) == 1:
        return choices[0]
    return Between(tuple(choices))


def _chosen(mark: str, unasked: Sequence[Question]) -> list[Chosen]:
    """One for each visit, the earliest visit first."""
    by_matter: dict[tuple[str, int | None, int], Question] = {}
    for question in unasked:
        if question.accepts(mark):
            by_matter.setdefault(_matter(question), question)
    ordered = sorted(by_matter.values(), key=lambda one: (one.begins_at or one.posted_at, one.id))
    return [Chosen(question, mark) for question in ordered]


def _matter(question: Question) -> tuple[str, int | None, int]:
    """What is answered at once: a visit, one person's place in a session, else the question alone."""
    if question.session_id is not None:
        return "session", question.person_id, question.session_id
    if question.appointment_id is not None:
        return "visit", None, question.appointment_id
    return "question", None, question.id


def _late(mark: str, talk: Talk, now: datetime) -> Bound:
    """Nothing is open: what was asked longer ago is asked again; what is over or has been answered is answered as it stands."""
    asked = next(
        (question for question in talk.asked if question.option(mark) and not question.is_list), None
    )
    if asked is not None and asked.waits(now):
        return AskAgain(asked)
    past = [
        question
        for question in talk.unasked
        if mark != CHANGE and question.accepts(mark) and _is_past(question, now)
    ]
    if not past:
        return Nothing()
    return Chosen(max(past, key=lambda one: (one.answered_at or one.posted_at, one.id)), mark)


def _is_past(question: Question, now: datetime) -> bool:
    """Whether it has had its answer, or is over: of an offer a late answer is still told what became of it."""
    is_over = question.kind == OFFERED and question.expires_at <= now
    return question.answered_at is not None or has_begun(question, now) or is_over
