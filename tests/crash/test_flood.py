"""Somebody who writes a lot is answered; a machine that answers every answer is left alone in the end."""

import asyncio
import contextlib
from pathlib import Path

import pytest

from sandbox.twilio import inbound as phones
from soak.callers import Caller, heard
from soak.lane import Lane, a_lane
from soak.product import Starter

pytestmark = pytest.mark.timeout(300)

NEVER_SLOWED = 19  # messages in a minute
SILENCE_SECONDS = 8
ENOUGH = 60  # answers; a loop that is still going then would not end


def say(lane: Lane, caller: Caller, words: str) -> None:
    caller.said += 1
    phones.receive(lane.outside.world.twilio, caller.address, words)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_nineteen_messages_in_a_minute_are_all_answered_at_once(
    database_url: str, tmp_path: Path, starter: Starter
) -> None:
    async with a_lane(tmp_path, database_url, starter) as lane:
        (caller,) = await lane.enrol("sms")
        await lane.start()
        for number in range(NEVER_SLOWED):
            say(lane, caller, ("moje", "psycholog", "0", "pomoc")[number % 4])
        assert await lane.settled() < 30
        assert len(heard(lane.outside.world, caller)) == NEVER_SLOWED


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_loop_with_another_automat_ends_by_itself(
    database_url: str, tmp_path: Path, starter: Starter
) -> None:
    async with a_lane(tmp_path, database_url, starter) as lane:
        (automat,) = await lane.enrol("sms")
        await lane.start()
        say(lane, automat, "Numer nie przyjmuje wiadomosci.")
        answers = 0
        while await _has_more_than(lane, automat, answers) and answers < ENOUGH:
            answers += 1
            say(lane, automat, "Numer nie przyjmuje wiadomosci.")
        assert answers < ENOUGH


async def _has_more_than(lane: Lane, caller: Caller, count: int) -> bool:
    """Whether there is one more answer, or nothing more comes."""
    world = lane.outside.world
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(SILENCE_SECONDS):
            while len(heard(world, caller)) <= count:
                await world.news.bell.wait(1)
    return len(heard(world, caller)) > count
