"""What goes wrong before it is known who asks: no such address, a form that can't be read, a database that is away. Each is a plain page."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from panel.asked import Page
from panel.render import Reader, Renderer
from panel.speech import language_for
from storage.errors import StorageError

SAID = {404: "mishap_no_page", 405: "mishap_no_page", 413: "refused_too_large"}
AGAIN_SECONDS = "30"


def mishaps(renderer: Renderer) -> Mapping[Any, Callable[[Request, Any], Response]]:
    """What answers which mishap."""

    def page(request: Request, key: str, status: int, headers: Mapping[str, str]) -> Response:
        language = language_for(request.headers.get("Accept-Language", ""))
        reason = renderer.speech.in_language(language).say(key)
        reader = Reader(None, language, request.url.path, "", {})
        html = renderer.html(Page("refused.html", {"reason": reason}), reader)
        return HTMLResponse(html, status, dict(headers))

    def not_so(request: Request, error: HTTPException) -> Response:
        key = SAID.get(error.status_code, "mishap_unreadable")
        return page(request, key, error.status_code, error.headers or {})

    def away(request: Request, _: StorageError) -> Response:
        return page(request, "mishap_away", 503, {"Retry-After": AGAIN_SECONDS})

    return {HTTPException: not_so, StorageError: away}
