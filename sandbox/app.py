"""The sandbox as one ASGI application, to be mounted at /sandbox."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from sandbox.controls.body import refusal
from sandbox.controls.chats import ChatControls
from sandbox.controls.phones import Phones
from sandbox.controls.story import Story
from sandbox.page import page_routes
from sandbox.telegram.api import BotApi
from sandbox.twilio.api import TwilioApi
from sandbox.world import World


def build(world: World) -> Starlette:
    """Who mounts it must end the world: `world.stop()` before the server drains, `await world.close()` after."""
    return Starlette(routes=_routes(world), exception_handlers={HTTPException: refusal})


def standalone(world: World) -> Starlette:
    """The sandbox under /sandbox on a server of its own, which ends the world with it."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with world:
            yield

    return Starlette(routes=[Mount("/sandbox", build(world)), Route("/", _to_the_phones)], lifespan=lifespan)


def _routes(world: World) -> list[BaseRoute]:
    bot_api, twilio_api = BotApi(world.telegram, world.troubles), TwilioApi(world.twilio, world.troubles)
    account = "/twilio/2010-04-01/Accounts/{account}"
    return [
        Route("/telegram/bot{token}/{method}", bot_api),
        Route(account + "/{resource}.json", twilio_api),
        Route(account + "/{resource}/{sid}.json", twilio_api),
        *Phones(world).routes(),
        *ChatControls(world).routes(),
        *Story(world).routes(),
        *page_routes(world),
    ]


async def _to_the_phones(_request: Request) -> Response:
    return RedirectResponse("/sandbox/")
