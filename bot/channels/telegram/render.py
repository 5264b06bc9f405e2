"""A message's choices as Telegram draws them: buttons below it, or the one that shares one's own number."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup

from scheduler.channels import Choice

SHARE_CONTACT = "share_contact"  # the mark of a choice that is answered by one's own contact card
MORE = "0"
MOST_IN_A_ROW = 3
WIDEST_ROW = 30  # letters that a narrow phone shows beside each other, without cutting one off

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup


def markup_of(options: Sequence[Choice]) -> Markup | None:
    """None where there is nothing to choose."""
    for option in options:
        if option.mark == SHARE_CONTACT:
            button = KeyboardButton(option.label, request_contact=True)
            return ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True)
    if not options:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(option.label, callback_data=option.token) for option in row]
            for row in _rows(options)
        ]
    )


def _rows(options: Sequence[Choice]) -> list[list[Choice]]:
    """Short ones side by side, in their order; what leads to more stands alone."""
    rows: list[list[Choice]] = []
    for option in options:
        if rows and _fits(rows[-1], option):
            rows[-1].append(option)
        else:
            rows.append([option])
    return rows


def _fits(row: Sequence[Choice], option: Choice) -> bool:
    together = [*row, option]
    return (
        len(row) < MOST_IN_A_ROW
        and MORE not in {choice.mark for choice in together}
        and max(len(choice.label) for choice in together) * len(together) <= WIDEST_ROW
    )
