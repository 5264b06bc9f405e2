"""What a browser brought with it: an address's question, a form's fields and files."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from panel.asked import Upload
from scheduler.errors import Refused

MOST_BYTES = 5_200_000  # a file of 5 MB, and the form around it


class TooLarge(Refused):
    """More than any form of ours brings, its file included."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A form; of a name that came several times `many` has every value."""

    texts: Mapping[str, str]
    many: Mapping[str, tuple[str, ...]]
    files: Mapping[str, Upload]


async def brought(form: FormData) -> Brought:
    """What is in it."""
    pairs = form.multi_items()
    texts = [(name, value) for name, value in pairs if isinstance(value, str)]
    many: dict[str, tuple[str, ...]] = {}
    for name, value in texts:
        many[name] = (*many.get(name, ()), value)
    files = {
        name: Upload(value.filename or "", await value.read())
        for name, value in pairs
        if isinstance(value, UploadFile)
    }
    return Brought(dict(texts), many, files)


async def check_size(request: Request) -> None:
    """Raises TooLarge, once all was brought: a browser shows no answer before that."""
    length = request.headers.get("Content-Length")
    if length is None and "Transfer-Encoding" in request.headers:  # no browser's form
        raise TooLarge
    if int(length or 0) > MOST_BYTES:
        async for _ in request.stream():
            pass
        raise TooLarge
