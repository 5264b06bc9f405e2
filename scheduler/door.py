"""At the door: somebody has to be kept apart from others, and whoever is on duty comes; nobody is named and nothing kept."""

from datetime import date, time

from config.centre import Centre, Room
from scheduler.calendar import instant
from scheduler.duty import tell
from scheduler.errors import Refused
from scheduler.policies import policy
from storage import audit
from storage.database import Transaction
from words.compose import Composer, Style

ON_PAPER = Style(buttons=True, plain=False)


class NoSuchRoom(Refused):
    """The club's file has no room of that code or number."""

    def __init__(self, room: str, centre: Centre) -> None:
        super().__init__(
            f"there is no room '{room}'; the rooms are {', '.join(one.code for one in centre.rooms)}"
        )


def isolate(tx: Transaction, centre: Centre, room: str | None = None, *, by: int | None = None) -> int:
    """Ask everybody who is on duty to come, there or to the reception; asked twice within a minute, they come once.

    Returns:
        How many were written to.

    Raises:
        NoSuchRoom.
    """
    where = None if room is None else _room(centre, room)
    minute = tx.now.strftime("%Y-%m-%dT%H:%M")
    audit.note(tx, "staff", "isolate", actor_id=by, details={"room": where.code} if where else {})
    if where is None:
        return tell(tx, f"come:{minute}", "staff_come")
    return tell(tx, f"come:{where.code}:{minute}", "staff_come_room", {"room": where.number})


def card(tx: Transaction, centre: Centre, composer: Composer, language: str = "pl") -> str:
    """The four steps, with whom to call (source document, C3)."""
    numbers = {
        "doctor": centre.health.doctor_phone,
        "sanitary_station": centre.health.sanitary_station_phone,
    }
    return composer.text(language, "door_isolate", numbers, ON_PAPER, tx.now.date())


def mask_rule(
    tx: Transaction, centre: Centre, composer: Composer, day: date, language: str = "pl"
) -> str | None:
    """The duty to cover mouth and nose, with who is exempt (source document, D1 to D3); None where it doesn't hold."""
    noon = instant(day, time(12), centre.zone) or tx.now
    if not policy(tx, centre, noon).masks:
        return None
    return composer.text(language, "door_masks", {}, ON_PAPER, day)


def _room(centre: Centre, wanted: str) -> Room:
    for room in centre.rooms:
        if wanted in (room.code, room.number):
            return room
    raise NoSuchRoom(wanted, centre)
