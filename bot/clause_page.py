"""The page at `/dane`: the whole information clause in every language, the same for everybody."""

from datetime import date
from html import escape

from starlette.routing import Route

from bot.page import page_at
from config.centre import LANGUAGES
from words.compose import Composer, Style

NAMES = {"pl": "Polski", "uk": "Українська", "en": "English"}
PAGE = """<!doctype html>
<html lang="pl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; font: 1.125rem/1.6 system-ui, sans-serif }}
body {{ margin: 0 auto; max-width: 38rem; padding: 2rem 1.25rem }}
a {{ color: inherit; display: inline-block; min-height: 2.75rem; min-width: 2.75rem; margin-right: 1rem }}
:focus-visible {{ outline: .2rem solid; outline-offset: .2rem }}
section + section {{ margin-top: 3rem; border-top: 1px solid }}
h2 {{ font-size: 1.25rem; line-height: 1.3; margin-bottom: 0 }}
h2 + p {{ margin-top: .25rem }}
</style>
</head>
<body>
<nav aria-label="Język, мова, language">{links}</nav>
<main>
{sections}
</main>
</body>
</html>
"""


def clause_page(composer: Composer) -> list[Route]:
    """One route, one page."""
    links = "".join(f'<a href="#{one}" lang="{one}">{NAMES[one]}</a>' for one in LANGUAGES)
    sections = "\n".join(_section(language, _clause(composer, language)) for language in LANGUAGES)
    title = escape(_clause(composer, "pl").partition("\n")[0])
    return page_at("/dane", PAGE.format(title=title, links=links, sections=sections))


def _clause(composer: Composer, language: str) -> str:
    return composer.text(language, "clause", {}, Style(buttons=True, plain=False), date.min)


def _section(language: str, clause: str) -> str:
    title, *blocks = clause.split("\n\n")
    return "\n".join(
        [
            f'<section id="{language}" lang="{language}">',
            f"<h1>{escape(title)}</h1>",
            *map(_block, blocks),
            "</section>",
        ]
    )


def _block(block: str) -> str:
    """Its first line is a heading, unless it is all there is."""
    heading, parted, text = block.partition("\n")
    return f"<h2>{escape(heading)}</h2>\n<p>{escape(text)}</p>" if parted else f"<p>{escape(heading)}</p>"
