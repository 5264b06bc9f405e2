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
ol { padding-left: 1.5rem }
h2 { font-size: 1.25rem }
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
<li><a href="/sandbox/"><b>Telefony uczestników</b>Napisać SMS, użyć Telegrama, przesunąć zegar.<br><span lang="en">The participants' phones: write, press, move the clock.</span></a></li>
<li><a href="/panel/"><b>Panel pracowników</b>Wystarczy wybrać rolę, bez wpisywania hasła.<br><span lang="en">The staff's panel: choose a role, there is no password to type.</span></a></li>
</ul>
<h2>Trzy rzeczy na obu naraz <span lang="en">/ Three things to try in both</span></h2>
<ol>
<li>Anna pisze na telefonie „psycholog” i „1”. W panelu, w „Dzisiaj” albo w „Tygodniu”, spotkanie pojawia się samo w pięć sekund.<br>
<span lang="en">Book on Anna's phone with “psycholog” and “1”: the visit appears in the panel within five seconds, without a reload.</span></li>
<li>W panelu: Ogłoszenia, do wszystkich, wysłać. Po pół minuty wiadomość jest na telefonach.<br>
<span lang="en">In the panel send an announcement to all: half a minute later it is on the phones.</span></li>
<li>Ola odwołuje środę w Telegramie („odwołaj”). Po kwadransie na zegarze Piotr, który czeka na psychologa, dostaje SMS-em ten termin.<br>
<span lang="en">Give Ola's Wednesday back in Telegram (“odwołaj”): after a quarter of an hour on the clock Piotr, who waits for the psychologist, is offered it by SMS.</span></li>
</ol>
</main>
</body>
</html>
"""


def front_page() -> list[Route]:
    """One route, one page."""
    return page_at("/", PAGE)
