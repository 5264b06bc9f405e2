"""Staff who write from their own phone or chat: they are no participants. The health prompt is answered, and commands in Telegram."""

from dataclasses import replace
from datetime import date, timedelta

from bot.dialogue import checks, staff_commands, staff_tries
from bot.dialogue.binding import NO, YES, Bound, Chosen, bind_word
from bot.dialogue.presses import chosen
from bot.dialogue.questions import Question, Value, talk_at
from bot.dialogue.reading.understand import understand
from bot.dialogue.reading.vocabulary import Intent
from bot.dialogue.reply import Reply
from bot.dialogue.staff_said import stale
from bot.dialogue.turn import LATE_BY, Turn
from scheduler import changes
from scheduler.people import Person, colleagues_at
from scheduler.purposes import Purpose
from storage import absences, declarations, talk

MOMENT = timedelta(minutes=1)
MARKS = {Intent.YES: YES, Intent.OKAY: YES, Intent.NO: NO}


def answered(turn: Turn) -> Reply | None:
    """The answer to a member of staff; None if none writes here, or they say by SMS what answers no prompt."""
    known = colleagues_at(turn.tx, turn.address.id)
    if not known:
        staff_tries.note(turn)
        return None
    turn.tx.staff_id = known[0].id
    said = talk_at(turn.tx, turn.address.id, [one.id for one in known], since=turn.tx.now - LATE_BY)
    theirs = replace(turn, people=tuple(known), speaker=known[0], talk=said)
    token = turn.incoming.press
    bound = chosen(theirs, token) if token else _spoken(theirs)
    if isinstance(bound, Chosen) and checks.is_one(bound.question):
        return _take(theirs, bound.question, bound.mark)
    return _commanded(theirs, bound) if turn.incoming.buttons else None


def welcome(turn: Turn, someone: Person) -> Reply:
    """A chat has just been linked to a member of staff: what can be done there."""
    return staff_commands.menu(replace(turn, people=(someone,), speaker=someone))


def _commanded(turn: Turn, bound: Bound | None) -> Reply:
    """What can be done in Telegram, where a chat is one person's; in doubt what that is."""
    if isinstance(bound, Chosen) and staff_commands.is_one(bound.question):
        return staff_commands.take(turn, bound)
    if turn.incoming.press is not None:
        return stale(turn)
    return staff_commands.typed(turn) or staff_commands.menu(turn)


def _spoken(turn: Turn) -> Bound | None:
    """TAK or NIE to whatever asked last; in Telegram a number of the last list, too."""
    text = (turn.incoming.text or "").strip()
    last = turn.talk.asked[0] if turn.talk.asked else None
    if last is not None and last.waits(turn.tx.now) and text.isdecimal() and last.option(text):
        return Chosen(last, text)
    meaning = understand(text, turn.club.services, turn.now_here, language=turn.language)
    mark = MARKS.get(meaning.intent)
    return bind_word(mark, turn.talk, turn.tx.now) if mark else None


def _take(turn: Turn, question: Question, mark: str) -> Reply | None:
    value = question.value(mark)
    if value is None or date.fromisoformat(value["day"]) != turn.today:
        return turn.out_of_date()
    if value["answer"] == "unsure":
        return replace(turn.say("check_unsure"), purpose=Purpose.ADVICE)
    talk.answered(turn.tx, [question.id])
    if value["answer"] == "yes":
        return _coming(turn, value)
    for person_id in value["people"]:
        changes.not_today(turn.tx, turn.centre, person_id)
    return replace(turn.say("not_today_staff"), purpose=Purpose.ADVICE)


def _coming(turn: Turn, value: Value) -> Reply:
    """Declared; whoever had said "not today" is away in the diary by now, and the office knows what became of it."""
    is_away = absences.absences_of(turn.tx, value["people"], (turn.tx.now, turn.tx.now + MOMENT))
    declarations.declare(turn.tx, value["people"], turn.today)
    return turn.say("ask_office" if is_away else "declared_day")
