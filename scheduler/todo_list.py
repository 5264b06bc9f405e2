"""The staff's list as they read it: each to-do in words, the urgent first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from config.centre import Centre
from scheduler.calendar import local
from storage import addresses, todos
from storage.database import Transaction
from words.catalogue import TextError
from words.compose import Composer, Style

ON_SCREEN = Style(buttons=True, plain=False)
NOBODY = "?"
# Said instead to whoever may not see it beside a name: an unnamed service, a group left out.
SECRET: Mapping[str, str | None] = {"service": None, "group": "…", "beside": "…"}
IDS = ("people", "other", "address_id")  # parameters that stand for names


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do. Instants are UTC; `due_at` is until when it helps."""

    id: int
    text: str
    urgent: bool
    person_id: int | None
    person: str | None
    appointment_id: int | None
    created_at: datetime
    due_at: datetime | None
    taken_at: datetime | None
    done_at: datetime | None
    assignee_id: int | None
    assignee: str | None
    done_by_id: int | None
    done_by: str | None


def open_todos(
    tx: Transaction,
    centre: Centre,
    composer: Composer,
    *,
    language: str = "pl",
    with_done: bool = False,
    details: bool = True,
    about: int | None = None,
) -> list[Todo]:
    """What there is to do: the urgent first, then by deadline, then the oldest; what is done comes last.

    Args:
        language: the reader's.
        details: name services and groups; not for who may not see them beside a name.
        about: what concerns that person alone.
    """
    rows = [row for row in todos.todos(tx, with_done=with_done) if about in (None, row.person_id)]
    names = todos.names(tx, {one for row in rows for one in _named(row.params)})
    said = _Said(tx, composer, language, names, local(tx.now, centre.zone).date(), details)
    return [_todo(row, said.of(row)) for row in rows]


def _todo(row: Any, text: str) -> Todo:
    return Todo(
        row.id,
        text,
        row.urgent,
        row.person_id,
        row.person,
        row.appointment_id,
        row.created_at,
        row.due_at,
        row.taken_at,
        row.done_at,
        row.assignee_id,
        row.assignee,
        row.done_by_id,
        row.done_by,
    )


class _Said:
    """Makes words of to-dos for one reader."""

    def __init__(
        self,
        tx: Transaction,
        composer: Composer,
        language: str,
        names: Mapping[int, str],
        today: date,
        details: bool,
    ) -> None:
        self._tx, self._composer, self._language = tx, composer, language
        self._names, self._today, self._details = names, today, details

    def of(self, row: Any) -> str:
        """The text with its values; a to-do whose words can't be made says at least whom it is about."""
        values = self._values(row)
        try:
            return self._compose(row.text, values)
        except (TextError, LookupError, TypeError, ValueError):
            return self._compose("todo_unworded", {"number": row.id, "person": values["person"]})

    def _compose(self, text: str, values: Mapping[str, Any]) -> str:
        return self._composer.text(self._language, text, values, ON_SCREEN, self._today)

    def _values(self, row: Any) -> dict[str, Any]:
        values = {name: value for name, value in row.params.items() if name not in IDS}
        if row.starts_at is not None:
            values = {
                "starts_at": row.starts_at.isoformat(),
                "service": row.service,
                "place": row.station or row.mode,
            } | values
        values.setdefault("person", row.person or self._who(row.params))
        if (other := row.params.get("other")) is not None:
            values["other"] = self._name(other)
            if values["other"] == row.person:  # told apart by their numbers alone
                values |= {"other": f"{row.person} ({other})", "person": f"{row.person} ({row.person_id})"}
        return values if self._details else values | {name: SECRET[name] for name in SECRET if name in values}

    def _who(self, params: Mapping[str, Any]) -> str:
        """Several people, or else the address that nobody is known at."""
        if people := params.get("people"):
            return " / ".join(self._name(one) for one in people)
        where = params.get("address_id")
        found = addresses.address_of_id(self._tx, where) if where is not None else None
        return found.address if found else NOBODY

    def _name(self, person_id: int) -> str:
        return self._names.get(person_id, NOBODY)


def _named(params: Mapping[str, Any]) -> Iterable[int]:
    """The people whose ids a to-do's values hold."""
    yield from params.get("people", ())
    if "other" in params:
        yield params["other"]
