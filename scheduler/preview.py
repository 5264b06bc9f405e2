"""An announcement before it goes: to how many, by which way, for how much, from when on, and as each of them will read it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from config.centre import Centre
from scheduler.announced import Draft, NobodyToTell
from scheduler.announcements import hears
from scheduler.audience import chosen
from scheduler.calendar import local
from scheduler.impact import affected, sessions_affected
from scheduler.proofreading import Matter, Remark, in_parts, remarks
from scheduler.purposes import Purpose
from scheduler.quiet_hours import earliest_allowed
from storage import audience
from storage.database import Transaction
from words import sms
from words.compose import Composer, Style


@dataclass(frozen=True, slots=True)
class Way:
    """By one channel; a shared phone is several people and one address. None: nothing reaches them."""

    channel: str | None
    people: int
    addresses: int


@dataclass(frozen=True, slots=True)
class Shown:
    """The text as so many addresses get it; `letters` says whether accents stay."""

    channel: str
    language: str
    letters: bool
    text: str
    parts: int
    addresses: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What would happen.

    Attributes:
        people: who is meant, those whom nothing reaches among them.
        silent: of these who asked for silence: each becomes a to-do, for it is urgent.
        left_out: who asked for no announcements, or for silence.
        parts, zloty: what goes by SMS, and its price.
        most_parts, most_zloty: the same if no chat could be reached, where there is a number too.
        goes_at: the earliest; later than the time to take it back where the night holds it.
        visits, sessions: that a closure calls off.
    """

    people: int
    ways: tuple[Way, ...]
    silent: int
    left_out: int
    parts: int
    zloty: Decimal
    most_parts: int
    most_zloty: Decimal
    goes_at: datetime
    is_held: bool
    visits: int
    sessions: int
    needs_second: bool
    shown: tuple[Shown, ...]
    remarks: tuple[Remark, ...]


def preview(tx: Transaction, centre: Centre, composer: Composer, draft: Draft) -> Preview:
    """Look at it; nothing is written.

    Raises:
        NobodyToTell, NoSuchGroup.
    """
    rows = audience.count(tx, chosen(tx, draft.audience, draft.purpose))
    meant = [row for row in rows if draft.purpose is Purpose.URGENT or hears(row)]
    people = sum(row.people for row in meant)
    if not people:
        raise NobodyToTell
    going = [row for row in meant if row.channel is not None and row.state == "active"]
    shown = _shown(centre, composer, draft, going, tx.now)
    parts = _parts(shown)
    else_sms = [row for row in going if row.by_sms_else]
    most = parts + _parts(_shown(centre, composer, draft, else_sms, tx.now, "sms"))
    begins_at = tx.now + timedelta(seconds=centre.announcements.undo_seconds)
    goes_at = earliest_allowed(begins_at, centre, draft.purpose)
    return Preview(
        people=people,
        ways=_ways(meant),
        silent=sum(row.people for row in meant if row.state == "stopped"),
        left_out=sum(row.people for row in rows) - people,
        parts=parts,
        zloty=parts * centre.health.sms_part_zloty,
        most_parts=most,
        most_zloty=most * centre.health.sms_part_zloty,
        goes_at=goes_at,
        is_held=goes_at > begins_at,
        visits=len(affected(tx, centre, draft.closed)) if draft.closed else 0,
        sessions=len(sessions_affected(tx, centre, draft.closed)) if draft.closed else 0,
        needs_second=people > centre.announcements.second_person_above,
        shown=shown,
        remarks=tuple(_remarks(centre, draft, going, shown)),
    )


def _parts(shown: Sequence[Shown]) -> int:
    return sum(one.parts * one.addresses for one in shown)


def _ways(rows: Sequence[Any]) -> tuple[Way, ...]:
    people: dict[str | None, int] = defaultdict(int)
    addresses: dict[str | None, int] = defaultdict(int)
    for row in rows:
        people[row.channel] += row.people
        addresses[row.channel] += row.addresses if row.channel else 0
    ordered = sorted(people, key=lambda channel: (channel is None, channel != "telegram", channel))
    return tuple(Way(channel, people[channel], addresses[channel]) for channel in ordered)


def _shown(
    centre: Centre,
    composer: Composer,
    draft: Draft,
    rows: Sequence[Any],
    now: datetime,
    channel: str | None = None,
) -> tuple[Shown, ...]:
    """Those alike together, the most frequent first; as that channel would show it, or else each one's own."""
    today = local(now, centre.zone).date()
    found: dict[tuple[str, str, str], Shown] = {}
    for row in rows:
        way = channel or row.channel
        by_sms = way == "sms"
        style = Style(buttons=not by_sms, plain=by_sms and not row.polish_letters)
        key, params = draft.words.key(row.language), draft.words.params(row.language)
        text = composer.text(row.language, key, params, style, today)
        parts = sms.parts(text) if by_sms else 0
        one = Shown(way, row.language, not style.plain, text, parts, row.addresses)
        alike = (way, row.language, text)
        known = found.get(alike)
        found[alike] = replace(known, addresses=known.addresses + row.addresses) if known else one
    return tuple(sorted(found.values(), key=lambda one: (one.channel != "telegram", -one.addresses)))


def _remarks(centre: Centre, draft: Draft, rows: Sequence[Any], shown: Sequence[Shown]) -> Iterator[Remark]:
    yield from remarks(centre, draft.words.texts)
    for one in shown:
        if one.channel == "sms":
            yield from in_parts(one.text, one.language)
    for language in ("uk", "en"):
        lacking = sum(row.people for row in rows if row.language == language)
        if lacking and language not in draft.words.texts:
            yield Remark(Matter.UNTRANSLATED, str(lacking), language)
    parts = sum(one.parts * one.addresses for one in shown)
    if parts > centre.rules.sms_parts_a_day:
        yield Remark(Matter.OVER_CAP, str(centre.rules.sms_parts_a_day))
