"""The words that a provider keeps are dropped there once they are done with, and never before."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from scheduler.channels import Receipt, SendFailed
from scheduler.redaction import Redaction
from scheduler.settling import receipt
from scheduler.states import AttemptState
from storage.database import Database
from storage.tables import attempt, inbox
from tests.scheduler.posting import NOON, Office, Wire, a_reminder

DELIVERED, FAILED = AttemptState.DELIVERED, AttemptState.FAILED


class KeepingWire(Wire):
    """One whose provider keeps what it was handed."""

    def __init__(self, answer: Callable[[str], bool] = lambda _: True) -> None:
        super().__init__()
        self.asked: list[str] = []
        self._drops = answer

    async def redact(self, provider_id: str) -> bool:
        self.asked.append(provider_id)
        return self._drops(provider_id)


class Bureau(Office):
    """An office whose SMS are kept by somebody else too."""

    def __init__(
        self, database: Database, answer: Callable[[str], bool] = lambda _: True, **rules: Any
    ) -> None:
        self.keeper = KeepingWire(answer)
        super().__init__(database, self.keeper, **rules)
        self.redaction = Redaction(database, self.clock, self.lanes)

    def send(self, key: str = "r1", told: Receipt | SendFailed | None = None) -> int:
        """Send something, and let the call say what became of it."""
        self.post(a_reminder(key, self.person()))
        (outgoing,) = self.claim().outgoing
        if told is not None:
            self.settle(outgoing.attempt_id, told)
        return outgoing.attempt_id

    def hear(self, provider_id: str) -> None:
        row = {
            "channel": "sms",
            "account": self.keeper.account,
            "provider_id": provider_id,
            "received_at": NOON,
        }
        self.do(lambda tx: tx.connection.execute(insert(inbox).values(row)))

    def kept(self) -> list[str]:
        rows = [*self.rows(attempt), *self.rows(inbox)]
        return [row.provider_id for row in rows if row.redacted_at is None and row.provider_id]


async def test_what_has_arrived_or_never_will_and_what_came_in_is_dropped_once(database: Database) -> None:
    bureau = Bureau(database)
    bureau.send("1", Receipt("SM1", DELIVERED))
    bureau.send("2", Receipt("SM2", FAILED, SendFailed("30005", permanent=True)))
    bureau.hear("SM3")
    await bureau.redaction.look()
    await bureau.redaction.look()
    assert sorted(bureau.keeper.asked) == ["SM1", "SM2", "SM3"]
    assert bureau.kept() == []


async def test_what_is_under_way_or_unknown_keeps_its_words(database: Database) -> None:
    bureau = Bureau(database)
    bureau.send("1", Receipt("SM1"))
    bureau.send("2", SendFailed("timeout", unknown=True))
    bureau.send("3")
    await bureau.redaction.look()
    assert bureau.keeper.asked == []


async def test_what_was_never_heard_of_again_is_dropped_after_a_day(database: Database) -> None:
    bureau = Bureau(database)
    bureau.send("1", Receipt("SM1"))
    bureau.clock.pass_(timedelta(hours=27).total_seconds())
    await bureau.redaction.look()
    assert bureau.kept() == []


async def test_what_the_provider_does_not_drop_yet_is_asked_for_again(database: Database) -> None:
    answers = iter([False, True])
    bureau = Bureau(database, lambda _: next(answers))
    bureau.send("1", Receipt("SM1", DELIVERED))
    await bureau.redaction.look()
    assert bureau.kept() == ["SM1"]
    await bureau.redaction.look()
    assert bureau.kept() == []


async def test_a_provider_that_is_away_is_left_alone_and_what_was_dropped_is_noted(
    database: Database,
) -> None:
    def answer(provider_id: str) -> bool:
        if provider_id == "SM2":
            raise SendFailed("not connected")
        return True

    bureau = Bureau(database, answer)
    for n in (1, 2, 3):
        bureau.send(str(n), Receipt(f"SM{n}", DELIVERED))
        bureau.clock.pass_(1)
    await bureau.redaction.look()
    assert (bureau.keeper.asked, bureau.kept()) == (["SM1", "SM2"], ["SM2", "SM3"])


async def test_one_that_is_refused_for_good_does_not_hold_up_the_others(database: Database) -> None:
    def answer(provider_id: str) -> bool:
        if provider_id == "SM1":
            raise SendFailed("20001", permanent=True)
        return True

    bureau = Bureau(database, answer)
    for n in (1, 2):
        bureau.send(str(n), Receipt(f"SM{n}", DELIVERED))
        bureau.clock.pass_(1)
    await bureau.redaction.look()
    assert bureau.kept() == ["SM1"]


async def test_nothing_is_dropped_where_the_clubs_file_says_so(database: Database) -> None:
    bureau = Bureau(database, redact_at_provider=False)
    bureau.send("1", Receipt("SM1", DELIVERED))
    await bureau.redaction.look()
    assert bureau.keeper.asked == []


async def test_what_was_listed_too_late_and_sent_again_is_dropped_too(database: Database) -> None:
    """Its own receipt names it, long after it was given up."""
    bureau = Bureau(database)
    late = bureau.send("1", SendFailed("not_listed", again_in=0))
    (again,) = bureau.claim().outgoing
    key = bureau.lanes[0].key

    def told(provider_id: str, attempt_id: int) -> None:
        told = Receipt(provider_id, DELIVERED)
        bureau.do(lambda tx: receipt(tx, bureau.clock, key, told, attempt_id=attempt_id))

    told("SM1", late)
    assert bureau.rows(attempt, id=late)[0].provider_id is None
    bureau.settle(again.attempt_id, Receipt("SM2", DELIVERED))
    told("SM1", late)
    await bureau.redaction.look()
    assert (sorted(bureau.keeper.asked), bureau.kept()) == (["SM1", "SM2"], [])
