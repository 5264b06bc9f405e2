"""A slip to print for somebody without a phone: day, time and place in big type, and no word of what it is about."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

from scheduler.calendar import local
from scheduler.visits import Visit
from words.compose import Composer, Style

_PROSE = Style(buttons=True, plain=False)

# A6, four to a sheet; on a screen it looks as it will on paper.
PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
@page {{ size: 105mm 148mm; margin: 0 }}
:root {{ color-scheme: light; font: 5mm/1.35 system-ui, sans-serif; color: #000; background: #fff }}
* {{ box-sizing: border-box; margin: 0; text-wrap: balance }}
article {{ display: flex; flex-direction: column; gap: 4mm; width: 105mm; max-width: 100%; height: 148mm; padding: 9mm; break-after: page }}
article:last-child {{ break-after: auto }}
h1 {{ font-size: 6mm; font-weight: 600; padding-bottom: 3mm; border-bottom: .6mm solid }}
.day {{ font-size: 7.5mm; line-height: 1.2 }}
.time {{ font-size: 20mm; font-weight: 700; line-height: 1; font-variant-numeric: tabular-nums }}
.place {{ font-size: 6mm }}
footer {{ margin-top: auto; padding-top: 3mm; border-top: .6mm solid; font-size: 4.5mm }}
footer p + p {{ margin-top: 1mm }}
.call {{ font-weight: 600; font-size: 5.5mm; white-space: pre-line }}
@media screen {{ body {{ padding: 1rem; background: #e8e8e8 }} article {{ margin: 0 auto 1rem; background: #fff }} }}
</style>
</head>
<body>
<main>
{slips}
</main>
</body>
</html>
"""
SLIP = """<article>
<h1>{title}</h1>
<time class="day" datetime="{iso_day}">{day}</time>
<time class="time" datetime="{iso_time}">{time}</time>
<p class="place">{place}</p>
<footer><p class="call">{change}</p><p>{hours}</p><p>{found}</p></footer>
</article>"""


def slip_page(composer: Composer, language: str, visits: Sequence[Visit], zone: Any, today: date) -> str:
    """A page of HTML with one slip for each visit."""

    def say(key: str, **params: Any) -> str:
        return escape(composer.text(language, key, params, _PROSE, today))

    def slip(visit: Visit) -> str:
        here = local(visit.starts_at, zone)
        return SLIP.format(
            title=say("ics_title"),
            iso_day=here.date().isoformat(),
            day=say("option_day", on_day=here.date().isoformat()),
            iso_time=f"{here:%H:%M}",
            time=f"{here.hour}:{here:%M}",
            place=say("slip_place", place=visit.place),
            change=say("slip_change"),
            hours=say("slip_hours"),
            found=say("slip_found"),
        )

    slips = "\n".join(slip(visit) for visit in visits)
    return PAGE.format(language=language, title=say("ics_title"), slips=slips)
