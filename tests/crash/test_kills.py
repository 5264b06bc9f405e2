"""A real process, killed between every two steps of a message's life, loses nothing and repeats nothing that it may not.

Each trial: seven people write at once, by SMS and in Telegram, each at another stage of booking and giving back; the product
dies; what became due meanwhile waits; leases and grace times pass; it starts again. Then the pretend providers are counted.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest

from sandbox.trouble import Kind
from soak.lane import a_lane
from soak.product import Starter
from soak.trials import Trial, begin, calls, run, webhooks

pytestmark = pytest.mark.timeout(600)

# Until its commit a transaction has left nothing: one point inside of it stands for all; the soak tries them all.
RECEIVING = [
    Trial("after delete claim"),
    Trial("after insert message"),
    Trial("before commit of insert inbox", hits=2, repeated=True),
    Trial("after commit of insert inbox", hits=2, repeated=True),
    *map(Trial, webhooks("sms webhook")),
    *map(Trial, calls("telegram poll")),
]
SENDING = [
    Trial("after update pace"),
    Trial("before commit of insert attempt"),
    Trial("after commit of insert attempt"),
    *map(Trial, calls("twilio call", "telegram call")),
    Trial("before commit of update attempt"),
    Trial("after commit of update attempt"),
    Trial("receipt webhook answer lost"),
]
RECOVERING = [
    Trial("twilio call done", again="twilio search lost", no_receipts=True),
    Trial("twilio call done", again="twilio search answered", no_receipts=True),
    Trial("twilio call answered", again="before commit of update attempt", no_receipts=True),
    Trial("twilio call lost", again="twilio call done", no_receipts=True),
    Trial("after commit of insert attempt", again="after commit of update attempt"),
    Trial("telegram call done", again="telegram call done"),
    *[Trial("after commit of insert inbox", unbrought=True)] * 2,  # one for either database
    *(Trial(trouble=kind, no_receipts=True) for kind in (Kind.DROP_AFTER, Kind.DROP_BEFORE, Kind.ERROR)),
]
BROUGHT = [*map(Trial, webhooks("update webhook")), Trial("after commit of insert inbox", repeated=True)]


@pytest.mark.parametrize(
    ("trials", "telegram_mode"),
    [
        pytest.param([*RECEIVING, *SENDING, *RECOVERING], "polling", id="polling"),
        pytest.param(BROUGHT, "webhook", id="webhook"),
    ],
)
async def test_killed_anywhere_it_says_everything_and_nothing_twice(
    trials: Sequence[Trial], telegram_mode: str, database_url: str, tmp_path: Path, starter: Starter
) -> None:
    """Every step once, by turns on one database and on the other; the soak has them all on both."""
    trials = trials[database_url.startswith("postgresql") :: 2]
    async with a_lane(tmp_path, database_url, starter, telegram_mode=telegram_mode) as lane:
        await begin(lane)
        for trial in trials:
            await run(lane, trial)
            tally = await lane.tally()
            assert tally.faults == [], trial
        assert sum(lane.kills.values()) == sum(1 + bool(trial.again) for trial in trials)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_twilio_lists_later_than_the_grace_time_comes_twice_and_is_counted(
    database_url: str, tmp_path: Path, starter: Starter
) -> None:
    """The one case in which an SMS may come twice; that the count sees it is why its silence elsewhere is worth something."""
    async with a_lane(tmp_path, database_url, starter) as lane:
        await begin(lane)
        await run(lane, Trial("twilio call done", no_receipts=True, unlisted_seconds=60))
        faults = (await lane.tally()).faults
        assert faults
        assert all(fault.startswith("sms took 2 of ") for fault in faults)
        lane.listed_late = {one.address for one in lane.callers.everybody}
        tally = await lane.tally()
        assert (tally.late, tally.faults) == (len(faults), [])
