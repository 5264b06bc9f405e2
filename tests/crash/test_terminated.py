"""SIGTERM in the middle of the work: it stops taking, finishes what is in flight, and leaves nothing half done."""

import asyncio
import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from soak.callers import Caller
from soak.lane import Lane, a_lane
from soak.product import Starter
from storage.database import Database
from storage.tables import message
from tests.scheduler.posting import Office, a_notice

pytestmark = pytest.mark.timeout(300)

MESSAGES, LISTENERS = 32, 4
ENDS_WITHIN = 15


async def test_a_terminated_process_ends_with_0_and_leaves_no_row_to_its_lease(
    database_url: str, tmp_path: Path, starter: Starter
) -> None:
    async with a_lane(tmp_path, database_url, starter, SMS_PER_SECOND="20") as lane:
        listeners = await lane.enrol(*["sms"] * LISTENERS)
        speakers = await lane.enrol("sms", "telegram")
        for _ in range(MESSAGES // LISTENERS):
            await lane.post(*listeners)
        await lane.start()
        await terminated_in_the_middle(lane, listeners, speakers)
        assert under_way(lane) == 0
        await lane.start()
        assert await lane.settled() < ENDS_WITHIN
        assert (await lane.tally()).faults == []


async def terminated_in_the_middle(lane: Lane, listeners: list[Caller], speakers: list[Caller]) -> None:
    await lane.heard(MESSAGES // 4, *listeners)
    await lane.say(*speakers)
    lane.product.kill(signal.SIGTERM)
    assert await lane.product.ended(within=ENDS_WITHIN) == 0


def under_way(lane: Lane) -> int:
    asked = select(func.count()).where(message.c.status.in_(("sending", "unknown")))
    return lane.database.run(lambda tx: tx.connection.execute(asked).scalar_one(), datetime.now(UTC))


async def test_the_calls_of_a_claim_that_is_under_way_at_the_end_are_made_and_settled(
    database: Database,
) -> None:
    office = Office(database)
    office.post(a_notice(person_id=office.person()))
    with database.engine.begin() as other:  # on SQLite the write lock
        if not database.is_sqlite:
            other.execute(text("LOCK TABLE attempt"))
        turn = asyncio.create_task(office.courier.turn())
        await asyncio.sleep(0)
        stop = asyncio.create_task(office.courier.stop(5))
        await asyncio.sleep(0)
    await asyncio.gather(turn, stop)
    assert len(office.wire.sent) == 1
    assert office.statuses() == ["sent"]
