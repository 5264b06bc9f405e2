"""Stands before the pretend providers, and knows when a call of the product comes, is done, and has been answered."""

import re
from collections.abc import Callable
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.wire import cut

Reach = Callable[[str], bool]

# The points of one call, in their order. At the first it is lost on its way; at the second it arrives all the same.
STAGES = ("lost", "arrived", "done", "answered")

_CALLS = (
    ("telegram call", "POST", re.compile(r"/telegram/bot[^/]+/send(Message|Document)$")),
    ("telegram poll", "POST", re.compile(r"/telegram/bot[^/]+/getUpdates$")),
    ("twilio call", "POST", re.compile(r"/twilio/.*/Messages\.json$")),
    ("twilio search", "GET", re.compile(r"/twilio/.*/Messages\.json$")),
)


class Gate:
    """An ASGI application around the sandbox."""

    def __init__(self, app: ASGIApp, reach: Reach) -> None:
        self._app, self._reach = app, reach

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        call = _call(scope)
        if call is None:
            await self._app(scope, receive, send)
            return
        whole = await _Whole.read(receive)
        if self._reach(f"{call} lost"):
            await cut(scope, receive, send)
            return
        self._reach(f"{call} arrived")
        await self._app(scope, whole.again, _Watched(call, self._reach, send).send)


class _Watched:
    """The answer on its way."""

    def __init__(self, call: str, reach: Reach, send: Send) -> None:
        self._call, self._reach, self._send = call, reach, send

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._reach(f"{self._call} done")
        await self._send(message)
        if message["type"] == "http.response.body" and not message.get("more_body"):
            self._reach(f"{self._call} answered")


class _Whole:
    """A request that has come in whole, so that nothing of it is lost with who sent it."""

    def __init__(self, receive: Receive, parts: list[Message]) -> None:
        self._receive, self._parts = receive, parts

    @classmethod
    async def read(cls, receive: Receive) -> "_Whole":
        parts = [await receive()]
        while parts[-1].get("more_body"):
            parts.append(await receive())
        return cls(receive, parts)

    @property
    def transport(self) -> Any:
        """Where the sandbox closes a connection without a word."""
        return getattr(getattr(self._receive, "__self__", None), "transport", None)

    async def again(self) -> Message:
        return self._parts.pop(0) if self._parts else await self._receive()


def _call(scope: Scope) -> str | None:
    if scope["type"] != "http":
        return None
    fitting = (
        name for name, method, path in _CALLS if method == scope["method"] and path.search(scope["path"])
    )
    return next(fitting, None)
