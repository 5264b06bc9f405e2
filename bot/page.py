"""A page that is the same for everybody, and the headers that let it load nothing and be put in no frame."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'"
HEADERS = {"Content-Security-Policy": POLICY, "Referrer-Policy": "no-referrer"}


def page_at(path: str, page: str) -> list[Route]:
    """One route, one page."""

    async def show(_request: Request) -> Response:
        return HTMLResponse(page, headers=HEADERS)

    return [Route(path, show)]
