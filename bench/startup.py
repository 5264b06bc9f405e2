"""From the start of the process until /readyz answers 200, and the memory it has then; beside it the least web process."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from bench.children import resident_mb
from bench.club import ACCOUNT, REAL, settle
from bench.frame import Budget, Goal, Result, Run, in_turn
from bench.stores import Store, a_copy
from config.centre import load_centre
from tests.servers import free_port

TERMIN = str(Path(sys.executable).with_name("termin"))
PATIENCE_SECONDS = 30

# What any web program of Python with a database brings: the libraries, and one address.
_LEAST = """
import sys, sqlalchemy, uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

async def ready(request):
    return PlainTextResponse("ok")

uvicorn.run(Starlette(routes=[Route("/readyz", ready)]), port=int(sys.argv[1]), log_config=None)
"""


def measure(budget: Budget, stores: Sequence[Store]) -> Iterator[Result]:
    """`run` on each database with SMS and Telegram's webhook on, so that no network is needed; `demo` on its own."""
    for store in stores:
        template = store.template(partial(settle, centre=load_centre(REAL), participants=100))
        yield _result("termin run", store.name, budget, partial(_run, store, template))
        store.drop(template)
    yield _result("termin demo", "SQLite", budget, _demo)


def _result(name: str, database: str, budget: Budget, start: object) -> Result:
    mine, theirs = in_turn(budget, _least, start)  # type: ignore[arg-type]
    more = {f"{what}_mb": max(spread.seen("mb")) for what, spread in (("", mine), ("least", theirs))}
    more = {name.removeprefix("_"): value for name, value in more.items()}
    note = f"memory at /readyz: {more['mb']:.0f} MB; the least web process: {more['least_mb']:.0f} MB"
    goals = (Goal("median", "<", 2),)
    return Result(f"start of {name}", database, "s", mine, theirs, more, goals, (note,))


def _run(store: Store, template: str) -> Run:
    with a_copy(store, template) as url:
        settings = {
            "TERMIN_DATABASE_URL": url,
            "TERMIN_SECRET_KEY": "bench",
            "TERMIN_PUBLIC_URL": "https://bench.example",
            "TERMIN_TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
            "TERMIN_TWILIO_AUTH_TOKEN": "bench",
            "TERMIN_TWILIO_SENDER": ACCOUNT,
            "TERMIN_TWILIO_API_URL": "http://127.0.0.1:9",
            "TERMIN_TELEGRAM_TOKEN": "7:bench",
            "TERMIN_TELEGRAM_MODE": "webhook",
            "TERMIN_TELEGRAM_WEBHOOK_SECRET": "bench",
            "TERMIN_TELEGRAM_API_URL": "http://127.0.0.1:9",
        }
        port = _free_port()
        return _started((TERMIN, "run"), port, settings | {"TERMIN_BIND": f"127.0.0.1:{port}"})


def _demo() -> Run:
    port = _free_port()
    return _started((TERMIN, "demo", "--port", str(port)), port, {})


def _least() -> Run:
    port = _free_port()
    return _started((sys.executable, "-c", _LEAST, str(port)), port, {})


def _started(command: Sequence[str], port: int, settings: Mapping[str, str]) -> Run:
    others = {name: value for name, value in os.environ.items() if not name.startswith("TERMIN_")}
    with tempfile.TemporaryDirectory(prefix="termin-bench-") as folder:
        begun = time.perf_counter()
        child = subprocess.Popen(
            command,
            cwd=folder,
            env={**others, **settings},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait(port, child, begun + PATIENCE_SECONDS)
            return Run(time.perf_counter() - begun, seen={"mb": resident_mb(child.pid)})
        finally:
            child.terminate()
            child.wait(timeout=20)


def _wait(port: int, child: "subprocess.Popen[bytes]", until: float) -> None:
    while not _is_ready(port):
        if child.poll() is not None or time.perf_counter() > until:
            raise RuntimeError(f"it ended with {child.poll()}, or was not ready in {PATIENCE_SECONDS} s")
        time.sleep(0.01)


def _is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _free_port() -> int:
    with free_port() as listener:
        return int(listener.getsockname()[1])
