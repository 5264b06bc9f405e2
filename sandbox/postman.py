"""Carries webhooks from the pretend providers to the club, each in a task of its own."""

import asyncio
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp

from sandbox.wire import JSON


@dataclass(frozen=True)
class Delivered:
    """How one try ended: an HTTP status, or what went wrong on the way ("connect" or "read")."""

    status: int = 0
    reason: str = ""
    failed: str = ""
    body: str = ""

    @property
    def confirmed(self) -> bool:
        return 200 <= self.status < 300


@dataclass(frozen=True)
class Parcel:
    """What is carried, and where: a form or JSON."""

    url: str
    form: Mapping[str, str] | None = None
    json: JSON | None = None
    headers: Mapping[str, str] | None = None


class Postman:
    """One HTTP client for all webhooks, opened when the first one leaves."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, errand: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.create_task(errand)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def deliver(self, parcel: Parcel, *, connect_seconds: float, total_seconds: float) -> Delivered:
        """One try, no redirects followed."""
        timeout = aiohttp.ClientTimeout(total=total_seconds, sock_connect=connect_seconds)
        sent = self._client().post(
            parcel.url,
            data=parcel.form,
            json=parcel.json,
            headers=parcel.headers,
            timeout=timeout,
            allow_redirects=False,
        )
        try:
            async with sent as answer:
                body = (await answer.read()).decode("utf-8", "replace")
                return Delivered(answer.status, answer.reason or "", body=body)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            return Delivered(failed="connect", reason=str(error))
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            return Delivered(failed="read", reason=str(error) or "read timeout")

    async def close(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session:
            await self._session.close()
            self._session = None

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=200))
        return self._session
