"""An application that is made when somebody first asks for it: what it imports must not slow down the start."""

import asyncio
from collections.abc import Callable
from functools import cached_property

from starlette.types import ASGIApp, Receive, Scope, Send


class Later:
    """`app` makes it, once; the first to ask waits for that."""

    def __init__(self, make: Callable[[], ASGIApp]) -> None:
        self._make, self._lock = make, asyncio.Lock()

    @cached_property
    def app(self) -> ASGIApp:
        return self._make()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._lock:
            app = await asyncio.to_thread(lambda: self.app)
        await app(scope, receive, send)
