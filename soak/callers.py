"""The people who write to the club: each books a visit and gives it back, over and over, on a phone or in a chat."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from sandbox.journal import Taken, Wanted
from sandbox.telegram import people as chats
from sandbox.twilio import inbound as phones
from sandbox.world import World
from scheduler.enrolment import Newcomer, enrol
from scheduler.people import link
from storage.database import Transaction

# What each says next, and where that leads; <first> presses the first button of the last message.
PHONE = {"idle": ("psycholog", "list"), "list": ("1", "booked"), "booked": ("odwolaj", "idle")}
CHAT = {
    "idle": ("psycholog", "days"),
    "days": ("<first>", "list"),
    "list": ("<first>", "booked"),
    "booked": ("odwolaj", "idle"),
}
_LETTERS = "abcdefghijklmnoprstuwz"


@dataclass
class Caller:
    """One participant. `said` counts their messages, `state` is where their cycle stands."""

    person_id: int
    channel: str  # sms or telegram
    address: str
    state: str = "idle"
    said: int = 0

    @property
    def open_visits(self) -> int:
        """How many they should have once all is settled."""
        return int(self.state == "booked")

    def say(self, world: World) -> None:
        """Say what comes next; nobody waits for an answer here."""
        words, self.state = (PHONE if self.channel == "sms" else CHAT)[self.state]
        self.said += 1
        if self.channel == "sms":
            phones.receive(world.twilio, self.address, words)
            return
        chat = world.telegram.chats.find(int(self.address))
        assert chat is not None
        if words == "<first>":
            last = [one for one in heard(world, self) if one.buttons][-1]
            chats.press(world.telegram, chat, int(last.sid), last.buttons[0][0]["callback_data"])
        else:
            chats.say(world.telegram, chat, words)


@dataclass
class Callers:
    """Enrols new callers, on phones and in chats by turns."""

    sms_account: str
    telegram_account: str
    everybody: list[Caller] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def enrol(self, tx: Transaction, world: World, channel: str) -> Caller:
        """Somebody new, reached by that channel alone."""
        number = next(self._numbers)
        name = f"Osoba {_word(number)}"
        if channel == "sms":
            phone = f"+48501{number:06}"
            who = enrol(tx, Newcomer(full_name=name, phone=phone), self.sms_account).person_id
            caller = Caller(who, channel, phone)
        else:
            who = enrol(tx, Newcomer(full_name=name)).person_id
            link(tx, who, "telegram", self.telegram_account, str(10_000 + number))
            world.telegram.chats.put(10_000 + number, first_name=name, started=True)
            caller = Caller(who, channel, str(10_000 + number))
        self.everybody.append(caller)
        return caller


def heard(world: World, caller: Caller) -> list[Taken]:
    """What the provider took for them, in order."""
    provider = "twilio" if caller.channel == "sms" else "telegram"
    return world.journal.after(0, Wanted(provider=provider, person=caller.address, direction="out"))


def _word(number: int) -> str:
    """A surname of its own."""
    word = ""
    while number:
        number, letter = divmod(number, len(_LETTERS))
        word += _LETTERS[letter]
    return word.capitalize() + "ski"
