"""The Bot API over HTTP: one address for every method."""

import time

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from sandbox.telegram.account import Account
from sandbox.telegram.params import Params
from sandbox.telegram.refusals import BLOCKED, Refused, conflict, too_many
from sandbox.telegram.sending import MESSAGES
from sandbox.telegram.settings import SETTINGS
from sandbox.trouble import AT_A_CALL, Call, Kind, Trouble, Troubles
from sandbox.wire import JSON, cut, parameters

METHODS = {**SETTINGS, **MESSAGES}
NAMES = {name.lower(): name for name in (*METHODS, "getUpdates")}
LONGEST_POLL_SECONDS = 50
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


class BotApi:
    """`/bot<token>/<method>`, as an ASGI application."""

    def __init__(self, account: Account, troubles: Troubles) -> None:
        self._account = account
        self._troubles = troubles

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            answer = await self._answer(request)
        except Refused as refused:
            await JSONResponse(refused.as_json(), refused.status)(scope, receive, send)
            return
        if answer is None:
            await cut(scope, receive, send)
        else:
            await JSONResponse(answer)(scope, receive, send)

    async def _answer(self, request: Request) -> JSON | None:
        """The JSON to answer, or None to close the connection without a word."""
        method = self._method(request.path_params["token"], request.path_params["method"])
        params = await _params(request)
        call = Call("telegram", method, params.text("chat_id"), takes_message=method in MESSAGES)
        trouble = self._troubles.strike(call, AT_A_CALL)
        if trouble:
            await self._suffer(trouble)
            if trouble.kind is Kind.DROP_BEFORE:
                return None
        result = await self._call(method, params)
        dropped = trouble is not None and trouble.kind is Kind.DROP_AFTER
        return None if dropped else {"ok": True, "result": result}

    def _method(self, token: str, method: str) -> str:
        if ":" not in token:
            raise Refused(404, "Not Found")
        if token != self._account.token:
            raise Refused(401, "Unauthorized")
        if method.lower() not in NAMES:
            raise Refused(404, "Not Found")
        return NAMES[method.lower()]

    async def _call(self, method: str, params: Params) -> object:
        if method == "getUpdates":
            return await self._poll(params)
        return METHODS[method](self._account, params)

    async def _poll(self, params: Params) -> list[JSON]:
        if self._account.webhook.address.url:
            raise conflict(WEBHOOK_ACTIVE)
        allowed = params.parsed("allowed_updates")
        if isinstance(allowed, list):
            self._account.updates.allow([str(kind) for kind in allowed])
        limit = min(max(params.integer("limit", 100), 1), 100)
        seconds = min(max(params.integer("timeout"), 0), LONGEST_POLL_SECONDS)
        return await self._account.updates.poll(params.integer("offset"), limit, seconds)

    async def _suffer(self, trouble: Trouble) -> None:
        if trouble.kind is Kind.RETRY_AFTER:
            self._account.flood_until = time.monotonic() + trouble.seconds
            raise too_many(max(int(trouble.seconds), 1))
        await self._troubles.pause(trouble.seconds)
        if trouble.kind is Kind.BLOCKED:
            raise Refused(403, BLOCKED)
        if trouble.kind is Kind.ERROR:
            raise Refused(trouble.status, trouble.text or "Internal Server Error")


async def _params(request: Request) -> Params:
    try:
        return Params(await parameters(request))
    except HTTPException as error:
        raise Refused(400, f"Bad Request: {error.detail}") from error
