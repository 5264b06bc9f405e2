"""What staff have to do: take it up, settle it, give it to somebody else."""

from dataclasses import dataclass
from datetime import timedelta

from panel.asked import Act, Asked, Go, Page, Show
from panel.times import number
from scheduler.people import person
from scheduler.rights import Right
from scheduler.staff import members
from scheduler.todo_list import Todo, open_todos
from scheduler.todos import done, reassign, reopen, take

DONE_SHOWN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Lists:
    """The same list for a page: mine, what others do, and what was done lately."""

    urgent: list[Todo]
    mine: list[Todo]
    others: list[Todo]
    settled: list[Todo]


def show(asked: Asked) -> Page:
    """Everything that is open, and what was settled within a week."""
    lists = _lists(asked)
    values = {"lists": lists, "colleagues": [(one.person_id, one.full_name) for one in members(asked.tx)]}
    return Page("todos.html", values)


def part(asked: Asked) -> Page:
    """The lists alone, for the page that is open."""
    return Page("todos_lists.html", show(asked).values)


def settle(asked: Asked) -> Go:
    """It is done."""
    done(asked.tx, asked.path["id"], by_id=asked.staff.person_id)
    return Go("/panel/todos", "done_todo_settled", asked.path["id"])


def open_again(asked: Asked) -> Go:
    """It was not."""
    reopen(asked.tx, asked.path["id"], by_id=asked.staff.person_id)
    return Go("/panel/todos", "done_todo_reopened")


def take_up(asked: Asked) -> Go:
    """Whoever is logged in has begun with it."""
    take(asked.tx, asked.path["id"], by_id=asked.staff.person_id)
    return Go("/panel/todos", "done_todo_taken")


def give(asked: Asked) -> Go:
    """It is somebody else's now."""
    to_id = person(asked.tx, number(asked.form.get("to")) or 0).id
    reassign(asked.tx, asked.path["id"], to_id=to_id, by_id=asked.staff.person_id)
    return Go("/panel/todos", "done_todo_given")


def _lists(asked: Asked) -> Lists:
    found = open_todos(
        asked.tx,
        asked.centre,
        asked.words.composer,
        language=asked.words.language,
        with_done=True,
        details=asked.may(Right.DETAILS),
    )
    open_, since = [one for one in found if not one.done_at], asked.tx.now - DONE_SHOWN
    calm = [one for one in open_ if not one.urgent]
    me = asked.staff.person_id
    return Lists(
        urgent=[one for one in open_ if one.urgent],
        mine=[one for one in calm if one.assignee_id == me],
        others=[one for one in calm if one.assignee_id != me],
        settled=[one for one in found if one.done_at and one.done_at >= since],
    )


PAGES = (
    Show("/todos", show, Right.TODOS),
    Show("/todos/part", part, Right.TODOS),
    Act("/todos/{id:int}/done", settle, Right.TODOS),
    Act("/todos/{id:int}/reopen", open_again, Right.TODOS),
    Act("/todos/{id:int}/take", take_up, Right.TODOS),
    Act("/todos/{id:int}/give", give, Right.TODOS),
)
