"""Whether a form was sent by a page of ours: where the browser says it comes from, and a token that only we can make."""

import hmac
from urllib.parse import urlsplit

from starlette.requests import Request


def came_from_us(request: Request, expected: str, given: object) -> bool:
    """Both must hold; a browser that says nothing of the site at least names the origin."""
    site = request.headers.get("Sec-Fetch-Site")
    is_here = site in ("same-origin", "none") if site else _is_own(request)
    return is_here and isinstance(given, str) and hmac.compare_digest(given.encode(), expected.encode())


def _is_own(request: Request) -> bool:
    """No origin at all: no browser sent the form, and the token alone decides."""
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("Host")
