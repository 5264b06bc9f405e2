"""Updates as Telegram sends them, by who did what."""

from typing import Any

from telegram import Update

Raw = dict[str, Any]
ANNA: Raw = {"id": 700, "is_bot": False, "first_name": "Anna", "language_code": "pl"}
PRIVATE: Raw = {"id": 700, "type": "private", "first_name": "Anna"}
GROUP: Raw = {"id": -100200, "type": "supergroup", "title": "Sąsiedzi"}


def an_update(update_id: int = 17, **content: Any) -> Update:
    update = Update.de_json({"update_id": update_id, **content})
    assert update is not None
    return update


def a_message(chat: Raw = PRIVATE, **content: Any) -> Update:
    return an_update(message={"message_id": 5, "date": 1_760_000_000, "chat": chat, "from": ANNA, **content})


def a_command(text: str) -> Update:
    length = len(text.split(" ", maxsplit=1)[0])
    return a_message(text=text, entities=[{"type": "bot_command", "offset": 0, "length": length}])


def a_press(data: str | None) -> Update:
    message = {"message_id": 5, "date": 1_760_000_000, "chat": PRIVATE, "text": "Wolne terminy"}
    query = {"id": "9001", "from": ANNA, "chat_instance": "1", "message": message}
    return an_update(callback_query=query | ({"data": data} if data else {"game_short_name": "x"}))


def a_change(status: str) -> Update:
    bot: Raw = {"id": 1, "is_bot": True, "first_name": "Klub"}
    new = {"user": bot, "status": status} | ({"until_date": 0} if status == "kicked" else {})
    old = {"user": bot, "status": "member"}
    change = {
        "chat": PRIVATE,
        "from": ANNA,
        "date": 1_760_000_000,
        "old_chat_member": old,
        "new_chat_member": new,
    }
    return an_update(my_chat_member=change)
