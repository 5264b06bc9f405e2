"""What people do in their chats: press Start, write, press buttons, share a contact, block the bot."""

import secrets
import time

from sandbox.journal import Taken
from sandbox.telegram.account import Account, Query
from sandbox.telegram.chats import Chat
from sandbox.telegram.entities import commands_in
from sandbox.wire import JSON

KEPT_QUERIES = 10_000
ADMINISTRATOR: JSON = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}


class CannotDo(Exception):
    """A thing that this person's Telegram would not let them do."""


def start(account: Account, chat: Chat, payload: str = "") -> JSON:
    """Press Start, as the first message or from a link with a payload."""
    if chat.blocked:
        unblock(account, chat)
    chat.started = True
    return say(account, chat, f"/start {payload}".strip())


def say(account: Account, chat: Chat, text: str, sender: Chat | None = None) -> JSON:
    """Write a message; in a group `sender` says who does."""
    _check(chat, sender)
    marked = commands_in(text)
    return _write(
        account, chat, sender or chat, text, {"text": text, **({"entities": marked} if marked else {})}
    )


def share_contact(account: Account, chat: Chat, card: JSON) -> JSON:
    """One's own card, or with `phone` another's; `user_id` and `forwarded` as a stranger would set them."""
    _check(chat, None)
    phone = str(card.get("phone") or chat.phone or "")
    if not phone:
        raise CannotDo("this person has no phone number; give one as `phone`")
    content: JSON = {"contact": _contact(chat, phone, card)}
    if card.get("forwarded"):
        content["forward_origin"] = {"type": "user", "sender_user": chat.as_user(), "date": int(time.time())}
    return _write(account, chat, chat, phone, content)


def press(account: Account, chat: Chat, message_id: int, data: str, sender: Chat | None = None) -> str:
    """Press a button below a message; the id of the callback query.

    The data need not be on a button that is there now: an old client shows old buttons, a bad one any.
    """
    _check(chat, sender)
    message = chat.messages.get(message_id)
    if message is None:
        raise CannotDo(f"there is no message {message_id} in this chat")
    query_id = str(secrets.randbits(62))
    account.queries[query_id] = Query(chat.id, time.monotonic())
    if len(account.queries) > KEPT_QUERIES:
        account.queries.popitem(last=False)
    query: JSON = {"id": query_id, "from": (sender or chat).as_user(), "message": message}
    query |= {"chat_instance": str(chat.id), "data": data}
    update = account.updates.add("callback_query", chat.id, query)
    _note(account, chat, data, str(update), "press")
    return query_id


def block(account: Account, chat: Chat) -> None:
    """Block the bot (or remove it from the group): it is told, and can't write here any more."""
    if not chat.blocked:
        _membership(account, chat, "member", "kicked")
    chat.blocked = True
    account.changed(chat)


def unblock(account: Account, chat: Chat) -> None:
    """Let the bot write again: it is told."""
    if chat.blocked:
        _membership(account, chat, "kicked", "member")
    chat.blocked = False
    account.changed(chat)


def migrate(account: Account, chat: Chat) -> Chat:
    """A group becomes a supergroup, with another id."""
    if chat.private:
        raise CannotDo("only a group can be upgraded")
    grown = account.chats.put(-1_000_000_000_000 + chat.id, title=chat.title, kind="supergroup")
    chat.migrated_to = grown.id
    for where, notice in (
        (chat, {"migrate_to_chat_id": grown.id}),
        (grown, {"migrate_from_chat_id": chat.id}),
    ):
        account.updates.add("message", where.id, account.write(where, ADMINISTRATOR, **notice))
    return grown


def _check(chat: Chat, sender: Chat | None) -> None:
    if not chat.started or chat.blocked:
        raise CannotDo("press Start first: POST .../start")
    if not chat.private and sender is None:
        raise CannotDo("say who in the group does this: the id of a chat as `from`")


def _write(account: Account, chat: Chat, sender: Chat, body: str, content: JSON) -> JSON:
    message = account.write(chat, sender.as_user(), **content)
    if chat.keyboard and chat.keyboard.one_time:
        chat.keyboard = None
    update = account.updates.add("message", chat.id, message)
    chat.seen_at[message["message_id"]] = _note(account, chat, body, str(update), "message").clock_at
    return message


def _contact(chat: Chat, phone: str, card: JSON) -> JSON:
    """A shared card; Telegram gives one's own number without the plus."""
    contact: JSON = {
        "phone_number": phone.lstrip("+"),
        "first_name": card.get("first_name") or chat.first_name,
    }
    owner = card.get("user_id", chat.id if "phone" not in card else None)
    return {**contact, "user_id": owner} if owner else contact


def _membership(account: Account, chat: Chat, before: str, after: str) -> None:
    def member(status: str) -> JSON:
        until = {"until_date": 0} if status == "kicked" else {}
        return {"user": account.user, "status": status, **until}

    change: JSON = {"chat": chat.as_chat(), "from": chat.as_user(), "date": int(time.time())}
    change |= {"old_chat_member": member(before), "new_chat_member": member(after)}
    account.updates.add("my_chat_member", chat.id, change)


def _note(account: Account, chat: Chat, body: str, sid: str, method: str) -> Taken:
    taken = account.journal.add(
        provider="telegram",
        direction="in",
        person=str(chat.id),
        body=body,
        sid=sid,
        method=method,
    )
    account.changed(chat)
    return taken
