"""Starts an application on a free port, as uvicorn would serve it, and ends it when the block ends."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Iterator

import uvicorn
from starlette.types import ASGIApp


class _Server(uvicorn.Server):
    """Leaves the test run's own signal handlers alone."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.asynccontextmanager
async def serving(
    app: ASGIApp, *, stop: Callable[[], None] | None = None, listener: socket.socket | None = None
) -> AsyncIterator[str]:
    """Yields the base address, without a slash at its end.

    `stop` is called before the server drains, for what would otherwise hold it: streams, long polls.
    `listener` is for an application that must know its address first: see `free_port`.
    """
    listener = listener or free_port()
    config = uvicorn.Config(app, log_config=None, access_log=False, ws="none", timeout_graceful_shutdown=5)
    server = _Server(config)
    serve = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await _started(server, serve)
        yield address_of(listener)
    finally:
        if stop:
            stop()
        server.should_exit = True
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
