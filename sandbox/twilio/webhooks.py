"""Webhooks as Twilio sends them: signed, with the overrides of the address, tried again where these ask."""

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urldefrag

from sandbox.pace import Limits
from sandbox.postman import Delivered, Parcel, Postman
from sandbox.trouble import Troubles

MOST_RETRIES = 5


def sign(token: str, url: str, form: Mapping[str, str]) -> str:
    """X-Twilio-Signature: HMAC-SHA1 over the address and the sorted parameters, without separators."""
    text = url + "".join(name + form[name] for name in sorted(form))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


@dataclass(frozen=True)
class Overrides:
    """The fragment of a webhook address: `#rc=3&rp=all` asks for three retries, on any failure."""

    retries: int = 1
    policy: frozenset[str] = frozenset({"ct"})  # connect timeout; also rt (read), 4xx, 5xx, all
    connect_seconds: float = 5.0

    @classmethod
    def of(cls, fragment: str) -> "Overrides":
        given = dict(parse_qsl(fragment))
        retries = given.get("rc", "")
        return cls(
            retries=min(int(retries), MOST_RETRIES) if retries.isdecimal() else cls.retries,
            policy=frozenset(given["rp"].split(",")) if "rp" in given else cls.policy,
            connect_seconds=int(given["ct"]) / 1000
            if given.get("ct", "").isdecimal()
            else cls.connect_seconds,
        )

    def again(self, delivered: Delivered) -> bool:
        kind = f"{delivered.status // 100}xx" if delivered.status else _POLICY[delivered.failed]
        return not delivered.confirmed and bool({"all", kind} & self.policy)


_POLICY = {"connect": "ct", "read": "rt"}


@dataclass
class Webhooks:
    """Sends to the club what Twilio would send."""

    token: str
    limits: Limits
    postman: Postman
    troubles: Troubles

    async def send(self, address: str, form: Mapping[str, str]) -> Delivered:
        """Deliver within the time Twilio gives it all; the last answer, confirmed or not."""
        url, fragment = urldefrag(address)
        overrides = Overrides.of(fragment)
        headers = {
            "X-Twilio-Signature": sign(self.token, url, form),
            "I-Twilio-Idempotency-Token": secrets.token_hex(16),
        }
        parcel, until = (
            Parcel(url, form=form, headers=headers),
            time.monotonic() + self.limits.webhook_seconds,
        )
        delivered = await self._try(parcel, overrides, until)
        for retry in range(overrides.retries):
            pause = self.limits.retry_seconds * 2**retry
            if not overrides.again(delivered) or time.monotonic() + pause >= until:
                break
            await self.troubles.pause(pause)
            delivered = await self._try(parcel, overrides, until)
        return delivered

    async def _try(self, parcel: Parcel, overrides: Overrides, until: float) -> Delivered:
        left = max(until - time.monotonic(), 0.1)
        return await self.postman.deliver(
            parcel, connect_seconds=overrides.connect_seconds, total_seconds=left
        )
