"""What an update says, and which updates say nothing to us."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Update

from bot.channels.telegram.inbound import incoming_of
from bot.dialogue.incoming import Incoming
from tests.bot.channels.telegram.updates import GROUP, a_change, a_command, a_message, a_press, an_update

WRITTEN_AT = datetime.fromtimestamp(1_760_000_000, UTC)


def said(update: Update) -> Incoming:
    incoming = incoming_of(update, "1")
    assert incoming is not None
    return incoming


def test_a_text_is_what_was_said_and_by_whom() -> None:
    expected = Incoming("telegram", "1", "700", "17", text="psycholog", buttons=True, name="Anna")
    assert said(a_message(text="psycholog")) == replace(expected, sent_at=WRITTEN_AT)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("/moje", "/moje"),
        ("/MOJE@TerminBot", "/moje"),
        ("/termin jutro o 10", "/termin jutro o 10"),
        ("/start", "/start"),
    ],
)
def test_a_command_loses_the_name_of_the_bot(typed: str, text: str) -> None:
    assert said(a_command(typed)).text == text


def test_a_link_to_the_bot_carries_a_code() -> None:
    incoming = said(a_command("/start K7-xyz"))

    assert (incoming.code, incoming.text) == ("K7-xyz", None)


def test_a_slash_inside_a_text_is_no_command() -> None:
    assert said(a_message(text="jutro/pojutrze")).text == "jutro/pojutrze"


@pytest.mark.parametrize("number", ["48501502503", "+48501502503"])
def test_ones_own_card_brings_the_number(number: str) -> None:
    card = {"phone_number": number, "first_name": "Anna", "user_id": 700}
    incoming = said(a_message(contact=card))

    assert (incoming.contact, incoming.foreign_contact) == ("+48501502503", False)


FORWARDED = {"type": "hidden_user", "date": 1_760_000_000, "sender_user_name": "Anna"}


@pytest.mark.parametrize(
    ("user_id", "more"),
    [({"user_id": 701}, {}), ({}, {}), ({"user_id": 700}, {"forward_origin": FORWARDED})],
    ids=["somebody else's", "nobody's", "passed on"],
)
def test_any_other_card_is_foreign(user_id: dict[str, int], more: dict[str, Any]) -> None:
    card = {"phone_number": "48501502503", "first_name": "Anna"} | user_id
    incoming = said(a_message(contact=card, **more))

    assert (incoming.contact, incoming.foreign_contact) == (None, True)


@pytest.mark.parametrize(
    "content",
    [
        {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]},
        {"voice": {"file_id": "a", "file_unique_id": "b", "duration": 3}},
        {"sticker": {"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1, "is_animated": False, "is_video": False, "type": "regular"}},
        {},
    ],
    ids=["photo", "voice", "sticker", "unheard of"],
)  # fmt: skip
def test_what_is_not_text_comes_as_an_empty_one(content: dict[str, Any]) -> None:
    assert said(a_message(**content)).text == ""


def test_what_is_written_under_a_picture_is_read() -> None:
    picture = {"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}

    assert said(a_message(photo=[picture], caption="nie chcę żyć")).text == "nie chcę żyć"


def test_a_press_brings_its_token() -> None:
    incoming = said(a_press("q12.1"))

    assert (incoming.press, incoming.text, incoming.provider_id) == ("q12.1", None, "17")


@pytest.mark.parametrize(("status", "blocked"), [("kicked", True), ("member", False)])
def test_blocking_and_letting_back_are_told(status: str, blocked: bool) -> None:
    assert said(a_change(status)).blocked is blocked


def test_half_an_emoji_and_nuls_are_left_out() -> None:
    assert said(a_message(text="psy\x00cho\ud83dlog")).text == "psycholog"


@pytest.mark.parametrize(
    "update",
    [
        a_message(chat=GROUP, text="psycholog"),
        a_press(None),
        an_update(),
        an_update(edited_message={"message_id": 5, "date": 1, "edit_date": 2, "chat": {"id": 700, "type": "private"}, "text": "x"}),
        an_update(channel_post={"message_id": 5, "date": 1, "chat": {"id": -1, "type": "channel", "title": "x"}, "text": "x"}),
    ],
    ids=["group", "game", "nothing", "edited", "channel"],
)  # fmt: skip
def test_what_is_not_one_persons_new_message_is_let_be(update: Update) -> None:
    assert incoming_of(update, "1") is None
