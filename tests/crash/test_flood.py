"""Somebody who writes a lot is answered, as fast as the channel goes."""

from pathlib import Path

import pytest

from sandbox.twilio import inbound as phones
from soak.callers import Caller, heard
from soak.lane import Lane, a_lane
from soak.product import Starter

pytestmark = pytest.mark.timeout(300)

NEVER_SLOWED = 19  # messages in a minute


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
