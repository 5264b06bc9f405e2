"""Messages to the pretend Bot API, through python-telegram-bot: what arrives, and what a refusal means."""

import contextlib
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import Bot

from bot.channels.calendar_file import CalendarFiles
from bot.channels.telegram.outbound import TelegramChannel
from bot.channels.telegram.request import AiohttpRequest
from config.centre import load_centre
from config.settings import FIRST_CLUB
from scheduler.channels import SendFailed
from tests.bot.channels.outgoings import an_outgoing, choices
from tests.sandbox.worlds import TOKEN, Sandbox, running
from words.catalogue import load_catalogue
from words.compose import Composer

ANNA = 700_100_200
FILE = {
    "kind": "ics",
    "appointment_id": 7,
    "version": 1,
    "starts_at": "2026-10-14T08:00:00+00:00",
    "ends_at": "2026-10-14T08:50:00+00:00",
    "place": "104-1",
}


@contextlib.asynccontextmanager
async def a_channel(base: str, token: str = TOKEN, **limits: Any) -> AsyncIterator[TelegramChannel]:
    request = AiohttpRequest(**limits)
    bot = Bot(token, f"{base}/telegram/bot", request=request, get_updates_request=request)
    files = CalendarFiles(Composer(load_catalogue(), load_centre(FIRST_CLUB)))
    async with request:
        yield TelegramChannel(bot, files, per_second=25)


@contextlib.asynccontextmanager
async def a_chat(**limits: Any) -> AsyncIterator[tuple[TelegramChannel, Sandbox]]:
    async with running() as sandbox, a_channel(sandbox.base, **limits) as channel:
        await sandbox.chat(ANNA)
        yield channel, sandbox


async def refused(channel: TelegramChannel, address: int = ANNA, **more: Any) -> SendFailed:
    with pytest.raises(SendFailed) as raised:
        await channel.send(an_outgoing(str(address), **more))
    return raised.value


async def test_a_message_arrives_with_its_buttons() -> None:
    async with a_chat() as (channel, sandbox):
        receipt = await channel.send(an_outgoing(str(ANNA), "Wolne: żółw", options=choices("10:00")))

        [taken] = await sandbox.messages(provider="telegram", to=ANNA)
        assert (taken["sid"], taken["body"]) == (receipt.provider_id, "Wolne: żółw")
        assert taken["buttons"] == [[{"text": "10:00", "callback_data": "q7.1"}]]


async def test_a_booked_visit_comes_with_a_calendar_file_that_names_no_service() -> None:
    async with a_chat() as (channel, sandbox):
        await channel.send(an_outgoing(str(ANNA), "Zapisane.", file=FILE, options=choices("Inny dzień")))

        [shown] = (await sandbox.get(f"/chats/{ANNA}"))["messages"]
        assert shown["text"] == "Zapisane."
        assert shown["document"]["file_name"] == "spotkanie.ics"
        assert shown["buttons"][0][0]["callback_data"] == "q7.1"
        async with sandbox.http.get(f"{sandbox.base}/files/{shown['document']['file_id']}") as answer:
            file = await answer.text()
        assert "SUMMARY:Spotkanie\r\n" in file
        assert "DTSTART:20261014T080000Z\r\n" in file
        assert "psycholog" not in file.lower()


async def test_words_too_long_for_a_caption_go_without_the_file() -> None:
    async with a_chat() as (channel, sandbox):
        await channel.send(an_outgoing(str(ANNA), "ą" * 1025, file=FILE))

        [shown] = (await sandbox.get(f"/chats/{ANNA}"))["messages"]
        assert "document" not in shown


async def test_the_account_is_the_bots_own_number() -> None:
    async with a_chat() as (channel, _):
        assert channel.account == TOKEN.split(":")[0]


async def test_who_blocked_the_bot_is_reached_no_more() -> None:
    async with a_chat() as (channel, sandbox):
        await sandbox.post(f"/chats/{ANNA}/block")
        failure = await refused(channel)

    assert (failure.code, failure.permanent, failure.address_dead, failure.unknown) == (
        "403",
        True,
        True,
        False,
    )


async def test_a_chat_that_nobody_has_is_dead() -> None:
    async with a_chat() as (channel, _):
        failure = await refused(channel, 999)

    assert (failure.permanent, failure.address_dead) == (True, True)


async def test_what_telegram_will_never_take_fails_for_good_but_the_chat_lives() -> None:
    async with a_chat() as (channel, _):
        failure = await refused(channel, body="x" * 4097)

    assert (failure.code, failure.permanent, failure.address_dead) == ("400", True, False)


async def test_too_many_calls_tell_for_how_long_to_be_silent() -> None:
    async with a_chat() as (channel, sandbox):
        await sandbox.trouble("telegram", "retry_after", seconds=7)
        failure = await refused(channel)

    assert failure.retry_after is not None
    assert 6 <= failure.retry_after <= 8
    assert (failure.permanent, failure.unknown) == (False, False)


async def test_a_group_that_moved_tells_where_to() -> None:
    async with a_chat() as (channel, sandbox):
        await sandbox.chat(-500, title="Dyżur")
        moved = await sandbox.post("/chats/-500/migrate")
        failure = await refused(channel, -500)

    assert failure.migrated_to == str(moved["id"])


@pytest.mark.parametrize("kind", ["drop_after", "drop_before"])
async def test_a_lost_answer_means_that_nobody_knows(kind: str) -> None:
    async with a_chat() as (channel, sandbox):
        await sandbox.trouble("telegram", kind)
        failure = await refused(channel)

    assert (failure.unknown, failure.permanent) == (True, False)


async def test_an_answer_that_does_not_come_in_time_means_the_same() -> None:
    async with a_chat(read_seconds=0.2) as (channel, sandbox):
        await sandbox.trouble("telegram", "hang", seconds=5)
        failure = await refused(channel)

    assert (failure.code, failure.unknown) == ("timed out", True)


async def test_a_server_error_means_the_same() -> None:
    async with a_chat() as (channel, sandbox):
        await sandbox.trouble("telegram", "error", status=502)
        failure = await refused(channel)

    assert failure.unknown is True


async def test_where_nobody_listens_nothing_was_sent() -> None:
    async with a_channel("http://127.0.0.1:9") as channel:
        failure = await refused(channel)

    assert (failure.code, failure.unknown, failure.permanent) == ("not connected", False, False)


async def test_a_wrong_token_is_our_fault_and_can_be_mended() -> None:
    async with running() as sandbox, a_channel(sandbox.base, "7000000001:another") as channel:
        failure = await refused(channel)

    assert (failure.code, failure.permanent, failure.address_dead) == ("401", False, False)


async def test_a_page_of_text_is_attached_as_it_is() -> None:
    file = {"kind": "text", "name": "dane.txt", "text": "Imię i nazwisko: Anna Żółw\n"}
    async with a_chat() as (channel, sandbox):
        await channel.send(an_outgoing(str(ANNA), "Kopia danych jest w pliku.", file=file))

        [shown] = (await sandbox.get(f"/chats/{ANNA}"))["messages"]
        assert (shown["text"], shown["document"]["file_name"]) == ("Kopia danych jest w pliku.", "dane.txt")
        async with sandbox.http.get(f"{sandbox.base}/files/{shown['document']['file_id']}") as answer:
            assert (await answer.read()).decode() == file["text"]
