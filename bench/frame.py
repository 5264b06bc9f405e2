"""What every measure is made of: two sides run in turn, their medians, their spread, and the goals they are held to."""

import operator
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

PAIRS = 7
SIGNS: dict[str, Callable[[float, float], bool]] = {">=": operator.ge, "<=": operator.le, "<": operator.lt}


@dataclass(frozen=True, slots=True)
class Run:
    """One side, run once: its figure (a rate or a duration), the latencies behind it in seconds, and what else was seen."""

    figure: float
    latencies: Sequence[float] = ()
    seen: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Spread:
    """Several runs of one side: the median of their figures, and from where to where they went."""

    runs: Sequence[Run]

    @property
    def median(self) -> float:
        return median(self.figures)

    @property
    def figures(self) -> list[float]:
        return [run.figure for run in self.runs]

    @property
    def p99_ms(self) -> float | None:
        """The median of the runs' 99th percentiles."""
        found = [percentile(run.latencies, 99) * 1000 for run in self.runs if run.latencies]
        return median(found) if found else None

    def seen(self, name: str) -> list[float]:
        return [run.seen[name] for run in self.runs if name in run.seen]


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound on one of a result's figures."""

    figure: str
    sign: str
    bound: float

    def met_by(self, value: float) -> bool:
        return SIGNS[self.sign](value, self.bound)


@dataclass(frozen=True, slots=True)
class Result:
    """A line of the table. `more` holds figures beside the ratio and the percentiles."""

    name: str
    database: str
    unit: str
    product: Spread
    baseline: Spread | None = None
    more: dict[str, float] = field(default_factory=dict)
    goals: tuple[Goal, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def figures(self) -> dict[str, float]:
        """Everything that a goal can name."""
        found = {"median": self.product.median} | self.more
        mine, theirs = self.product.p99_ms, self.baseline.p99_ms if self.baseline else None
        if self.baseline:
            found["ratio"] = self.product.median / self.baseline.median
        if mine is not None:
            found["p99_ms"] = mine
        if mine is not None and theirs:
            found["p99_ratio"] = mine / theirs
        return found

    @property
    def ratios(self) -> list[float]:
        """The ratio of each pair, run side by side."""
        if self.baseline is None:
            return []
        return [
            mine / theirs for mine, theirs in zip(self.product.figures, self.baseline.figures, strict=True)
        ]


@dataclass(slots=True)
class Budget:
    """How long all of it may take, as a factor on the counts that suit five minutes."""

    minutes: float = 5.0
    pairs: int = PAIRS

    def count(self, usual: int, least: int = 1) -> int:
        """So many of something, for the minutes given."""
        return max(least, int(usual * min(self.minutes / 5.0, 20.0)))


def in_turn(budget: Budget, baseline: Callable[[], Run], product: Callable[[], Run]) -> tuple[Spread, Spread]:
    """Run both sides in turn, each pair the other way round; return the product's runs and the baseline's."""
    mine, theirs = [], []
    for number in range(max(PAIRS, budget.pairs)):
        if number % 2:
            theirs.append(baseline())
            mine.append(product())
        else:
            mine.append(product())
            theirs.append(baseline())
        tell(f"  {mine[-1].figure:,.1f} against {theirs[-1].figure:,.1f}")
    return Spread(mine), Spread(theirs)


def alone(budget: Budget, product: Callable[[], Run]) -> Spread:
    """Run what has nothing beside it to be compared with."""
    return Spread([product() for _ in range(max(PAIRS, budget.pairs))])


def percentile(values: Sequence[float], percent: float) -> float:
    """The nearest-rank percentile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, int(len(ordered) * percent / 100 + 0.5) - 1))]


def tell(line: str) -> None:
    """Say how far it is, beside the report and not in it."""
    print(line, file=sys.stderr, flush=True)


Measure = Callable[..., Iterator[Result]]
