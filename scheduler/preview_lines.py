"""A preview as lines of the catalogue, and the text as so many will read it, cut where it is long."""

from collections.abc import Iterator
from typing import Any

from config.centre import Centre
from scheduler.announced import announcement
from scheduler.preview import Preview, Shown, preview
from scheduler.proofreading import Matter, Remark
from storage import todos
from storage.database import Transaction
from words.compose import Composer, Values

CUT = 350  # letters of every text but the first: a chat takes 4,096 in all
Line = dict[str, Any]


def lines(centre: Centre, seen: Preview) -> list[Line]:
    """Everything that staff should know before it goes, as the command line shows it."""
    return [
        *(_way(way.channel, way.people, way.addresses) for way in seen.ways),
        *_facts(centre, seen),
        *(_shown(one, whole=number == 0) for number, one in enumerate(seen.shown)),
        *(_remark(remark) for remark in seen.remarks),
    ]


def values(tx: Transaction, centre: Centre, composer: Composer, params: Values) -> dict[str, Any]:
    """What a second person is asked to confirm, as it stands when the question is worded."""
    known = announcement(tx, params["announcement_id"])
    seen = preview(tx, centre, composer, known.draft)
    names = todos.names(tx, [known.written_by_id] if known.written_by_id else [])
    return {
        "number": known.id,
        "person": names.get(known.written_by_id or 0, "?"),
        "lines": [audience(known.draft.audience.group), *lines(centre, seen)],
    }


def audience(group: str | None) -> Line:
    """For whom it is."""
    if group is None:
        return {"key": "announcing_to_all"}
    return {"key": "announcing_to_group", "params": {"group": group}}


def _way(channel: str | None, people: int, addresses: int) -> Line:
    if channel is None:
        return {"key": "announcing_nowhere", "params": {"count": people}}
    params = {"channel": _named(channel), "count": people, "addresses": addresses}
    return {"key": "announcing_way", "params": params}


def _facts(centre: Centre, seen: Preview) -> Iterator[Line]:
    cost = {"count": seen.people, "parts": seen.parts, "cost_zloty": f"{seen.zloty:.2f}"}
    yield {"key": "announcing_cost", "params": cost}
    if seen.most_parts > seen.parts:
        yield {"key": "announcing_cost_most", "params": {"cost_zloty": f"{seen.most_zloty:.2f}"}}
    if seen.left_out:
        yield {"key": "announcing_left_out", "params": {"count": seen.left_out}}
    if seen.silent:
        yield {"key": "announcing_silent", "params": {"count": seen.silent}}
    if seen.visits or seen.sessions:
        yield {"key": "announcing_off", "params": {"count": seen.visits, "sessions": seen.sessions}}
    if seen.is_held:
        yield {"key": "announcing_held", "params": {"goes_at": seen.goes_at.isoformat()}}
    if seen.needs_second:
        most = centre.announcements.second_person_above
        yield {"key": "announcing_needs_second", "params": {"most": most}}


def _shown(one: Shown, *, whole: bool) -> Line:
    text = one.text if whole or len(one.text) <= CUT else f"{one.text[:CUT]}..."
    params = {"channel": _named(one.channel), "language": one.language, "count": one.addresses, "body": text}
    if not one.parts:
        return {"key": "announcing_shown", "params": params}
    return {"key": "announcing_shown_sms", "params": {**params, "parts": one.parts}}


def _remark(remark: Remark) -> Line:
    if remark.matter is Matter.UNTRANSLATED:
        return {
            "key": "announcing_untranslated",
            "params": {"count": remark.about, "language": remark.language},
        }
    return {"key": f"announcing_look_{remark.matter}", "params": {"about": remark.about}}


def _named(channel: str) -> str:
    return {"telegram": "Telegram", "sms": "SMS"}.get(channel, channel)
