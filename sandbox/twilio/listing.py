"""Twilio's lists: filtered by number and date, in pages, newest first."""

import math
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from urllib.parse import urlencode

from sandbox.twilio.account import Account
from sandbox.twilio.messages import Sms
from sandbox.twilio.refusals import Refused
from sandbox.wire import JSON

MOST_A_PAGE = 1000
FILTERS = ("To", "From", "DateSent", "DateSent<", "DateSent>")


def list_messages(account: Account, query: JSON) -> JSON:
    """One page, with the links to the others. Raises Refused for a date that is none."""
    size = min(max(_number(query.get("PageSize"), 50), 1), MOST_A_PAGE)
    page = list(islice(_matching(account, query), size + 1))
    more, page = len(page) > size, page[:size]
    number = _number(query.get("Page"), 0)
    kept = {name: query[name] for name in FILTERS if query.get(name)}
    link = _Links(account.subscription.sid, kept, size)
    following = link.to(number + 1, page[-1].n) if more else None
    around = {
        "page": number,
        "page_size": size,
        "start": number * size,
        "end": number * size + max(len(page) - 1, 0),
    }
    uris = {"uri": link.to(number, 0), "first_page_uri": link.to(0, 0), "next_page_uri": following}
    return {**around, **uris, "previous_page_uri": None, "messages": [sms.as_json() for sms in page]}


class _Links:
    def __init__(self, account: str, kept: JSON, size: int) -> None:
        self._base = f"/2010-04-01/Accounts/{account}/Messages.json"
        self._kept = {**kept, "PageSize": size}

    def to(self, page: int, below: int) -> str:
        token = {"PageToken": f"PASM{below}"} if below else {}
        return f"{self._base}?{urlencode({**self._kept, 'Page': page, **token})}"


def _matching(account: Account, query: JSON) -> Iterator[Sms]:
    to, sender, own = str(query.get("To") or ""), str(query.get("From") or ""), account.subscription.number
    phone = to if to not in ("", own) else sender if sender != own else ""
    below = _number(str(query.get("PageToken") or "").removeprefix("PASM"), 0)
    spans = [_span(name, str(query[name])) for name in FILTERS[2:] if query.get(name)]
    for sms in account.messages.newest_first(phone, below):
        if (
            to in ("", sms.to)
            and sender in ("", sms.sender)
            and all(_within(sms.sent, span) for span in spans)
        ):
            yield sms


def _within(at: float | None, span: tuple[float, float]) -> bool:
    """What was never sent has no date, and fits no filter by date."""
    return at is not None and span[0] <= at < span[1]


def _span(name: str, given: str) -> tuple[float, float]:
    """The day that a date means, or the second that a time means; open to one side for < and >."""
    try:
        at = datetime.fromisoformat(given)
    except ValueError as error:
        raise Refused(20001, name) from error
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    length = timedelta(days=1) if len(given) <= 10 else timedelta(seconds=1)
    first, end = at.timestamp(), (at + length).timestamp()
    return (-math.inf if name.endswith("<") else first, math.inf if name.endswith(">") else end)


def _number(value: object, default: int) -> int:
    text = str(value if value is not None else "")
    return int(text) if text.isdecimal() else default
