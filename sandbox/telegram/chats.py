"""The chats of the pretend Telegram: people with a private chat, and groups."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.pace import Bucket, Limits, Window
from sandbox.wire import JSON


@dataclass
class Keyboard:
    """The buttons below the chat, in place of the letters."""

    rows: list[list[JSON]]
    one_time: bool


@dataclass
class Chat:
    """One chat with the bot: a person's (positive id) or a group's (negative)."""

    id: int
    first_name: str = ""
    language_code: str = "pl"
    phone: str | None = None
    kind: str = "private"
    title: str = ""
    started: bool = False
    blocked: bool = False
    migrated_to: int | None = None
    keyboard: Keyboard | None = None
    messages: dict[int, JSON] = field(default_factory=dict)
    reactions: dict[int, str] = field(default_factory=dict)
    seen_at: dict[int, str] = field(default_factory=dict)  # by the movable clock
    pace: Window | Bucket | None = None

    @property
    def private(self) -> bool:
        return self.kind == "private"

    def as_chat(self) -> JSON:
        name = {"first_name": self.first_name} if self.private else {"title": self.title}
        return {"id": self.id, "type": self.kind, **name}

    def as_user(self) -> JSON:
        """The person of a private chat, whose id is the chat's."""
        known = {"first_name": self.first_name, "language_code": self.language_code}
        return {"id": self.id, "is_bot": False, **known}

    def keep(self, message: JSON, most: int = 300) -> None:
        self.messages[message["message_id"]] = message
        if len(self.messages) > most:
            self.forget(next(iter(self.messages)))

    def forget(self, number: int) -> None:
        for kept in (self.messages, self.reactions, self.seen_at):
            kept.pop(number, None)

    def as_json(self) -> JSON:
        own = ("id", "first_name", "language_code", "phone", "kind", "title", "started", "blocked")
        return {name: getattr(self, name) for name in own}


class Chats:
    """Everybody who has Telegram, by id."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._by_id: dict[int, Chat] = {}

    def __iter__(self) -> Any:
        return iter(self._by_id.values())

    def find(self, number: int) -> Chat | None:
        return self._by_id.get(number)

    def put(self, number: int, **known: Any) -> Chat:
        """Make a chat, or change what is known of the one there is."""
        chat = self._by_id.get(number)
        if chat is None:
            chat = self._by_id[number] = Chat(number, kind="private" if number > 0 else "group")
            chat.started = number < 0  # a bot is added to a group; nobody presses Start there
            chat.pace = self._pace(chat)
        for name, value in known.items():
            setattr(chat, name, value)
        return chat

    def clear(self) -> None:
        self._by_id.clear()

    def _pace(self, chat: Chat) -> Window | Bucket | None:
        limits = self._limits
        if not chat.private:
            return Window(limits.group_per_minute, 60.0) if limits.group_per_minute else None
        return Bucket(limits.chat_per_second, limits.chat_burst) if limits.chat_per_second else None
