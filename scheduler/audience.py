"""Whom an announcement is for: everybody, a group, those with a visit between two times, those who use a channel."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from config.suggest import did_you_mean
from scheduler.errors import Refused
from scheduler.ladder import RUNGS
from scheduler.purposes import Purpose
from storage import groups
from storage.audience import Chosen
from storage.database import Transaction

ALL = "all"


class NoSuchGroup(Refused):
    """No group has that name."""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(f"there is no group '{name[:100]}'{did_you_mean(name, [ALL, *known])}")


@dataclass(frozen=True, slots=True)
class Audience:
    """All that is given holds of each; of nothing given, everybody.

    Attributes:
        group: its name.
        begins, ends: they have a visit or a meeting between these instants.
        channel: words go to them there.
    """

    group: str | None = None
    begins: datetime | None = None
    ends: datetime | None = None
    channel: str | None = None

    def as_json(self) -> dict[str, str]:
        """As the announcement's row keeps it."""
        span = {"begins": self.begins, "ends": self.ends}
        said = {name: at.isoformat() for name, at in span.items() if at is not None}
        names = {"group": self.group, "channel": self.channel}
        return said | {name: value for name, value in names.items() if value is not None}

    @classmethod
    def of_json(cls, said: dict[str, Any]) -> "Audience":
        """The same back."""
        times = {name: datetime.fromisoformat(said[name]) for name in ("begins", "ends") if name in said}
        return cls(group=said.get("group"), channel=said.get("channel"), **times)


def named(tx: Transaction, name: str) -> str | None:
    """The group that is meant, by its own name; None for everybody.

    Raises:
        NoSuchGroup: none is called so.
    """
    known = groups.ids_by_name(tx)
    same = [one for one in known if one.casefold() == name.strip().casefold()]
    if name in known or same:
        return name if name in known else same[0]
    if name.strip().casefold() == ALL:
        return None
    raise NoSuchGroup(name, list(known))


def chosen(tx: Transaction, audience: Audience, purpose: Purpose) -> Chosen:
    """The same for the database: what is urgent is for those too who asked for silence, for somebody has to tell them.

    Raises:
        NoSuchGroup: there is no such group any more.
    """
    known = groups.ids_by_name(tx)
    if audience.group is not None and audience.group not in known:
        raise NoSuchGroup(audience.group, list(known))
    span = (audience.begins, audience.ends) if audience.begins and audience.ends else None
    return Chosen(
        RUNGS,
        group_id=known[audience.group] if audience.group is not None else None,
        span=span,
        channel=audience.channel,
        opted_out=purpose is Purpose.URGENT,
    )
