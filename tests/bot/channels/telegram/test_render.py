"""How choices become buttons."""

import pytest
from telegram import InlineKeyboardMarkup, ReplyKeyboardMarkup

from bot.channels.telegram.render import SHARE_CONTACT, markup_of
from scheduler.channels import Choice
from tests.bot.channels.outgoings import choices


def rows(*labels: str) -> list[list[str]]:
    markup = markup_of(choices(*labels))
    assert isinstance(markup, InlineKeyboardMarkup)
    return [[button.text for button in row] for row in markup.inline_keyboard]


def test_nothing_to_choose_draws_nothing() -> None:
    assert markup_of(()) is None


def test_hours_stand_three_in_a_row() -> None:
    assert rows("09:00", "10:00", "11:00", "12:00") == [["09:00", "10:00", "11:00"], ["12:00"]]


def test_days_stand_two_in_a_row() -> None:
    days = ["Poniedziałek 30.11", "Wtorek 1.12", "Czwartek 3.12"]
    assert rows(*days) == [days[:2], days[2:]]


def test_a_long_choice_gives_each_a_row_of_its_own() -> None:
    assert rows("środa 14 października, godz. 10:00", "Menu") == [
        ["środa 14 października, godz. 10:00"],
        ["Menu"],
    ]


def test_more_stands_alone_below() -> None:
    markup = markup_of([*choices("09:00"), Choice("0", "Inne", "q7.0")])

    assert isinstance(markup, InlineKeyboardMarkup)
    assert [len(row) for row in markup.inline_keyboard] == [1, 1]


def test_a_button_sends_back_its_token() -> None:
    markup = markup_of(choices("09:00"))

    assert isinstance(markup, InlineKeyboardMarkup)
    assert markup.inline_keyboard[0][0].callback_data == "q7.1"


def test_sharing_ones_number_is_a_keyboard() -> None:
    markup = markup_of([Choice(SHARE_CONTACT, "Udostępniam mój numer", "q7.x")])

    assert isinstance(markup, ReplyKeyboardMarkup)
    assert markup.keyboard[0][0].request_contact is True


@pytest.mark.parametrize("count", [1, 2, 3, 7])
def test_every_choice_is_drawn_once_and_in_order(count: int) -> None:
    labels = [f"{hour}:00" for hour in range(10, 10 + count)]
    assert [label for row in rows(*labels) for label in row] == labels
