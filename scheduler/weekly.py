"""The weekly rhythm in which most groups meet: which days, every how many weeks; as staff say it, and as a rule (RFC 5545)."""

from collections.abc import Collection
from dataclasses import dataclass

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_WEEKS = 4


@dataclass(frozen=True, slots=True)
class Weekly:
    """Days of the week from 0, Monday, and every how many weeks."""

    days: tuple[int, ...]
    every: int = 1


def rule_of(rhythm: Weekly) -> str:
    """Such as "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH"."""
    interval = f"INTERVAL={rhythm.every};" if rhythm.every > 1 else ""
    return f"FREQ=WEEKLY;{interval}BYDAY={','.join(DAYS[one] for one in sorted(rhythm.days))}"


def weekly(rule: str | None) -> Weekly | None:
    """What a rule says; None if it is another rhythm than a weekly one."""
    parts = dict(part.split("=", 1) for part in (rule or "").upper().split(";") if "=" in part)
    days: Collection[str] = parts.pop("BYDAY", "").split(",")
    every = parts.pop("INTERVAL", "1")
    if parts.pop("FREQ", "") != "WEEKLY" or parts or not set(days) <= set(DAYS):
        return None
    if every not in {str(one) for one in range(1, MOST_WEEKS + 1)}:
        return None
    return Weekly(tuple(sorted(DAYS.index(one) for one in days)), int(every))
