"""Processes of the bench's own: a server, a load generator; each says one line of JSON when it is ready."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
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


def answer_of(module: str, *arguments: str, told: bytes = b"") -> dict[str, Any]:
    """Run `python -m module` to its end; what it said. `told` is its standard input."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        input=told,
        stdout=subprocess.PIPE,
        check=True,
        timeout=900,
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def peak_mb(pid: int | str = "self") -> float:
    """The most memory that a process has had; its own count, because what `getrusage` says is inherited from the parent."""
    return _status_mb(pid, "VmHWM")


def resident_mb(pid: int) -> float:
    """The memory that a process has now."""
    return _status_mb(pid, "VmRSS")


def _status_mb(pid: int | str, name: str) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1]) / 1024


def ready(**facts: Any) -> None:
    """What a child says to whoever started it."""
    print(json.dumps(facts), flush=True)
