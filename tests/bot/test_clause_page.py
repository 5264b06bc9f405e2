import aiohttp
from starlette.applications import Starlette

from bot.clause_page import clause_page
from tests.servers import serving
from tests.words.builders import the_composer


async def test_the_whole_clause_stands_there_in_every_language() -> None:
    app = Starlette(routes=clause_page(the_composer()))
    async with serving(app) as base, aiohttp.ClientSession() as http, http.get(f"{base}/dane") as answer:
        page = await answer.text()

    assert answer.status == 200
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    for said in (
        '<section id="pl" lang="pl">\n<h1>Informacja o danych osobowych</h1>\n<h2>Kto odpowiada</h2>',
        "Administrator danych: Miejski Ośrodek Pomocy Społecznej",
        '<section id="uk" lang="uk">',
        "<h2>Rights</h2>",
        "Stawki 2",
        "2026-11",
    ):
        assert said in page
