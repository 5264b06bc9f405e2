"""The bot's account: everything that Telegram knows of one bot."""

import time
from collections import OrderedDict
from dataclasses import dataclass, field

from sandbox.journal import Journal
from sandbox.news import News
from sandbox.pace import Limits, Window
from sandbox.postman import Postman
from sandbox.telegram.chats import Chat, Chats
from sandbox.telegram.counting import rising_numbers
from sandbox.telegram.files import Files
from sandbox.telegram.updates import Updates
from sandbox.telegram.webhook import Webhook
from sandbox.trouble import Troubles
from sandbox.wire import JSON


@dataclass
class Profile:
    """What the bot has told Telegram of itself, by language code ("" for all the others)."""

    commands: dict[tuple[str, str], list[JSON]] = field(default_factory=dict)  # by scope and language
    description: dict[str, str] = field(default_factory=dict)
    short_description: dict[str, str] = field(default_factory=dict)
    menu_button: JSON = field(default_factory=lambda: {"type": "default"})

    def commands_for(self, language: str) -> list[JSON]:
        """What a private chat's menu shows."""
        for scope in ("all_private_chats", "default"):
            for code in (language, ""):
                if commands := self.commands.get((scope, code)):
                    return commands
        return []

    def description_for(self, language: str) -> str:
        return self.description.get(language) or self.description.get("", "")


@dataclass
class Query:
    """A press of a button that waits to be answered."""

    chat: int
    at: float  # monotonic


class Account:
    """One bot with its chats, its queue of updates and its webhook."""

    def __init__(
        self, token: str, limits: Limits, news: News, journal: Journal, postman: Postman, troubles: Troubles
    ) -> None:
        self.token = token
        self.limits = limits
        self.news = news
        self.journal = journal
        self.chats = Chats(limits)
        self.files = Files()
        self.profile = Profile()
        self.updates = Updates()
        self.webhook = Webhook(self.updates, postman, troubles, limits)
        self.queries: OrderedDict[str, Query] = OrderedDict()
        self.overall = Window(limits.overall_per_second, 1.0) if limits.overall_per_second else None
        self.flood_until = 0.0  # monotonic
        self._numbers = rising_numbers()

    @property
    def user(self) -> JSON:
        number = int(self.token.partition(":")[0] or 0)
        return {"id": number, "is_bot": True, "first_name": "Termin", "username": "termin_na_niby_bot"}

    def me(self) -> JSON:
        able = {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }
        return {**self.user, **able, "can_connect_to_business": False, "has_main_web_app": False}

    def write(self, chat: Chat, sender: JSON, **content: object) -> JSON:
        """A new message in a chat; nothing of it waits for anybody yet."""
        message: JSON = {
            "message_id": next(self._numbers), "from": sender, "chat": chat.as_chat(), "date": int(time.time()), **content
        }  # fmt: skip
        chat.keep(message)
        return message

    def changed(self, chat: Chat) -> None:
        self.news.tell("chat", chat=chat.id)

    def clear(self) -> None:
        """Forget chats and what was written; the bot's own settings stay, as they would at Telegram."""
        self.chats.clear()
        self.files.clear()
        self.queries.clear()
        self.updates.drop()
        self.flood_until = 0.0
