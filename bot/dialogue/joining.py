"""A chat that proves whose it is: by its own contact card, or by a code from staff."""

from bot.dialogue import colleagues, strangers
from bot.dialogue.reply import Reply
from bot.dialogue.turn import Turn
from scheduler import linking
from scheduler.people import Person, people_at


def by_contact(turn: Turn, phone: str) -> Reply | None:
    """The sender's own number: everybody enrolled with it is written to here from now on."""
    try:
        return _welcomed(turn, linking.link_by_contact(turn.tx, phone, turn.address))
    except linking.ChatTaken:
        return turn.say("desk_chat_taken")
    except linking.ContactUnknown:
        return turn.say("already_linked") if turn.people else strangers.stranger(turn, text="contact_unknown")


def by_foreign_contact(turn: Turn) -> Reply | None:
    """Somebody else's card proves nothing."""
    return turn.say("already_linked") if turn.people else strangers.stranger(turn, text="contact_not_own")


def by_code(turn: Turn, code: str) -> Reply | None:
    """A code from staff, as a link carried it or as it was typed."""
    try:
        linked = linking.link_by_code(turn.tx, code, turn.address)
        return colleagues.welcome(turn, linked) if linked.kind == "staff" else _welcomed(turn, [linked])
    except linking.ChatTaken:
        return turn.say("desk_chat_taken")
    except linking.CodeUsed:
        return _refused(turn, "code_used")
    except linking.LinkRefused:
        return _refused(turn, "code_wrong")


def _refused(turn: Turn, text: str) -> Reply | None:
    return turn.say(text) if turn.people else strangers.stranger(turn, text=text)


def _welcomed(turn: Turn, linked: list[Person]) -> Reply:
    before = set(turn.people)
    turn.people = tuple(people_at(turn.tx, turn.address.id))
    turn.speaker = turn.people[0] if len(turn.people) == 1 else None
    if set(turn.people) == before:
        return turn.say("already_linked")
    names = ", ".join(person.first_name for person in linked)
    return turn.say("linked", first_name=names)
