"""The SMS that Twilio knows of, outbound and inbound, newest first, found by number without a search."""

import secrets
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import formatdate

from sandbox.wire import JSON

TERMINAL = frozenset({"delivered", "undelivered", "failed", "received", "canceled"})


@dataclass(slots=True, eq=False)
class Sms:
    """One message, and how far it has come."""

    account: str
    sender: str
    to: str
    body: str
    direction: str  # inbound | outbound-api | outbound-reply
    status: str
    parts: int
    callback: str = ""
    service: str | None = None
    error_code: int | None = None
    valid_seconds: float = 36_000  # in the queue
    sid: str = field(default_factory=lambda: "SM" + secrets.token_hex(16))
    n: int = 0
    created: float = field(default_factory=time.time)
    sent: float | None = None
    updated: float = field(default_factory=time.time)
    listed_from: float = 0.0  # monotonic
    seen_at: str = ""  # by the movable clock, for the phone that shows it
    redacted: bool = False  # Twilio has no words of it any more; the phone has
    webhook: int | None = None  # what the club answered to an inbound one

    @property
    def inbound(self) -> bool:
        return self.direction == "inbound"

    @property
    def uri(self) -> str:
        return f"/2010-04-01/Accounts/{self.account}/Messages/{self.sid}.json"

    def becomes(self, status: str) -> None:
        self.status = status
        self.updated = time.time()
        if status == "sent":
            self.sent = self.updated

    def as_json(self) -> JSON:
        failed = f"Error {self.error_code}" if self.error_code else None
        return {
            "account_sid": self.account,
            "api_version": "2010-04-01",
            "body": "" if self.redacted else self.body,
            "date_created": _date(self.created),
            "date_sent": _date(self.sent),
            "date_updated": _date(self.updated),
            "direction": self.direction,
            "error_code": self.error_code,
            "error_message": failed,
            "from": self.sender,
            "messaging_service_sid": self.service,
            "num_media": "0",
            "num_segments": str(self.parts),
            "price": None,
            "price_unit": "USD",
            "sid": self.sid,
            "status": self.status,
            "subresource_uris": {"media": self.uri.replace(".json", "/Media.json")},
            "to": self.to,
            "uri": self.uri,
        }


class Messages:
    """At most `kept`; the oldest are forgotten first."""

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._all: deque[Sms] = deque()
        self._by_sid: dict[str, Sms] = {}
        self._by_phone: dict[str, deque[Sms]] = {}  # the far end: `to` of outbound, `from` of inbound
        self._last = 0

    def add(self, sms: Sms) -> None:
        self._last += 1
        sms.n = self._last
        self._all.append(sms)
        self._by_sid[sms.sid] = sms
        self._by_phone.setdefault(phone_of(sms), deque()).append(sms)
        if len(self._all) > self._kept:
            self._forget_oldest()

    def find(self, sid: str) -> Sms | None:
        return self._by_sid.get(sid)

    def remove(self, sms: Sms) -> None:
        """Taken off every list; its place in the order is freed when its time comes."""
        self._by_sid.pop(sms.sid, None)

    def newest_first(self, phone: str = "", below: int = 0) -> Iterator[Sms]:
        """Of one phone or of all, from the one before number `below` on."""
        now = time.monotonic()
        for sms in reversed(self._by_phone.get(phone, ()) if phone else self._all):
            if sms.sid in self._by_sid and sms.listed_from <= now and (not below or sms.n < below):
                yield sms

    def of(self, phone: str) -> list[Sms]:
        """One phone's messages in order, shown at once whatever the list does."""
        return [sms for sms in self._by_phone.get(phone, ()) if sms.sid in self._by_sid]

    def phones(self) -> list[str]:
        return list(self._by_phone)

    def clear(self) -> None:
        self._all.clear()
        self._by_sid.clear()
        self._by_phone.clear()

    def _forget_oldest(self) -> None:
        sms = self._all.popleft()
        self._by_sid.pop(sms.sid, None)
        self._by_phone[phone_of(sms)].popleft()


def phone_of(sms: Sms) -> str:
    """The person's end of it."""
    return sms.sender if sms.inbound else sms.to


def _date(at: float | None) -> str | None:
    """RFC 2822 in UTC, whole seconds."""
    return None if at is None else formatdate(int(at)).replace("-0000", "+0000")
