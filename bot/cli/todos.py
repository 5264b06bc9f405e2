"""`termin todos`: what staff have to do; take it up, settle it, give it to somebody else."""

from collections.abc import Callable
from typing import Annotated

import typer

from bot.cli.opened import opened
from bot.cli.printed import print_json, print_table
from config.centre import Centre, load_centre
from scheduler.calendar import local
from scheduler.staff import colleague_called
from scheduler.todo_list import Todo, open_todos
from scheduler.todos import done, reassign, take
from storage.database import Transaction
from words.catalogue import load_catalogue
from words.compose import Composer

app = typer.Typer(add_completion=False)

TodoId = Annotated[int, typer.Argument(metavar="ID", help="its number in the list")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="who of the staff")]


@app.callback(invoke_without_command=True)
def _todos(
    context: typer.Context,
    with_done: Annotated[bool, typer.Option("--all", help="what is done too, at the end")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON alone")] = False,
) -> None:
    """What staff have to do: the urgent first, then by deadline, then the oldest.

    JSON: a list of {id, text, urgent, person_id, person, appointment_id, created_at, due_at, taken_at, done_at,
    assignee_id, assignee, done_by_id, done_by}; instants in UTC, null where there is none.
    """
    if context.invoked_subcommand is not None:
        return
    with opened() as club:
        centre = load_centre(club.settings.centre)
        composer = Composer(load_catalogue(), centre)
        todos = club.read(lambda tx: open_todos(tx, centre, composer, with_done=with_done))
    if as_json:
        print_json(todos)
        return
    print_table(
        ["numer", "do kiedy", "zadanie", "kto", "stan"],
        [_shown(centre, todo) for todo in todos],
    )


@app.command("take")
def _take(todo_id: TodoId, by: By = None) -> None:
    """Say that somebody has begun with it: the one whose it is, or whoever is named."""
    _change(lambda tx: take(tx, todo_id, by_id=_who(tx, by)))


@app.command("done")
def _done(todo_id: TodoId, by: By = None) -> None:
    """Say that it is settled."""
    _change(lambda tx: done(tx, todo_id, by_id=_who(tx, by)))


@app.command("give")
def _give(
    todo_id: TodoId, to: Annotated[str, typer.Option("--to", metavar="NAME", help="who of the staff")]
) -> None:
    """Give it to somebody else of the staff."""
    _change(lambda tx: reassign(tx, todo_id, to_id=colleague_called(tx, to).id))


def _change(work: Callable[[Transaction], None]) -> None:
    with opened() as club:
        club.write(work)


def _who(tx: Transaction, name: str | None) -> int | None:
    return None if name is None else colleague_called(tx, name).id


def _shown(centre: Centre, todo: Todo) -> list[str | None]:
    return [
        str(todo.id),
        f"{local(todo.due_at, centre.zone):%Y-%m-%d %H:%M}" if todo.due_at else None,
        f"PILNE: {todo.text}" if todo.urgent and not todo.done_at else todo.text,
        todo.done_by or todo.assignee,
        _state(centre, todo),
    ]


def _state(centre: Centre, todo: Todo) -> str:
    if todo.done_at:
        return f"zrobione {local(todo.done_at, centre.zone):%Y-%m-%d %H:%M}"
    if todo.taken_at:
        return f"podjęte {local(todo.taken_at, centre.zone):%Y-%m-%d %H:%M}"
    return ""
