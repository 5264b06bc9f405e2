"""What the soak says at its end."""

from collections import Counter
from collections.abc import Iterator, Sequence

from soak.announced import POINTS, Told
from soak.away import Survived
from soak.couriers import Delivered
from soak.points import MOMENTS
from soak.storm import Toll

HEADS = (
    "lane",
    "kills",
    "starts",
    "messages",
    "none",
    "two",
    "two, listed late",
    "broken",
    "worst to settle",
)


def couriers_line(delivered: Delivered) -> str:
    """Eight couriers and one ledger."""
    shares = f"{min(delivered.by_courier)} to {max(delivered.by_courier)} each"
    return (
        f"{len(delivered.by_courier)} couriers, {delivered.rows} due rows on PostgreSQL: {delivered.seconds:.1f} s, {shares}; "
        f"{delivered.twice} twice, {delivered.none} never"
    )


def away_line(name: str, seconds: float, survived: Survived) -> str:
    """A database that was away."""
    tally = survived.tally
    return (
        f"{name} away for {seconds:.0f} s: {tally.messages} messages, {len(tally.faults)} broken, "
        f"settled {survived.seconds:.1f} s after its return"
    )


def announced_line(name: str, told: Told) -> str:
    """An announcement, with its kills: how many have it how often."""
    counts = " and ".join(
        f"{channel}: " + ", ".join(f"{many} {times}x" for times, many in sorted(found.items(), reverse=True))
        for channel, found in (("SMS", told.sms), ("Telegram", told.telegram))
    )
    return f"{name}, announced to {2 * told.each}, killed {len(POINTS)} times, {told.seconds:.0f} s: {counts}; {len(told.faults)} broken"


def storm_table(tolls: Sequence[Toll]) -> str:
    """The kills by point, then a line for each lane, then what was broken."""
    rows = [HEADS, *(_row(toll) for toll in tolls)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    kills = sum((toll.kills for toll in tolls), Counter())
    faults = [
        f"{toll.weather.name} (seed {toll.weather.seed}): {fault}"
        for toll in tolls
        for fault in toll.tally.faults
    ]
    return "\n".join(["", *_by_point(kills), "", *lines, "", *faults])


def _row(toll: Toll) -> tuple[str, ...]:
    tally = toll.tally
    counts = (
        sum(toll.kills.values()),
        toll.starts,
        tally.messages,
        tally.none,
        tally.two,
        tally.late,
        len(tally.faults),
    )
    slowest = f"{toll.slowest:.0f} s" if toll.weather.patient else ""
    return (toll.weather.name, *map(str, counts), slowest)


def _by_point(kills: Counter[str]) -> Iterator[str]:
    """One line for each change, call and webhook, with its moments."""
    wide = max((len(_place(point)) for point in kills), default=0)
    for place in sorted({_place(point) for point in kills}):
        own = {point: count for point, count in kills.items() if _place(point) == place}
        moments = ", ".join(f"{_moment(point)} {count}" for point, count in sorted(own.items()))
        yield f"{place:<{wide}}  {sum(own.values()):>4}  ({moments})"


def _moment(point: str) -> str:
    """`before commit of` in `before commit of insert inbox`, `answer lost` in `sms webhook answer lost`."""
    return point.replace(_place(point), "").strip()


def _place(point: str) -> str:
    """The change, the call or the webhook itself."""
    bare = point.removesuffix(" (not reached)")
    moment = next((one for one in sorted(MOMENTS, key=len, reverse=True) if bare.startswith(one + " ")), None)
    return bare.removeprefix(f"{moment} ") if moment else " ".join(bare.split()[:2])
