"""The conversation: one message in, its meaning, and what is answered; all in the caller's one transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.dialogue import (
    advice,
    answers,
    colleagues,
    coming,
    consent,
    crisis,
    data,
    floods,
    joining,
    manner,
    menu,
    misses,
    named,
    numbers,
    office,
    pages,
    presses,
    staff_tries,
    strangers,
    visits,
    waiting,
    word,
)
from bot.dialogue.club import Club
from bot.dialogue.incoming import Incoming
from bot.dialogue.overdue import is_overdue, overdue
from bot.dialogue.reading.understand import Meaning, understand
from bot.dialogue.reading.vocabulary import Intent
from bot.dialogue.refusals import refused
from bot.dialogue.reply import Reply, post_reply
from bot.dialogue.turn import Turn, begin
from scheduler.errors import Refused
from scheduler.linking import looks_like_code
from storage.database import Transaction

Handler = Callable[[Turn, Meaning], Reply | None]

HANDLERS: Mapping[Intent, Handler] = {
    Intent.DIGIT: answers.digit,
    Intent.YES: answers.yes,
    Intent.NO: answers.no,
    Intent.OKAY: answers.okay,
    Intent.CHANGE: answers.change,
    Intent.GIVE_BACK: answers.give_back,
    Intent.UNDO: lambda turn, _: visits.undo_last(turn),
    Intent.LINE: answers.line,
    Intent.DECLINE: answers.decline,
    Intent.MAYBE_NOT: answers.maybe_not,
    Intent.BOOK: answers.book,
    Intent.WAIT: waiting.ask,
    Intent.EARLIER: waiting.earlier,
    Intent.WAIT_NO_MORE: lambda turn, meaning: waiting.stop(turn, meaning.service),
    Intent.MINE: lambda turn, _: visits.mine(turn),
    Intent.MENU: lambda turn, _: menu.menu(turn),
    Intent.HELP: lambda turn, _: office.help_(turn),
    Intent.LOST: lambda turn, _: office.lost(turn),
    Intent.ABOUT: lambda turn, _: pages.about(turn),
    Intent.WORKS: lambda turn, _: pages.works(turn),
    Intent.ADVICE: lambda turn, _: advice.advice(turn),
    Intent.ILL: advice.ill,
    Intent.DATA: lambda turn, _: data.data(turn),
    Intent.ERASE: lambda turn, _: data.erase(turn),
    Intent.OBJECT: lambda turn, _: data.object_(turn),
    Intent.NEW_NUMBER: lambda turn, _: data.new_number(turn),
    Intent.CALL_ME: lambda turn, meaning: office.call_me(turn, meaning.when),
    Intent.LATE: lambda turn, meaning: coming.late(turn, coming.said("late", meaning)),
    Intent.ACCOMPANIED: lambda turn, meaning: coming.accompanied(turn, coming.said("accompanied", meaning)),
    Intent.WRONG_NUMBER: lambda turn, _: numbers.mistake(turn),
    Intent.WHO: lambda turn, _: numbers.who_writes(turn),
    Intent.DONT_WRITE: lambda turn, _: numbers.dont_write(turn),
    Intent.STOP: lambda turn, meaning: consent.stop(turn, taken_by_provider=meaning.taken_by_provider),
    Intent.START: lambda turn, _: consent.start(turn),
    Intent.NO_ANNOUNCEMENTS: lambda turn, _: consent.no_announcements(turn),
    Intent.LANGUAGE: lambda turn, meaning: manner.language(turn, meaning.language or turn.language),
    Intent.POLISH_LETTERS: lambda turn, _: manner.polish_letters(turn),
    Intent.SELF_CHECK_VISITS: lambda turn, _: manner.self_check_visits(turn),
    Intent.THANKS: lambda _, __: None,
}

# What the inbox keeps of whatever nobody may know of: illness, crisis, advice, and what was not understood, all alike.
OTHER = "other"
UNTOLD = frozenset({Intent.ILL, Intent.CRISIS, Intent.ADVICE, Intent.UNKNOWN})

# What asks back with nothing to choose from: said once; the second time a call is offered.
ASKED_BACK = frozenset(
    {"lost", "when_not_understood", "digit_without_list", "digit_out_of_list", "nothing_to_answer"}
)


@dataclass(frozen=True, slots=True)
class _Answered:
    """What was understood, and what is said to it; None is a silence on purpose."""

    meaning: str
    reply: Reply | None
    misses: int = 0


def answer(tx: Transaction, club: Club, incoming: Incoming) -> str:
    """Answer one incoming message; return the meaning that was understood, never its words."""
    turn = begin(tx, club, incoming)
    answered = _in_turn(turn)
    turn.keep(misses=answered.misses)
    if answered.reply is not None:
        post_reply(tx, incoming, turn.address.id, answered.reply)
    return answered.meaning


def _in_turn(turn: Turn) -> _Answered:
    """A cry for help goes before everything, whoever writes; then what is too much is cut off."""
    if crisis.is_cry(turn.incoming):
        return _Answered(OTHER, crisis.help_first(turn), turn.talk.misses)
    return _flooded(turn) if floods.is_flood(turn) else _answered(turn)


def _flooded(turn: Turn) -> _Answered:
    return _Answered(floods.FLOOD, floods.flooded(turn), turn.talk.misses)


def _answered(turn: Turn) -> _Answered:
    """A chat may prove whose it is before anybody is known there; all else needs somebody."""
    incoming = turn.incoming
    if incoming.contact is not None:
        return _Answered("contact", joining.by_contact(turn, incoming.contact))
    if incoming.foreign_contact:
        return _Answered("contact", joining.by_foreign_contact(turn))
    if incoming.code is not None:
        return _Answered("code", joining.by_code(turn, incoming.code))
    return _from_participant(turn) if turn.people else _from_stranger(turn)


def _from_participant(turn: Turn) -> _Answered:
    token = turn.incoming.press
    if token is not None:
        return _Answered("press", _pressed(turn, token))
    staff_tries.note(turn)
    text = turn.incoming.text or ""
    opened = _or_why(turn, lambda: word.by_word(turn, text))
    return _Answered("word", opened) if opened else _to_words(turn, text)


def _pressed(turn: Turn, token: str) -> Reply | None:
    """What the button does; a button of the staff does nothing here, and that it was pressed is written down."""
    reply = _or_why(turn, lambda: presses.pressed(turn, token))
    if reply == turn.out_of_date():
        staff_tries.note(turn)
    return reply


def _from_stranger(turn: Turn) -> _Answered:
    """Nobody is enrolled here: staff answer what they were asked; words, buttons and digits all have the same answer else."""
    text = turn.incoming.text or ""
    if (reply := _or_why(turn, lambda: colleagues.answered(turn))) is not None:
        return _Answered("staff", reply)
    if turn.incoming.buttons and looks_like_code(text):
        return _Answered("code", joining.by_code(turn, text))
    greeting = "start" if turn.incoming.buttons and text.startswith("/start") else "stranger"
    return _Answered("stranger", strangers.stranger(turn, text=greeting))


def _to_words(turn: Turn, text: str) -> _Answered:
    """What the words ask for; a first name answers "who?" as its number does."""
    said = named.spoken_for(turn, text[: misses.LONGEST])
    meaning = understand(said, turn.club.services, turn.now_here, language=turn.language)
    if is_overdue(turn, meaning.intent):
        return _Answered("late", overdue(turn))
    kept = OTHER if meaning.intent in UNTOLD else meaning.intent
    if floods.is_loop(turn, kept):
        return _Answered(kept, None)
    handler = HANDLERS.get(meaning.intent)
    if handler is not None and len(text) <= misses.LONGEST:
        return _Answered(kept, _asked_once(turn, _or_why(turn, lambda: handler(turn, meaning))))
    if turn.incoming.buttons and looks_like_code(text):
        return _Answered("code", joining.by_code(turn, text))
    if (reply := _or_why(turn, lambda: answers.by_name(turn, text))) is not None:
        return _Answered("who", reply)
    return _Answered(OTHER, misses.not_understood(turn), turn.talk.misses + 1)


def _asked_once(turn: Turn, reply: Reply | None) -> Reply | None:
    """The same, unless it asked back just before and would ask back again."""
    again = reply is not None and reply.text in ASKED_BACK and turn.last_text == reply.text
    return misses.offer_contact(turn) if again else reply


def _or_why(turn: Turn, work: Callable[[], Reply | None]) -> Reply | None:
    """What the work answers, or why it was refused."""
    try:
        return work()
    except Refused as error:
        return refused(turn, error)
