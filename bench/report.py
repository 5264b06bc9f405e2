"""What a run of the bench says: the machine, a table, and the same as JSON."""

import json
from collections.abc import Sequence
from typing import Any

from bench.frame import Goal, Result, Spread

HEADS = ("measure", "database", "product", "baseline", "ratio (pairs)", "p99 ms", "goals")


def header(facts: dict[str, str]) -> str:
    """The lines above the table."""
    wide = max(len(name) for name in facts)
    return "\n".join(f"{name:<{wide}}  {value}" for name, value in facts.items())


def table(results: Sequence[Result]) -> str:
    """One line a result, each goal with whether it is met; notes below."""
    rows = [HEADS, *(_row(result) for result in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    notes = [f"{_whose(result)}: {note}" for result in results for note in result.notes]
    return "\n".join([*lines, "", *dict.fromkeys(notes)])


def as_json(facts: dict[str, str], results: Sequence[Result]) -> str:
    """Everything, for a program to read."""
    return json.dumps({"machine": facts, "results": [_dumped(result) for result in results]}, indent=2)


def _row(result: Result) -> tuple[str, ...]:
    figures = result.figures
    ratios = result.ratios
    return (
        result.name,
        result.database,
        f"{_spread(result.product)} {result.unit}",
        _spread(result.baseline) if result.baseline else "",
        f"{figures['ratio']:.2f} ({min(ratios):.2f}-{max(ratios):.2f})" if ratios else "",
        _p99(result),
        "; ".join(_goal(goal, figures) for goal in result.goals),
    )


def _whose(result: Result) -> str:
    return f"{result.name} ({result.database})" if result.database else result.name


def _p99(result: Result) -> str:
    pair = [spread.p99_ms for spread in (result.product, result.baseline) if spread is not None]
    return " / ".join(f"{value:.1f}" for value in pair if value is not None)


def _goal(goal: Goal, figures: dict[str, float]) -> str:
    if goal.figure not in figures:
        return f"{goal.figure} not measured"
    value = figures[goal.figure]
    word = "met" if goal.met_by(value) else "MISSED"
    return f"{goal.figure} {value:.3g} {goal.sign} {goal.bound:g} {word}"


def _spread(spread: Spread) -> str:
    low, high = min(spread.figures), max(spread.figures)
    return f"{_number(spread.median)} ({_number(low)}-{_number(high)})"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _dumped(result: Result) -> dict[str, Any]:
    return {
        "name": result.name,
        "database": result.database,
        "unit": result.unit,
        "product": result.product.figures,
        "baseline": result.baseline.figures if result.baseline else None,
        "figures": result.figures,
        "goals": [
            {"figure": goal.figure, "sign": goal.sign, "bound": goal.bound, "met": _met(goal, result)}
            for goal in result.goals
        ],
        "notes": result.notes,
    }


def _met(goal: Goal, result: Result) -> bool | None:
    value = result.figures.get(goal.figure)
    return None if value is None else goal.met_by(value)
