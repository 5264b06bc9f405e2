"""What is done with an answer to something said before: a digit, TAK, NIE, ZMIEN, `ok`."""

from dataclasses import replace

from bot.dialogue import checks, choices, unasked
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
from bot.dialogue.questions import VISIT, Question
from bot.dialogue.reading.letters import fold
from bot.dialogue.reading.understand import Meaning
from bot.dialogue.reply import Choice, Reply, numbered
from bot.dialogue.shared import KIND
from bot.dialogue.turn import Turn
from storage import talk


def digit(turn: Turn, meaning: Meaning) -> Reply:
    """A line of the newest list that was asked for."""
    bound = bind_digit(str(meaning.digit), turn.talk, turn.tx.now)
    return _resolved(turn, bound) or turn.say("digit_without_list")


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
    visits = _named(turn, meaning)
    return _resolved(turn, bind_okay(turn.talk, turn.tx.now, last, is_yes=is_yes, visits=visits))


def change(turn: Turn, meaning: Meaning) -> Reply:
    """ZMIEN: other times for the visit that was asked about, the only one, or the one that is chosen."""
    bound = bind_word(CHANGE, turn.talk, turn.tx.now)
    when = meaning.when
    if isinstance(bound, Chosen) and bound.question.kind == VISIT:
        return unasked.take(turn, bound.question, CHANGE, when)
    return _resolved(turn, bound) or unasked.change_one(turn, when)


def give_back(turn: Turn, meaning: Meaning) -> Reply:
    """ODWOLAJ: the only visit, or the one that is chosen."""
    return unasked.give_back_one(turn, meaning.when, meaning.service)


def by_name(turn: Turn, text: str) -> Reply | None:
    """A first name answers "who?" as its number does."""
    last = turn.talk.asked[0] if turn.talk.asked else None
    if last is None or last.kind != KIND or not last.waits(turn.tx.now):
        return None
    for option in last.options:
        if fold(option["params"]["first_name"]) == fold(text.strip()):
            return choices.take(turn, Chosen(last, option["mark"]))
    return None


def _bound(turn: Turn, mark: str, meaning: Meaning) -> Bound:
    known = checks.on_days(turn.talk, meaning.when)
    return bind_word(mark, known, turn.tx.now, visits=_named(turn, meaning))


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
    if all(chosen.question.kind == VISIT for chosen in meant):
        return unasked.which_of(turn, [chosen.question for chosen in meant], meant[0].mark)
    marks = [option["mark"] for chosen in meant for option in chosen.question.options]
    first = 1 + max((int(mark) for mark in marks if mark.isdigit()), default=0)
    offered = [_offered(turn, chosen) for chosen in meant]
    is_of_lists = any(chosen.question.is_list for chosen in meant)
    return turn.say("digit_which_list" if is_of_lists else "yes_no_which", options=numbered(offered, first))


def _offered(turn: Turn, chosen: Chosen) -> Choice:
    """The choice as it stood there, named by its time and service if it has them; of a visit that was asked about, its day."""
    if chosen.question.kind == VISIT:
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
