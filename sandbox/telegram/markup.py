"""The buttons under a message or under the chat: what the Bot API accepts, and what it refuses."""

from collections.abc import Callable
from typing import Any

from sandbox.telegram.chats import Keyboard
from sandbox.telegram.params import Params
from sandbox.telegram.refusals import bad_request
from sandbox.wire import JSON

ACTIONS = ("callback_data", "url", "web_app", "login_url", "switch_inline_query", "copy_text", "pay")
MOST_CALLBACK_BYTES = 64
MOST_BUTTONS = 100


def read_markup(params: Params) -> JSON:
    """The `reply_markup` as an object, checked; empty if there is none."""
    markup = params.parsed("reply_markup") or {}
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        _check(markup["inline_keyboard"], _check_inline)
    elif "keyboard" in markup:
        _check(markup["keyboard"], _check_reply)
    return markup


def inline_part(markup: JSON) -> JSON:
    """What of it stays with the message: inline buttons only."""
    rows = markup.get("inline_keyboard")
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


def keyboard_after(markup: JSON, before: Keyboard | None) -> Keyboard | None:
    """The buttons under the chat once this markup has arrived."""
    if markup.get("remove_keyboard"):
        return None
    if "keyboard" not in markup:
        return before
    rows = [[_as_object(button) for button in row] for row in markup["keyboard"]]
    return Keyboard(rows, one_time=bool(markup.get("one_time_keyboard")))


def _check(rows: Any, check: Callable[[JSON], None]) -> None:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("can't parse reply keyboard markup JSON object")
    buttons = [_as_object(button) for row in rows for button in row]
    if len(buttons) > MOST_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    for button in buttons:
        check(button)


def _as_object(button: Any) -> JSON:
    return button if isinstance(button, dict) else {"text": str(button)}


def _check_inline(button: JSON) -> None:
    if not button.get("text"):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not any(action in button for action in ACTIONS):
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= MOST_CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")


def _check_reply(button: JSON) -> None:
    if not button.get("text"):
        raise bad_request('can\'t parse keyboard button: Field "text" must not be empty')
