"""Messages through the pretend Bot API, by python-telegram-bot as it is: taken, edited, refused at each limit."""

import asyncio
import time
from io import BytesIO

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter

from sandbox.pace import Limits
from tests.sandbox.worlds import TOKEN, a_world, running

CHAT = 700_100_200


async def test_a_message_is_taken_shown_and_listed() -> None:
    async with running() as sandbox, sandbox.bot() as bot:
        await sandbox.chat(CHAT)
        buttons = InlineKeyboardMarkup([[InlineKeyboardButton("10:00", callback_data="t:1")]])
        sent = await bot.send_message(CHAT, "Wolne:", reply_markup=buttons)
        assert (sent.chat.id, sent.text, sent.from_user.id) == (CHAT, "Wolne:", bot.id)
        assert abs(sent.date.timestamp() - time.time()) < 5
        [taken] = await sandbox.messages(provider="telegram", to=CHAT)
        assert (taken["body"], taken["status"], taken["sid"]) == ("Wolne:", "sent", str(sent.message_id))
        assert taken["buttons"] == [[{"text": "10:00", "callback_data": "t:1"}]]
        screen = await sandbox.get(f"/chats/{CHAT}")
        assert screen["messages"][0]["buttons"][0][0]["text"] == "10:00"


async def test_a_wrong_token_is_unauthorized() -> None:
    async with running() as sandbox:
        with pytest.raises(InvalidToken):
            async with sandbox.bot("7000000001:another"):
                pass


async def test_a_chat_nobody_has_is_not_found() -> None:
    async with running() as sandbox, sandbox.bot() as bot:
        with pytest.raises(BadRequest, match=r"(?i)Chat not found"):
            await bot.send_message(1, "?")


async def test_a_bot_cannot_write_before_start_is_pressed() -> None:
    async with running() as sandbox, sandbox.bot() as bot:
        await sandbox.chat(CHAT, started=False)
        with pytest.raises(Forbidden, match=r"(?i)can't initiate conversation"):
            await bot.send_message(CHAT, "?")
        await sandbox.post(f"/chats/{CHAT}/start")
        assert (await bot.send_message(CHAT, "!")).text == "!"


async def test_a_person_who_blocked_the_bot_gets_nothing_until_unblocking() -> None:
    async with running() as sandbox, sandbox.bot() as bot:
        await sandbox.chat(CHAT)
        await sandbox.post(f"/chats/{CHAT}/block")
        with pytest.raises(Forbidden, match=r"(?i)bot was blocked by the user"):
            await bot.send_message(CHAT, "?")
        await sandbox.post(f"/chats/{CHAT}/unblock")
        updates = await bot.get_updates()
        assert [update.my_chat_member.new_chat_member.status for update in updates] == ["kicked", "member"]
        await bot.send_message(CHAT, "!")


@pytest.mark.parametrize(
    ("text", "error"),
    [(" \n ", "text is empty"), ("x" * 4097, "too long"), ("🙂" * 2049, "too long")],
)
async def test_a_text_must_have_1_to_4096_utf16_units(text: str, error: str) -> None:
    async with running() as sandbox, sandbox.bot() as bot:
        await sandbox.chat(CHAT)
        with pytest.raises(BadRequest, match=f"(?i){error}"):
            await bot.send_message(CHAT, text)


async def test_what_just_fits_is_taken_and_html_does_not_count() -> None:
    async with running() as sandbox, sandbox.bot() as bot:
        await sandbox.chat(CHAT)
        await bot.send_message(CHAT, "🙂" * 2048)
        bold = await bot.send_message(CHAT, f"<b>{'ż' * 4096}</b>", parse_mode="HTML")
        assert bold.entities[0].type == "bold"
        with pytest.raises(BadRequest, match=r"(?i)can't parse entities"):
            await bot.send_message(CHAT, "<b>nie", parse_mode="HTML")


@pytest.mark.parametrize("data", ["ż" * 33, "x" * 65])
async def test_callback_data_is_counted_in_bytes_up_to_64(data: str) -> None:
    async with running() as sandbox, sandbox.bot() as bot:
        await sandbox.chat(CHAT)
        markup = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data=data)]])
        with pytest.raises(BadRequest, match=r"(?i)button_data_invalid"):
            await bot.send_message(CHAT, "?", reply_markup=markup)


