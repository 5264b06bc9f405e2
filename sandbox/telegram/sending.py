"""Messages from the bot: sent, edited, deleted, within Telegram's limits."""

import math
import time
from collections.abc import Callable, Mapping

from sandbox.telegram.account import Account
from sandbox.telegram.chats import Chat
from sandbox.telegram.entities import read_caption, read_text
from sandbox.telegram.markup import inline_part, keyboard_after, read_markup
from sandbox.telegram.params import Params
from sandbox.telegram.refusals import (
    BLOCKED,
    KICKED,
    MIGRATED,
    NOT_MODIFIED,
    NOT_STARTED,
    Refused,
    bad_request,
    too_many,
)
from sandbox.wire import JSON

EDITABLE = ("text", "entities", "caption", "caption_entities", "reply_markup")


def _send_message(account: Account, params: Params) -> JSON:
    content, markup = read_text(params), read_markup(params)
    return _send(account, params, "sendMessage", content, markup)


def _send_document(account: Account, params: Params) -> JSON:
    caption, markup = read_caption(params), read_markup(params)
    document = account.files.as_document(_file_id(account, params))
    return _send(account, params, "sendDocument", {"document": document, **caption}, markup)


def _edit_message_text(account: Account, params: Params) -> JSON:
    return _edit(
        account, params, "editMessageText", {**read_text(params), **inline_part(read_markup(params))}
    )


def _edit_message_caption(account: Account, params: Params) -> JSON:
    return _edit(
        account, params, "editMessageCaption", {**read_caption(params), **inline_part(read_markup(params))}
    )


def _edit_message_reply_markup(account: Account, params: Params) -> JSON:
    chat, message = _own_message(account, params, "edit")
    kept = {name: message[name] for name in EDITABLE if name in message and name != "reply_markup"}
    return _change(
        account, chat, message, "editMessageReplyMarkup", {**kept, **inline_part(read_markup(params))}
    )


def _delete_message(account: Account, params: Params) -> bool:
    chat = find_chat(account, params)
    number = params.integer("message_id")
    if number not in chat.messages:
        raise bad_request("message to delete not found")
    chat.forget(number)
    account.changed(chat)
    return True


MESSAGES: dict[str, Callable[[Account, Params], object]] = {
    "sendMessage": _send_message,
    "sendDocument": _send_document,
    "editMessageText": _edit_message_text,
    "editMessageCaption": _edit_message_caption,
    "editMessageReplyMarkup": _edit_message_reply_markup,
    "deleteMessage": _delete_message,
}


def find_chat(account: Account, params: Params) -> Chat:
    """The chat that a call names. Raises Refused where the bot may not write."""
    if not params.text("chat_id"):
        raise bad_request("chat_id is empty")
    chat = account.chats.find(params.integer("chat_id"))
    if chat is None:
        raise bad_request("chat not found")
    if chat.migrated_to:
        raise Refused(400, MIGRATED, migrate_to_chat_id=chat.migrated_to)
    if chat.blocked:
        raise Refused(403, BLOCKED if chat.private else KICKED)
    if not chat.started:
        raise Refused(403, NOT_STARTED)
    return chat


def _send(account: Account, params: Params, method: str, content: JSON, markup: JSON) -> JSON:
    chat = find_chat(account, params)
    _keep_pace(account, chat)
    message = account.write(chat, account.user, **content, **inline_part(markup), **_reply_to(chat, params))
    chat.keyboard = keyboard_after(markup, chat.keyboard)
    _note(account, chat, message, method)
    return message


def _edit(account: Account, params: Params, method: str, content: JSON) -> JSON:
    chat, message = _own_message(account, params, "edit")
    return _change(account, chat, message, method, content)


def _change(account: Account, chat: Chat, message: JSON, method: str, content: JSON) -> JSON:
    before = {name: message[name] for name in EDITABLE if name in message}
    if before == content:
        raise bad_request(NOT_MODIFIED)
    _keep_pace(account, chat)
    for name in EDITABLE:
        message.pop(name, None)
    message.update(content, edit_date=int(time.time()))
    _note(account, chat, message, method)
    return message


def _own_message(account: Account, params: Params, what: str) -> tuple[Chat, JSON]:
    chat = find_chat(account, params)
    message = chat.messages.get(params.integer("message_id"))
    if message is None:
        raise bad_request(f"message to {what} not found")
    if message["from"]["id"] != account.user["id"]:
        raise bad_request(f"message can't be {what}ed")
    return chat, message


def _keep_pace(account: Account, chat: Chat) -> None:
    """Telegram's limits, in real time; raises Refused with the seconds to wait."""
    now = time.monotonic()
    paces = [pace for pace in (account.overall, chat.pace) if pace]
    wait = max([account.flood_until - now, *(pace.wait(now) for pace in paces)])
    if wait > 0:
        raise too_many(math.ceil(wait))
    for pace in paces:
        pace.take(now)


def _file_id(account: Account, params: Params) -> str:
    given = params.file("document")
    if given is None:
        number = params.text("document")
        if not number:
            raise bad_request("there is no document in the request")
        if account.files.find(number) is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return number
    if not given[2]:
        raise bad_request("file must be non-empty")
    return account.files.keep(*given)


def _reply_to(chat: Chat, params: Params) -> Mapping[str, JSON]:
    wanted = params.parsed("reply_parameters") or {}
    number = wanted.get("message_id") if isinstance(wanted, dict) else None
    answered = chat.messages.get(number) if isinstance(number, int) else None
    if number and answered is None and not wanted.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return {"reply_to_message": answered} if answered else {}


def _note(account: Account, chat: Chat, message: JSON, method: str) -> None:
    rows = message.get("reply_markup", {}).get("inline_keyboard", ())
    document = message.get("document")
    taken = account.journal.add(
        provider="telegram",
        direction="out",
        person=str(chat.id),
        body=message.get("text") or message.get("caption") or "",
        sid=str(message["message_id"]),
        method=method,
        buttons=tuple(tuple(row) for row in rows),
        more={"document": document["file_name"], "file_id": document["file_id"]} if document else {},
    )
    chat.seen_at.setdefault(message["message_id"], taken.clock_at)
    account.changed(chat)
