"""`python -m soak [--minutes N] [--seed S]`: torture for so long, then say what was lost and what was said twice."""

import argparse
import asyncio
import logging
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.machine import machine
from bench.stores import stores
from soak.announced import Told, tell
from soak.away import AnyPlug, Survived, survive
from soak.couriers import deliver_together
from soak.plug import a_plug, a_server
from soak.product import a_starter
from soak.report import announced_line, away_line, couriers_line, storm_table
from soak.storm import Weather, storms
from storage.migrate import upgrade

ROWS = 20_000
ANNOUNCED = 2_000  # people, half of them in Telegram
AWAY_SECONDS = 10.0
AWAY_MESSAGES = 300


def main(arguments: Sequence[str]) -> int:
    """Status 1 if the promise was broken anywhere; the folder with the logs stays then."""
    asked = _parser().parse_args(arguments)
    until = time.monotonic() + asked.minutes * 60
    logging.disable()  # of the pretend providers, whose callers die in the middle of a sentence
    folder = Path(tempfile.mkdtemp(prefix="termin-soak-"))
    print("\n".join(f"{name}: {value}" for name, value in machine().items()))
    print(f"seed: {asked.seed}; logs: {folder}", flush=True)
    with stores() as (sqlite, postgres):
        urls = [store.template(lambda _: None) for store in (sqlite, postgres) for _ in range(4)]
        delivered = deliver_together(postgres.template(lambda _: None), ROWS)
        print(couriers_line(delivered), flush=True)
        survived = asyncio.run(_away(folder, {"SQLite": urls[0], "PostgreSQL": urls[4]}))
        told = asyncio.run(_announced(folder, {"SQLite": urls[3], "PostgreSQL": urls[7]}))
        tolls = asyncio.run(storms(_weathers(urls, asked.seed), folder, until))
        print(storm_table(tolls))
    is_right = delivered.is_right and all(one.is_right for one in (*survived, *told))
    is_right &= not any(toll.tally.faults for toll in tolls)
    if is_right:
        shutil.rmtree(folder)
    return 0 if is_right else 1


async def _away(folder: Path, urls: dict[str, str]) -> list[Survived]:
    """One after the other, so that what each took can be read."""
    with a_starter() as starter, a_server(folder / "postgres") as server:
        upgrade(server.url)
        plugs: list[tuple[str, str, AnyPlug]] = [(name, url, a_plug) for name, url in urls.items()]
        plugs.append(("PostgreSQL, killed,", server.url, server.plug))
        survived = []
        for number, (name, url, plug) in enumerate(plugs):
            own = folder / f"away-{number}"
            own.mkdir()
            one = await survive(own, url, starter, messages=AWAY_MESSAGES, seconds=AWAY_SECONDS, plug=plug)
            print(away_line(name, AWAY_SECONDS, one), flush=True)
            survived.append(one)
    return survived


async def _announced(folder: Path, urls: dict[str, str]) -> list[Told]:
    """To two thousand, on each database."""
    told = []
    with a_starter() as starter:
        for number, (name, url) in enumerate(urls.items()):
            own = folder / f"announced-{number}"
            own.mkdir()
            one = await tell(own, url, starter, each=ANNOUNCED // 2, hits=ANNOUNCED // 8)
            print(announced_line(name, one), flush=True)
            told.append(one)
    return told


def _weathers(urls: Sequence[str], seed: int) -> list[Weather]:
    """On each database one lane that lets the waiting pass, and one that waits."""
    return [
        Weather("SQLite", urls[1], "polling", patient=False, seed=seed),
        Weather("PostgreSQL", urls[5], "webhook", patient=False, seed=seed + 1),
        Weather("SQLite in real time", urls[2], "webhook", patient=True, seed=seed + 2),
        Weather(
            "PostgreSQL, two, in real time", urls[6], "polling", patient=True, seed=seed + 3, shared=True
        ),
    ]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m soak", description="Torture the product, and count.")
    parser.add_argument("--minutes", type=float, default=5.0, help="about how long all of it takes")
    parser.add_argument(
        "--seed", type=int, default=int(time.time()) % 1_000_000, help="of a run to be repeated"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