async def test_a_document_comes_with_its_caption_and_can_be_opened() -> None:
    async with running() as sandbox, sandbox.bot() as bot:
        await sandbox.chat(CHAT)
        markup = InlineKeyboardMarkup([[InlineKeyboardButton("Zmień", callback_data="z")]])
        sent = await bot.send_document(
            CHAT,
            BytesIO(b"BEGIN:VCALENDAR"),
            filename="spotkanie.ics",
            caption="Zapisane",
            reply_markup=markup,
        )
        assert (sent.document.file_name, sent.document.mime_type) == ("spotkanie.ics", "text/calendar")
        async with sandbox.http.get(f"{sandbox.base}/files/{sent.document.file_id}") as answer:
            assert await answer.read() == b"BEGIN:VCALENDAR"
            assert 'filename="spotkanie.ics"' in answer.headers["content-disposition"]
        with pytest.raises(BadRequest, match=r"(?i)caption is too long"):
            await bot.send_document(CHAT, BytesIO(b"x"), caption="x" * 1025)


async def test_an_edit_changes_the_message_and_must_change_something() -> None:
    async with running() as sandbox, sandbox.bot() as bot:
        await sandbox.chat(CHAT)
        markup = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="x")]])
        sent = await bot.send_message(CHAT, "przed", reply_markup=markup)
        edited = await bot.edit_message_text("po", CHAT, sent.message_id, reply_markup=markup)
        assert (edited.text, edited.message_id) == ("po", sent.message_id)
        with pytest.raises(BadRequest, match=r"(?i)not modified"):
            await bot.edit_message_text("po", CHAT, sent.message_id, reply_markup=markup)
        await bot.edit_message_reply_markup(CHAT, sent.message_id)
        assert "buttons" not in (await sandbox.get(f"/chats/{CHAT}"))["messages"][0]
        with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
            await bot.edit_message_text("?", CHAT, 1)


async def test_deleting_and_reacting_work_on_messages_that_are_there() -> None:
    async with running() as sandbox, sandbox.bot() as bot:
        await sandbox.chat(CHAT)
        said = await sandbox.post(f"/chats/{CHAT}/text", text="dziękuję")
        await bot.set_message_reaction(CHAT, said["message_id"], "👍")
        await bot.send_chat_action(CHAT, "typing")
        assert (await sandbox.get(f"/chats/{CHAT}"))["messages"][0]["reaction"] == "👍"
        await bot.delete_message(CHAT, said["message_id"])
        with pytest.raises(BadRequest, match=r"(?i)message to delete not found"):
            await bot.delete_message(CHAT, said["message_id"])


async def test_more_than_30_a_second_are_refused_with_a_time_to_wait() -> None:
    async with running(a_world(limits=Limits())) as sandbox:
        for n in range(45):
            await sandbox.chat(CHAT + n)
        send = f"{sandbox.base}/telegram/bot{TOKEN}/sendMessage"
        calls = [sandbox.http.post(send, json={"chat_id": CHAT + n, "text": "!"}) for n in range(45)]
        answers = [await answer.json() for answer in await asyncio.gather(*calls)]
        refused = [answer for answer in answers if not answer["ok"]]
        assert refused[0]["error_code"] == 429
        assert refused[0]["parameters"] == {"retry_after": 1}
        times = [taken["at"] for taken in await sandbox.messages()]
        assert all(later - earlier >= 0.99 for earlier, later in zip(times, times[30:], strict=False))


async def test_one_chat_takes_a_short_burst_and_then_one_a_second() -> None:
    async with running(a_world(limits=Limits(chat_burst=2))) as sandbox, sandbox.bot() as bot:
        await sandbox.chat(CHAT)
        await bot.send_message(CHAT, "1")
        await bot.send_message(CHAT, "2")
        with pytest.raises(RetryAfter):
            await bot.send_message(CHAT, "3")


async def test_a_group_takes_20_a_minute() -> None:
    async with running(a_world(limits=Limits())) as sandbox, sandbox.bot() as bot:
        await sandbox.chat(-CHAT, title="Zespół")
        for n in range(20):
            await bot.send_message(-CHAT, str(n))
        with pytest.raises(RetryAfter) as refused:
            await bot.send_message(-CHAT, "20")
        assert refused.value.retry_after.total_seconds() > 50


async def test_a_group_that_grew_says_its_new_id() -> None:
    async with running() as sandbox, sandbox.bot() as bot:
        await sandbox.chat(-CHAT, title="Zespół")
        grown = await sandbox.post(f"/chats/-{CHAT}/migrate")
        with pytest.raises(ChatMigrated) as moved:
            await bot.send_message(-CHAT, "?")
        assert moved.value.new_chat_id == grown["id"]
        assert (await bot.send_message(grown["id"], "!")).chat.type == "supergroup"
        [old, new] = await bot.get_updates()
        assert (old.message.migrate_to_chat_id, new.message.migrate_from_chat_id) == (grown["id"], -CHAT)
