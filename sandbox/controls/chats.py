"""The Telegram chats: who has one, what they do in it, and what it shows."""

from collections.abc import Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.controls.body import read, text
from sandbox.telegram import people
from sandbox.telegram.account import Account
from sandbox.telegram.chats import Chat
from sandbox.wire import JSON
from sandbox.world import World

SETTABLE = ("first_name", "language_code", "phone", "title", "started")
Act = Callable[[Account, Chat, JSON], JSON]


class ChatControls:
    """`/chats`: a person's screen and hands; `/files`: what the bot sent them."""

    def __init__(self, world: World) -> None:
        self._account = world.telegram

    def routes(self) -> list[Route]:
        return [
            Route("/chats", self.list, methods=["GET"]),
            Route("/chats", self.put_many, methods=["POST"]),
            Route("/chats/{id}", self.show, methods=["GET"]),
            Route("/chats/{id}", self.put, methods=["PUT"]),
            Route("/chats/{id}/{act}", self.act, methods=["POST"]),
            Route("/files/{file}", self.file, methods=["GET"]),
        ]

    async def list(self, _request: Request) -> Response:
        return JSONResponse([chat.as_json() for chat in self._account.chats])

    async def show(self, request: Request) -> Response:
        """A chat that nobody has made, or not again since the start over, is an empty one: a page may just be reading it."""
        number = _id(request)
        return JSONResponse(_view(self._account, self._account.chats.find(number) or Chat(number)))

    async def put(self, request: Request) -> Response:
        """Make a chat or change what is known of it: first_name, language_code, phone, title, started."""
        return JSONResponse(self._put(_id(request), await read(request)).as_json())

    async def put_many(self, request: Request) -> Response:
        """Many at once: `chats`, a list of objects as for PUT, each with its `id`."""
        body = await read(request)
        for known in body.get("chats", []):
            self._put(int(known["id"]), known)
        return await self.list(request)

    async def act(self, request: Request) -> Response:
        act = ACTS.get(request.path_params["act"])
        if act is None:
            raise HTTPException(404, f"a chat knows {', '.join(ACTS)}")
        chat, body = self._chat(request), await read(request)
        try:
            return JSONResponse(act(self._account, chat, body), 201)
        except people.CannotDo as error:
            raise HTTPException(409, str(error)) from error

    async def file(self, request: Request) -> Response:
        file = self._account.files.find(request.path_params["file"])
        if file is None:
            raise HTTPException(404, "there is no such file")
        name = "".join(
            letter for letter in file.name if letter.isascii() and letter.isprintable() and letter != '"'
        )
        return Response(
            file.content,
            media_type=file.mime,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def _put(self, number: int, body: JSON) -> Chat:
        known = {name: body[name] for name in SETTABLE if name in body}
        chat = self._account.chats.put(number, **known)
        self._account.changed(chat)
        return chat

    def _chat(self, request: Request) -> Chat:
        chat = self._account.chats.find(_id(request))
        if chat is None:
            raise HTTPException(404, "there is no such chat; make it with PUT")
        return chat


def _id(request: Request) -> int:
    try:
        return int(request.path_params["id"])
    except ValueError as error:
        raise HTTPException(404, "a chat's id is a number") from error


def _text(account: Account, chat: Chat, body: JSON) -> JSON:
    return _message(people.say(account, chat, text(body, "text"), _sender(account, body)))


def _start(account: Account, chat: Chat, body: JSON) -> JSON:
    return _message(people.start(account, chat, str(body.get("payload") or "")))


def _press(account: Account, chat: Chat, body: JSON) -> JSON:
    number = body.get("message_id")
    if not isinstance(number, int):
        raise HTTPException(400, "`message_id` is missing, or is not a number")
    query = people.press(account, chat, number, text(body, "data"), _sender(account, body))
    return {"callback_query_id": query}


def _contact(account: Account, chat: Chat, body: JSON) -> JSON:
    return _message(people.share_contact(account, chat, body))


def _block(account: Account, chat: Chat, _body: JSON) -> JSON:
    people.block(account, chat)
    return chat.as_json()


def _unblock(account: Account, chat: Chat, _body: JSON) -> JSON:
    people.unblock(account, chat)
    return chat.as_json()


def _migrate(account: Account, chat: Chat, _body: JSON) -> JSON:
    return people.migrate(account, chat).as_json()


ACTS: dict[str, Act] = {
    "start": _start,
    "text": _text,
    "press": _press,
    "contact": _contact,
    "block": _block,
    "unblock": _unblock,
    "migrate": _migrate,
}


def _message(message: JSON) -> JSON:
    return {"message_id": message["message_id"]}


def _sender(account: Account, body: JSON) -> Chat | None:
    """Who acts in a group: `from`, the id of a chat."""
    if "from" not in body:
        return None
    sender = account.chats.find(int(body["from"]))
    if sender is None:
        raise HTTPException(404, "`from` is nobody's chat")
    return sender


def _view(account: Account, chat: Chat) -> dict[str, Any]:
    """Everything that the person's screen shows."""
    profile, keyboard = account.profile, chat.keyboard
    return {
        **chat.as_json(),
        "bot": account.user,
        "commands": profile.commands_for(chat.language_code),
        "description": profile.description_for(chat.language_code),
        "keyboard": keyboard.rows if keyboard else None,
        "messages": [_bubble(account, chat, message) for message in chat.messages.values()],
    }


def _bubble(account: Account, chat: Chat, message: JSON) -> dict[str, Any]:
    bubble = {
        "message_id": message["message_id"],
        "mine": message["from"]["id"] != account.user["id"],
        "text": message.get("text") or message.get("caption") or "",
        "entities": message.get("entities") or message.get("caption_entities") or [],
        "at": message["date"],
        "seen_at": chat.seen_at.get(message["message_id"], ""),
        "edited": "edit_date" in message,
        "buttons": message.get("reply_markup", {}).get("inline_keyboard", []),
        "reaction": chat.reactions.get(message["message_id"], ""),
        "contact": message.get("contact"),
        "document": message.get("document"),
    }
    return {name: value for name, value in bubble.items() if value not in (None, [], "", False)} | {
        "mine": bubble["mine"]
    }
