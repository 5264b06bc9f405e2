import asyncio
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.bot.cli.shell import Said, Shell
from tests.servers import address_of, free_port, serving

SID = "AC" + "0" * 32
SENDER = "+48732000000"
WANTED = "https://termin.example.org/twilio/sms#rc=3&rp=all"


def found(said: Said, name: str) -> list[tuple[str, str]]:
    return [(one["state"], one["text"]) for one in said.json if one["name"] == name]


def a_shell(database_url: str, bind: str = "127.0.0.1:1") -> Shell:
    return Shell(database_url, {"TERMIN_BIND": bind})


def with_sms(shell: Shell, api_url: str) -> Shell:
    shell.settings |= {
        "TERMIN_TWILIO_ACCOUNT_SID": SID,
        "TERMIN_TWILIO_AUTH_TOKEN": "a token",
        "TERMIN_TWILIO_SENDER": SENDER,
        "TERMIN_TWILIO_API_URL": api_url,
        "TERMIN_PUBLIC_URL": "https://termin.example.org",
    }
    return shell


async def asked(shell: Shell) -> Said:
    return await asyncio.to_thread(shell.termin, "doctor", "--json")


def a_twilio(sms_url: str, seen: list[Request]) -> Starlette:
    async def numbers(request: Request) -> Response:
        seen.append(request)
        return JSONResponse({"incoming_phone_numbers": [{"phone_number": SENDER, "sms_url": sms_url}]})

    return Starlette(routes=[Route(f"/2010-04-01/Accounts/{SID}/IncomingPhoneNumbers.json", numbers)])


def a_program(status: int) -> Starlette:
    async def readyz(_: Request) -> Response:
        job = {"job": "deliver", "next_run": "2026-10-05T07:00:15Z"}
        return JSONResponse({"scheduler": {"jobs": [job]}}, status)

    return Starlette(routes=[Route("/readyz", readyz)])


def test_a_whole_club_that_does_not_run_is_no_fault(database_url: str) -> None:
    said = a_shell(database_url).termin("doctor", "--json")
    assert (said.status, said.err) == (0, "")
    assert found(said, "settings") == [("ok", "whole")]
    assert found(said, "database")[0][0] == "ok"
    assert found(said, "telegram") == [("note", "off: TERMIN_TELEGRAM_TOKEN is not set")]
    assert found(said, "sms") == [("note", "off: TERMIN_TWILIO_ACCOUNT_SID is not set")]
    assert found(said, "program") == [("note", "not running at 127.0.0.1:1")]


def test_what_the_owner_has_to_confirm_is_listed(database_url: str) -> None:
    said = a_shell(database_url).termin("doctor", "--json")
    assert any("to be confirmed by the owner: the timetable" in text for _, text in found(said, "centre"))
    assert any(text.endswith(', phone = "116 123"') for _, text in found(said, "centre"))


def test_everything_wrong_is_named_and_the_rest_still_looked_at(tmp_path: Path) -> None:
    (tmp_path / "club.toml").write_text("name = 1", encoding="utf-8")
    shell = Shell(f"sqlite:///{tmp_path}/termin.db", {"TERMIN_CENTRE": f"{tmp_path}/club.toml"})
    shell.settings["TERMIN_BIND"] = "127.0.0.1:1"
    said = shell.termin("doctor", "--json")
    assert said.status == 1
    assert found(said, "database")[0][1].endswith("Run: termin db upgrade")
    assert found(said, "centre")[0][0] == "wrong"
    assert said.err == "2 of 6 findings are wrong: database, centre\n"


def test_a_missing_secret_key_is_a_fault(database_url: str) -> None:
    said = Shell(database_url, {"TERMIN_SECRET_KEY": None}).termin("doctor", "--json")
    assert said.status == 1
    assert found(said, "settings")[0][1].startswith("TERMIN_SECRET_KEY is not set")


def test_the_findings_are_a_table_for_people(database_url: str) -> None:
    said = a_shell(database_url).termin("doctor")
    assert said.status == 0
    assert said.out.splitlines()[1].split() == ["ok", "settings", "whole"]


async def test_the_webhook_address_is_printed_and_held_against_twilios(database_url: str) -> None:
    seen: list[Request] = []
    async with serving(a_twilio(WANTED, seen)) as twilio:
        said = await asked(with_sms(a_shell(database_url), twilio))
    assert said.status == 0
    assert found(said, "sms") == [
        ("ok", f"on, from {SENDER}; inbound messages have to go to {WANTED}"),
        ("ok", "Twilio sends them there"),
    ]
    assert seen[0].query_params["PhoneNumber"] == SENDER
    assert seen[0].headers["Authorization"].startswith("Basic ")


async def test_a_webhook_address_without_its_end_is_a_fault(database_url: str) -> None:
    async with serving(a_twilio(WANTED.partition("#")[0], [])) as twilio:
        said = await asked(with_sms(a_shell(database_url), twilio))
    assert said.status == 1
    assert found(said, "sms")[1] == (
        "wrong",
        "Twilio sends them to https://termin.example.org/twilio/sms; put in the one above",
    )


async def test_a_twilio_that_is_away_or_refuses_is_a_note(database_url: str) -> None:
    with free_port() as nobody:
        said = await asked(with_sms(a_shell(database_url), address_of(nobody)))
    assert found(said, "sms")[1] == (
        "note",
        "whether they do could not be found out: asking Twilio failed (URLError)",
    )
    async with serving(Starlette()) as twilio:
        said = await asked(with_sms(a_shell(database_url), twilio))
    assert found(said, "sms")[1][1].endswith("asking Twilio failed (404)")
    assert said.status == 0


async def test_the_running_program_is_asked_for_its_jobs(database_url: str) -> None:
    async with serving(a_program(200)) as program:
        said = await asked(a_shell(database_url, program.removeprefix("http://")))
    assert said.status == 0
    assert found(said, "program")[0][0] == "ok"
    assert found(said, "job") == [("note", "deliver: next run 2026-10-05T07:00:15Z")]


async def test_a_program_that_is_not_ready_is_a_fault(database_url: str) -> None:
    async with serving(a_program(503)) as program:
        said = await asked(a_shell(database_url, program.removeprefix("http://")))
    assert said.status == 1
    assert found(said, "program")[0][1].endswith("is not ready (/readyz says 503)")


def test_numbers_enrolled_without_a_sender_are_noted(database_url: str, tmp_path: Path) -> None:
    shell = a_shell(database_url)
    file = tmp_path / "people.csv"
    file.write_text("full_name,phone\nAnna Testowa,501000001\n", encoding="utf-8")
    shell.termin("participants", "import", file)
    said = shell.termin("doctor", "--json")
    assert found(said, "numbers") == [("note", "1 enrolled without an SMS sender; SMS is off")]


def test_that_nobody_can_log_in_is_noted(database_url: str) -> None:
    shell = a_shell(database_url)
    assert found(shell.termin("doctor", "--json"), "panel")[0][1].startswith("nobody can log in")
    shell.termin("staff", "add", "Ewa Nowa", "--role", "reception")
    assert found(shell.termin("doctor", "--json"), "panel") == [
        ("note", "1 can log in, and no administrator")
    ]
    shell.termin("staff", "add", "Ewa Nowa", "--role", "administrator")
    assert found(shell.termin("doctor", "--json"), "panel") == [("ok", "1 of 1 on the staff can log in")]
