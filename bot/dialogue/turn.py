"""One turn of a conversation: what came in, from whom, where the talk stands, and ways to answer."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from bot.dialogue.club import Club
from bot.dialogue.incoming import Incoming
from bot.dialogue.questions import Talk, talk_at
from bot.dialogue.reply import Choice, Reply
from config.centre import Centre
from scheduler.calendar import local
from scheduler.people import Address, AddressState, Person, address_of, people_at
from storage import talk as talks
from storage.database import Transaction

SPEAKER_FOR = timedelta(minutes=30)  # after so long somebody else may have picked the phone up
LATE_BY = timedelta(days=1)  # an answer that comes so long after the visit is still told so


@dataclass
class Turn:
    """What a handler is given. `speaker` is None where several share the address and nobody knows who writes."""

    tx: Transaction
    club: Club
    incoming: Incoming
    address: Address
    people: tuple[Person, ...]
    talk: Talk
    speaker: Person | None
    stranger_language: str = "pl"
    remembers: bool = field(default=False, init=False)
    opened_until: datetime | None = field(default=None, init=False)

    @property
    def centre(self) -> Centre:
        return self.club.centre

    @property
    def now_here(self) -> datetime:
        """What the club's clock shows."""
        return local(self.tx.now, self.centre.zone)

    @property
    def today(self) -> date:
        return self.now_here.date()

    @property
    def is_shared(self) -> bool:
        """Whether several people are written to here: then answers name no service."""
        return len(self.people) > 1

    @property
    def is_anybodys(self) -> bool:
        """Whether it is not known who of several writes: then visits are told with first names."""
        return self.is_shared and self.speaker is None

    @property
    def person_ids(self) -> list[int]:
        """Whose matters these may be: the speaker's, or everybody's of the address."""
        return [self.speaker.id] if self.speaker else [person.id for person in self.people]

    @property
    def whoever(self) -> tuple[Person, ...]:
        """Whoever may be writing: the speaker, everybody of the address, or nobody that is known."""
        return (self.speaker,) if self.speaker else self.people

    @cached_property
    def last_text(self) -> str:
        """The text that was said here last; empty if there was none."""
        last = talks.last_said(self.tx, self.address.id)
        return "" if last is None else str(talks.words_of(self.tx, last).text)

    @property
    def language(self) -> str:
        if self.speaker:
            return self.speaker.language
        return self.people[0].language if self.people else self.stranger_language

    def named(self, service: str) -> str | None:
        """The service as it may be said here: unnamed on a shared phone."""
        return None if self.is_shared else service

    def person(self, person_id: int | None) -> Person | None:
        """Whoever of this address has that id; without one, whoever speaks."""
        if person_id is None:
            return self.speaker
        return next((person for person in self.people if person.id == person_id), None)

    def speak_as(self, person_id: int) -> None:
        """Go on as that person, now and while the conversation lasts."""
        before, self.speaker = self.speaker, self.person(person_id) or self.speaker
        self.remembers = self.is_shared
        if self.speaker != before:
            self.opened_until = None

    @property
    def is_open(self) -> bool:
        """Whether the visits of whoever speaks may be read out here: on a shared phone a word may be asked for first."""
        if self.speaker is None or not (self.is_shared and self.speaker.has_word):
            return True
        return self.opened_until is not None and self.opened_until > self.tx.now

    def say(self, text: str, *, options: tuple[Choice, ...] = (), **params: Any) -> Reply:
        """A reply to whoever speaks, in their language."""
        return Reply(
            text,
            params,
            options,
            person_id=self.speaker.id if self.speaker else None,
            language=None if self.speaker else self.language,
        )

    def out_of_date(self) -> Reply:
        """What was pressed or answered no longer means anything."""
        return self.say("stale_button" if self.incoming.press is not None else "out_of_date")

    def keep(self, *, misses: int) -> None:
        """Keep who speaks, and how often in a row nothing was understood, if either has changed."""
        if self.remembers or misses != self.talk.misses or (self.is_shared and self.speaker):
            talks.remember(
                self.tx,
                self.address.id,
                speaker_id=self.speaker.id if self.speaker and self.is_shared else None,
                misses=misses,
                until=self.tx.now + SPEAKER_FOR,
                opened_until=self.opened_until,
            )


def begin(tx: Transaction, club: Club, incoming: Incoming) -> Turn:
    """The turn of what has just come in."""
    address = address_of(tx, incoming.channel, incoming.account, incoming.address)
    people = () if address.state is AddressState.WRONG else tuple(people_at(tx, address.id))
    ids = [person.id for person in people]
    talk = talk_at(tx, address.id, ids, since=tx.now - LATE_BY)
    speaker = next((person for person in people if len(people) == 1 or person.id == talk.speaker_id), None)
    turn = Turn(tx, club, incoming, address, people, talk, speaker)
    turn.opened_until = talk.opened_until
    return turn
