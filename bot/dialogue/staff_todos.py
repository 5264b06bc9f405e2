"""/zadania: what there is to do, each with a button that says it is done, and one that takes that back."""

from bot.dialogue.questions import Value
from bot.dialogue.reply import Reply
from bot.dialogue.staff_said import button, line, may, paged, say, who
from bot.dialogue.turn import Turn
from scheduler.errors import Refused
from scheduler.rights import Right
from scheduler.todo_list import Todo, open_todos
from scheduler.todos import done, reopen

COMMAND = "zadania"
A_PAGE = 6  # to-dos, each with its button


def show(turn: Turn, _said: str) -> Reply:
    """The first page."""
    return further(turn, {"page": 0})


def further(turn: Turn, value: Value) -> Reply:
    """A page of what is open now."""
    known = _open(turn)
    if not known:
        return say(turn, "desk_todos_none")
    lines = [_line(number, one) for number, one in enumerate(known, 1)]
    shown, more = paged(lines, value["page"], A_PAGE)
    options = []
    for one in shown:
        number = one["params"]["number"]
        labelled = {"number": number}
        options.append(
            button(
                COMMAND,
                "done",
                "btn_desk_done",
                mark=str(number),
                params=labelled,
                todo_id=known[number - 1].id,
            )
        )
    if more:
        options.append(button(COMMAND, "further", "btn_desk_further", mark="0", page=value["page"] + 1))
    return say(turn, "desk_todos", options, lines=shown)


def settle(turn: Turn, value: Value) -> Reply:
    """It is done, by whoever pressed."""
    todo_id = value["todo_id"]
    text = next((one.text for one in _open(turn) if one.id == todo_id), "")
    try:
        done(turn.tx, todo_id, by_id=who(turn))
    except Refused:
        return say(turn, "desk_todo_gone")
    undo = button(COMMAND, "reopen", "btn_desk_reopen", mark="undo", todo_id=todo_id)
    return say(turn, "desk_todo_done", [undo], what=text)


def undo(turn: Turn, value: Value) -> Reply:
    """It is not done after all."""
    try:
        reopen(turn.tx, value["todo_id"], by_id=who(turn))
    except Refused:
        return say(turn, "desk_todo_gone")
    text = next(one.text for one in _open(turn) if one.id == value["todo_id"])
    return say(turn, "desk_todo_open", what=text)


def _open(turn: Turn) -> list[Todo]:
    """In the reader's words, and no more of them than the reader may see."""
    return open_todos(
        turn.tx,
        turn.centre,
        turn.club.composer,
        language=turn.language,
        details=may(turn, Right.DETAILS),
    )


def _line(number: int, one: Todo) -> Value:
    key = "desk_todo_urgent" if one.urgent else "desk_todo"
    if one.due_at is None:
        return line(key, number=number, text=one.text)
    return line(f"{key}_until", number=number, text=one.text, until_at=one.due_at.isoformat())
