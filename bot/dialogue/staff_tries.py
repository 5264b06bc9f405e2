"""Whoever is no member of staff and tries what staff can do: it is written into the log, and nothing shows that it can be done."""

from bot.dialogue import staff_commands
from bot.dialogue.presses import TOKEN
from bot.dialogue.questions import Question, question
from bot.dialogue.turn import Turn
from scheduler.allowed import note_refused


def note(turn: Turn) -> None:
    """Write down that a participant tried, or whoever worked here once and pressed an old button; a stranger is nobody to name."""
    asked = _pressed(turn)
    text = turn.incoming.text or ""
    command = staff_commands.command_of(asked) if asked else staff_commands.named(text)
    if command is None or not turn.incoming.buttons:
        return
    if turn.people:
        by = turn.speaker.id if turn.speaker else None
        note_refused(turn.tx, command.right, by=by, actor="participant")
    elif asked is not None and asked.address_id == turn.address.id:
        note_refused(turn.tx, command.right, by=asked.person_id)


def _pressed(turn: Turn) -> Question | None:
    """The question whose button was pressed, whoever was asked it."""
    found = TOKEN.fullmatch(turn.incoming.press or "")
    return question(turn.tx, int(found[1])) if found else None
