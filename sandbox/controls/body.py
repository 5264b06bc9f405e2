"""Reads what a person or a test sends as JSON; refuses with a sentence."""

from datetime import UTC, datetime
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.wire import JSON, parameters

LONGEST_WAIT_SECONDS = 30.0


async def read(request: Request) -> JSON:
    """Query and body as one object."""
    return await parameters(request)


def text(body: JSON, name: str) -> str:
    """A field that must be there, as text; it may be empty."""
    value = body.get(name)
    if not isinstance(value, str):
        raise HTTPException(400, f"`{name}` is missing, or is not text")
    return value


def instant(body: JSON, name: str) -> datetime:
    """An ISO 8601 instant; without a zone it is UTC."""
    try:
        at = datetime.fromisoformat(text(body, name))
    except ValueError as error:
        raise HTTPException(400, f"`{name}` is not an ISO 8601 time") from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def number(value: Any, name: str, default: float = 0) -> float:
    """A field that may be missing, as a number."""
    try:
        return float(value if value not in (None, "") else default)
    except (TypeError, ValueError) as error:
        raise HTTPException(400, f"`{name}` is not a number") from error


def waiting(request: Request, default: float = 0) -> float:
    """How long a reader wants to wait for something to happen: `?wait=seconds`."""
    asked = number(request.query_params.get("wait"), "wait", default)
    return min(max(asked, 0.0), LONGEST_WAIT_SECONDS)


async def refusal(_request: Request, error: Exception) -> Response:
    """What is refused is told as JSON, so that a page can show it."""
    status = error.status_code if isinstance(error, HTTPException) else 400
    detail = error.detail if isinstance(error, HTTPException) else str(error)
    return JSONResponse({"error": detail}, status)
