"""What a text comes to once Telegram has read it: trimmed, its HTML turned into entities, measured."""

from html.parser import HTMLParser

from sandbox.telegram.params import Params
from sandbox.telegram.refusals import Refused, bad_request
from sandbox.wire import JSON

MOST_TEXT = 4096
MOST_CAPTION = 1024
TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "a": "text_link", "blockquote": "blockquote", "tg-spoiler": "spoiler",
}  # fmt: skip


def units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def read_text(params: Params) -> JSON:
    """The `text` of a message; raises Refused if there is none, or too much."""
    text, entities = _read(params, "text", "entities")
    if not text:
        raise bad_request("message text is empty")
    if units(text) > MOST_TEXT:
        raise bad_request("message is too long")
    return {"text": text, "entities": entities} if entities else {"text": text}


def read_caption(params: Params) -> JSON:
    """The `caption` of a document, which may be empty; raises Refused if it is too long."""
    text, entities = _read(params, "caption", "caption_entities")
    if units(text) > MOST_CAPTION:
        raise bad_request("message caption is too long")
    known: JSON = {"caption": text, "caption_entities": entities}
    return {name: value for name, value in known.items() if value}


def commands_in(text: str) -> list[JSON]:
    """The entity that a client marks when a message begins with a command."""
    if not text.startswith("/") or len(text) == 1:
        return []
    return [{"type": "bot_command", "offset": 0, "length": units(text.split(maxsplit=1)[0])}]


def _read(params: Params, name: str, entities: str) -> tuple[str, list[JSON]]:
    text, mode = params.text(name), params.text("parse_mode").lower()
    if not mode:
        return text.strip(), params.objects(entities)
    if mode != "html":
        raise bad_request(f"can't parse entities: the sandbox reads HTML only, not {mode}")
    reader = _Html()
    reader.feed(text)
    reader.finish()
    return reader.text.strip(), reader.entities


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.entities: list[JSON] = []
        self._open: list[tuple[str, int, JSON]] = []

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            raise self._refused(f'Unsupported start tag "{tag}"')
        more: JSON = {"url": dict(attrs).get("href") or ""} if tag == "a" else {}
        self._open.append((tag, units(self.text), more))

    def handle_endtag(self, tag: str) -> None:
        if not self._open:
            raise self._refused("Unexpected end tag")
        opened, offset, more = self._open.pop()
        if opened != tag:
            raise self._refused(f'Unmatched end tag, expected "</{opened}>", found "</{tag}>"')
        length = units(self.text) - offset
        self.entities.append({"type": TAGS[tag], "offset": offset, "length": length, **more})

    def finish(self) -> None:
        self.close()
        if self._open:
            raise bad_request(
                f"can't parse entities: Can't find end tag corresponding to start tag \"{self._open[-1][0]}\""
            )

    def _refused(self, what: str) -> Refused:
        return bad_request(f"can't parse entities: {what} at byte offset {self.getpos()[1]}")
