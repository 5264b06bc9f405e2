"""Trial after trial at random points, until the time is over; the seed says which."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.trouble import Kind
from soak.lane import Lane, NotReached, NotSettled, a_lane
from soak.product import a_starter
from soak.tally import Tally
from soak.trials import Trial, begin, calls, inside, recover, run, webhooks

CHANGES = (
    "insert inbox",
    "update inbox",
    "insert appointment",
    "update appointment",
    "insert claim",
    "delete claim",
    "insert message",
    "update message",
    "insert question",
    "update question",
    "update pace",
    "insert attempt",
    "update attempt",
)
RECOVERY = (
    *inside(("insert attempt", "update attempt", "update message")),
    *calls("twilio call", "twilio search", "telegram call"),
)
UNLISTED_SECONDS = 20.0  # within the grace time: nobody may get two
DIES_WITHIN = 8.0  # seconds; not every point is come to in every trial
TROUBLES = (Kind.DROP_AFTER, Kind.DROP_BEFORE, Kind.ERROR, Kind.RETRY_AFTER)


@dataclass(frozen=True)
class Weather:
    """What one lane goes through.

    Attributes:
        patient: leases and grace times are waited for as they are.
        shared: a second process works on the same database, and dies now and then.
    """

    name: str
    url: str
    telegram_mode: str
    patient: bool
    seed: int
    shared: bool = False


@dataclass
class Toll:
    """What it cost."""

    weather: Weather
    kills: Counter[str] = field(default_factory=Counter)
    starts: int = 0
    trials: int = 0
    slowest: float = 0.0
    tally: Tally = field(default_factory=Tally)


async def storm(weather: Weather, folder: Path, until: float) -> Toll:
    """Go on until that time (monotonic), or until the promise is broken."""
    toll = Toll(weather)
    dice = random.Random(weather.seed)
    with a_starter() as starter, a_starter() if weather.shared else nullcontext() as companion:
        mode = weather.telegram_mode
        async with a_lane(folder, weather.url, starter, companion=companion, telegram_mode=mode) as lane:
            await begin(lane)
            await lane.restart_worker()
            lane.slowest, lane.dies_within = 0.0, DIES_WITHIN
            while time.monotonic() < until and not toll.tally.faults:
                if dice.random() < 0.3:
                    await lane.restart_worker()
                await _trial(lane, _a_trial(dice, weather), toll)
            toll.kills, toll.starts, toll.slowest = lane.kills, lane.product.starts, lane.slowest
    return toll


async def _trial(lane: Lane, trial: Trial, toll: Toll) -> None:
    patient = toll.weather.patient
    toll.trials += 1
    try:
        try:
            await run(lane, trial, patient=patient)
        except NotReached:  # at random not every point is come to
            if lane.product.is_running:
                await lane.kill("at any time")
            await recover(lane, patient=patient)
        toll.tally = await lane.tally()
        toll.tally.faults = [f"{fault}, at {trial}" for fault in toll.tally.faults]
    except NotSettled as error:
        toll.tally.faults.append(f"{error}, at {trial}")


def _a_trial(dice: random.Random, weather: Weather) -> Trial:
    trouble = dice.choice(TROUBLES) if dice.random() < 0.25 else None
    point = "" if trouble and dice.random() < 0.5 else dice.choice(list(_points(weather)))
    return Trial(
        point=point,
        hits=dice.choice((1, 1, 1, 2, 3)),
        again=dice.choice(RECOVERY) if dice.random() < 0.25 else "",
        trouble=trouble,
        no_receipts=dice.random() < 0.5,
        repeated=dice.random() < 0.2,
        unbrought=dice.random() < 0.1,
        unlisted_seconds=UNLISTED_SECONDS if weather.patient and dice.random() < 0.3 else 0,
    )


def _points(weather: Weather) -> Iterator[str]:
    yield from inside(CHANGES)
    yield from calls("twilio call", "telegram call")
    yield from webhooks("sms webhook", "receipt webhook")
    if weather.telegram_mode == "polling":
        yield from calls("telegram poll")
    else:
        yield from webhooks("update webhook")


async def storms(weathers: list[Weather], folder: Path, until: float) -> list[Toll]:
    """All of them at once."""
    folders = [folder / weather.name.replace(" ", "-") for weather in weathers]
    for one in folders:
        one.mkdir()
    return list(
        await asyncio.gather(
            *(storm(weather, own, until) for weather, own in zip(weathers, folders, strict=True))
        )
    )
