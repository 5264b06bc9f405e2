"""What is said of a row, a cell or a file: in English for the command line, by key and values for pages in other languages."""

from typing import Any

from scheduler.errors import Refused


class Remark(str):
    """A text in English that remembers what it says: `key` and the `values` in it."""

    key: str
    values: dict[str, Any]

    def __new__(cls, text: str, key: str = "", **values: Any) -> "Remark":
        made = super().__new__(cls, text)
        made.key, made.values = key, values
        return made


class Explained(Refused):
    """The root of what is refused for a reason that can be said in any language."""

    def __init__(self, text: str, key: str = "", **values: Any) -> None:
        super().__init__(text)
        self.remark = Remark(text, key, **values)
