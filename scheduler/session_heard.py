"""What each person knows of a session that staff change: what has not left yet nobody has heard, and so it is never said."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scheduler.sessions import Session, SessionStatus
from storage import session_undo
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Heard:
    """A session as somebody knows it."""

    starts_at: datetime
    place: str
    is_off: bool = False

    @classmethod
    def of(cls, session: Session) -> "Heard":
        """As it stands."""
        return cls(session.starts_at, session.place, session.status is SessionStatus.CALLED_OFF)

    @property
    def params(self) -> dict[str, Any]:
        """As the next news keep it, in case they are taken back before they leave."""
        return {"was_at": self.starts_at.isoformat(), "was_place": self.place, "was_off": self.is_off}


def take_back(tx: Transaction, about: Session, people: Collection[int]) -> dict[int, Heard]:
    """Withdraw what waits to be said of a session's last change; return what each of those people knows of it."""
    unheard = {person_id: _before(params) for person_id, params in session_undo.recall(tx, about.id)}
    return {one: unheard.get(one, Heard.of(about)) for one in people}


def _before(params: Mapping[str, Any]) -> Heard:
    return Heard(datetime.fromisoformat(params["was_at"]), params["was_place"], params["was_off"])
