"""Every table of the house, by room; importing this package fills `metadata`."""

from storage.tables.accounts import account, calendar_address, knock, staff_session
from storage.tables.base import metadata
from storage.tables.diary import absence, appointment, claim, closure, hours, room, service, station
from storage.tables.groups import attendance, group, membership, offer, session, waiting
from storage.tables.health import declaration
from storage.tables.ledger import attempt, heartbeat, inbox, message, pace
from storage.tables.office import announcement, announcement_recipient, audit, policy, todo
from storage.tables.people import (
    address,
    clause_shown,
    consent,
    link_code,
    person,
    person_address,
    person_word,
    staff,
    upload,
    wrong_code,
)
from storage.tables.talk import conversation, question

__all__ = [
    "absence", "account", "address", "announcement", "announcement_recipient", "appointment", "attempt", "attendance", "audit",
    "calendar_address", "claim", "clause_shown", "closure", "consent", "conversation", "declaration", "group", "heartbeat", "hours", "inbox", "knock", "link_code", "membership",
    "message", "metadata", "offer", "pace", "person", "person_address", "person_word", "policy", "question", "room", "service",
    "session", "staff", "staff_session", "station", "todo", "upload", "waiting", "wrong_code",
]  # fmt: skip
