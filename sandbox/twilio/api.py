"""Twilio's REST API over HTTP, as far as SMS need it."""

import base64
import secrets
from collections.abc import Callable
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from sandbox.trouble import AT_A_CALL, Call, Kind, Trouble, Troubles
from sandbox.twilio.account import Account
from sandbox.twilio.listing import list_messages
from sandbox.twilio.messages import TERMINAL, Sms
from sandbox.twilio.refusals import Refused
from sandbox.twilio.sending import create
from sandbox.wire import JSON, cut, parameters

Handler = Callable[[Account, str, JSON], Response]


class TwilioApi:
    """`/2010-04-01/Accounts/{account}/...`, as an ASGI application."""

    def __init__(self, account: Account, troubles: Troubles) -> None:
        self._account = account
        self._troubles = troubles

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            answer = await self._answer(request)
        except Refused as refused:
            answer = JSONResponse(refused.as_json(), refused.status)
        if answer is None:
            await cut(scope, receive, send)
        else:
            await answer(scope, receive, send)

    async def _answer(self, request: Request) -> Response | None:
        """The response, or None to close the connection without a word."""
        self._authenticate(request)
        name, handler = self._handler(request)
        form = await _parameters(request)
        call = Call("twilio", name, str(form.get("To") or ""), takes_message=name == "create")
        trouble = self._troubles.strike(call, AT_A_CALL)
        if trouble:
            await self._suffer(trouble)
            if trouble.kind is Kind.DROP_BEFORE:
                return None
        answer = handler(self._account, request.path_params.get("sid", ""), form)
        return None if trouble and trouble.kind is Kind.DROP_AFTER else answer

    def _handler(self, request: Request) -> tuple[str, Handler]:
        if request.path_params["account"] != self._account.subscription.sid:
            raise Refused(20404, request.url.path)
        path = request.path_params["resource"], "sid" in request.path_params, request.method
        if path not in HANDLERS:
            raise Refused(20404, request.url.path)
        return HANDLERS[path]

    def _authenticate(self, request: Request) -> None:
        subscription = self._account.subscription
        expected = base64.b64encode(f"{subscription.sid}:{subscription.token}".encode()).decode()
        given = request.headers.get("authorization", "").partition(" ")[2]
        if not secrets.compare_digest(given.encode(), expected.encode()):
            raise Refused(20003)

    async def _suffer(self, trouble: Trouble) -> None:
        await self._troubles.pause(trouble.seconds if trouble.kind is not Kind.RETRY_AFTER else 0)
        if trouble.kind is Kind.RETRY_AFTER:
            raise Refused(20429)
        if trouble.kind is Kind.BLOCKED:
            raise Refused(21610)
        if trouble.kind is Kind.ERROR:
            phrase = trouble.text or HTTPStatus(trouble.status).phrase
            raise Refused(trouble.code or 20500, status=trouble.status, message=phrase)


async def _parameters(request: Request) -> JSON:
    try:
        return await parameters(request)
    except HTTPException as error:
        raise Refused(20001, "body") from error


def _create(account: Account, _sid: str, form: JSON) -> Response:
    return JSONResponse(create(account, form), 201)


def _list(account: Account, _sid: str, form: JSON) -> Response:
    return JSONResponse(list_messages(account, form))


def _fetch(account: Account, sid: str, _form: JSON) -> Response:
    return JSONResponse(_find(account, sid).as_json())


def _update(account: Account, sid: str, form: JSON) -> Response:
    """Redact: the body goes, all else stays."""
    sms = _complete(account, sid)
    if form.get("Body") != "":
        raise Refused(20001, "Body" if "Body" in form else "Status")
    sms.redacted = True
    return JSONResponse(sms.as_json())


def _delete(account: Account, sid: str, _form: JSON) -> Response:
    account.messages.remove(_complete(account, sid))
    return Response(status_code=204)


def _find(account: Account, sid: str) -> Sms:
    sms = account.messages.find(sid)
    if sms is None:
        raise Refused(20404, f"/Messages/{sid}.json")
    return sms


def _complete(account: Account, sid: str) -> Sms:
    sms = _find(account, sid)
    if sms.status not in TERMINAL:
        raise Refused(20009)
    return sms


def _numbers(account: Account, _sid: str, form: JSON) -> Response:
    wanted = form.get("PhoneNumber") in (None, "", account.subscription.number)
    uri = f"/2010-04-01/Accounts/{account.subscription.sid}/IncomingPhoneNumbers.json"
    around: JSON = {"uri": uri, "first_page_uri": uri, "next_page_uri": None, "previous_page_uri": None}
    around |= {"page": 0, "page_size": 50, "start": 0, "end": 0}
    return JSONResponse({**around, "incoming_phone_numbers": [_number(account)] if wanted else []})


def _fetch_number(account: Account, sid: str, _form: JSON) -> Response:
    if sid != _number_sid(account):
        raise Refused(20404, f"/IncomingPhoneNumbers/{sid}.json")
    return JSONResponse(_number(account))


def _update_number(account: Account, sid: str, form: JSON) -> Response:
    if sid == _number_sid(account) and "SmsUrl" in form:
        account.sms_url = str(form["SmsUrl"])
    return _fetch_number(account, sid, form)


def _number_sid(account: Account) -> str:
    """Made from the account's, so that it is the same after a restart."""
    return "PN" + account.subscription.sid[2:]


def _number(account: Account) -> JSON:
    known = account.subscription
    number: JSON = {"sid": _number_sid(account), "account_sid": known.sid, "phone_number": known.number}
    number |= {"friendly_name": known.number, "sms_url": account.sms_url, "sms_method": "POST"}
    number |= {
        "voice_url": account.voice_url,
        "status_callback": None,
        "origin": "twilio",
        "api_version": "2010-04-01",
    }
    return number | {"capabilities": {"voice": True, "sms": True, "mms": False, "fax": False}}


HANDLERS: dict[tuple[str, bool, str], tuple[str, Handler]] = {
    ("Messages", False, "POST"): ("create", _create),
    ("Messages", False, "GET"): ("list", _list),
    ("Messages", True, "GET"): ("fetch", _fetch),
    ("Messages", True, "POST"): ("update", _update),
    ("Messages", True, "DELETE"): ("delete", _delete),
    ("IncomingPhoneNumbers", False, "GET"): ("numbers", _numbers),
    ("IncomingPhoneNumbers", True, "GET"): ("number", _fetch_number),
    ("IncomingPhoneNumbers", True, "POST"): ("update_number", _update_number),
}
