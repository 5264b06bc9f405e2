"""The epidemic rules: what holds, what a change would touch, and changing one from a day on until it is revoked."""

from datetime import time
from typing import Any

from panel.asked import Act, Asked, Go, Page, Show
from panel.fields import Fields
from scheduler.errors import Refused
from scheduler.policies import (
    RULES,
    NoSuchRule,
    Record,
    policy,
    read_value,
    revoke,
    set_policy,
)
from scheduler.policy_change import touched
from scheduler.rights import Right
from storage import policies

# What a rule can be, where it is not a number.
CHOICES = {
    "masks": ("on", "off"),
    "self_check": ("daily", "visits", "off"),
    "self_check_channels": ("sms,telegram", "telegram", "sms"),
}


def show(asked: Asked) -> Page:
    """What holds now, and every record, the newest first."""
    held = policy(asked.tx, asked.centre, asked.tx.now)
    records = [
        {"row": row, "value": _said(asked, row.rule, row.value), "is_over": _is_over(asked, row)}
        for row in reversed(policies.records(asked.tx))
    ]
    now = {rule: _said(asked, rule, getattr(held, rule)) for rule in RULES}
    return Page("policies.html", {"now": now, "records": records})


def change(asked: Asked) -> Page:
    """One rule's form; with a value, what it would touch, before it is set."""
    rule = _rule(asked)
    if "value" not in asked.query:
        return _form(asked, rule, {})
    fields, record = _record(asked, rule)
    if record is None:
        return _form(asked, rule, fields.errors)
    found = touched(asked.tx, asked.centre, record)
    return _form(asked, rule, {}, touched=found, value=_said(asked, rule, record.value), record=record)


def put(asked: Asked) -> Page | Go:
    """It holds from then on."""
    rule = _rule(asked)
    fields, record = _record(asked, rule)
    if record is None:
        return _form(asked, rule, fields.errors, status=422)
    policy_id = set_policy(asked.tx, record, by=asked.staff.person_id)
    return Go("/panel/policies", "done_policy_set", policy_id)


def end(asked: Asked) -> Go:
    """A record holds no longer."""
    revoke(asked.tx, asked.path["id"], by=asked.staff.person_id)
    return Go("/panel/policies", "done_policy_revoked")


def _rule(asked: Asked) -> str:
    rule = str(asked.path["rule"])
    if rule not in RULES:
        raise NoSuchRule(rule)
    return rule


def _record(asked: Asked, rule: str) -> tuple[Fields, Record | None]:
    fields = Fields(asked)
    try:
        value = read_value(rule, fields.text("value"))
    except Refused:
        fields.wrong("value", f"policies_value_{rule}" if rule not in CHOICES else "field_choose")
        value = None
    first, at = fields.day("from", required=False), fields.clock("at", required=False) or time(0)
    last = fields.day("until", required=False)
    since = fields.moment(first, at, "at") if first else asked.tx.now
    until = fields.moment(last, time(23, 59), "until") if last else None
    if until and since and until <= since:
        fields.wrong("until", "policies_until_first")
    if fields.errors or since is None:
        return fields, None
    return fields, Record(rule, value, since, until)


def _form(asked: Asked, rule: str, errors: dict[str, str], status: int = 200, **more: Any) -> Page:
    given = {
        name: asked.form.get(name, asked.query.get(name, "")) for name in ("value", "from", "at", "until")
    }
    held = getattr(policy(asked.tx, asked.centre, asked.tx.now), rule)
    choices = [(one, asked.say(f"policies_{rule}_{one}".replace(",", "_"))) for one in CHOICES.get(rule, ())]
    values = {"rule": rule, "held": _said(asked, rule, held), "given": given, "choices": choices}
    return Page("policy.html", {**values, "errors": errors, "touched": None, **more}, status)


def _said(asked: Asked, rule: str, value: Any) -> str:
    """A rule's value in words."""
    if rule not in CHOICES:
        return asked.say(
            f"policies_{rule}", n=str(value).replace(".", ",") if rule == "distance_m" else value
        )
    if isinstance(value, bool):
        value = "on" if value else "off"
    chosen = value if isinstance(value, str) else "_".join(sorted(value))
    return asked.say(f"policies_{rule}_{chosen}")


def _is_over(asked: Asked, row: Any) -> bool:
    return row.until is not None and row.until <= asked.tx.now


PAGES = (
    Show("/policies", show, Right.POLICIES),
    Show("/policies/{rule}", change, Right.POLICIES),
    Act("/policies/{rule}/set", put, Right.POLICIES),
    Act("/policies/{id:int}/revoke", end, Right.POLICIES),
)
