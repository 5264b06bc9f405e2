"""The pretend Bot API, spoken to by python-telegram-bot as it is."""

import asyncio
import time
from io import BytesIO

import aiohttp
import pytest
from telegram import (
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)

from sandbox.pace import Limits
from tests.sandbox.worlds import ANNA, NO_LIMITS, TOKEN, Sandbox, a_world, running

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
        assert len(await bot.get_my_commands()) == 1


async def test_update_ids_never_come_again_even_from_a_new_sandbox() -> None:
    async def first_update(sandbox: Sandbox) -> Update:
        async with sandbox.bot() as bot:
            await sandbox.chat(CHAT)
            for word in ("raz", "dwa"):
                await sandbox.post(f"/chats/{CHAT}/text", text=word)
            return (await bot.get_updates())[-1]

    async with running(a_world(limits=NO_LIMITS)) as sandbox:
        update = await first_update(sandbox)
    assert update.update_id >= int(time.time()) - 60
