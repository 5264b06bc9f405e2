"""Walks the panel as somebody with time: follows every link, opens every address, keeps the forms that stand there."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

from panel.app import PAGES
from panel.asked import Show
from tests.panel.clerk import Clerk, Seen

NEVER = {"img", "iframe", "object", "embed", "base", "audio", "video"}
IDS = ("1", "5")  # of what a busy club has one of each kind


async def walk(clerk: Clerk) -> AsyncIterator[Seen]:
    """Every page that this clerk comes to; of those that differ in their numbers alone, the first."""
    ahead = ["/panel/", *addresses()]
    asked, known = set[str](), set[str]()
    while ahead:
        path = ahead.pop(0)
        if path in asked or shape(path) in known:
            continue
        asked.add(path)
        seen = await clerk.see(path)
        if seen.status == 200:
            known.add(shape(path))
        yield seen
        ahead += links(seen.html)


def addresses() -> list[str]:
    """Every address that is looked at, of the things with those numbers."""
    return [filled(page.path, one) for page in PAGES if isinstance(page, Show) for one in IDS]


def filled(path: str, number: object) -> str:
    return "/panel" + re.sub(r"{[a-z_]+(:int)?}", str(number), path)


def shape(path: str) -> str:
    """What is the same of pages that differ in numbers and days alone."""
    parts = urlsplit(path)
    names = sorted(name for name, _ in parse_qsl(parts.query))
    return re.sub(r"\d+", "#", parts.path) + "?" + "&".join(names)


def links(html: str) -> list[str]:
    found = (html_.replace("&amp;", "&") for html_ in re.findall(r'(?:href|data-live)="(/panel[^"#]*)', html))
    return [one for one in found if not one.startswith(("/panel/static/", "/panel/enter"))]


@dataclass
class Read(HTMLParser):
    """What a browser would make of a page: its elements with their attributes, and its text."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    text: str = ""
    inline: list[str] = field(default_factory=list)  # script and style that stands in the page

    @classmethod
    def of(cls, html: str) -> "Read":
        page = cls()
        page.feed(html)
        return page

    def __post_init__(self) -> None:
        super().__init__()
        self._in = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._in = tag

    def handle_endtag(self, tag: str) -> None:
        self._in = ""

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._in in ("script", "style") and data.strip():
            self.inline.append(data)

    @property
    def forbidden(self) -> list[str]:
        """What the Content-Security-Policy would stop, or nobody of us writes."""
        found = [f"inline: {one[:80]}" for one in self.inline]
        for tag, attrs in self.elements:
            if tag in NEVER or (tag == "script" and "src" not in attrs):
                found.append(f"<{tag}>")
            found += [f"{tag} {name}" for name in attrs if name.startswith("on") or name == "style"]
            for name in ("href", "src", "action", "data-live", "formaction"):
                if not attrs.get(name, "#").startswith(("/panel", "#", "tel:", "https://t.me/")):
                    found.append(f"{tag} {name}={attrs[name][:80]}")
        return found
