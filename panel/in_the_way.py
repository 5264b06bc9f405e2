"""What stands in the way of a group's session, or of somebody who belongs to it, in few words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from panel.asked import Asked
from scheduler.booked import visit
from scheduler.clashes import Obstacle
from storage import todos


@dataclass(frozen=True, slots=True)
class InTheWay:
    """One thing; `visit_id` if it is a visit."""

    text: str
    visit_id: int | None = None


def in_words(asked: Asked, found: Iterable[Obstacle]) -> list[InTheWay]:
    """Each by a text `way_` and its kind; what goes away by itself is a time held for a moment."""
    return [InTheWay(_said(asked, one), one.appointment_id if one.text else None) for one in found]


def _said(asked: Asked, one: Obstacle) -> str:
    if one.text is None:
        return asked.say("way_held")
    key = f"way_{one.text.removeprefix('todo_').removeprefix('clash_')}"
    return asked.say(key if asked.words.has(key) else "way_other", **_values(asked, one))


def _values(asked: Asked, one: Obstacle) -> dict[str, Any]:
    values: dict[str, Any] = {"person": "", "at": "", "service": "", "beside": one.params.get("beside", "")}
    if one.person_id is not None:
        values["person"] = todos.names(asked.tx, {one.person_id}).get(one.person_id, "")
    if "beside_at" in one.params:
        values["at"] = asked.words.moment(datetime.fromisoformat(one.params["beside_at"]))
    if one.appointment_id is not None:
        there = visit(asked.tx, one.appointment_id)
        values["at"] = asked.words.moment(there.starts_at)
        known = asked.centre.has_service(there.service)
        named = asked.centre.service(there.service).name.in_language(asked.words.language) if known else ""
        values["service"] = named or there.service
    return values
