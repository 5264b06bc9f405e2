"""People's own data: the information clause in its layers, their copy, and what they ask to be done with it."""

from dataclasses import replace

from bot.dialogue.reply import Choice, Reply
from bot.dialogue.shared import veiled, who
from bot.dialogue.turn import Turn
from scheduler import data_requests
from scheduler.data_requests import COPY, ERASURE, OBJECTION
from scheduler.dossier import dossier
from scheduler.ledger import Purpose
from scheduler.todos import open_todo
from words.data_copy import DataCopy


def data(turn: Turn) -> Reply:
    """Who keeps what, why and for how long: the whole of it in a chat, its short layer in an SMS, where the copy is the office's."""
    if turn.speaker is None:
        return who(turn, {"do": "data"})
    data_requests.note_clause_shown(turn.tx, turn.centre, turn.speaker, turn.incoming.channel)
    if turn.incoming.buttons:
        copy = Choice("btn_data_copy", {"do": "data_copy"}, mark="copy")
        return replace(turn.say("clause", options=(copy,)), kind="data")
    data_requests.ask(turn.tx, turn.centre, turn.speaker, COPY)
    return turn.say("data_short")


def data_copy(turn: Turn) -> Reply:
    """All that is kept of whoever speaks, attached as a page of text; it is not kept once it is sent."""
    if turn.speaker is None:
        return who(turn, {"do": "data_copy"})
    if (asked := veiled(turn, {"do": "data_copy"})) is not None:
        return asked
    about = dossier(turn.tx, turn.speaker.id)
    page = DataCopy(turn.club.composer, turn.language, turn.centre.zone, turn.today).page(about)
    file = {"kind": "text", "name": "dane.txt", "text": page}
    return replace(turn.say("data_copy"), file=file, purpose=Purpose.ADVICE)


def erase(turn: Turn) -> Reply:
    """They want to be forgotten: the office answers within a month."""
    return _ask(turn, ERASURE)


def object_(turn: Turn) -> Reply:
    """They object to what is done with their data: the office answers within a month."""
    return _ask(turn, OBJECTION)


def new_number(turn: Turn) -> Reply:
    """A number that is only written of changes nothing: whoever holds the phone could write that."""
    if turn.speaker is None:
        return who(turn, {"do": "new_number"})
    key = f"new_number:{turn.speaker.id}:{turn.today.isoformat()}"
    open_todo(turn.tx, key=key, text="todo_new_number", person_id=turn.speaker.id)
    return turn.say("new_number_noted")


def _ask(turn: Turn, matter: str) -> Reply:
    if turn.speaker is None:
        return who(turn, {"do": matter})
    answer_by = data_requests.ask(turn.tx, turn.centre, turn.speaker, matter)
    return turn.say("request_noted", answer_day=answer_by.isoformat())
