"""An announcement to many, and a process that is killed three times while it goes out: who has it, and how often."""

import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import update

from config.centre import Centre, load_centre
from sandbox.journal import Wanted
from scheduler.announced import Draft, Status, announcement
from scheduler.announcements import compose, look_after
from scheduler.announcing import worded
from scheduler.audience import Audience
from soak.centre import REAL
from soak.lane import Lane, a_lane
from soak.product import Starter
from storage.database import Transaction
from storage.tables import message

POINTS = ("twilio call done", "telegram call done", "after commit of insert attempt")
DRAFT = Draft(worded({"pl": "W piątek Klub jest zamknięty."}, asks=False), Audience())
PER_SECOND = 200  # SMS parts; a chat's pace is the club's file's
SETTLES_WITHIN = 300.0


@dataclass(frozen=True)
class Told:
    """How many of each channel have it so often, and what else is not as promised."""

    each: int
    sms: Counter[int]
    telegram: Counter[int]
    faults: list[str]
    is_done: bool
    seconds: float

    @property
    def is_right(self) -> bool:
        """By SMS once each, in Telegram at most once; a chat may lack what was on its way at a kill."""
        lacking = self.each - self.telegram[1]
        chats = set(self.telegram) <= {0, 1} and lacking <= len(POINTS)
        return self.sms == {1: self.each} and chats and self.is_done and not self.faults


async def tell(folder: Path, url: str, starter: Starter, *, each: int, hits: int) -> Told:
    """Announce to so many on phones and as many in chats.

    Args:
        hits: at the so-manieth time it comes to a point it dies there.
    """
    began = time.monotonic()
    async with a_lane(folder, url, starter, SMS_PER_SECOND=str(PER_SECOND)) as lane:
        lane.dies_within = SETTLES_WITHIN
        await lane.enrol(*["sms"] * each, *["telegram"] * each)
        number = await _announce(lane)
        for point in POINTS:
            # Claims that come late take more rows each: there may be few of them.
            lane.trap.set(point, hits=1 if point == POINTS[-1] else hits)
            await lane.age()
            await lane.start()
            await lane.dies(point)
        await lane.age()
        await lane.start()
        await lane.settled(SETTLES_WITHIN)
        tally = await lane.tally()
        done = await _status(lane, number) is Status.DONE
        sms, telegram = _heard(lane)
    return Told(each, sms, telegram, tally.faults, done, time.monotonic() - began)


async def _announce(lane: Lane) -> int:
    """As if half an hour ago; no night holds it back, or the hour of the trial would decide."""

    def work(tx: Transaction) -> int:
        number = compose(tx, _the_centre(), DRAFT).id
        tx.connection.execute(update(message).where(message.c.announcement_id == number).values(priority=1))
        return number

    return await lane.database.write(work, datetime.now(UTC) - timedelta(minutes=30), within_seconds=30)


def _heard(lane: Lane) -> tuple[Counter[int], Counter[int]]:
    """How often each phone and each chat has it: how many have it so often."""
    taken = lane.outside.world.journal.after(0, Wanted(direction="out"))
    heard = Counter(one.person for one in taken)
    counts = Counter((one.channel, heard[one.address]) for one in lane.callers.everybody)
    return tuple(  # type: ignore[return-value]
        Counter({times: many for (of, times), many in counts.items() if of == channel})
        for channel in ("sms", "telegram")
    )


async def _status(lane: Lane, number: int) -> Status:
    def work(tx: Transaction) -> Status:
        look_after(tx, _the_centre())
        return announcement(tx, number).status

    return await lane.database.write(work, datetime.now(UTC))


def _the_centre() -> Centre:
    return load_centre(REAL)
