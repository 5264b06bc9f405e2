"""What is due, drained to a channel that does nothing: against a bare claim-and-mark loop, APScheduler's job store, procrastinate."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median

from bench.children import answer_of
from bench.drain_bare import DRAINS
from bench.due import write_due
from bench.frame import Budget, Goal, Result, Run, in_turn
from bench.stores import Store, a_copy


@dataclass(frozen=True, slots=True)
class Peer:
    """Another that sends what is due, in a process of its own.

    Attributes:
        goals: how much faster the courier is to be, by database; a database that is missing is not compared.
        sizes: how many are due, and the minutes from which on there is time for it.
    """

    name: str
    module: str
    goals: Mapping[str, float]
    sizes: Mapping[int, float]


PEERS = (
    Peer(
        "APScheduler",
        "bench.drain_apscheduler",
        {"PostgreSQL": 12, "SQLite": 15},
        {1_000: 0, 10_000: 15, 100_000: 180},
    ),
    Peer(
        "procrastinate",
        "bench.drain_procrastinate",
        {"PostgreSQL": 25},
        {1_000: 0, 10_000: 15, 100_000: 180},
    ),
)
SIZES = {1_000: 0, 10_000: 0, 100_000: 30}
BEHIND = {100_000: 0, 1_000_000: 30}


def measure(budget: Budget, stores: Sequence[Store]) -> Iterator[Result]:
    """Every run of the courier is a process of its own, so that its memory is its own too."""
    for store in stores:
        least_mb = None
        for number in _in_time(SIZES, budget):
            template = store.template(partial(write_due, due=number))
            result = _against_bare(store, budget, template, number, least_mb)
            least_mb = least_mb or median(result.product.seen("peak_mb"))
            yield result
            for peer in PEERS:
                if number in _in_time(peer.sizes, budget) and store.name in peer.goals:
                    yield _against(peer, store, budget, template, number)
            store.drop(template)
        yield _behind(store, budget, max(_in_time(BEHIND, budget)))


def _in_time(sizes: Mapping[int, float], budget: Budget) -> list[int]:
    return [size for size, minutes in sizes.items() if budget.minutes >= minutes]


def _against_bare(store: Store, budget: Budget, template: str, number: int, least_mb: float | None) -> Result:
    """Beside the rate: the first row soon, the loop never blocked, memory flat."""
    mine, theirs = in_turn(budget, partial(_bare, store, template, number), _courier(store, template, number))
    more = {name: median(mine.seen(name)) for name in ("first_ms", "stall_ms")}
    goals = [Goal("ratio", ">=", 0.5), Goal("first_ms", "<=", 100), Goal("stall_ms", "<", 50)]
    if least_mb is not None:
        more["grown_mb"] = median(mine.seen("peak_mb")) - least_mb
        goals.append(Goal("grown_mb", "<=", 10))
    note = "baseline: a bare claim-and-mark loop, 500 a batch, no attempts, no words"
    name = f"drain {number:,} due, bare loop"
    return Result(name, store.name, "a second", mine, theirs, more, tuple(goals), (note,))


def _against(peer: Peer, store: Store, budget: Budget, template: str, number: int) -> Result:
    theirs_too = _child(store, template, number, peer.module)
    mine, theirs = in_turn(budget, theirs_too, _courier(store, template, number))
    goal = Goal("ratio", ">=", peer.goals[store.name])
    note = f"{peer.name}'s first is picked up after {median(theirs.seen('first_ms')):,.0f} ms"
    name = f"drain {number:,} due, {peer.name}"
    return Result(name, store.name, "a second", mine, theirs, goals=(goal,), notes=(note,))


def _behind(store: Store, budget: Budget, sent: int) -> Result:
    """The rate behind a long past."""
    due = 10_000
    few, many = (store.template(partial(write_due, due=due, sent=past)) for past in (0, sent))
    mine, theirs = in_turn(budget, _courier(store, few, due), _courier(store, many, due))
    for url in (few, many):
        store.drop(url)
    name = f"drain {due:,} behind {sent:,} sent, against none"
    return Result(name, store.name, "a second", mine, theirs, goals=(Goal("ratio", ">=", 0.8),))


def _courier(store: Store, template: str, number: int) -> "partial[Run]":
    return _child(store, template, number, "bench.drain_courier")


def _child(store: Store, template: str, number: int, module: str) -> "partial[Run]":
    return partial(_in_child, store, template, number, module)


def _in_child(store: Store, template: str, number: int, module: str) -> Run:
    with a_copy(store, template) as url:
        seen = answer_of(module, url, str(number))
    return Run(number / seen["seconds"], seen=seen)


def _bare(store: Store, template: str, number: int) -> Run:
    with a_copy(store, template) as url:
        return Run(number / DRAINS[store.name](url))
