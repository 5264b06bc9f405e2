"""What has happened and what shall: the messages taken, the stream of changes, trouble, the clock."""

import json
import time
from collections.abc import AsyncIterator
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from sandbox.clock import ClockRefused
from sandbox.controls.body import instant, number, read, waiting
from sandbox.journal import Wanted
from sandbox.trouble import PROVIDERS, Kind, Trouble
from sandbox.wire import JSON
from sandbox.world import World

HEARTBEAT_SECONDS = 15.0


class Story:
    """`/messages`, `/events`, `/trouble`, `/clock`, `/world` and `/reset`."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        return [
            Route("/world", self.show_world, methods=["GET"]),
            Route("/reset", self.reset, methods=["POST"]),
            Route("/messages", self.messages, methods=["GET"]),
            Route("/events", self.events, methods=["GET"]),
            Route("/trouble", self.make_trouble, methods=["POST"]),
            Route("/trouble", self.lift_trouble, methods=["DELETE"]),
            Route("/trouble", self.show_trouble, methods=["GET"]),
            Route("/clock", self.show_clock, methods=["GET"]),
            Route("/clock", self.ask_clock, methods=["POST"]),
            Route("/clock", self.report_clock, methods=["PUT"]),
            Route("/clock/wait", self.wait_for_clock, methods=["GET"]),
        ]

    async def show_world(self, _request: Request) -> Response:
        return JSONResponse(self._world.as_json())

    async def reset(self, request: Request) -> Response:
        body = await read(request)
        self._world.reset(instant(body, "at") if body.get("at") else None)
        return JSONResponse(self._world.as_json())

    async def messages(self, request: Request) -> Response:
        """What both providers took, in order; with `wait` not before something fits."""
        query, until = request.query_params, time.monotonic() + waiting(request)
        person = query.get("to") or query.get("from") or query.get("person") or ""
        direction = "out" if query.get("to") else "in" if query.get("from") else query.get("direction", "")
        wanted = Wanted(
            query.get("provider", ""), person, direction, query.get("status", ""), query.get("text", "")
        )
        after, bell = int(number(query.get("after"), "after")), self._world.news.bell
        found = self._world.journal.after(after, wanted)
        while not found and not bell.closed and (left := until - time.monotonic()) > 0:
            await bell.wait(left)
            found = self._world.journal.after(after, wanted)
        return JSONResponse([taken.as_json() for taken in found])

    async def events(self, request: Request) -> Response:
        """Server-sent events, one a change; `after` or Last-Event-ID says from where."""
        given = request.query_params.get("after") or request.headers.get("last-event-id")
        after = min(int(number(given, "after", self._world.news.last)), self._world.news.last)
        return StreamingResponse(
            self._stream(after), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    async def _stream(self, after: int) -> AsyncIterator[str]:
        news = self._world.news
        yield "retry: 1000\n\n"
        while not news.bell.closed:
            for change in news.since(after):
                after = change.n
                yield f"id: {change.n}\ndata: {json.dumps(change.as_json())}\n\n"
            if news.last == after:
                await news.bell.wait(HEARTBEAT_SECONDS)
                if news.last == after:
                    yield ": still here\n\n"

    async def make_trouble(self, request: Request) -> Response:
        trouble = self._world.troubles.add(_trouble(await read(request)))
        self._world.news.tell("trouble")
        return JSONResponse(trouble.as_json(), 201)

    async def lift_trouble(self, request: Request) -> Response:
        given = request.query_params.get("id")
        self._world.troubles.lift(int(number(given, "id")) if given else None)
        self._world.news.tell("trouble")
        return await self.show_trouble(request)

    async def show_trouble(self, _request: Request) -> Response:
        return JSONResponse([trouble.as_json() for trouble in self._world.troubles.waiting])

    async def show_clock(self, _request: Request) -> Response:
        return JSONResponse(self._world.clock.state())

    async def ask_clock(self, request: Request) -> Response:
        to = instant(await read(request), "to")
        try:
            self._world.clock.ask(to)
        except ClockRefused as error:
            raise HTTPException(409, str(error)) from error
        return await self.show_clock(request)

    async def report_clock(self, request: Request) -> Response:
        at = instant(await read(request), "at")
        try:
            self._world.clock.report(at)
        except ClockRefused as error:
            raise HTTPException(409, str(error)) from error
        return await self.show_clock(request)

    async def wait_for_clock(self, request: Request) -> Response:
        """Answers once the clock was asked or reset after ask number `after`; 25 seconds at most."""
        after = int(number(request.query_params.get("after"), "after", self._world.clock.asks))
        await self._world.clock.wait(after, waiting(request, 25))
        return await self.show_clock(request)


def _trouble(body: JSON) -> Trouble:
    provider, kind = body.get("provider"), body.get("kind")
    if provider not in PROVIDERS:
        raise HTTPException(400, f"`provider` is one of {', '.join(PROVIDERS)}")
    if kind not in set(Kind):
        raise HTTPException(400, f"`kind` is one of {', '.join(Kind)}")
    calls = body.get("calls", 1)
    given: dict[str, Any] = {"calls": None if calls is None else int(number(calls, "calls"))}
    given |= {name: float(number(body[name], name)) for name in ("seconds",) if name in body}
    given |= {name: int(number(body[name], name)) for name in ("status", "code") if name in body}
    given |= {name: str(body[name]) for name in ("method", "to", "text", "outcome") if name in body}
    return Trouble(provider, Kind(kind), **given)
