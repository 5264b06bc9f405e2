"""What is due, drained to a channel that does nothing: against a bare claim-and-mark loop, and against APScheduler's job store.

(procrastinate, the third that an operator might take instead, is not among our dependencies: where somebody has installed it,
a `drain_procrastinate.py` beside `drain_apscheduler.py` and a line in `PEERS` are all it takes.)
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from bench.children import answer_of
from bench.drain_bare import DRAINS
from bench.due import write_due
from bench.frame import Budget, Goal, Result, Run, Spread, in_turn
from bench.stores import Store, a_copy

# How many are due, and the minutes from which on there is time for so many.
SIZES = ((1_000, 0), (10_000, 0), (100_000, 15))
PEERS = (
    (
        "APScheduler",
        "bench.drain_apscheduler",
        {"PostgreSQL": 12, "SQLite": 15},
        ((1_000, 0), (10_000, 15), (100_000, 120)),
    ),
)


def measure(budget: Budget, stores: Sequence[Store]) -> Iterator[Result]:
    """Every run of the courier is a process of its own, so that its memory is its own too."""
    for store in stores:
        peaks: dict[int, Spread] = {}
        for number, minutes in SIZES:
            if budget.minutes >= minutes:
                yield from _drains(store, budget, number, peaks)
        yield from _behind(store, budget)


def _drains(store: Store, budget: Budget, number: int, peaks: dict[int, Spread]) -> Iterator[Result]:
    template = store.template(partial(write_due, due=number))
    bare = partial(_bare, store, template, number)
    mine, theirs = in_turn(budget, bare, partial(_courier, store, template, number))
    peaks[number] = mine
    more, goals = _cost(mine, peaks)
    name, note = (
        f"drain {number:,} due",
        "baseline: a bare claim-and-mark loop, 500 a batch, no attempts, no words",
    )
    goals = (Goal("ratio", ">=", 0.5), *goals)
    yield Result(f"{name}, bare loop", store.name, "a second", mine, theirs, more, goals, (note,))
    for peer, module, bounds, sizes in PEERS:
        if (number, True) in [(size, budget.minutes >= minutes) for size, minutes in sizes]:
            theirs_too = partial(_peer, store, template, number, module)
            mine, theirs = in_turn(budget, theirs_too, partial(_courier, store, template, number))
            goal = Goal("ratio", ">=", bounds[store.name])
            more = {"peer_first_ms": max(theirs.seen("first_ms"))}
            yield Result(f"{name}, {peer}", store.name, "a second", mine, theirs, more, (goal,))
    store.drop(template)


def _cost(mine: Spread, peaks: dict[int, Spread]) -> tuple[dict[str, float], tuple[Goal, ...]]:
    """What else a drain must keep to: the first row soon, the loop never blocked, memory flat."""
    more = {
        name: Spread([Run(value) for value in mine.seen(name)]).median for name in ("first_ms", "stall_ms")
    }
    least = min(peaks)
    more["grown_mb"] = min(mine.seen("peak_mb")) - min(peaks[least].seen("peak_mb"))
    return more, (Goal("first_ms", "<=", 100), Goal("stall_ms", "<", 50), Goal("grown_mb", "<=", 10))


def _behind(store: Store, budget: Budget) -> Iterator[Result]:
    """The rate behind a long past."""
    due, sent = 10_000, 1_000_000 if budget.minutes >= 15 else 100_000
    few, many = (store.template(partial(write_due, due=due, sent=past)) for past in (0, sent))
    mine, theirs = in_turn(budget, partial(_courier, store, few, due), partial(_courier, store, many, due))
    name = f"drain {due:,} behind {sent:,} sent, against none"
    yield Result(name, store.name, "a second", mine, theirs, goals=(Goal("ratio", ">=", 0.8),))
    for url in (few, many):
        store.drop(url)


def _courier(store: Store, template: str, number: int) -> Run:
    with a_copy(store, template) as url:
        seen = answer_of("bench.drain_courier", url, str(number))
    return Run(number / seen["seconds"], seen=seen)


def _peer(store: Store, template: str, number: int, module: str) -> Run:
    with a_copy(store, template) as url:
        seen = answer_of(module, url, str(number))
    return Run(number / seen["seconds"], seen=seen)


def _bare(store: Store, template: str, number: int) -> Run:
    drain: Callable[[str], float] = DRAINS[store.name]
    with a_copy(store, template) as url:
        return Run(number / drain(url))
