"""The outside world of one product: the pretend providers behind a gate, and a door before the product."""

import contextlib
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

from sandbox.app import standalone
from sandbox.pace import Limits
from sandbox.world import World
from soak.door import Door
from soak.gate import Gate
from tests.servers import address_of, free_port, serving

TOKEN = "7000000001:pretend-token-of-the-soak"
ACCOUNT = "AC" + "5" * 32
AUTH = "pretend-auth-token"
SENDER = "+48732100100"
WEBHOOK_SECRET = "pretend-webhook-secret"

# As fast as it goes, but for the times that a webhook is tried again.
LIMITS = Limits(
    overall_per_second=None, chat_per_second=None, group_per_minute=None, retry_seconds=0.25, kept=200_000
)


@dataclass(frozen=True)
class Outside:
    """What the product is told of the world, and the world itself."""

    world: World
    base: str  # .../sandbox
    door: str
    product: str  # where the product listens

    def settings(self, telegram_mode: str) -> dict[str, str]:
        """The product's settings, but for its database and its club."""
        named: dict[str, Any] = {
            "BIND": self.product.removeprefix("http://"),
            "PUBLIC_URL": self.door,
            "SECRET_KEY": "of-the-soak-alone",
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API_URL": f"{self.base}/telegram",
            "TELEGRAM_MODE": telegram_mode,
            "TELEGRAM_WEBHOOK_SECRET": WEBHOOK_SECRET,
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": AUTH,
            "TWILIO_SENDER": SENDER,
            "TWILIO_API_URL": f"{self.base}/twilio",
            "SMS_PER_SECOND": 200,
        }
        return {f"TERMIN_{name}": str(value) for name, value in named.items()}


@contextlib.asynccontextmanager
async def outside(reach: Callable[[str], bool]) -> AsyncIterator[Outside]:
    """Serve it. `reach` is told of every point, and says whether the product has just died there."""
    product = _an_address()
    listener = free_port()
    world = World(
        telegram_token=TOKEN,
        twilio_account_sid=ACCOUNT,
        twilio_auth_token=AUTH,
        twilio_number=SENDER,
        club_url=address_of(listener),
        sms_webhook_url=f"{address_of(listener)}/twilio/sms#rc=5&rp=all",  # as many tries as Twilio makes at most
        limits=LIMITS,
    )
    door = Door(product, reach)
    async with (
        contextlib.aclosing(door),
        serving(door, listener=listener) as door_url,
        serving(Gate(standalone(world), reach), stop=world.stop) as base,
    ):
        yield Outside(world, f"{base}/sandbox", door_url, product)


def _an_address() -> str:
    """A free port, for a process that will be started on it again and again."""
    with contextlib.closing(free_port()) as listener:
        assert isinstance(listener, socket.socket)
        return address_of(listener)
