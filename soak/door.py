"""Stands before the product: webhooks come through here, and may lose their answer on the way back."""

from collections.abc import Callable

import aiohttp
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from sandbox.wire import cut

Reach = Callable[[str], bool]

# At the first the product never hears of it, at the second the provider has its answer, at the third it has not.
STAGES = ("lost", "answered", "answer lost")
WEBHOOKS = {
    "/twilio/sms": "sms webhook",
    "/twilio/status": "receipt webhook",
    "/telegram/webhook": "update webhook",
}
_PASSED_ON = (
    "content-type",
    "x-twilio-signature",
    "i-twilio-idempotency-token",
    "x-telegram-bot-api-secret-token",
)


class Door:
    """An ASGI application that hands everything on to the product, as a proxy before it would."""

    def __init__(self, product_url: str, reach: Reach) -> None:
        self._product_url, self._reach = product_url, reach
        self._session: aiohttp.ClientSession | None = None

    async def aclose(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        body, webhook = await request.body(), WEBHOOKS.get(request.url.path, "other webhook")
        answer = None if self._reach(f"{webhook} lost") else await self._handed_on(request, body)
        if answer is not None:
            self._reach(f"{webhook} answered")
            if self._reach(f"{webhook} answer lost"):
                answer = None
        if answer is None:
            await cut(scope, receive, send)
        else:
            await answer(scope, receive, send)

    async def _handed_on(self, request: Request, body: bytes) -> Response | None:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        url = self._product_url + request.url.path + (f"?{request.url.query}" if request.url.query else "")
        headers = {name: request.headers[name] for name in _PASSED_ON if name in request.headers}
        try:
            async with self._session.request(
                request.method, url, data=body, headers=headers, allow_redirects=False
            ) as answer:
                return Response(await answer.read(), answer.status, media_type=answer.content_type)
        except (aiohttp.ClientError, OSError):
            return None
