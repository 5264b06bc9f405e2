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
KEYS = [
    ("1", ""), ("2", "abc"), ("3", "def"), ("4", "ghi"), ("5", "jkl"), ("6", "mno"),
    ("7", "pqrs"), ("8", "tuv"), ("9", "wxyz"), ("*", ""), ("0", "+"), ("#", ""),
]  # fmt: skip
TRIES = ("book", "remind", "answer", "race", "lose", "desk")
TROUBLES = ("blocked", "silent", "lost", "late")
SAMPLES = [  # what to tap, in which language, and what is said of it
    ("psycholog", "pl", "plain"),
    ("psyhcolog", "pl", "slip"),
    ("doradca w czwartek po 12", "pl", "words"),
    ("психолог у четвер", "uk", "ukrainian"),
    ("dziękuję", "pl", "thanks"),
    ("nie wiem", "pl", "unsure"),
    ("oddzwon", "pl", "call"),
]
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
    told = {"languages": LANGUAGES, "world": world, "keys": KEYS, "number": _spaced(world.twilio_number)}
    told |= {"tries": TRIES, "troubles": TROUBLES, "samples": SAMPLES}

    async def show(request: Request) -> Response:
        language = request.query_params.get("lang", "pl")
        language = language if language in LANGUAGES else "pl"
        html = template.render(say=texts[language], language=language, **told)
        headers = {
            "Content-Security-Policy": POLICY,
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-cache",
        }
        return HTMLResponse(html, headers=headers)

    return [Route("/", show), Mount("/static", StaticFiles(directory=HERE / "static"))]


def _spaced(number: str) -> str:
    """Write a Polish number as people do: +48 732 100 100."""
    rest = number.removeprefix("+48")
    grouped = " ".join(rest[at : at + 3] for at in range(0, len(rest), 3))
    return f"+48 {grouped}" if number.startswith("+48") else number
