"""The page with the phones: one template, one stylesheet, small modules, nothing from elsewhere."""

import json
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox.world import World

HERE = Path(__file__).parent
LANGUAGES = {"pl": "Polski", "en": "English"}
POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"


def page_routes(world: World) -> list[BaseRoute]:
    """The page itself, and its stylesheet, modules and texts."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    texts = {code: json.loads((HERE / "static" / "texts" / f"{code}.json").read_text()) for code in LANGUAGES}
    template = environment.get_template("phones.html")

    async def show(request: Request) -> Response:
        language = request.query_params.get("lang", "pl")
        language = language if language in LANGUAGES else "pl"
        html = template.render(say=texts[language], language=language, languages=LANGUAGES, world=world)
        headers = {
            "Content-Security-Policy": POLICY,
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-cache",
        }
        return HTMLResponse(html, headers=headers)

    return [Route("/", show), Mount("/static", StaticFiles(directory=HERE / "static"))]
