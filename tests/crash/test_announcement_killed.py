"""A real process, killed three times while an announcement goes to many: by SMS each has it once, in Telegram at most once."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from scheduler.announced import Draft, Status, announcement
from scheduler.announcements import compose, look_after
from scheduler.announcing import worded
from scheduler.audience import Audience
from soak.callers import heard
from soak.lane import Lane, a_lane
from soak.product import Starter
from soak.trials import recover
from storage.database import Transaction
from storage.tables import message
from tests.builders import the_centre

pytestmark = pytest.mark.timeout(300)

POINTS = ("twilio call done", "telegram call done", "after commit of insert attempt")
EACH = 12
DRAFT = Draft(worded({"pl": "W piątek Klub jest zamknięty."}, asks=False), Audience())


async def test_killed_three_times_it_tells_everybody_and_no_phone_twice(
    database_url: str, tmp_path: Path, starter: Starter
) -> None:
    async with a_lane(tmp_path, database_url, starter) as lane:
        await lane.start()
        callers = await lane.enrol(*["sms"] * EACH, *["telegram"] * EACH)
        for point in POINTS:
            lane.trap.set(point, hits=3)
            if point == POINTS[0]:
                number = await _announce(lane)
            else:
                await lane.age()
                await lane.start()
            await lane.dies(point)
        await recover(lane)
        counts = Counter((one.channel, len(heard(lane.outside.world, one))) for one in callers)
        assert counts["sms", 1] == EACH
        assert counts["telegram", 1] + counts["telegram", 0] == EACH
        assert counts["telegram", 0] <= len(POINTS)
        assert (await lane.tally()).faults == []
        assert await _status(lane, number) is Status.DONE


async def _announce(lane: Lane) -> int:
    """As if half an hour ago; no night holds it back, or the hour of the test would decide."""

    def work(tx: Transaction) -> int:
        number = compose(tx, the_centre(), DRAFT).id
        tx.connection.execute(update(message).where(message.c.announcement_id == number).values(priority=1))
        return number

    return await lane.database.write(work, datetime.now(UTC) - timedelta(minutes=30))


async def _status(lane: Lane, number: int) -> Status:
    def work(tx: Transaction) -> Status:
        look_after(tx, the_centre())
        return announcement(tx, number).status

    return await lane.database.write(work, datetime.now(UTC))
