"""The demo's page at `/`: it leads to the phones and to the panel."""

from starlette.routing import Route

from bot.page import page_at

PAGE = """<!doctype html>
<html lang="pl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Termin: pokaz</title>
<style>
:root { color-scheme: light dark; font: 1.125rem/1.6 system-ui, sans-serif; --ink: #1c2b33; --paper: #fff; --accent: #0b5563 }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eef0; --paper: #10191d; --accent: #8fd3e0 } }
body { margin: 0 auto; max-width: 38rem; padding: 2rem 1.25rem; color: var(--ink); background: var(--paper) }
a { color: var(--accent) }
a:focus-visible { outline: 3px solid var(--accent); outline-offset: 4px }
ul { list-style: none; padding: 0 }
li { margin: 1rem 0 }
li a { display: block; border: 2px solid var(--accent); border-radius: .5rem; padding: 1rem; text-decoration: none }
li b { display: block; font-size: 1.25rem }
</style>
</head>
<body>
<main>
<h1>Termin</h1>
<p>Zapisy na spotkania SMS-em i przez Telegram. To jest pokaz: operator, ludzie i zegar są udawani.<br>
<span lang="en">Appointments by SMS and Telegram. This is a demo: providers, people and the clock are pretended.</span></p>
<ul>
<li><a href="/sandbox/"><b>Telefony</b>Napisać SMS, użyć Telegrama, przesunąć zegar.<br><span lang="en">The phones: write, press, move the clock.</span></a></li>
<li><a href="/panel/"><b>Dzisiaj w Klubie</b>Kto dziś przychodzi.<br><span lang="en">The panel: who comes today.</span></a></li>
</ul>
</main>
</body>
</html>
"""


def front_page() -> list[Route]:
    """One route, one page."""
    return page_at("/", PAGE)
