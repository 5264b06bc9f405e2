"""A stand-in for the club: it writes down what the providers bring, and answers as told."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.bell import Bell
from tests.servers import serving


@dataclass
class Call:
    path: str
    headers: dict[str, str]
    form: dict[str, str]
    json: Any


@dataclass
class Club:
    url: str = ""
    statuses: list[int] = field(default_factory=list)  # of the next answers; then 200
    bodies: list[str] = field(default_factory=list)  # of the next answers; then none
    calls: list[Call] = field(default_factory=list)
    bell: Bell = field(default_factory=Bell)

    async def answer(self, request: Request) -> Response:
        is_json = request.headers.get("content-type", "").startswith("application/json")
        form = {} if is_json else {name: str(value) for name, value in (await request.form()).items()}
        body = await request.json() if is_json else None
        self.calls.append(Call(request.url.path, dict(request.headers), form, body))
        self.bell.ring()
        content = self.bodies.pop(0) if self.bodies else None
        return Response(content, status_code=self.statuses.pop(0) if self.statuses else 200)

    async def after(self, count: int) -> list[Call]:
        """The calls so far, once there are at least `count`."""
        while len(self.calls) < count:
            before = len(self.calls)
            await self.bell.wait(5)
            assert len(self.calls) > before, f"{before} calls came, {count} were expected"
        return self.calls


@contextlib.asynccontextmanager
async def a_club(*statuses: int) -> AsyncIterator[Club]:
    club = Club(statuses=list(statuses))
    app = Starlette(routes=[Route("/{path:path}", club.answer, methods=["POST"])])
    async with serving(app) as club.url:
        yield club
