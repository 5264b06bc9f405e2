"""A club whose groups meet: a room of so many places, and shortcuts to what the tests of sessions begin with."""

from datetime import date, time
from typing import Any

from sqlalchemy import select

from config.centre import Centre
from scheduler import groups
from scheduler.groups import Group
from scheduler.sessions import Session, coming_sessions, session_from
from scheduler.sessions_ahead import make_ahead
from storage import sessions
from storage.database import Database
from storage.tables import todo
from tests.builders import MONDAY, Club, a_centre, warsaw

TUESDAYS = "FREQ=WEEKLY;BYDAY=TU"
FOREVER = (warsaw("2020-01-01"), warsaw("2040-01-01"))


def a_centre_with_a_hall(places: int = 7, **rules: Any) -> Centre:
    """The small club, and beside its room of desks a hall for groups and a smaller one, in the same zone."""
    known = a_centre(**rules).model_dump()
    known["policy"] |= {"group_limit": 10, "group_gap_minutes": 30, "distance_m": 1.5}
    desks = known["rooms"][0]
    known["rooms"] = [
        desks,
        *(
            desks
            | {
                "code": code,
                "number": code,
                "area_m2": 60,
                "stations": [{"code": f"{code}-{n}", "name": str(n)} for n in range(many)],
            }
            for code, many in (("hall", places), ("snug", 3))
        ),
    ]
    return Centre.model_validate(known)


class Groups(Club):
    """The club with a hall."""

    def __init__(self, database: Database, centre: Centre | None = None, **more: Any) -> None:
        super().__init__(database, centre or a_centre_with_a_hall(), **more)

    def people(self, many: int, first: int = 1) -> list[int]:
        return [self.person(f"Osoba {n}", f"+48501{n:06}") for n in range(first, first + many)]

    def group(self, name: str = "Warsztaty", people: list[int] | None = None, **values: Any) -> Group:
        """A group that meets on Tuesdays from 10:00 for 60 minutes in the hall, with Dorota; people join one by one."""
        series = {
            "room": "hall",
            "leader_id": self.specialist("dorota"),
            "rule": TUESDAYS,
            "first_day": MONDAY,
            "starts": time(10),
            "minutes": 60,
        } | values
        made = self.do(lambda tx: groups.add(tx, name, "workshop"))
        for one in people or []:
            self.do(lambda tx, one=one: groups.join(tx, self.centre, made, one))
        return self.change(made, **series)

    def change(self, group: Group, **values: Any) -> Group:
        return self.do(lambda tx: groups.change(tx, self.centre, group, values))  # type: ignore[no-any-return]

    def make_ahead(self) -> int:
        return int(self.do(lambda tx: make_ahead(tx, self.centre)))

    def sessions(self, group: Group | None = None) -> list[Session]:
        rows = self.do(lambda tx: sessions.sessions_within(tx, FOREVER))
        return [session_from(row) for row in rows if group is None or row.group_id == group.id]

    def comes_to(self, person_id: int) -> list[Session]:
        return self.do(lambda tx: coming_sessions(tx, [person_id]))  # type: ignore[no-any-return]

    def todos(self) -> list[str]:
        """The texts of what there is to do, oldest first."""
        asked = select(todo.c.text).where(todo.c.done_at.is_(None)).order_by(todo.c.id)
        return list(self.do(lambda tx: tx.connection.execute(asked).scalars().all()))

    def told(self) -> list[tuple[str, int]]:
        """What was said unasked of sessions, and to whom."""
        return sorted((row.text, row.person_id) for row in self.messages() if row.key.startswith("group:"))


def days(found: list[Session]) -> list[date]:
    return [one.series_day for one in found]
