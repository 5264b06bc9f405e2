"""The program as a user starts it: in a process of its own, ended by SIGTERM."""

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from tests.panel.clerk import Form, forms_of
from tests.servers import address_of, free_port

ROOT = Path(__file__).parent.parent.parent
TERMIN = [sys.executable, "-c", "from bot.cli import app; app()"]
START_SECONDS = 30


@dataclass
class Program:
    """A running `termin`."""

    process: asyncio.subprocess.Process
    url: str
    http: aiohttp.ClientSession

    async def get(self, path: str) -> tuple[int, str]:
        async with self.http.get(self.url + path) as answer:
            return answer.status, await answer.text()

    async def json(self, path: str) -> Any:
        async with self.http.get(self.url + path) as answer:
            return await answer.json()

    async def post(self, path: str, **body: Any) -> Any:
        async with self.http.post(self.url + path, json=body) as answer:
            assert answer.status < 300, await answer.text()
            return await answer.json()

    async def send(self, form: Form) -> str:
        """A page's own form, as it stands."""
        async with self.http.post(self.url + form.action, data=form.fields) as answer:
            assert answer.status == 200
            return await answer.text()

    async def is_ready(self) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            assert self.process.returncode is None, "the program ended"
            with contextlib.suppress(aiohttp.ClientConnectorError):
                if (await self.get("/readyz"))[0] == 200:
                    return
            await asyncio.sleep(0.05)
        raise AssertionError("the program was not ready in time")

    async def end(self) -> tuple[int, float]:
        """SIGTERM: the exit status, and the seconds it took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        status = await self.process.wait()
        return status, time.monotonic() - began


def a_port() -> int:
    with free_port() as listener:
        return int(address_of(listener).rpartition(":")[2])


@contextlib.asynccontextmanager
async def termin(
    folder: Path, arguments: Sequence[str], port: int, **settings: str
) -> AsyncIterator[Program]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("TERMIN_")}
    environment = inherited | {"PYTHONPATH": str(ROOT)} | settings
    with (folder / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *TERMIN, *arguments, cwd=folder, env=environment, stdout=log, stderr=log
        )
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
            try:
                yield Program(process, f"http://127.0.0.1:{port}", http)
            finally:
                if process.returncode is None:
                    process.kill()
                await process.wait()


async def test_the_demo_serves_phones_and_panel_moves_its_clock_starts_over_and_ends(tmp_path: Path) -> None:
    port = a_port()
    async with termin(tmp_path, ["demo", "--port", str(port)], port) as demo:
        await demo.is_ready()
        front = (await demo.get("/"))[1]
        assert 'href="/sandbox/"' in front
        assert 'href="/panel/"' in front
        assert (await demo.get("/sandbox/"))[0] == 200
        status, panel = await demo.get("/panel/")
        assert status == 200
        panel = await demo.send(forms_of(panel)[1])
        assert "Halina Niby" in panel

        state = await demo.json("/demo/state")
        [tomorrow] = [visit for visit in state["agenda"] if visit["person"] == "Jan Próbny"]
        assert tomorrow["status"] == "booked"
        [slip] = [visit["slip_url"] for visit in state["agenda"] if visit["slip_url"]]
        assert 'class="time"' in (await demo.get(slip))[1]
        phone = next(person["phone"] for person in state["people"] if person["name"] == "Anna Przykład")
        await demo.post(f"/sandbox/phones/{phone.replace('+', '%2B')}/sms", text="psycholog", wait=True)
        [free] = await demo.json(f"/sandbox/messages?to={phone.replace('+', '%2B')}&wait=10")
        assert free["body"].startswith("Psycholog, wolne:")

        await demo.post("/sandbox/clock", to=tomorrow["starts_at"])
        [*_, reminder] = await demo.json("/sandbox/messages?provider=twilio&direction=out&text=jutro&wait=10")
        assert "spotkanie jutro" in reminder["body"]
        await clock_has_arrived(demo)
        assert "Jan Próbny" in (await demo.get("/panel/"))[1]

        await demo.post("/demo/reset")
        assert await demo.json("/sandbox/messages") == []
        assert (await demo.json("/demo/state"))["agenda"] == state["agenda"]

        status, seconds = await demo.end()
    assert (status, seconds < 15) == (0, True)
    assert_log_is_clean(tmp_path)


async def clock_has_arrived(demo: Program) -> None:
    until = time.monotonic() + 20
    while (await demo.json("/sandbox/clock"))["asked"] is not None:
        assert time.monotonic() < until, "the clock did not arrive"
        await asyncio.sleep(0.05)


async def test_run_serves_the_club_until_sigterm(tmp_path: Path) -> None:
    port = a_port()
    settings = {
        "TERMIN_DATABASE_URL": f"sqlite:///{tmp_path}/termin.db",
        "TERMIN_BIND": f"127.0.0.1:{port}",
        "TERMIN_SECRET_KEY": "pretend",
        "TERMIN_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "TERMIN_TWILIO_ACCOUNT_SID": "AC" + "1" * 32,
        "TERMIN_TWILIO_AUTH_TOKEN": "pretend",
        "TERMIN_TWILIO_SENDER": "+48732100100",
        "TERMIN_TWILIO_API_URL": "http://127.0.0.1:9",
    }
    async with termin(tmp_path, ["db", "upgrade"], port, **settings) as upgrade:
        assert await upgrade.process.wait() == 0
    async with termin(tmp_path, ["run"], port, **settings) as club:
        await club.is_ready()
        report = await club.json("/readyz")
        assert {job["job"] for job in report["scheduler"]["jobs"]} >= {"deliver", "recover", "heartbeat"}
        assert report["channels"] == ["sms"]
        assert await club.json("/healthz") == {"status": "ok"}
        assert "termin_inbound_total" in (await club.get("/metrics"))[1]
        assert "Klub Integracji Społecznej" in (await club.get("/"))[1]
        assert 'action="/panel/enter' in (await club.get("/panel/"))[1]
        assert (await club.get("/calendar/nobody.ics"))[0] == 404
        assert (await club.get("/sandbox/"))[0] == 404
        status, seconds = await club.end()
    assert (status, seconds < 15) == (0, True)
    assert_log_is_clean(tmp_path)


async def test_a_taken_port_and_a_database_of_another_version_are_refused_in_one_line(tmp_path: Path) -> None:
    with free_port() as taken:
        taken.listen()
        port = int(address_of(taken).rpartition(":")[2])
        settings = {
            "TERMIN_DATABASE_URL": f"sqlite:///{tmp_path}/termin.db",
            "TERMIN_BIND": f"127.0.0.1:{port}",
            "TERMIN_SECRET_KEY": "pretend",
        }
        async with termin(tmp_path, ["run"], port, **settings) as refused:
            assert await refused.process.wait() == 1
        assert f"127.0.0.1:{port}: Address already in use" in last_line(tmp_path)
    async with termin(tmp_path, ["run"], port, **settings) as refused:
        assert await refused.process.wait() == 1
    assert "termin db upgrade" in last_line(tmp_path)


def last_line(folder: Path) -> str:
    return (folder / "log").read_text().splitlines()[-1]


def assert_log_is_clean(folder: Path) -> None:
    log = (folder / "log").read_text()
    assert not [
        line for line in log.splitlines() if " ERROR " in line or " CRITICAL " in line or "Traceback" in line
    ], log
    assert "+48" not in log
    assert "pretend" not in log, "a token or a secret"
