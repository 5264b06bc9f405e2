"""What is done with an answer to something said before: a digit, TAK, NIE, ZMIEN, `ok`."""

from dataclasses import replace
from datetime import time

from bot.dialogue import checks, choices, listed, misses, named, unasked, visits, wishes
from bot.dialogue.binding import (
    CHANGE,
    NO,
    YES,
    AskAgain,
    Between,
    Bound,
    Chosen,
    LeaveList,
    OutOfList,
    bind_digit,
    bind_okay,
    bind_word,
)
from bot.dialogue.questions import MEETING, Question
from bot.dialogue.reading.letters import fold
from bot.dialogue.reading.understand import Meaning
from bot.dialogue.reading.when import When
from bot.dialogue.reply import Choice, Reply, numbered
from bot.dialogue.shared import KIND
from bot.dialogue.turn import Turn
from storage import talk


def digit(turn: Turn, meaning: Meaning) -> Reply:
    """A line of the newest list that was asked for."""
    bound = bind_digit(str(meaning.digit), turn.talk, turn.tx.now)
    if isinstance(bound, OutOfList) and (said := _hour_of_list(turn, meaning.digit)) is not None:
        return said
    return _resolved(turn, bound) or turn.say("digit_without_list")


def book(turn: Turn, meaning: Meaning) -> Reply:
    """A visit is wished for, or the hour of a list, or another day for the visit that they were just reminded of."""
    alone = meaning.when if meaning.service is None else None
    return (alone and _beside(turn, alone)) or wishes.book(turn, meaning)


def _beside(turn: Turn, when: When) -> Reply | None:
    """A day or hour with nothing else: what it belongs to is what was said last."""
    if question := listed.open_list(turn):
        return listed.at_hour(turn, question, when)
    reminded = unasked.just_reminded(turn)
    if reminded is None:
        return None
    if when.at is None and unasked.is_on(turn, reminded, when):
        return visits.mine(turn)
    return unasked.take(turn, reminded, CHANGE, when)


def line(turn: Turn, meaning: Meaning) -> Reply:
    """ "Druga" is a line of the list, unless one of its lines is at two."""
    question = listed.open_list(turn)
    if question is None or meaning.line is None:
        return wishes.book(turn, meaning) if meaning.when else turn.say("digit_without_list")
    at_hour = listed.at_hour(turn, question, meaning.when) if meaning.when else None
    return at_hour or listed.of_line(turn, question, meaning.line) or turn.say("digit_without_list")


def yes(turn: Turn, meaning: Meaning) -> Reply:
    """TAK: confirms or takes."""
    return _resolved(turn, _bound(turn, YES, meaning)) or turn.say("nothing_to_answer")


def no(turn: Turn, meaning: Meaning) -> Reply:
    """NIE: gives back or declines what was asked about; with nothing open nothing is given back, but asked.

    Right after advice, or help in a crisis, it may be said to that.
    """
    bound = _bound(turn, NO, meaning)
    if isinstance(bound, Chosen) and not bound.question.asked and turn.last_text == "advice":
        return unasked.refuse_one(turn, meaning.when)
    return _resolved(turn, bound) or unasked.refuse_one(turn, meaning.when)


def okay(turn: Turn, meaning: Meaning) -> Reply | None:
    """`ok` or a thumb: TAK right after an unasked message, else nothing."""
    last = talk.last_said(turn.tx, turn.address.id) if turn.talk.unasked else None
    is_yes = turn.language == "en"  # where OK is offered, for YES is the provider's word
    meant = _named(turn, meaning)
    return _resolved(turn, bind_okay(turn.talk, turn.tx.now, last, is_yes=is_yes, meant=meant))


def maybe_not(turn: Turn, meaning: Meaning) -> Reply:
    """Perhaps they can't come: asked about, whatever is open; beside a list it is said of the list."""
    if listed.open_list(turn):
        return turn.say("nothing_changed")
    return unasked.refuse_one(turn, meaning.when)


def decline(turn: Turn, meaning: Meaning) -> Reply | None:
    """ "Nie, dziękuję" says no to what is offered, never to a visit that they have."""
    bound = _bound(turn, NO, meaning)
    if isinstance(bound, LeaveList) or listed.open_list(turn):
        return turn.say("nothing_changed")
    if isinstance(bound, Chosen) and bound.question.kind not in MEETING and not checks.is_one(bound.question):
        return choices.take(turn, bound)
    return misses.not_understood(turn) if misses.has_open(turn.talk, turn.tx.now) else None


