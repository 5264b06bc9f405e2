"""The phones: an SMS typed on one, and what it shows."""

import re
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.controls.body import read, text
from sandbox.twilio import inbound
from sandbox.twilio.calls import call
from sandbox.twilio.messages import Sms
from sandbox.wire import JSON
from sandbox.world import World

NUMBER = re.compile(r"\+\d{3,15}")


class Phones:
    """`/phones`: any number is a phone."""

    def __init__(self, world: World) -> None:
        self._twilio = world.twilio

    def routes(self) -> list[Route]:
        return [
            Route("/phones/{number}", self.show, methods=["GET"]),
            Route("/phones/{number}/sms", self.type, methods=["POST"]),
            Route("/phones/{number}/call", self.call, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        phone = _number(request)
        messages = [_as_json(sms) for sms in self._twilio.messages.of(phone)]
        known: JSON = {"number": phone, "opted_out": phone in self._twilio.opted_out}
        return JSONResponse({**known, "club": self._twilio.subscription.number, "messages": messages})

    async def type(self, request: Request) -> Response:
        """`wait` true answers only once the club has answered the webhook, with its HTTP status."""
        phone, body = _number(request), await read(request)
        sms, brought = inbound.receive(self._twilio, phone, text(body, "text"))
        if body.get("wait"):
            await brought
        return JSONResponse({"sid": sms.sid, "parts": sms.parts, "webhook": sms.webhook}, 201)

    async def call(self, request: Request) -> Response:
        """Ring the club; answers with what was heard, step by step."""
        return JSONResponse({"heard": await call(self._twilio, _number(request))}, 201)


def _number(request: Request) -> str:
    number = str(request.path_params["number"])
    if not NUMBER.fullmatch(number):
        raise HTTPException(404, f"{number} is not a phone number such as +48501502503")
    return number


def _as_json(sms: Sms) -> dict[str, Any]:
    known = {
        "sid": sms.sid,
        "mine": sms.inbound,
        "text": sms.body,
        "at": sms.created,
        "seen_at": sms.seen_at,
        "parts": sms.parts,
    }
    return {**known, "status": sms.status, "error_code": sms.error_code, "webhook": sms.webhook}
