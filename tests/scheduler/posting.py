"""What the courier's tests are made of: clocks that stand, channels that do as told, and an office to post from."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import insert, select

from config.centre import Centre
from scheduler.channels import Outgoing, Pace, Receipt
from scheduler.clock import Clock
from scheduler.courier import Courier
from scheduler.dispatch import Claimed, claim_due
from scheduler.ledger import Notice, Purpose, post_all
from scheduler.recovery import Recovery
from scheduler.settling import outcome, settle
from scheduler.wording import Lane
from storage.database import Database, Transaction
from storage.tables import address, attempt, message, person, person_address, staff, todo
from tests.builders import a_centre
from words.catalogue import Catalogue, load_catalogue
from words.compose import Composer, Style

# A Wednesday at noon in Warsaw: no quiet hour, no holiday.
NOON = datetime(2026, 10, 14, 10, 0, tzinfo=UTC)
REAL = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
FAST = Pace()


@lru_cache
def the_catalogue() -> Catalogue:
    return load_catalogue()


def a_composer(centre: Centre) -> Composer:
    return Composer(the_catalogue(), centre)


class StandingClock(Clock):
    """Both times stand until they are moved; real time is this one's on PostgreSQL too."""

    def __init__(self, wall: datetime = NOON, real: datetime = REAL) -> None:
        super().__init__()
        self.wall, self.real_time = wall, real

    def now(self) -> datetime:
        return self.wall

    def real(self, tx: Transaction) -> datetime:
        return self.real_time

    def pass_(self, seconds: float) -> None:
        """Let time pass, on both."""
        self.wall += timedelta(seconds=seconds)
        self.real_time += timedelta(seconds=seconds)


class Wire:
    """A channel that remembers what it was handed, and answers as it is told."""

    def __init__(
        self,
        name: str = "sms",
        account: str = "+48732000000",
        pace: Pace = FAST,
        *,
        buttons: bool = False,
        answer: Callable[[Outgoing], Receipt] | None = None,
    ) -> None:
        self.name, self.account, self.pace, self.buttons = name, account, pace, buttons
        self.answer = answer or (lambda outgoing: Receipt(f"{name}-{outgoing.attempt_id}"))
        self.sent: list[Outgoing] = []

    def style(self, polish_letters: bool) -> Style:
        return Style(buttons=self.buttons, plain=not polish_letters and not self.buttons)

    async def send(self, outgoing: Outgoing) -> Receipt:
        self.sent.append(outgoing)
        return self.answer(outgoing)


class ListedWire(Wire):
    """One whose provider can be asked what it has taken."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.listed: list[tuple[str, str, datetime, str]] = []
        self.lookups: list[datetime] = []

    async def find(self, outgoing: Outgoing, since: datetime) -> Sequence[Receipt]:
        self.lookups.append(since)
        return [
            Receipt(sid) for to, body, at, sid in self.listed
            if (to, body) == (outgoing.address, outgoing.body) and at >= since
        ]  # fmt: skip


class Office:
    """A database with people to write to, a clock, and the channels that are served."""

    def __init__(self, database: Database, *channels: Wire, **rules: Any) -> None:
        self.database, self.clock = database, StandingClock()
        self.centre = a_centre(**rules)
        self.channels = channels or (Wire(),)
        composer = a_composer(self.centre)
        self.lanes = [Lane(wire, composer, self.centre, self.clock) for wire in self.channels]
        self.courier = Courier(database, self.clock, composer, self.centre, self.channels, call_seconds=0.2)
        self.recovery = Recovery(database, self.clock, self.lanes)
        self._people = 0

    @property
    def wire(self) -> Wire:
        return self.channels[0]

    def do(self, work: Callable[[Transaction], Any]) -> Any:
        return self.database.run(work, self.clock.now())

    def person(self, *wires: Wire, state: str = "active", **more: Any) -> int:
        """Somebody with an address on each of those channels, or on the first."""
        self._people += 1
        number = self._people
        row = {
            "kind": "participant",
            "full_name": f"Osoba {number}",
            "name_key": f"osoba {number}",
            "enrolled_at": NOON,
        }

        def work(tx: Transaction) -> int:
            who = tx.connection.execute(insert(person).values(row | more).returning(person.c.id)).scalar_one()
            for wire in wires or self.channels[:1]:
                self.link(tx, who, wire, f"{number}{wire.name}", state)
            return int(who)

        return int(self.do(work))

    def link(self, tx: Transaction, who: int, wire: Wire, name: str, state: str = "active") -> int:
        values = {
            "channel": wire.name,
            "account": wire.account,
            "address": name,
            "state": state,
            "since": NOON,
        }
        where = tx.connection.execute(insert(address).values(values).returning(address.c.id)).scalar_one()
        tx.connection.execute(insert(person_address).values(person_id=who, address_id=where, linked_at=NOON))
        return int(where)

    def coordinator(self) -> int:
        who = self.person(kind="staff")
        self.do(
            lambda tx: tx.connection.execute(
                insert(staff).values(person_id=who, role="coordinator", since=NOON)
            )
        )
        return who

    def post(self, *notices: Notice) -> list[int]:
        return list(self.do(lambda tx: post_all(tx, notices)))

    def claim(self, lane: int = 0, room: int = 500) -> Claimed:
        return self.database.run(lambda tx: claim_due(tx, self.lanes[lane], room), self.clock.now())

    def settle(self, attempt_id: int, result: Any, lane: int = 0) -> None:
        key = self.lanes[lane].key
        self.do(lambda tx: settle(tx, self.clock, key, [outcome(attempt_id, result)]))

    def rows(self, table: Any, **where: Any) -> list[Any]:
        asked = select(table).order_by(table.c.id)
        for name, value in where.items():
            asked = asked.where(table.c[name] == value)
        return list(self.do(lambda tx: tx.connection.execute(asked).all()))

    def message(self, message_id: int) -> Any:
        return self.rows(message, id=message_id)[0]

    def statuses(self) -> list[str]:
        return [row.status for row in self.rows(message)]

    def attempts(self, message_id: int) -> list[Any]:
        return self.rows(attempt, message_id=message_id)

    def todos(self) -> list[Any]:
        return self.rows(todo)

    def address_state(self, address_id: int) -> str:
        return str(self.rows(address, id=address_id)[0].state)


def a_notice(key: str = "k1", purpose: Purpose = Purpose.REPLY, text: str = "help", **more: Any) -> Notice:
    return Notice(key=key, purpose=purpose, text=text, **more)


def a_reminder(key: str = "r1", person_id: int | None = None, **more: Any) -> Notice:
    starts_at = (NOON + timedelta(days=1)).isoformat()
    given = {"params": {"starts_at": starts_at, "place": "a"}, "useless_after": NOON + timedelta(hours=23)}
    return Notice(key, Purpose.REMINDER, "reminder", person_id=person_id, **(given | more))
