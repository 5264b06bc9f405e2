"""What staff can do in Telegram: each command with the right that it takes, which is looked up at every step.

A new command is a line here, its texts `cmd_*` in the catalogues, and the file with its steps.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.dialogue import staff_announce, staff_book, staff_close, staff_day, staff_free, staff_todos
from bot.dialogue.binding import Chosen
from bot.dialogue.questions import Question, Value
from bot.dialogue.reply import Reply
from bot.dialogue.staff_said import KIND, WORDS, line, may, say, stale, who
from bot.dialogue.turn import Turn
from scheduler.allowed import note_refused
from scheduler.errors import Refused
from scheduler.rights import Right
from storage import talk

Step = Callable[[Turn, Value], Reply]


@dataclass(frozen=True, slots=True)
class Command:
    """One of the table.

    Attributes:
        opens: what the command itself answers, given what stands behind it.
        steps: what its buttons do, by the `step` of their value.
        once: those of them that are done once: pressed again, their question has had its answer.
        words: what is done with words that are typed after one of its questions of the kind WORDS.
        refused: what is said of a step that could not be done; the question stays open.
    """

    right: Right
    opens: Callable[[Turn, str], Reply]
    steps: Mapping[str, Step] = field(default_factory=dict)
    once: frozenset[str] = frozenset()
    words: Callable[[Turn, str], Reply] | None = None
    refused: Callable[[Turn, Value, Refused], Reply] | None = None


COMMANDS: Mapping[str, Command] = {
    "dzis": Command(Right.DAY, staff_day.today_, {"further": staff_day.further}),
    "jutro": Command(Right.DAY, staff_day.tomorrow, {"further": staff_day.further}),
    "wolne": Command(Right.VISITS, staff_free.free, {"further": staff_free.further}),
    "umow": Command(
        Right.VISITS,
        staff_book.whom,
        {
            "services": staff_book.services,
            "days": staff_book.days,
            "hours": staff_book.hours,
            "book": staff_book.book,
        },
        once=frozenset({"book"}),
        words=staff_book.whom,
        refused=staff_book.refused,
    ),
    "zadania": Command(
        Right.TODOS,
        staff_todos.show,
        {"further": staff_todos.further, "done": staff_todos.settle, "reopen": staff_todos.undo},
    ),
    "zamkniete": Command(
        Right.DOOR, staff_close.asked, {"close": staff_close.close}, once=frozenset({"close"})
    ),
    "ogloszenie": Command(
        Right.ANNOUNCE,
        staff_announce.open_,
        staff_announce.STEPS,
        once=frozenset({"send", "second"}),
        words=staff_announce.written,
    ),
}


def typed(turn: Turn) -> Reply | None:
    """The answer to a command, or to words that one of them waits for; None if it is neither."""
    text = turn.incoming.text or ""
    if (command := named(text)) is not None:
        return command.opens(turn, "".join(text.split(maxsplit=1)[1:])) if _may(turn, command) else menu(turn)
    asked = turn.talk.asked[0] if turn.talk.asked else None
    if asked is None or asked.kind != WORDS or not asked.waits(turn.tx.now) or text.startswith("/"):
        return None
    command = command_of(asked)
    if command is None or command.words is None:
        return None
    return command.words(turn, text) if _may(turn, command) else menu(turn)


def named(text: str) -> Command | None:
    """The command with which the text begins."""
    first = next(iter(text.split(maxsplit=1)), "")
    return COMMANDS.get(first[1:].lower()) if first.startswith("/") else None


def command_of(asked: Question) -> Command | None:
    """The command that asked it."""
    return (
        COMMANDS.get(asked.options[0]["value"].get("command", ""))
        if is_one(asked) and asked.options
        else None
    )


def is_one(question: Question) -> bool:
    """Whether a command asked it."""
    return question.kind in {KIND, WORDS}


def take(turn: Turn, chosen: Chosen) -> Reply:
    """A button of a command was pressed, or its mark typed."""
    command, value = command_of(chosen.question), chosen.question.value(chosen.mark)
    if command is None or value is None:
        return stale(turn)
    if not _may(turn, command):
        return menu(turn)
    if value["step"] == "leave":
        talk.answered(turn.tx, [chosen.question.id])  # words that follow are no answer to it
        return say(turn, "desk_left")
    if value["step"] not in command.steps:  # of a version before this one
        return stale(turn)
    return _do(turn, command, chosen.question, value)


def _do(turn: Turn, command: Command, question: Question, value: Value) -> Reply:
    is_once = value["step"] in command.once
    if is_once and question.answered_at is not None:
        return say(turn, "desk_done_before")
    try:
        reply = command.steps[value["step"]](turn, value)
    except Refused as error:
        if command.refused is None:
            raise
        return command.refused(turn, value, error)
    if is_once:
        talk.answered(turn.tx, [question.id])
    return reply


def menu(turn: Turn) -> Reply:
    """What there is for whoever speaks."""
    known = [name for name, command in COMMANDS.items() if may(turn, command.right)]
    lines = [line("desk_command", command=f"/{name}", what=_what(turn, name)) for name in known]
    return say(turn, "desk_menu", lines=lines)


def _may(turn: Turn, command: Command) -> bool:
    if may(turn, command.right):
        return True
    note_refused(turn.tx, command.right, by=who(turn))
    return False


def _what(turn: Turn, name: str) -> str:
    return turn.club.catalogue.say(turn.language, f"cmd_{name}")
