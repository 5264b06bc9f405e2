"""A tiny stand-in for Termin beside the sandbox, for the tests of the page."""

import asyncio
import base64
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from sandbox.app import build
from sandbox.world import World
from tests.sandbox.worlds import ACCOUNT, ANNA, CLUB, OLEH, SECRET, Sandbox, a_world
from tests.servers import address_of, free_port, serving

MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
MAREK = 700_100_200
PEOPLE: list[dict[str, Any]] = [
    {"id": 1, "name": "Anna Przykładowa", "phone": ANNA, "chat_id": None},
    {
        "id": 2,
        "name": "Marek Przykładowy",
        "phone": "+48602603604",
        "chat_id": MAREK,
        "note": {"pl": "ma Telegram", "en": "has Telegram"},
    },
    {"id": 3, "name": "Oleh Przykładowy", "phone": OLEH, "chat_id": None, "language": "uk"},
]
JUMPS = [{"label": {"pl": "Dzień przed spotkaniem", "en": "The day before"}, "to": TUESDAY.isoformat()}]
AGENDA = [
    {
        "id": 1,
        "starts_at": "2026-12-02T09:00:00+00:00",
        "service": "psycholog",
        "specialist": "A. W.",
        "room": "105",
        "mode": "in_person",
        "person_id": 1,
        "person": "Anna Przykładowa",
        "status": "confirmed",
    },
    {
        "id": 2,
        "starts_at": "2026-12-03T11:00:00+00:00",
        "service": "doradca zawodowy",
        "specialist": "B. K.",
        "room": None,
        "mode": "phone",
        "person_id": 2,
        "person": "Marek Przykładowy",
        "status": "given_back",
    },
]
JAN_AND_EWA = "+48601602604"
PEOPLE += [
    {"id": 4, "name": "Jan Przykładowy", "phone": JAN_AND_EWA, "chat_id": None, "language": "pl"},
    {"id": 5, "name": "Ewa Przykładowa", "phone": JAN_AND_EWA, "chat_id": None, "language": "pl"},
    {"id": 6, "name": "Halina Przykładowa", "phone": "+48691692693", "chat_id": None, "staff": True},
]
LEDGER = [
    {
        "id": 7,
        "person_id": 1,
        "purpose": "reminder",
        "status": "waiting",
        "send_after": TUESDAY.isoformat(),
        "text": "Klub: spotkanie jutro, sroda 2.12 godz. 10:00",
        "attempts": [],
    },
    {
        "id": 6,
        "person_id": 2,
        "purpose": "reply",
        "status": "delivered",
        "send_after": MONDAY.isoformat(),
        "text": None,
        "attempts": [{"at": MONDAY.isoformat()}],
    },
]


TODOS = [
    {"id": 1, "text": {"pl": "Oddzwonić: Anna", "en": "Call Anna back"}, "urgent": True, "due_at": None, "taken": False}
]  # fmt: skip


@dataclass
class StandIn:
    """Answers each SMS with the same text, walks where the clock is asked to, starts over."""

    world: World
    base: str
    http: aiohttp.ClientSession

    async def sms(self, request: Request) -> Response:
        form = await request.form()
        credentials = base64.b64encode(f"{ACCOUNT}:{SECRET}".encode()).decode()
        await self.http.post(
            f"{self.base}/sandbox/twilio/2010-04-01/Accounts/{ACCOUNT}/Messages.json",
            data={"To": str(form["From"]), "From": CLUB, "Body": "Wolne: 1) sroda 2.12 godz. 10:00"},
            headers={"Authorization": f"Basic {credentials}"},
        )
        return Response()

    async def state(self, _request: Request) -> Response:
        told = {"agenda": AGENDA, "ledger": LEDGER, "jumps": JUMPS, "people": PEOPLE, "todos": TODOS}
        return JSONResponse({**told, "panel_url": "/panel/today"})

    async def reset(self, _request: Request) -> Response:
        await self.http.post(f"{self.base}/sandbox/reset")
        return Response()

    async def walk(self) -> None:
        asks = 0
        while not self.world.clock.bell.closed:
            async with self.http.get(f"{self.base}/sandbox/clock/wait", params={"after": asks}) as answer:
                clock = await answer.json()
            asks = clock["asks"]
            if clock["asked"]:
                await self.http.put(f"{self.base}/sandbox/clock", json={"at": clock["asked"]})


@contextlib.asynccontextmanager
async def a_demo() -> AsyncIterator[Sandbox]:
    """The sandbox and the stand-in on one server, as the demo has them."""
    listener = free_port()
    base = address_of(listener)
    world = a_world(club_url=base, starts_at=MONDAY)
    async with world, aiohttp.ClientSession() as http:
        stand_in = StandIn(world, base, http)
        app = Starlette(
            routes=[
                Mount("/sandbox", build(world)),
                Route("/twilio/sms", stand_in.sms, methods=["POST"]),
                Route("/demo/state", stand_in.state),
                Route("/demo/reset", stand_in.reset, methods=["POST"]),
            ]
        )
        async with serving(app, stop=world.stop, listener=listener):
            walker = asyncio.create_task(stand_in.walk())
            yield Sandbox(world, f"{base}/sandbox", http)
            world.stop()
            await walker
