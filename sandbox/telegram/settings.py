"""Calls that write to nobody: who the bot is, its webhook, its commands, its answers to a press."""

import time
from collections.abc import Callable

from sandbox.telegram.account import Account
from sandbox.telegram.entities import units
from sandbox.telegram.params import Params
from sandbox.telegram.refusals import TOO_OLD, bad_request
from sandbox.telegram.sending import find_chat
from sandbox.telegram.updates import WEBHOOK_SET
from sandbox.telegram.webhook import Address
from sandbox.wire import JSON

MOST_COMMANDS = 100
MOST_NOTICE = 200


def _get_me(account: Account, _params: Params) -> JSON:
    return account.me()


def _set_webhook(account: Account, params: Params) -> bool:
    connections = min(max(params.integer("max_connections", 40), 1), 100)
    address = Address(params.text("url"), params.text("secret_token"), connections)
    if not address.url:
        return _delete_webhook(account, params)
    address.check()
    _begin(account, params, address)
    return True


def _delete_webhook(account: Account, params: Params) -> bool:
    _begin(account, params, Address())
    return True


def _get_webhook_info(account: Account, _params: Params) -> JSON:
    return account.webhook.as_json()


def _answer_callback_query(account: Account, params: Params) -> bool:
    text = params.text("text")
    if units(text) > MOST_NOTICE:
        raise bad_request("MESSAGE_TOO_LONG")
    query = account.queries.pop(params.text("callback_query_id"), None)
    if query is None or time.monotonic() - query.at > account.limits.query_seconds:
        raise bad_request(TOO_OLD)
    account.news.tell("notice", chat=query.chat, text=text, alert=params.flag("show_alert"))
    return True


def _set_my_commands(account: Account, params: Params) -> bool:
    commands = params.objects("commands")
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        _check_command(command)
    account.profile.commands[_scope(params), params.text("language_code")] = commands
    account.news.tell("profile")
    return True


def _get_my_commands(account: Account, params: Params) -> list[JSON]:
    return account.profile.commands.get((_scope(params), params.text("language_code")), [])


def _delete_my_commands(account: Account, params: Params) -> bool:
    account.profile.commands.pop((_scope(params), params.text("language_code")), None)
    account.news.tell("profile")
    return True


def _set_my_description(account: Account, params: Params) -> bool:
    account.profile.description[params.text("language_code")] = params.text("description")
    account.news.tell("profile")
    return True


def _get_my_description(account: Account, params: Params) -> JSON:
    return {"description": account.profile.description.get(params.text("language_code"), "")}


def _set_my_short_description(account: Account, params: Params) -> bool:
    account.profile.short_description[params.text("language_code")] = params.text("short_description")
    return True


def _set_chat_menu_button(account: Account, params: Params) -> bool:
    account.profile.menu_button = params.parsed("menu_button") or {"type": "default"}
    return True


def _set_message_reaction(account: Account, params: Params) -> bool:
    chat = find_chat(account, params)
    number = params.integer("message_id")
    if number not in chat.messages:
        raise bad_request("message to react not found")
    reactions = params.objects("reaction")
    chat.reactions[number] = str(reactions[0].get("emoji", "")) if reactions else ""
    account.changed(chat)
    return True


def _send_chat_action(account: Account, params: Params) -> bool:
    chat = find_chat(account, params)
    account.news.tell("action", chat=chat.id, action=params.text("action"))
    return True


SETTINGS: dict[str, Callable[[Account, Params], object]] = {
    "getMe": _get_me,
    "setWebhook": _set_webhook,
    "deleteWebhook": _delete_webhook,
    "getWebhookInfo": _get_webhook_info,
    "answerCallbackQuery": _answer_callback_query,
    "setMyCommands": _set_my_commands,
    "getMyCommands": _get_my_commands,
    "deleteMyCommands": _delete_my_commands,
    "setMyDescription": _set_my_description,
    "getMyDescription": _get_my_description,
    "setMyShortDescription": _set_my_short_description,
    "setChatMenuButton": _set_chat_menu_button,
    "setMessageReaction": _set_message_reaction,
    "sendChatAction": _send_chat_action,
}


def _begin(account: Account, params: Params, address: Address) -> None:
    if params.flag("drop_pending_updates"):
        account.updates.drop()
    allowed = params.parsed("allowed_updates")
    if isinstance(allowed, list):
        account.updates.allow([str(kind) for kind in allowed])
    if address.url:
        account.updates.end_polls(WEBHOOK_SET)
    account.webhook.move(address)


def _scope(params: Params) -> str:
    scope = params.parsed("scope") or {}
    kind = str(scope.get("type", "default")) if isinstance(scope, dict) else "default"
    return f"{kind}:{scope['chat_id']}" if "chat_id" in scope else kind


def _check_command(command: JSON) -> None:
    name, description = str(command.get("command", "")).removeprefix("/"), str(command.get("description", ""))
    if not (
        1 <= len(name) <= 32 and name == name.lower() and name.replace("_", "a").isalnum() and name.isascii()
    ):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
