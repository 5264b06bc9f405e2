"""What is refused, what can't be read, and what must not stop whatever comes after it."""

import time
from typing import Any

import pytest
from sqlalchemy import update
from twilio.request_validator import RequestValidator

from storage.tables import question
from tests.journeys.story import WEBHOOK_SECRET, Story
from tests.sandbox.worlds import CLUB, SECRET

ANNA, PIOTR = "+48501502503", "+48511512513"
CHAT = 700_100_001
SID = "SM" + "0" * 32

at_the_edge = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # no row is written or read


async def posts(story: Story, path: str, **request: Any) -> int:
    async with story.sandbox.http.post(story.url + path, **request) as answer:
        return answer.status


@at_the_edge
async def test_what_twilio_did_not_sign_changes_nothing(story: Story) -> None:
    await story.enrols(f"Anna Przykładowa,{ANNA},pl,,")
    form = {"MessageSid": SID, "From": ANNA, "To": CLUB, "Body": "psycholog"}

    for path in ("/twilio/sms", "/twilio/status", "/twilio/voice", "/twilio/voice/after"):
        forged = RequestValidator("another-token").compute_signature(story.url + path, form)
        for headers in ({}, {"X-Twilio-Signature": "nonsense"}, {"X-Twilio-Signature": forged}):
            assert await posts(story, path, data=form, headers=headers) == 403, path
    assert await story.taken_in() == []
    assert await story.ledger() == []


async def test_what_telegram_did_not_send_changes_nothing(telegram_story: Story) -> None:
    story = telegram_story
    update_ = {
        "update_id": 1,
        "message": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "text": "x"},
    }

    for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "wrong"}):
        assert await posts(story, "/telegram/webhook", json=update_, headers=headers) in (403, 404)
    assert await story.taken_in() == []


async def test_a_body_that_is_no_update_is_refused(telegram_story: Story) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": WEBHOOK_SECRET}
    expected = 404 if telegram_story.termin.telegram and telegram_story.termin.telegram.is_polled else 400

    for body in (b"", b"[]", b"{", b'{"update_id": "x"}', b"\xff"):
        assert await posts(telegram_story, "/telegram/webhook", data=body, headers=headers) == expected, body


@at_the_edge
async def test_a_body_without_end_is_refused(story: Story) -> None:
    assert await posts(story, "/twilio/sms", data=b"a=" + b"x" * 100_000) == 413


@at_the_edge
async def test_signed_words_without_a_sender_are_refused(story: Story) -> None:
    form = {"MessageSid": SID, "Body": "psycholog"}
    signature = RequestValidator(SECRET).compute_signature(f"{story.url}/twilio/sms", form)

    assert await posts(story, "/twilio/sms", data=form, headers={"X-Twilio-Signature": signature}) == 400


ODD = {
    "empty": "",
    "blank": " ",
    "1600 characters": "x" * 1600,
    "emoji": "😀😀😀",
    "NUL": "\x00",
    "NUL inside": "a\x00b",
    "SQL": "'; DROP TABLE person; --",
    "template": "{starts_at}",
    "ligatures": "ﷺ" * 300,
    "wide digit": "１",
    "superscript": "²",
}


async def test_odd_words_have_a_plain_answer_and_the_talk_goes_on(story: Story) -> None:
    numbers = {kind: f"+485015025{n:02}" for n, kind in enumerate(ODD)}
    await story.enrols(*(f"Osoba {kind.title()},{number},pl,," for kind, number in numbers.items()))

    for kind, text in ODD.items():
        phone = story.phone(numbers[kind])
        assert await phone.texts(text) == 200, kind
        await phone.silence()
        assert all(status == "handled" for _, status in await story.taken_in()), kind
        await phone.texts("psycholog")
        assert (await phone.silence())[-1].startswith("Psycholog, wolne:"), kind


async def test_a_message_that_always_fails_is_kept_as_failed_and_does_not_stop_the_next(
    telegram_story: Story,
) -> None:
    story = telegram_story
    await story.enrols(f"Anna Przykładowa,{ANNA},pl,,", f"Piotr Próbny,{PIOTR},pl,,")
    anna, piotr = await story.linked_chat(CHAT, "Anna Przykładowa"), story.phone(PIOTR)
    free = await anna.asks("psycholog")
    await story.write(lambda tx: tx.connection.execute(update(question).values(options=[{"mark": "1"}])))

    await anna.presses(free, free.labels[0])
    assert (await anna.reads()).text.startswith("Przepraszamy, coś się u nas zepsuło.")
    assert "todo_failed_message" in await story.todos()
    assert ("", "failed") in await story.taken_in()

    assert (await anna.asks("psycholog")).text.startswith("Psycholog.")
    assert (await piotr.asks("psycholog")).startswith("Psycholog, wolne:")


TORN: tuple[Any, ...] = (
    {"message_id": 1},
    {"message_id": 1, "date": "soon", "chat": {"id": CHAT, "type": "private"}},
    "no message at all",
)


async def test_an_update_that_nobody_can_read_does_not_stop_the_next(telegram_story: Story) -> None:
    story = telegram_story
    anna = await story.chat(CHAT)

    for message in TORN:
        story.sandbox.world.telegram.updates.add("message", CHAT, message)
        assert (await anna.asks("dzień dobry")).text.startswith("Tu automat zapisów na spotkania"), message


PHOTO = {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]}
VOICE = {"voice": {"file_id": "a", "file_unique_id": "b", "duration": 3}}


async def test_what_is_not_text_is_answered(telegram_story: Story) -> None:
    story = telegram_story
    await story.enrols(f"Anna Przykładowa,{ANNA},pl,,")
    anna = await story.linked_chat(CHAT, "Anna Przykładowa")
    chat = {"id": CHAT, "type": "private", "first_name": "Anna"}
    sender = {"id": CHAT, "is_bot": False, "first_name": "Anna"}

    for number, content in enumerate((PHOTO, VOICE), start=99):
        message = {"message_id": number, "date": int(time.time()), "chat": chat, "from": sender, **content}
        story.sandbox.world.telegram.updates.add("message", CHAT, message)
        assert (await anna.reads()).text.startswith("Tu można odczytać tylko tekst."), content
        await anna.asks("moje")  # or the second in a row would be another matter


async def test_a_group_is_not_talked_in(telegram_story: Story) -> None:
    story = telegram_story
    await story.sandbox.chat(-500, title="Sąsiedzi")
    await story.sandbox.chat(CHAT)
    await story.sandbox.post("/chats/-500/text", text="/termin", **{"from": CHAT})
    anna = await story.chat(CHAT)
    await anna.asks("dzień dobry")

    assert (await story.sandbox.get("/chats/-500"))["messages"][-1]["mine"] is True


async def test_the_same_update_delivered_twice_is_one(telegram_story: Story) -> None:
    story = telegram_story
    await story.enrols(f"Anna Przykładowa,{ANNA},pl,,")
    anna = await story.linked_chat(CHAT, "Anna Przykładowa")
    asked = await anna.asks("psycholog środa 9")
    before = len(await story.taken_in())

    await story.sandbox.trouble("telegram", "repeat")
    await anna.presses(asked, "Zapisuję")
    await anna.reads()

    assert await anna.silence() == []
    assert len(await story.taken_in()) == before + 1
