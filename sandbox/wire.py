"""The lowest level of a pretend provider: bodies as parameters, and connections that break."""

import json
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

JSON = dict[str, Any]
MOST_BYTES = 50 * 1024 * 1024  # the Bot API's own limit for an upload


async def parameters(request: Request) -> dict[str, Any]:
    """Query and body as one mapping; uploaded files appear as `(name, type, bytes)`."""
    values: dict[str, Any] = dict(parse_qsl(request.url.query, keep_blank_values=True))
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type == "multipart/form-data":
        values.update(await _multipart(request))
    elif content_type == "application/json":
        values.update(_object(await request.body()))
    else:
        body = (await request.body()).decode("utf-8", "replace")
        values.update(parse_qsl(body, keep_blank_values=True))
    return values


def _object(body: bytes) -> dict[str, Any]:
    try:
        values = json.loads(body or b"{}")
    except ValueError as error:
        raise HTTPException(400, f"the body is not JSON: {error}") from error
    if not isinstance(values, dict):
        raise HTTPException(400, "the body is not a JSON object")
    return values


async def _multipart(request: Request) -> dict[str, Any]:
    values: dict[str, Any] = {}
    async with request.form(max_part_size=MOST_BYTES) as form:
        for name, value in form.multi_items():
            values[name] = await _file(value) if isinstance(value, UploadFile) else value
    return values


async def _file(upload: UploadFile) -> tuple[str, str, bytes]:
    return upload.filename or "file", upload.content_type or "", await upload.read()


async def cut(scope: Scope, receive: Receive, send: Send) -> None:
    """Close the connection without an answer, as a network does.

    ASGI has no word for it. Uvicorn's own `receive` knows the transport; where something stands
    between, an answer that breaks off after a 502 says the same: nobody knows what happened.
    """
    del scope
    transport = getattr(getattr(receive, "__self__", None), "transport", None)
    if transport is None:
        await send({"type": "http.response.start", "status": 502, "headers": [(b"content-length", b"1")]})
        raise ConnectionAbortedError("the sandbox was told to drop this connection")
    transport.abort()
    while (await receive())["type"] != "http.disconnect":
        pass
