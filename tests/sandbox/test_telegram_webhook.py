"""Updates brought to the bot's webhook, until it confirms each."""

import pytest
from telegram.error import BadRequest

from tests.sandbox.clubs import Club, a_club
from tests.sandbox.worlds import Sandbox, running

CHAT = 700_100_200


async def _hook(sandbox: Sandbox, club: Club, connections: int = 1) -> None:
    async with sandbox.bot() as bot:
        await bot.set_webhook(f"{club.url}/telegram/webhook", secret_token="s-1", max_connections=connections)


def _texts(club: Club) -> list[str]:
    return [call.json["message"]["text"] for call in club.calls]


async def test_updates_come_with_the_secret_token_and_are_then_gone() -> None:
    async with a_club() as club, running() as sandbox, sandbox.bot() as bot:
        await sandbox.chat(CHAT)
        await _hook(sandbox, club)
        await sandbox.post(f"/chats/{CHAT}/text", text="psycholog")
        [call] = await club.after(1)
        assert (call.path, call.headers["x-telegram-bot-api-secret-token"]) == ("/telegram/webhook", "s-1")
        assert call.json["message"]["text"] == "psycholog"
        while (await bot.get_webhook_info()).pending_update_count:
            pass
        assert (await bot.get_webhook_info()).max_connections == 1


async def test_what_waits_when_the_webhook_is_set_is_brought_in_order() -> None:
    async with a_club() as club, running() as sandbox:
        await sandbox.chat(CHAT)
        for word in ("raz", "dwa", "trzy"):
            await sandbox.post(f"/chats/{CHAT}/text", text=word)
        await _hook(sandbox, club, connections=40)
        await club.after(3)
        assert _texts(club) == ["raz", "dwa", "trzy"]


async def test_an_update_is_brought_again_until_it_is_confirmed() -> None:
    async with a_club(500, 403) as club, running() as sandbox, sandbox.bot() as bot:
        await sandbox.chat(CHAT)
        await _hook(sandbox, club)
        await sandbox.post(f"/chats/{CHAT}/text", text="raz")
        await sandbox.post(f"/chats/{CHAT}/text", text="dwa")
        await club.after(4)
        assert _texts(club) == ["raz", "raz", "raz", "dwa"]
        assert len({call.json["update_id"] for call in club.calls[:3]}) == 1
        assert (await bot.get_webhook_info()).last_error_message.startswith(
            "Wrong response from the webhook: 403"
        )


async def test_one_chat_that_fails_does_not_hold_up_another() -> None:
    async with a_club(500) as club, running() as sandbox:
        for chat in (CHAT, CHAT + 1):
            await sandbox.chat(chat)
        await sandbox.post(f"/chats/{CHAT}/text", text="raz")
        await sandbox.post(f"/chats/{CHAT + 1}/text", text="dwa")
        await _hook(sandbox, club)
        await club.after(3)
        assert sorted(_texts(club)) == ["dwa", "raz", "raz"]


async def test_a_webhook_can_be_repeated_on_demand() -> None:
    async with a_club() as club, running() as sandbox:
        await sandbox.chat(CHAT)
        await _hook(sandbox, club)
        await sandbox.trouble("telegram", "repeat")
        await sandbox.post(f"/chats/{CHAT}/text", text="raz")
        await sandbox.post(f"/chats/{CHAT}/text", text="dwa")
        await club.after(3)
        assert _texts(club) == ["raz", "raz", "dwa"]


async def test_dropped_updates_do_not_come() -> None:
    async with a_club() as club, running() as sandbox, sandbox.bot() as bot:
        await sandbox.chat(CHAT)
        await sandbox.post(f"/chats/{CHAT}/text", text="raz")
        await bot.set_webhook(f"{club.url}/telegram/webhook", drop_pending_updates=True)
        await sandbox.post(f"/chats/{CHAT}/text", text="dwa")
        await club.after(1)
        assert _texts(club) == ["dwa"]


@pytest.mark.parametrize(
    ("url", "secret", "error"),
    [
        ("http://example.org/hook", "", "HTTPS URL must be provided"),
        ("https://example.org/hook", "żółw", "unallowed characters"),
        ("https://example.org/hook", "x" * 257, "unallowed characters"),
    ],
)
async def test_a_bad_webhook_is_refused(url: str, secret: str, error: str) -> None:
    async with running() as sandbox, sandbox.bot() as bot:
        with pytest.raises(BadRequest, match=f"(?i){error}"):
            await bot.set_webhook(url, secret_token=secret)
