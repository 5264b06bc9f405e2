"""PTB's request interface over aiohttp: what a call costs does not grow with the connections that are open."""

from collections.abc import Mapping

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData


class NotConnected(NetworkError):
    """Telegram was not reached at all: nothing was sent."""


class AiohttpRequest(BaseRequest):
    """One pool of connections, opened by `initialize` and closed by `shutdown`."""

    __slots__ = ("_connect_seconds", "_connections", "_read_seconds", "_session")

    def __init__(
        self, *, connections: int = 64, read_seconds: float = 10, connect_seconds: float = 5
    ) -> None:
        self._connections = connections
        self._read_seconds = read_seconds
        self._connect_seconds = connect_seconds
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._read_seconds

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                headers={"User-Agent": self.USER_AGENT},
                cookie_jar=aiohttp.DummyCookieJar(),
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One call; aiohttp has no limit of its own for writing, which the reader's covers here.

        Raises:
            NotConnected: nothing was sent.
            TimedOut, NetworkError: nobody knows whether it was.
        """
        if self._session is None:
            raise RuntimeError("this request is not initialized")
        timeout = aiohttp.ClientTimeout(
            connect=_given(pool_timeout, self._connect_seconds),
            sock_connect=_given(connect_timeout, self._connect_seconds),
            sock_read=_given(read_timeout, self._read_seconds),
        )
        try:
            async with self._session.request(
                method, url, data=_body(request_data), timeout=timeout, allow_redirects=False
            ) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotConnected(type(error).__name__) from error
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise NetworkError(type(error).__name__) from error


def _given(value: object, otherwise: float) -> float | None:
    """PTB's own default means ours; None means no limit."""
    return value if value is None or isinstance(value, int | float) else otherwise


def _body(request_data: RequestData | None) -> Mapping[str, str] | aiohttp.FormData | None:
    if request_data is None:
        return None
    parameters = request_data.json_parameters
    files = request_data.multipart_data
    if not files:
        return parameters
    form = aiohttp.FormData(parameters, quote_fields=False)
    for name, (filename, content, media_type) in files.items():
        form.add_field(name, content, filename=filename, content_type=media_type)
    return form
