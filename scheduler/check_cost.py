"""What the health prompts of a month cost by SMS, as things stand: said before anybody is surprised by a bill."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from config.centre import Centre
from scheduler.calendar import days_from, local
from scheduler.ladder import best
from scheduler.morning import is_open_day
from scheduler.policies import policy
from storage import prompts
from storage.database import Transaction

PARTS = {"pl": 1, "uk": 2, "en": 1}  # of a prompt: Cyrillic takes two


@dataclass(frozen=True, slots=True)
class Cost:
    """People who are asked by SMS on every open day, the open days of this month, the parts they come to, and their price."""

    people: int
    open_days: int
    parts: int
    zloty: Decimal


def month_of_checks(tx: Transaction, centre: Centre) -> Cost:
    """Of this month; nothing where only days with a visit are asked about: then it replaces a reminder."""
    held = policy(tx, centre, tx.now)
    days = sum(is_open_day(tx, day) for day in _month(local(tx.now, centre.zone).date()))
    if held.self_check != "daily":
        return Cost(0, days, 0, Decimal(0))
    rows = prompts.may_be_asked(tx, held.self_check_channels)
    targets = [best(list(own)) for _, own in groupby(rows, key=lambda row: row.person_id)]
    languages = [
        one.language for one in targets if one and one.channel == "sms" and one.self_check == "daily"
    ]
    parts = days * sum(PARTS[language] for language in languages)
    return Cost(len(languages), days, parts, parts * centre.health.sms_part_zloty)


def _month(day: date) -> list[date]:
    first = day.replace(day=1)
    return days_from(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
