"""The files that the bot has sent, kept so that the person can open them."""

import mimetypes
import secrets
from collections import OrderedDict
from dataclasses import dataclass

from sandbox.wire import JSON

KEPT = 200


@dataclass(frozen=True)
class File:
    """One document as it was uploaded."""

    name: str
    mime: str
    content: bytes


class Files:
    """The last documents, by file id."""

    def __init__(self) -> None:
        self._by_id: OrderedDict[str, File] = OrderedDict()

    def keep(self, name: str, mime: str, content: bytes) -> str:
        number = secrets.token_urlsafe(18)
        guessed = mimetypes.guess_type(name)[0] or mime or "application/octet-stream"
        self._by_id[number] = File(name, guessed, content)
        if len(self._by_id) > KEPT:
            self._by_id.popitem(last=False)
        return number

    def find(self, number: str) -> File | None:
        return self._by_id.get(number)

    def as_document(self, number: str) -> JSON:
        file = self._by_id[number]
        size = {"file_name": file.name, "mime_type": file.mime, "file_size": len(file.content)}
        return {"file_id": number, "file_unique_id": number[:16], **size}

    def clear(self) -> None:
        self._by_id.clear()
