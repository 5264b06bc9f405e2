"""A process with the least web edge that does the same: the signature is checked, the recorded statements are sent, TwiML is answered.

With no turns it only checks signatures.
"""

import asyncio
import pickle
import socket
import sys
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from twilio.request_validator import RequestValidator

from bench.children import ready
from bench.recording import Turn
from bench.replay import PLAYERS
from bench.story import PATH, PUBLIC_URL, TOKEN
from bot.server import serving

EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'


def edge(play: Callable[[], Awaitable[None]] | None) -> Starlette:
    """One address."""
    seal = RequestValidator(TOKEN)

    async def sms(request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
        if not seal.validate(PUBLIC_URL + PATH, form, request.headers.get("X-Twilio-Signature", "")):
            return PlainTextResponse("forged", 403)
        if play is not None:
            await play()
        return Response(EMPTY, media_type="text/xml")

    return Starlette(routes=[Route(PATH, sms, methods=["POST"])])


def _recorded(path: str) -> list[Turn]:
    found: list[Turn] = pickle.loads(Path(path).read_bytes())
    return found


async def main(form: str, url: str, turns: str, connections: str) -> None:
    """Serve until it is ended."""
    listener = socket.socket(
        socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP
    )  # so that asyncio sets TCP_NODELAY
    listener.bind(("127.0.0.1", 0))
    async with AsyncExitStack() as stack:
        play = None
        if form:
            recorded = iter(_recorded(turns))
            player = await stack.enter_async_context(PLAYERS[form](url, int(connections)))

            async def play() -> None:
                await player.next_of(recorded)

        await stack.enter_async_context(serving(edge(play), listener))
        ready(port=listener.getsockname()[1])
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