def change(turn: Turn, meaning: Meaning) -> Reply:
    """ZMIEN: other times for the visit that was asked about, the only one, or the one that is chosen."""
    if question := listed.open_list(turn):
        return listed.others(turn, question, meaning)
    bound = bind_word(CHANGE, turn.talk, turn.tx.now)
    when = meaning.when
    if isinstance(bound, Chosen) and bound.question.kind in MEETING:
        return unasked.take(turn, bound.question, CHANGE, when)
    return _resolved(turn, bound) or unasked.change_one(turn, when)


def give_back(turn: Turn, meaning: Meaning) -> Reply:
    """ODWOLAJ: the only visit, or the one that is chosen."""
    return unasked.give_back_one(turn, meaning.when, meaning.service)


def by_name(turn: Turn, text: str) -> Reply | None:
    """A first name answers "who?" as its number does; with nothing asked it asks for that person's visits."""
    last = turn.talk.asked[0] if turn.talk.asked else None
    if last is None or last.kind != KIND or not last.waits(turn.tx.now):
        called = named.called(turn, fold(text.strip())) if turn.is_shared else []
        return named.visits_of(turn, called[0]) if len(called) == 1 else None
    for option in last.options:
        if fold(option["params"]["first_name"]) == fold(text.strip()):
            return choices.take(turn, Chosen(last, option["mark"]))
    return None


def _hour_of_list(turn: Turn, digit: int | None) -> Reply | None:
    """A number that is no line of the list may be the hour of one."""
    question = listed.open_list(turn)
    if question is None or digit is None or digit > 23:
        return None
    return listed.at_hour(turn, question, When(at=time(digit)))


def _bound(turn: Turn, mark: str, meaning: Meaning) -> Bound:
    known = checks.on_days(turn.talk, meaning.when)
    return bind_word(mark, known, turn.tx.now, meant=_named(turn, meaning))


def _named(turn: Turn, meaning: Meaning) -> list[int] | None:
    return [] if meaning.unclear else unasked.at_times(turn, meaning.when)


def _resolved(turn: Turn, bound: Bound) -> Reply | None:
    """The answer once it is known what was answered; None if nothing was."""
    match bound:
        case Chosen():
            return choices.take(turn, bound)
        case Between(meant):
            return _between(turn, meant)
        case OutOfList(question):
            marks = [int(option["mark"]) for option in question.options if option["mark"].isdigit()]
            return turn.say("digit_out_of_list", count=max(marks))
        case AskAgain(question):
            return _again(turn, question)
        case LeaveList():
            return turn.say("nothing_changed")
    return None


def _between(turn: Turn, meant: tuple[Chosen, ...]) -> Reply:
    """Ask back which is meant, with numbers that none of them uses, so that a digit on its way is not taken for an answer."""
    if all(chosen.question.kind in MEETING for chosen in meant):
        return unasked.which_of(turn, [chosen.question for chosen in meant], meant[0].mark)
    marks = [option["mark"] for chosen in meant for option in chosen.question.options]
    first = 1 + max((int(mark) for mark in marks if mark.isdigit()), default=0)
    offered = [_offered(turn, chosen) for chosen in meant]
    is_of_lists = any(chosen.question.is_list for chosen in meant)
    return turn.say("digit_which_list" if is_of_lists else "yes_no_which", options=numbered(offered, first))


def _offered(turn: Turn, chosen: Chosen) -> Choice:
    """The choice as it stood there, named by its time and service if it has them; of a visit that was asked about, its day."""
    if chosen.question.kind in MEETING:
        return unasked.choice_of(turn, chosen.question, chosen.mark)
    option = chosen.question.option(chosen.mark)
    assert option is not None
    value, params = option["value"], option["params"]
    if "starts_at" in params and "service" in value:
        return Choice("option_time_of", value, {**params, "service": turn.named(value["service"])})
    return Choice(option["key"], value, params)


def _again(turn: Turn, question: Question) -> Reply:
    """The same question once more."""
    said = talk.words_of(turn.tx, question.message_id)
    options = tuple(
        Choice(option["key"], option["value"], option["params"], option["mark"])
        for option in question.options
    )
    return replace(turn.say(said.text, options=options, **said.params), kind=question.kind)
