"""The questions of a conversation, and what each of their answers means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage import talk
from storage.database import Transaction

VISIT = "visit"  # the kind of every unasked question about one visit
SESSION = "session"  # and about one session of a group
OFFERED = "offered"  # of a time that is offered to somebody who waits
CHECK = "check"  # and of the morning's health prompt, where it is about none or about several
ANNOUNCED = "announced"  # whether an announcement has been read

Value = Mapping[str, Any]

UNCERTAIN = {"sending", "unknown"}  # it may have arrived, or not yet
NEVER_READ = {"failed", "expired", "withdrawn"}
OPEN_VISIT = {"booked", "confirmed"}
MEETING = (VISIT, SESSION)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it stands now. `visit_*` are of the visit that it is about, if it is about one; `session_*` of the group's session."""

    id: int
    kind: str
    asked: bool
    options: Sequence[Mapping[str, Any]]
    person_id: int | None
    appointment_id: int | None
    version: int | None
    posted_at: datetime
    expires_at: datetime
    answered_at: datetime | None
    message_id: int
    address_id: int | None
    message_status: str
    first_attempt: int | None
    visit_status: str | None
    visit_version: int | None
    visit_starts_at: datetime | None
    session_id: int | None = None
    session_status: str | None = None
    session_version: int | None = None
    session_starts_at: datetime | None = None

    @property
    def begins_at(self) -> datetime | None:
        """When what it is about begins."""
        return self.visit_starts_at or self.session_starts_at

    @property
    def was_put(self) -> bool:
        """Whether somebody can have read it: open from the first attempt on, not from the provider's answer."""
        return self.first_attempt is not None and self.message_status not in NEVER_READ

    @property
    def is_list(self) -> bool:
        """Whether digits answer it."""
        return any(option["mark"].isdigit() for option in self.options)

    @property
    def is_uncertain(self) -> bool:
        """Whether its reader may not have it yet."""
        return self.message_status in UNCERTAIN

    @property
    def stands(self) -> bool:
        """Whether the visit or session it is about is still as it was then."""
        if self.session_id is not None:
            return self.version == self.session_version and self.session_status == "planned"
        if self.appointment_id is None:
            return True
        same = self.version is None or self.version == self.visit_version
        return same and self.visit_status in OPEN_VISIT

    def waits(self, now: datetime) -> bool:
        """Whether it can still be answered for the first time."""
        return self.answered_at is None and self.expires_at > now

    def option(self, mark: str) -> Mapping[str, Any] | None:
        """The choice with that mark."""
        return next((option for option in self.options if option["mark"] == mark), None)

    def accepts(self, mark: str) -> bool:
        """Whether that mark answers it: a question about a visit understands TAK even where it no longer offers it."""
        return self.kind in MEETING or self.option(mark) is not None

    def value(self, mark: str) -> Value | None:
        """What that mark means here; None if it means nothing."""
        chosen = self.option(mark)
        return None if chosen is None else chosen["value"]


@dataclass(frozen=True, slots=True)
class Talk:
    """Where a conversation stands.

    Attributes:
        asked, unasked: what can have been read, the newest first.
        opened_until: until when the word holds that the speaker has said.
    """

    speaker_id: int | None
    misses: int
    asked: tuple[Question, ...] = ()
    unasked: tuple[Question, ...] = ()
    opened_until: datetime | None = None


def talk_at(tx: Transaction, address_id: int, person_ids: Sequence[int], *, since: datetime) -> Talk:
    """Where the conversation with that address stands; unasked questions that have expired before `since` are left out."""
    rows = talk.standing(tx, address_id, person_ids, since=since)
    first = rows[0]
    known = first.talk_expires_at is not None and first.talk_expires_at > tx.now
    questions = [_question(row) for row in rows if row.id is not None]
    put = [question for question in questions if question.was_put]
    return Talk(
        speaker_id=first.speaker_id if known else None,
        misses=first.misses if known else 0,
        asked=tuple(question for question in put if question.asked),
        unasked=tuple(question for question in put if not question.asked),
        opened_until=first.opened_until if known else None,
    )


def question(tx: Transaction, question_id: int) -> Question | None:
    """That question, whoever was asked it."""
    row = talk.question_by_id(tx, question_id)
    return None if row is None else _question(row)


def _question(row: Any) -> Question:
    return Question(**{name: getattr(row, name) for name in Question.__slots__})
