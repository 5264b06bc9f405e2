"""Twilio's SDK over aiohttp, with a time limit of its own: the SDK's is ignored, and its client retries nothing for us."""

import json
import logging
from collections.abc import Mapping
from typing import Any, Self

import aiohttp
from twilio.http import AsyncHttpClient
from twilio.http.response import Response
from twilio.rest import Client

CALL_SECONDS = 12.0  # within the 15 that the courier gives a call
CONNECT_SECONDS = 5.0


class NotConnected(Exception):
    """Twilio was not reached at all: nothing was sent."""


class TooManyRequests(Exception):
    """20429: never processed; the SDK's own exception has lost Retry-After."""

    def __init__(self, retry_after: float | None) -> None:
        super().__init__("429")
        self.retry_after = retry_after


class AiohttpClient(AsyncHttpClient):  # type: ignore[misc]  # the SDK has no types
    """One pool of connections, open between `async with` and its end."""

    def __init__(self, *, call_seconds: float = CALL_SECONDS) -> None:
        super().__init__(logging.getLogger("twilio"), is_async=True, timeout=call_seconds)
        self._limits = aiohttp.ClientTimeout(
            total=call_seconds, sock_connect=min(CONNECT_SECONDS, call_seconds)
        )
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(timeout=self._limits, cookie_jar=aiohttp.DummyCookieJar())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def request(
        self,
        method: str,
        uri: str,
        params: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ASYNC109  the SDK's interface; the session's holds
        allow_redirects: bool = False,
    ) -> Response:
        """One call.

        Raises:
            NotConnected: nothing was sent.
            TooManyRequests: nothing was done.
            TimeoutError, aiohttp.ClientError: nobody knows whether it was.
        """
        if self._session is None:
            raise RuntimeError("this client is not open")
        try:
            async with self._session.request(
                method,
                uri,
                params=_plain(params),
                data=_plain(data),
                headers=dict(headers or {})
                | ({"Authorization": aiohttp.encode_basic_auth(*auth)} if auth else {}),
                allow_redirects=allow_redirects,
            ) as answer:
                text = await answer.text()
                if answer.status == 429:
                    raise TooManyRequests(_seconds(answer.headers.get("Retry-After")))
                return Response(answer.status, text, answer.headers)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotConnected from error


def twilio_client(account_sid: str, auth_token: str, api_url: str, http: AiohttpClient) -> Client:
    """The SDK, at Twilio's own address or at another."""
    client = Client(account_sid, auth_token, http_client=http)
    client.api.base_url = api_url
    return client


def _plain(values: Mapping[str, Any] | None) -> dict[str, str] | None:
    """As a form has it: numbers as text, true and false in small letters."""
    if values is None:
        return None
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in values.items()
        if value is not None
    }


def _seconds(retry_after: str | None) -> float | None:
    return float(retry_after) if retry_after and retry_after.isdecimal() else None
