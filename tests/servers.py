"""Starts an application on a free port, as uvicorn would serve it, and ends it when the block ends."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Iterator

import uvicorn
from starlette.types import ASGIApp

GRACE_SECONDS = 5


class _Server(uvicorn.Server):
    """Leaves the test run's own signal handlers alone, and ends at once where uvicorn looks ten times a second."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ended = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def main_loop(self) -> None:
        await self.ended.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for listening in (*self.servers, *(sockets or ())):
            listening.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(GRACE_SECONDS):
                while self.server_state.connections or self.server_state.tasks:  # noqa: ASYNC110  uvicorn tells nobody
                    await asyncio.sleep(0.002)
        for task in self.server_state.tasks:
            task.cancel()
        await self.lifespan.shutdown()


@contextlib.asynccontextmanager
async def serving(
    app: ASGIApp, *, stop: Callable[[], None] | None = None, listener: socket.socket | None = None
) -> AsyncIterator[str]:
    """Yields the base address, without a slash at its end.

    `stop` is called before the server drains, for what would otherwise hold it: streams, long polls.
    `listener` is for an application that must know its address first: see `free_port`.
    """
    listener = listener or free_port()
    config = uvicorn.Config(app, log_config=None, access_log=False, ws="none")
    server = _Server(config)
    serve = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await _started(server, serve)
        yield address_of(listener)
    finally:
        if stop:
            stop()
        server.ended.set()
        await serve


def free_port() -> socket.socket:
    """A socket bound to a port of its own; nobody listens on it yet."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", 0))
    return listener


def address_of(listener: socket.socket) -> str:
    return f"http://127.0.0.1:{listener.getsockname()[1]}"


async def _started(server: uvicorn.Server, serve: "asyncio.Task[None]") -> None:
    while not server.started:
        if serve.done():
            await serve
            raise RuntimeError("the server ended before it had started")
        await asyncio.sleep(0.005)
