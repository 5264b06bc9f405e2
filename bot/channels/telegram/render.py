"""A message's choices as Telegram draws them: buttons below it, or the one that shares one's own number."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup

from scheduler.channels import Choice

SHARE_CONTACT = "share_contact"  # the mark of a choice that is answered by one's own contact card
MORE = "0"
WIDTHS = (
    (3, 10),
    (2, 18),
)  # so many in a row if each label has at most so many letters: a narrow phone cuts off the rest

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
    """As many side by side as fit, in their order; what leads to more stands alone."""
    listed = [option for option in options if option.mark != MORE]
    longest = max((len(option.label) for option in listed), default=0)
    columns = next((count for count, letters in WIDTHS if longest <= letters), 1)
    rows = [listed[at : at + columns] for at in range(0, len(listed), columns)]
    return rows + [[option] for option in options if option.mark == MORE]
