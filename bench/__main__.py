"""`python -m bench [--minutes N] [--json] [NAME...]`: run some measures or all, and print the table."""

import argparse
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from importlib import import_module

from bench.frame import PAIRS, Budget, Result, tell
from bench.machine import machine
from bench.report import as_json, header, table
from bench.stores import stores

# In the order in which they run; each is a module of this package with `measure(budget, stores)`. The number is the minutes from
# which on it runs without being asked for by name.
MEASURES = {
    "booking": 0,
    "hot_slot": 0,
    "inbound": 0,
    "forged": 0,
    "free_times": 0,
    "search": 0,
    "startup": 0,
    "panel": 0,
    "telegram_sends": 0,
    "pace": 15,
    "prompts": 15,
    "announce": 15,
    "drain": 15,
}


def main(arguments: Sequence[str]) -> int:
    """Status 0 even where a goal is missed: the table says so."""
    asked = _parser().parse_args(arguments)
    budget = Budget(asked.minutes, asked.pairs)
    facts = machine()
    results: list[Result] = []
    with ExitStack() as opened:
        kinds = opened.enter_context(stores())
        for store in kinds:
            facts |= store.facts
        if not asked.json:
            print(header(facts), flush=True)
        for name in asked.names or _in_time(budget):
            begun = time.monotonic()
            tell(f"{name} ...")
            results += import_module(f"bench.{name}").measure(budget, kinds)
            tell(f"{name}: {time.monotonic() - begun:.0f} s")
    print(as_json(facts, results) if asked.json else f"\n{table(results)}")
    return 0


def _in_time(budget: Budget) -> list[str]:
    for name, minutes in MEASURES.items():
        if budget.minutes < minutes:
            tell(f"{name}: left out; --minutes {minutes}, or its name, brings it")
    return [name for name, minutes in MEASURES.items() if budget.minutes >= minutes]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m bench", description="Measure, as ratios to a baseline in the same run."
    )
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[[], *MEASURES], help=", ".join(MEASURES))
    parser.add_argument("--minutes", type=float, default=5.0, help="about how long all of it takes")
    parser.add_argument(
        "--pairs", type=int, default=PAIRS, help=f"interleaved pairs of each measure, {PAIRS} at least"
    )
    parser.add_argument("--json", action="store_true", help="JSON alone on stdout")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
