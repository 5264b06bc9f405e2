"""The bot's own settings at the pretend Bot API, and the trouble it can be given."""

import aiohttp
import pytest
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from telegram import BotCommand
from telegram.error import BadRequest, NetworkError, RetryAfter

from sandbox.app import standalone
from tests.sandbox.worlds import TOKEN, Sandbox, a_world, running
from tests.servers import serving

CHAT = 700_100_200


async def test_commands_are_kept_by_language_and_shown_in_the_chat() -> None:
    async with running() as sandbox, sandbox.bot() as bot:
        await sandbox.chat(CHAT, language_code="uk")
        await bot.set_my_commands([BotCommand("termin", "Zapis")])
        await bot.set_my_commands([BotCommand("termin", "Запис")], language_code="uk")
        await bot.set_my_description("Zapisy na spotkania")
        await bot.set_chat_menu_button()
        assert [command.description for command in await bot.get_my_commands(language_code="uk")] == ["Запис"]
        screen = await sandbox.get(f"/chats/{CHAT}")
        assert screen["commands"] == [{"command": "termin", "description": "Запис"}]
        assert screen["description"] == "Zapisy na spotkania"
        with pytest.raises(BadRequest, match=r"(?i)bot_command_invalid"):
            await bot.set_my_commands([BotCommand("Zapis!", "x")])


@pytest.mark.parametrize("body", ["json", "form", "multipart", "query"])
async def test_parameters_come_in_any_of_the_four_ways(body: str) -> None:
    async with running() as sandbox:
        await sandbox.chat(CHAT)
        values = {"chat_id": str(CHAT), "text": "Zażółć"}
        given = {"json": {"json": values}, "form": {"data": values}, "query": {"params": values}}
        url = f"{sandbox.base}/telegram/bot{TOKEN}/sendmessage"
        async with sandbox.http.post(url, **given.get(body, {"data": _multipart(values)})) as answer:
            assert (await answer.json())["result"]["text"] == "Zażółć"


def _multipart(values: dict[str, str]) -> aiohttp.FormData:
    form = aiohttp.FormData(default_to_multipart=True)
    for name, value in values.items():
        form.add_field(name, value)
    return form


async def test_trouble_strikes_the_next_calls_and_no_more() -> None:
    async with running() as sandbox, sandbox.bot() as bot:
        await sandbox.chat(CHAT)
        await sandbox.trouble("telegram", "error", status=502, text="Bad Gateway", calls=2)
        for _ in range(2):
            with pytest.raises(NetworkError, match=r"(?i)Bad Gateway"):
                await bot.send_message(CHAT, "?")
        await bot.send_message(CHAT, "!")
        assert [taken["body"] for taken in await sandbox.messages()] == ["!"]


@pytest.mark.parametrize(("kind", "taken"), [("drop_before", []), ("drop_after", ["?"])])
async def test_a_dropped_answer_tells_nobody_whether_the_message_was_taken(
    kind: str, taken: list[str]
) -> None:
    async with running() as sandbox, sandbox.bot() as bot:
        await sandbox.chat(CHAT)
        await sandbox.trouble("telegram", kind)
        with pytest.raises(NetworkError):
            await bot.send_message(CHAT, "?")
        assert [message["body"] for message in await sandbox.get("/messages")] == taken


async def test_an_answer_is_dropped_behind_a_middleware_too() -> None:
    world = a_world()
    guarded = RequestBodyLimitMiddleware(standalone(world), max_body_size=100_000)
    async with serving(guarded, stop=world.stop) as base, aiohttp.ClientSession() as http:
        sandbox = Sandbox(world, f"{base}/sandbox", http)
        await sandbox.chat(CHAT)
        await sandbox.trouble("telegram", "drop_after")
        async with sandbox.bot() as bot:
            with pytest.raises(NetworkError):
                await bot.send_message(CHAT, "?")
        assert [message["body"] for message in await sandbox.messages()] == ["?"]


async def test_flood_control_on_demand_lasts_its_time() -> None:
    async with running() as sandbox, sandbox.bot() as bot:
        await sandbox.chat(CHAT)
        await sandbox.trouble("telegram", "retry_after", seconds=7)
        for _ in range(2):
            with pytest.raises(RetryAfter) as refused:
                await bot.send_message(CHAT, "?")
            assert refused.value.retry_after.total_seconds() == 7


async def test_a_start_over_forgets_the_chats_and_keeps_what_the_bot_set() -> None:
    async with running() as sandbox, sandbox.bot() as bot:
        await sandbox.chat(CHAT)
        await bot.set_my_commands([BotCommand("termin", "Zapis")])
        await bot.send_message(CHAT, "!")
        await sandbox.post("/reset")
        assert await sandbox.get("/messages") == []
        assert await sandbox.get("/chats") == []
        screen = await sandbox.get(f"/chats/{CHAT}")  # a page that was just reading it sees an empty one
        assert (screen["started"], screen["messages"]) == (False, [])
        assert len(await bot.get_my_commands()) == 1
