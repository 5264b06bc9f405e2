"""The club's daily and monthly cap on SMS parts, and the notice to staff before it is reached."""

from datetime import datetime, time

from config.centre import Rules
from scheduler.calendar import local
from scheduler.todos import open_todo
from scheduler.wording import Lane
from storage import attempts
from storage.attempts import PartsUsed
from storage.database import Transaction

NOTICE = 0.8  # of a cap


def is_reached(tx: Transaction, lane: Lane, real: datetime) -> bool:
    """Whether the account has sent all the SMS parts that the club allows it this day or this month."""
    today = datetime.combine(local(real, lane.centre.zone).date(), time(0), lane.centre.zone)
    used = attempts.parts_used(tx, lane.channel.account, today, today.replace(day=1))
    rules = lane.centre.rules
    _notice(tx, f"sms_cap:{today:%Y-%m-%d}", used.today, rules.sms_parts_a_day)
    _notice(tx, f"sms_cap:{today:%Y-%m}", used.this_month, rules.sms_parts_a_month)
    return _over(used, rules)


def _over(used: PartsUsed, rules: Rules) -> bool:
    return used.today >= rules.sms_parts_a_day or used.this_month >= rules.sms_parts_a_month


def _notice(tx: Transaction, key: str, used: int, cap: int) -> None:
    if used >= NOTICE * cap:
        open_todo(tx, key=key, text="todo_sms_cap", params={"used": used, "cap": cap})
