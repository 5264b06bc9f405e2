"""A Telegram update as what somebody said; None for what is not addressed to the bot by one person."""

from dataclasses import replace

from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, Contact, Message, MessageEntity, Update
from telegram.constants import ChatType

from bot.channels.letters import legible
from bot.dialogue.incoming import Incoming

CHANNEL = "telegram"
WANTED = ["message", "callback_query", "my_chat_member"]  # an edited message was answered when it came
START = "start"


def incoming_of(update: Update, account: str) -> Incoming | None:
    """Private chats alone: in a group nobody is known for certain, and others read along."""
    chat = update.effective_chat
    if chat is None or chat.type != ChatType.PRIVATE:
        return None
    bare = Incoming(
        channel=CHANNEL,
        account=account,
        address=str(chat.id),
        provider_id=str(update.update_id),
        buttons=True,
    )
    if update.callback_query is not None:
        return _pressed(bare, update.callback_query)
    if update.message is not None:
        return _written(bare, update.message)
    if update.my_chat_member is not None:
        return _blocked_or_back(bare, update.my_chat_member)
    return None


def _pressed(bare: Incoming, query: CallbackQuery) -> Incoming | None:
    return replace(bare, press=legible(query.data)) if query.data else None


def _written(bare: Incoming, message: Message) -> Incoming:
    name = legible(message.from_user.first_name) if message.from_user else None
    named = replace(bare, name=name, sent_at=message.date)
    if message.contact is not None:
        return _shared(named, message, message.contact)
    text = legible(message.text or message.caption or "")
    if (word := _command(message, text)) is None:
        return replace(named, text=text)
    code = text.partition(" ")[2].strip()
    return (
        replace(named, code=code)
        if word == START and code
        else replace(named, text=f"/{word} {code}".strip())
    )


def _command(message: Message, text: str) -> str | None:
    """`/moje@our_bot x` is the command `moje`."""
    first = message.entities[0] if message.entities else None
    if first is None or first.type != MessageEntity.BOT_COMMAND or first.offset:
        return None
    return text[1 : first.length].partition("@")[0].lower()


def _shared(named: Incoming, message: Message, contact: Contact) -> Incoming:
    """Anybody's card can be sent; only one's own, and not passed on, says whose the number is."""
    sender = message.from_user
    if sender is None or contact.user_id != sender.id or message.forward_origin is not None:
        return replace(named, foreign_contact=True)
    return replace(named, contact="+" + contact.phone_number.lstrip("+"))


def _blocked_or_back(bare: Incoming, change: ChatMemberUpdated) -> Incoming:
    """A private chat's membership changes when the person blocks the bot, and when they let it back."""
    return replace(bare, blocked=change.new_chat_member.status == ChatMember.BANNED)
