"""The web edge: the addresses that providers and monitors call."""

import hmac
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.channels.webhook import Webhook
from bot.errors import Broken, EdgeError, Forged, NotTaken
from bot.health import Health
from bot.metrics import MEDIA_TYPE, Meters
from storage.errors import StorageError

if TYPE_CHECKING:  # a desk brings its provider's library with it
    from bot.channels.sms.desk import TwilioDesk
    from bot.channels.telegram.desk import TelegramDesk

FORM = Middleware(RequestBodyLimitMiddleware, max_body_size=64 * 1024)
UPDATE = Middleware(RequestBodyLimitMiddleware, max_body_size=1024 * 1024)

Answer = Callable[[Webhook], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Edge:
    """What the addresses lead to. A channel that is off has no addresses, nor has Telegram's webhook while it is polled."""

    health: Health
    meters: Meters
    twilio: "TwilioDesk | None" = None
    telegram: "TelegramDesk | None" = None
    telegram_secret: str = ""

    def app(self, more: Sequence[BaseRoute] = ()) -> Starlette:
        routes = [*self._twilio(), *self._telegram(), *self._monitored(), *more]
        return Starlette(
            routes=routes, exception_handlers={Forged: _refuse, Broken: _refuse, NotTaken: _refuse}
        )

    def _monitored(self) -> list[Route]:
        return [Route("/healthz", _alive), Route("/readyz", self._ready), Route("/metrics", self._metrics)]

    def _twilio(self) -> list[Route]:
        if self.twilio is None:
            return []
        answers = {
            "/twilio/sms": self.twilio.sms,
            "/twilio/status": self.twilio.status,
            "/twilio/voice": self.twilio.voice.call,
            "/twilio/voice/after": self.twilio.voice.after_call,
        }
        return [
            Route(path, self._twiml(answer), methods=["POST"], middleware=[FORM])
            for path, answer in answers.items()
        ]

    def _telegram(self) -> list[Route]:
        if self.telegram is None or not self.telegram_secret:
            return []
        return [Route("/telegram/webhook", self._update, methods=["POST"], middleware=[UPDATE])]

    def _twiml(self, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
        async def handle(request: Request) -> Response:
            webhook = Webhook(
                _as_called(request), await request.body(), request.headers.get("X-Twilio-Signature", "")
            )
            self._must_be_at_work()
            try:
                return Response(await answer(webhook), media_type="text/xml")
            except Forged:
                self.meters.refused("sms")
                raise

        return handle

    async def _update(self, request: Request) -> Response:
        """200 only once the update's transaction has committed: Telegram brings it again until then."""
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given.encode(), self.telegram_secret.encode()):
            self.meters.refused("telegram")
            raise Forged("the secret does not fit")
        self._must_be_at_work()
        assert self.telegram is not None
        await self.telegram.bring(_object(await request.body()))
        return Response()

    def _must_be_at_work(self) -> None:
        if not self.health.at_work:
            raise NotTaken("not at work")

    async def _ready(self, _request: Request) -> Response:
        report = await self.health.report()
        return JSONResponse(report, 200 if report["ready"] else 503)

    async def _metrics(self, _request: Request) -> Response:
        try:
            page = self.meters.page(await self.health.figures())
        except StorageError:
            return PlainTextResponse("the database is away", 503)
        return Response(page, media_type=MEDIA_TYPE)


STATUS_OF: dict[type[EdgeError], int] = {Forged: 403, Broken: 400, NotTaken: 503}


async def _refuse(_request: Request, error: Exception) -> Response:
    status = next(status for kind, status in STATUS_OF.items() if isinstance(error, kind))
    return PlainTextResponse(str(error), status)


async def _alive(_request: Request) -> Response:
    return JSONResponse({"status": "ok"})


def _as_called(request: Request) -> str:
    """The path and the query as they came, undecoded: that is what was signed."""
    path = request.scope.get("raw_path", b"").decode("latin-1") or request.url.path
    query = request.scope["query_string"].decode("latin-1")
    return f"{path}?{query}" if query else path


def _object(body: bytes) -> dict[str, object]:
    try:
        update = json.loads(body)
    except ValueError as error:
        raise Broken("the body is not JSON") from error
    if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
        raise Broken("the body is not an update")
    return update
