"""One call's parameters, however they came: query, form, multipart or JSON."""

import json
from dataclasses import dataclass
from typing import Any

from sandbox.telegram.refusals import bad_request
from sandbox.wire import JSON


@dataclass(frozen=True)
class Params:
    """Values by name; what is absent or malformed reads as empty."""

    values: JSON

    def text(self, name: str) -> str:
        value = self.values.get(name)
        return "" if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        try:
            return int(self.values.get(name) or default)
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in ("true", "1", "yes")

    def has(self, name: str) -> bool:
        return self.values.get(name) is not None

    def parsed(self, name: str) -> Any:
        """A structured value: itself in a JSON body, written as JSON in a form. None if absent or empty."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError as error:
            kind = name.replace("_", " ")
            raise bad_request(f"can't parse {kind} JSON object") from error

    def objects(self, name: str) -> list[JSON]:
        value = self.parsed(name) or []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise bad_request(f"can't parse {name}: expected an Array of Object")
        return value

    def file(self, name: str) -> tuple[str, str, bytes] | None:
        """An uploaded file, given under its own name or as `attach://other_name`."""
        value = self.values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            value = self.values.get(value.removeprefix("attach://"))
        return value if isinstance(value, tuple) else None
