"""Updates from the pretend Bot API, by python-telegram-bot as it is: polled, confirmed, answered."""

import asyncio
import time

import pytest
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.error import BadRequest, Conflict

from sandbox.pace import Limits
from tests.sandbox.worlds import ANNA, a_world, running

CHAT = 700_100_200


async def test_updates_come_by_long_poll_until_the_offset_confirms_them() -> None:
    async with running() as sandbox, sandbox.bot() as bot:
        await sandbox.chat(CHAT)
        waiting = asyncio.create_task(bot.get_updates(timeout=10))
        await asyncio.sleep(0)
        await sandbox.post(f"/chats/{CHAT}/text", text="psycholog")
        [update] = await waiting
        assert (update.message.text, update.effective_user.language_code) == ("psycholog", "pl")
        assert [again.update_id for again in await bot.get_updates()] == [update.update_id]
        assert await bot.get_updates(offset=update.update_id + 1) == ()


async def test_a_long_poll_ends_when_its_time_is_over() -> None:
    async with running() as sandbox, sandbox.bot() as bot:
        began = time.monotonic()
        assert await bot.get_updates(timeout=1) == ()
        assert 0.9 < time.monotonic() - began < 3


async def test_only_updates_that_were_asked_for_are_queued() -> None:
    async with running() as sandbox, sandbox.bot() as bot:
        await sandbox.chat(CHAT)
        await bot.get_updates(allowed_updates=["message"])
        await sandbox.post(f"/chats/{CHAT}/block")
        await sandbox.post(f"/chats/{CHAT}/start", payload="kod-1")
        assert [update.message.text for update in await bot.get_updates()] == ["/start kod-1"]


async def test_a_second_poller_ends_the_first_one() -> None:
    async with running() as sandbox, sandbox.bot() as first, sandbox.bot() as second:
        waiting = asyncio.create_task(first.get_updates(timeout=10))
        while not (await sandbox.get("/world"))["telegram"]["polled"]:
            pass
        await second.get_updates()
        with pytest.raises(Conflict, match=r"(?i)terminated by other getUpdates request"):
            await waiting


async def test_polling_and_a_webhook_exclude_each_other() -> None:
    async with running() as sandbox, sandbox.bot() as bot:
        await bot.set_webhook("https://127.0.0.1:9/telegram/webhook")
        with pytest.raises(Conflict, match=r"(?i)can't use getUpdates method while webhook is active"):
            await bot.get_updates()
        await bot.delete_webhook()
        assert await bot.get_updates() == ()


async def test_a_pressed_button_is_answered_once_and_in_time() -> None:
    limits = Limits(chat_per_second=None, query_seconds=0)
    async with running() as sandbox, sandbox.bot() as bot:
        await sandbox.chat(CHAT)
        markup = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="t:1")]])
        sent = await bot.send_message(CHAT, "?", reply_markup=markup)
        await sandbox.post(f"/chats/{CHAT}/press", message_id=sent.message_id, data="t:1")
        [update] = await bot.get_updates()
        assert (update.callback_query.data, update.callback_query.message.message_id) == (
            "t:1",
            sent.message_id,
        )
        assert await update.callback_query.answer("Chwila")
    async with running(a_world(limits=limits)) as sandbox, sandbox.bot() as bot:
        await sandbox.chat(CHAT)
        sent = await bot.send_message(CHAT, "?")
        await sandbox.post(f"/chats/{CHAT}/press", message_id=sent.message_id, data="old")
        [update] = await bot.get_updates()
        with pytest.raises(BadRequest, match=r"(?i)Query is too old"):
            await update.callback_query.answer()


async def test_a_keyboard_asks_for_the_contact_and_goes_when_removed() -> None:
    async with running() as sandbox, sandbox.bot() as bot:
        await sandbox.chat(CHAT)
        share = ReplyKeyboardMarkup([[KeyboardButton("Numer", request_contact=True)]], one_time_keyboard=True)
        await bot.send_message(CHAT, "Prosimy o numer", reply_markup=share)
        assert (await sandbox.get(f"/chats/{CHAT}"))["keyboard"] == [
            [{"text": "Numer", "request_contact": True}]
        ]
        await sandbox.post(f"/chats/{CHAT}/contact")
        [update] = await bot.get_updates()
        contact = update.message.contact
        assert (contact.user_id, contact.phone_number) == (CHAT, ANNA.lstrip("+"))
        assert (await sandbox.get(f"/chats/{CHAT}"))["keyboard"] is None
        await bot.send_message(CHAT, "Dziękujemy", reply_markup=ReplyKeyboardRemove())


@pytest.mark.parametrize(
    ("card", "owner"),
    [
        ({"phone": "+48600700800"}, None),
        ({"phone": "+48600700800", "user_id": 5}, 5),
        ({"forwarded": True}, CHAT),
    ],
)
async def test_anybodys_card_can_be_sent(card: dict[str, object], owner: int | None) -> None:
    async with running() as sandbox, sandbox.bot() as bot:
        await sandbox.chat(CHAT)
        await sandbox.post(f"/chats/{CHAT}/contact", **card)
        [update] = await bot.get_updates()
        assert update.message.contact.user_id == owner
        assert bool(update.message.forward_origin) == bool(card.get("forwarded"))


async def test_update_ids_never_come_again_even_from_a_new_sandbox() -> None:
    async def update_ids() -> list[int]:
        async with running() as sandbox, sandbox.bot() as bot:
            await sandbox.chat(CHAT)
            for word in ("raz", "dwa"):
                await sandbox.post(f"/chats/{CHAT}/text", text=word)
            return [update.update_id for update in await bot.get_updates()]

    before, after = await update_ids(), await update_ids()
    assert sorted({*before, *after}) == before + after
