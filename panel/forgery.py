"""Whether a form was sent by a page of ours, as far as the browser says; its token is looked at beside."""

from urllib.parse import urlsplit

from starlette.requests import Request


def came_from_us(request: Request) -> bool:
    """By the site; a browser that says nothing of that at least names the origin."""
    site = request.headers.get("Sec-Fetch-Site")
    return site in ("same-origin", "none") if site else _is_own(request)


def _is_own(request: Request) -> bool:
    """No origin at all: no browser sent the form, and the token alone decides."""
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("Host")
