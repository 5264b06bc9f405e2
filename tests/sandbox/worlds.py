"""Worlds and their clients, for the tests of the sandbox."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import aiohttp
from telegram import Bot
from telegram.request import HTTPXRequest
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from sandbox.app import standalone
from sandbox.pace import Limits
from sandbox.world import World
from tests.servers import serving

TOKEN = "7000000001:pretend-token-of-the-tests"
ACCOUNT = "AC" + "1" * 32
SECRET = "pretend-auth-token"
CLUB = "+48732100100"
ANNA = "+48501502503"
OLEH = "+48601602603"
NO_LIMITS = Limits(overall_per_second=None, chat_per_second=None, group_per_minute=None, retry_seconds=0.01)


def a_world(**changes: Any) -> World:
    settings: dict[str, Any] = {
        "telegram_token": TOKEN,
        "twilio_account_sid": ACCOUNT,
        "twilio_auth_token": SECRET,
        "twilio_number": CLUB,
        "club_url": "http://127.0.0.1:9",  # nobody answers there
        "limits": NO_LIMITS,
    }
    return World(**{**settings, **changes})


@dataclass
class Sandbox:
    """A running sandbox, as people and as the club see it."""

    world: World
    base: str  # .../sandbox
    http: aiohttp.ClientSession

    async def get(self, path: str, **query: Any) -> Any:
        async with self.http.get(self.base + path, params=query) as answer:
            answer.raise_for_status()
            return await answer.json()

    async def send(self, method: str, path: str, body: dict[str, Any] | None = None) -> tuple[int, Any]:
        async with self.http.request(method, self.base + path, json=body or {}) as answer:
            return answer.status, await answer.json()

    async def post(self, path: str, **body: Any) -> Any:
        status, answer = await self.send("POST", path, body)
        assert status < 300, answer
        return answer

    async def sms(self, phone: str, text: str, **more: Any) -> Any:
        return await self.post(f"/phones/{quote(phone)}/sms", text=text, **more)

    async def phone(self, phone: str) -> Any:
        return await self.get(f"/phones/{quote(phone)}")

    async def chat(self, number: int, *, started: bool = True, **known: Any) -> Any:
        body = {"first_name": "Anna", "language_code": "pl", "phone": ANNA, "started": started, **known}
        status, answer = await self.send("PUT", f"/chats/{number}", body)
        assert status == 200, answer
        return answer

    async def trouble(self, provider: str, kind: str, **more: Any) -> Any:
        return await self.post("/trouble", provider=provider, kind=kind, **more)

    async def messages(self, **query: Any) -> Any:
        return await self.get("/messages", wait=5, **query)

    def bot(self, token: str = TOKEN, **settings: Any) -> Bot:
        request = HTTPXRequest(connection_pool_size=64, **settings)
        polling = HTTPXRequest(connection_pool_size=4)
        return Bot(token, base_url=f"{self.base}/telegram/bot", request=request, get_updates_request=polling)

    def twilio(self, token: str = SECRET) -> Client:
        return Client(ACCOUNT, token, http_client=_Elsewhere(f"{self.base}/twilio"))


class _Elsewhere(TwilioHttpClient):
    """Twilio's own client, with nothing but the base address replaced."""

    def __init__(self, base: str) -> None:
        super().__init__(timeout=5)
        self._base = base

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        return super().request(method, url.replace("https://api.twilio.com", self._base), *args, **kwargs)


@contextlib.asynccontextmanager
async def running(world: World | None = None) -> AsyncIterator[Sandbox]:
    world = world or a_world()
    async with serving(standalone(world), stop=world.stop) as base, aiohttp.ClientSession() as http:
        yield Sandbox(world, f"{base}/sandbox", http)
