"""The numbered stream of what has changed, for the page and for tests that wait."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from sandbox.bell import Bell


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed: of what kind, and which."""

    n: int
    kind: str
    what: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {"n": self.n, "kind": self.kind, **self.what}


@dataclass
class News:
    """The last `kept` changes, and the bell that rings at each."""

    kept: int = 1000
    bell: Bell = field(default_factory=Bell)
    last: int = 0
    _changes: deque[Change] = field(default_factory=deque)

    def tell(self, kind: str, **what: Any) -> None:
        self.last += 1
        self._changes.append(Change(self.last, kind, what))
        if len(self._changes) > self.kept:
            self._changes.popleft()
        self.bell.ring()

    def since(self, n: int) -> list[Change]:
        """What came after number `n`, as far as it is still kept."""
        missing = min(self.last - n, len(self._changes))
        return [self._changes[-back] for back in range(missing, 0, -1)]
