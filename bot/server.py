"""The web server: listens before anything else starts, and leaves the signals to whoever runs the program."""

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator, Callable, Iterator

import uvicorn
from starlette.types import ASGIApp

GRACE_SECONDS = 5  # for requests under way at the end


class Server(uvicorn.Server):
    """Uvicorn's own handling raises SIGTERM again once HTTP is drained, with the rest of the program undrained."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listens = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listens.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def listen(host: str, port: int) -> socket.socket:
    """Take the address.

    Raises:
        OSError: it is taken, or not ours; the error names it.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named asyncio sets TCP_NODELAY; without, each answer waits 40 ms for a delayed ACK.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise OSError(error.errno, os.strerror(error.errno or 0), f"{host}:{port}") from None
    return listener


@contextlib.asynccontextmanager
async def serving(
    app: ASGIApp, listener: socket.socket, *, before_drain: Callable[[], None] = lambda: None
) -> AsyncIterator["asyncio.Task[None]"]:
    """Serve while the block runs; the task ends early only if the server fails.

    Args:
        before_drain: ends what would otherwise hold the drain: streams, long polls.
    """
    config = uvicorn.Config(
        app,
        lifespan="off",
        ws="none",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = Server(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    up = asyncio.create_task(server.listens.wait())
    await asyncio.wait({up, task}, return_when=asyncio.FIRST_COMPLETED)
    up.cancel()
    try:
        yield task
    finally:
        before_drain()
        server.should_exit = True
        await task
