"""What the last months came to, as tables with a small chart each; nobody is named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from panel.asked import Asked, Page, Show
from scheduler.figures import Month, figures
from scheduler.rights import Right

BAR, GAP, HEIGHT = 28, 8, 96


@dataclass(frozen=True, slots=True)
class Bar:
    """One month's, in the chart's own units."""

    x: int
    y: int
    height: int


def show(asked: Asked) -> Page:
    """The last twelve months, this one last; those before anything was counted are left out."""
    months = figures(asked.tx, asked.centre)
    while len(months) > 1 and not (months[0].visits or months[0].messages):
        months.pop(0)
    kept = asked.words.local(asked.tx.now).date() - timedelta(days=asked.centre.retention.ledger)
    values = {
        "months": months,
        "visits": _bars([one.visits for one in months]),
        "parts": _bars([one.sms_parts for one in months]),
        "width": len(months) * (BAR + GAP),
        "height": HEIGHT,
        "bar": BAR,
        "kept": kept,
        "kept_days": asked.centre.retention.ledger,
        "told": [_told(one) for one in months],
        "has_any": any(one.visits or one.messages for one in months),
    }
    return Page("figures.html", values)


def _told(month: Month) -> int:
    """All that went by Telegram or voice, which costs nothing by the part."""
    return sum(count for channel, count in month.messages.items() if channel != "sms")


def _bars(counts: Sequence[int]) -> list[Bar]:
    most = max(*counts, 1)
    heights = [round(HEIGHT * count / most) for count in counts]
    return [Bar(number * (BAR + GAP), HEIGHT - tall, tall) for number, tall in enumerate(heights)]


PAGES = (Show("/figures", show, Right.FIGURES),)
