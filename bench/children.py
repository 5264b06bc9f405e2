"""Processes of the bench's own: a server, a load generator; each says one line of JSON when it is ready."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any


@contextmanager
def a_child(
    module: str, *arguments: str, environment: Mapping[str, str] | None = None
) -> Iterator[dict[str, Any]]:
    """Run `python -m module`, wait for its first line, and end it afterwards."""
    child = subprocess.Popen(
        [sys.executable, "-m", module, *arguments], stdout=subprocess.PIPE, text=True, env=environment
    )
    try:
        line = child.stdout.readline() if child.stdout else ""
        if not line:
            raise RuntimeError(f"{module} ended with {child.wait()} before it was ready")
        yield json.loads(line) | {"pid": child.pid}
    finally:
        child.terminate()
        child.wait(timeout=20)


def ready(**facts: Any) -> None:
    """What a child says to whoever started it."""
    print(json.dumps(facts), flush=True)
