"""The page at `/`: whose this is, and how to reach them."""

from html import escape

from starlette.routing import Route

from bot.page import page_at
from config.centre import Centre

PAGE = """<!doctype html>
<html lang="pl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{name}</title>
<style>
:root {{ color-scheme: light dark; font: 1.125rem/1.6 system-ui, sans-serif }}
body {{ margin: 0 auto; max-width: 38rem; padding: 2rem 1.25rem }}
a {{ color: inherit }}
</style>
</head>
<body>
<main>
<h1>{name}</h1>
<p>{description}</p>
<p>Biuro: tel. <a href="tel:{dial}">{phone}</a>{extension}<br>{street}, pokój {room}, {postcode} {town}<br>{hours}</p>
<p><a href="/dane">Informacja o danych osobowych</a></p>
</main>
</body>
</html>
"""


def front_page(centre: Centre) -> list[Route]:
    """One route, one page, the same for everybody."""
    contact = centre.contact
    said = {
        "name": centre.name,
        "description": centre.description.pl,
        "phone": contact.phone,
        "dial": "+48" + contact.phone.replace(" ", ""),
        "extension": f" wew. {contact.extension}" if contact.extension else "",
        "street": contact.street,
        "room": contact.room,
        "postcode": contact.postcode,
        "town": contact.town,
        "hours": contact.hours.pl,
    }
    return page_at("/", PAGE.format(**{name: escape(text) for name, text in said.items()}))
