"""The bot's webhook: updates are brought to it until each is confirmed."""

import ipaddress
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from sandbox.pace import Limits
from sandbox.postman import Delivered, Parcel, Postman
from sandbox.telegram.refusals import bad_request
from sandbox.telegram.updates import Update, Updates
from sandbox.trouble import Call, Kind, Troubles
from sandbox.wire import JSON

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
SLOWEST_RETRY_SECONDS = 60.0


@dataclass(frozen=True)
class Address:
    """Where the bot wants its updates; an empty `url` means it polls."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40

    def check(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme != "https" and not _is_loopback(parts.hostname or ""):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if self.secret and not SECRET.fullmatch(self.secret):
            raise bad_request("secret token contains unallowed characters")


@dataclass
class _Lane:
    """One chat's updates: one at a time, later after each failure."""

    busy: bool = False
    failures: int = 0
    not_before: float = 0.0


@dataclass
class Webhook:
    """Brings updates to one address: each chat's in order, `max_connections` at once."""

    updates: Updates
    postman: Postman
    troubles: Troubles
    limits: Limits
    address: Address = field(default_factory=Address)
    last_error_at: int = 0
    last_error: str = ""
    _lanes: dict[int, _Lane] = field(default_factory=dict)
    _rounds: int = 0

    def move(self, address: Address) -> None:
        """Deliver to another address from now on; the former round ends by itself."""
        self.address = address
        self._lanes.clear()
        self._rounds += 1
        self.last_error_at, self.last_error = 0, ""
        self.updates.bell.ring()
        if address.url:
            self.postman.start(self._round(self._rounds))

    def as_json(self) -> JSON:
        info: JSON = {
            "url": self.address.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates.waiting),
        }
        if self.address.url:
            info["max_connections"] = self.address.max_connections
        if self.updates.allowed is not None:
            info["allowed_updates"] = sorted(self.updates.allowed)
        if self.last_error:
            info |= {"last_error_date": self.last_error_at, "last_error_message": self.last_error}
        return info

    async def _round(self, number: int) -> None:
        bell = self.updates.bell
        while number == self._rounds and not bell.closed:
            for update in list(self._ready()):
                lane = self._lanes.setdefault(update.chat, _Lane())
                lane.busy = True
                self.postman.start(self._bring(update, lane, number))
            await bell.wait(self._next_try())

    def _ready(self) -> Iterator[Update]:
        """The updates whose turn it is, as many as there are free connections."""
        free = self.address.max_connections - sum(lane.busy for lane in self._lanes.values())
        seen: set[int] = set()
        for update in self.updates.waiting:
            if free <= 0:
                return
            lane = self._lanes.get(update.chat, _Lane())
            if update.chat not in seen and not lane.busy and lane.not_before <= time.monotonic():
                free -= 1
                yield update
            seen.add(update.chat)

    def _next_try(self) -> float:
        later = [lane.not_before for lane in self._lanes.values() if lane.failures and not lane.busy]
        return max(min(later, default=time.monotonic() + 30.0) - time.monotonic(), 0.001)

    async def _bring(self, update: Update, lane: _Lane, number: int) -> None:
        delivered = await self._deliver(update)
        if number == self._rounds:
            self._settle(update, lane, delivered)
        self.updates.bell.ring()

    def _settle(self, update: Update, lane: _Lane, delivered: Delivered) -> None:
        lane.busy = False
        if delivered.confirmed:
            self.updates.done(update)
            del self._lanes[update.chat]
            return
        wait = min(self.limits.retry_seconds * 2**lane.failures, SLOWEST_RETRY_SECONDS)
        lane.failures += 1
        lane.not_before = time.monotonic() + wait
        self.last_error_at = int(time.time())
        answer = f"Wrong response from the webhook: {delivered.status} {delivered.reason}"
        self.last_error = answer if delivered.status else _words(delivered)

    async def _deliver(self, update: Update) -> Delivered:
        call = Call("telegram", "webhook", str(update.chat))
        if self.troubles.strike(call, {Kind.LOSE}):
            return Delivered(200)
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.address.secret} if self.address.secret else {}
        parcel = Parcel(self.address.url, json=update.body, headers=headers)
        if self.troubles.strike(call, {Kind.REPEAT}):
            await self._post(parcel)
        return await self._post(parcel)

    async def _post(self, parcel: Parcel) -> Delivered:
        return await self.postman.deliver(
            parcel, connect_seconds=5, total_seconds=self.limits.webhook_seconds
        )


def _words(delivered: Delivered) -> str:
    return "Connection refused" if delivered.failed == "connect" else "Read timeout expired"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
