"""The epidemic rules in force: the club's defaults, and the dated records that change them until revoked.

Each rule is one of the source document's (1c, 1d): the buffer C5 and C11, groups C9 and C10, masks D1, the self-check C1.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, get_args

from config.centre import Centre
from config.centre_policy import CheckChannel, SelfCheck
from scheduler.errors import Refused
from storage import audit, policies
from storage.database import Transaction

BUFFER = "buffer_minutes"


class NoSuchRule(Refused):
    """No rule has that name."""

    def __init__(self, rule: str) -> None:
        super().__init__(f"there is no rule '{rule}'; the rules are {', '.join(RULES)}")


class NoSuchValue(Refused):
    """The rule can't have that value."""

    def __init__(self, rule: str, otherwise: str) -> None:
        super().__init__(f"{rule} {otherwise}")


class NoSuchRecord(Refused):
    """No record of a rule has that number, or it holds no more."""

    def __init__(self, policy_id: int) -> None:
        super().__init__(f"there is no rule number {policy_id} that could be revoked")


class EndsBeforeItBegins(Refused):
    """The record would hold at no time."""

    def __init__(self) -> None:
        super().__init__("the rule would end before it begins")


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules at one instant. `self_check` is 'off', 'visits' or 'daily'."""

    buffer_minutes: int
    group_limit: int
    group_gap_minutes: int
    distance_m: float
    masks: bool
    self_check: str
    self_check_channels: tuple[str, ...]

    @property
    def gap(self) -> timedelta:
        """How long nobody of another group is near after a session: to leave, air and clean."""
        return timedelta(minutes=self.group_gap_minutes)

    @property
    def buffer(self) -> timedelta:
        """How long a station is aired and cleaned after a visit."""
        return timedelta(minutes=self.buffer_minutes)


@dataclass(frozen=True, slots=True)
class Record:
    """One rule, set to a value from an instant on. `until` None: until revoked."""

    rule: str
    value: Any
    since: datetime
    until: datetime | None = None


def policy(tx: Transaction, centre: Centre, at: datetime) -> Policy:
    """What holds at that instant."""
    known = defaults(centre) | policies.in_force(tx, at)
    return Policy(**{rule: _as_kept(known[rule]) for rule in RULES})


def defaults(centre: Centre) -> dict[str, Any]:
    """What holds where no record does."""
    rules = centre.policy
    return {
        BUFFER: centre.rules.buffer_minutes,
        "group_limit": rules.group_limit,
        "group_gap_minutes": rules.group_gap_minutes,
        "distance_m": rules.distance_m,
        "masks": rules.masks,
        "self_check": rules.self_check,
        "self_check_channels": rules.self_check_channels,
    }


def buffers(tx: Transaction, centre: Centre) -> Callable[[datetime], timedelta]:
    """The buffer after a visit, by when the visit begins: read once for any number of visits."""
    records = policies.of_rule(tx, BUFFER)
    usual = centre.rules.buffer_minutes

    def at(starts_at: datetime) -> timedelta:
        held = [
            row.value
            for row in records
            if row.since <= starts_at and (row.until is None or starts_at < row.until)
        ]
        return timedelta(minutes=held[-1] if held else usual)

    return at


def buffer_at(tx: Transaction, centre: Centre, starts_at: datetime) -> timedelta:
    """The buffer after a visit that begins then."""
    return buffers(tx, centre)(starts_at)


def set_policy(tx: Transaction, record: Record, *, by: int | None = None) -> int:
    """Let the rule have that value from then on; what is booked stays as it is. Return the record's id.

    Args:
        record: with its value as `read_value` gives it.
        by: the member of staff who decided it.

    Raises:
        NoSuchRule, EndsBeforeItBegins.
    """
    if record.rule not in RULES:
        raise NoSuchRule(record.rule)
    if record.until is not None and record.until <= record.since:
        raise EndsBeforeItBegins
    row = {
        "rule": record.rule,
        "value": record.value,
        "since": record.since,
        "until": record.until,
        "set_at": tx.now,
        "set_by_id": by,
    }
    policy_id = policies.add(tx, row)
    details = {"policy_id": policy_id, "rule": record.rule, "value": record.value}
    audit.note(tx, "staff", "policy_set", actor_id=by, details=details)
    return policy_id


def revoke(tx: Transaction, policy_id: int, *, by: int | None = None) -> None:
    """End a record now: what was before it holds again. One that has not begun is as if it had never been set.

    Raises:
        NoSuchRecord: it is not there, or is over.
    """
    if not policies.end(tx, policy_id):
        raise NoSuchRecord(policy_id)
    audit.note(tx, "staff", "policy_revoked", actor_id=by, details={"policy_id": policy_id})


def read_value(rule: str, text: str) -> Any:
    """A rule's value as somebody typed it.

    Raises:
        NoSuchRule, NoSuchValue.
    """
    if rule not in RULES:
        raise NoSuchRule(rule)
    return RULES[rule](rule, text.strip().lower())


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _minutes(rule: str, text: str) -> int:
    if not (_is_number(text) and int(text) <= 240):
        raise NoSuchValue(rule, "must be minutes from 0 to 240")
    return int(text)


def _people(rule: str, text: str) -> int:
    if not (_is_number(text) and 1 <= int(text) <= 99):
        raise NoSuchValue(rule, "must be a number of people from 1 to 99")
    return int(text)


def _metres(rule: str, text: str) -> float:
    try:
        metres = float(text.replace(",", "."))
    except ValueError:
        metres = 0
    if not 0.5 <= metres <= 5:
        raise NoSuchValue(rule, "must be metres from 0.5 to 5")
    return metres


def _switch(rule: str, text: str) -> bool:
    if text not in {"on", "off"}:
        raise NoSuchValue(rule, "must be on or off")
    return text == "on"


def _self_check(rule: str, text: str) -> str:
    if text not in get_args(SelfCheck):
        raise NoSuchValue(rule, f"must be one of {', '.join(get_args(SelfCheck))}")
    return text


def _channels(rule: str, text: str) -> list[str]:
    named = [name.strip() for name in text.split(",")]
    if not set(named) <= set(get_args(CheckChannel)):
        raise NoSuchValue(rule, f"must be some of {','.join(get_args(CheckChannel))}")
    return sorted(set(named))


def _as_kept(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


# Every rule, and how its value is read.
RULES: Mapping[str, Callable[[str, str], Any]] = {
    BUFFER: _minutes,
    "group_limit": _people,
    "group_gap_minutes": _minutes,
    "distance_m": _metres,
    "masks": _switch,
    "self_check": _self_check,
    "self_check_channels": _channels,
}
