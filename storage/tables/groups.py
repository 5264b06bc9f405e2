"""The room groups: which groups there are, who belongs to them, when they meet, and who waits for a time."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Time,
    UniqueConstraint,
    text,
)

from storage.tables.base import UtcDateTime, metadata

# `rule` is an RRULE (RFC 5545) of local days; a group that an import named has none until staff give it one.
group = Table(
    "group",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(100), nullable=False, unique=True),
    Column("kind", String(16), nullable=False, server_default="other"),
    Column("room_id", Integer, ForeignKey("room.id")),
    Column("leader_id", Integer, ForeignKey("person.id")),
    Column("rule", String(200)),
    Column("first_day", Date),
    Column("starts", Time),
    Column("minutes", SmallInteger),
    Column("ended_on", Date),
    CheckConstraint("kind IN ('workshop', 'support', 'other')", name="kind"),
)

# `shift` is the one that staff confirmed, from 0; people of one word in `together` want the same.
# `although_two`: staff said that this person may be in two groups on one day. From `leaves_on` on they belong no more.
membership = Table(
    "membership",
    metadata,
    Column("group_id", Integer, ForeignKey("group.id"), primary_key=True),
    Column("person_id", Integer, ForeignKey("person.id"), primary_key=True, index=True),
    Column("shift", SmallInteger),
    Column("together", String(16)),
    Column("although_two", Boolean, nullable=False, server_default=text("false")),
    Column("leaves_on", Date),
)

# One meeting of one shift. `series_day` is the day that its series meant, wherever it has been moved to since.
# A `clash` claims nothing until staff have settled what stands in its way. What staff did to one `by_hand` stays as they left it.
# `was_...`: what staff's last change can be undone to; the place where one that was not moved stands is its own.
session = Table(
    "session",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("group_id", Integer, ForeignKey("group.id"), nullable=False),
    Column("shift", SmallInteger, nullable=False),
    Column("series_day", Date, nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("room_id", Integer, ForeignKey("room.id"), nullable=False),
    Column("leader_id", Integer, ForeignKey("person.id"), nullable=False),
    Column("status", String(16), nullable=False),
    Column("by_hand", Boolean, nullable=False, server_default=text("false")),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("was_at", UtcDateTime),
    Column("was_room_id", Integer, ForeignKey("room.id")),
    Column("was_by_hand", Boolean),
    UniqueConstraint("group_id", "shift", "series_day"),
    CheckConstraint("starts_at < ends_at", name="order"),
    CheckConstraint("status IN ('clash', 'planned', 'called_off')", name="status"),
    Index("ix_session_starts_at", "starts_at"),
)

# What somebody answered, and what a person entered afterwards; never why. `answer_before`: what they had, before the session moved.
attendance = Table(
    "attendance",
    metadata,
    Column("session_id", Integer, ForeignKey("session.id"), primary_key=True),
    Column("person_id", Integer, ForeignKey("person.id"), primary_key=True, index=True),
    Column("answer", String(16)),
    Column("answer_before", String(16)),
    Column("presence", String(16)),
    Column("entered_by_id", Integer, ForeignKey("person.id")),
    Column("at", UtcDateTime, nullable=False),
    CheckConstraint("answer IN ('coming', 'not_coming')", name="answer"),
    CheckConstraint("answer_before IN ('coming', 'not_coming')", name="answer_before"),
    CheckConstraint("presence IN ('present', 'absent', 'excused')", name="presence"),
)

# Somebody waits for a time of a service, or of that visit's, which is to move there: to an earlier one, if `earlier`.
# `refused`: the times that were free when they asked, and that they did not want.
waiting = Table(
    "waiting",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", Integer, ForeignKey("person.id"), nullable=False, index=True),
    Column("service_id", Integer, ForeignKey("service.id"), nullable=False),
    Column("appointment_id", Integer, ForeignKey("appointment.id"), index=True),
    Column("earlier", Boolean, nullable=False, server_default=text("false")),
    Column("first_day", Date),
    Column("last_day", Date, nullable=False),
    Column("from_time", Time),
    Column("until_time", Time),
    Column("refused", JSON, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Index(
        "uq_waiting_open",
        "person_id", "service_id",
        unique=True,
        postgresql_where=text("ended_at IS NULL"),
        sqlite_where=text("ended_at IS NULL"),
    ),
    CheckConstraint("appointment_id IS NOT NULL OR NOT earlier", name="earlier"),
)  # fmt: skip

# A time that was offered to somebody who waits; it holds nothing: the first TAK has it. Nobody has two open ones, and nobody
# is offered one time twice.
offer = Table(
    "offer",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("waiting_id", Integer, ForeignKey("waiting.id"), nullable=False, index=True),
    Column("person_id", Integer, ForeignKey("person.id"), nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("offered_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("outcome", String(16), nullable=False, server_default="open"),
    UniqueConstraint("waiting_id", "starts_at"),
    Index(
        "uq_offer_open",
        "person_id",
        unique=True,
        postgresql_where=text("outcome = 'open'"),
        sqlite_where=text("outcome = 'open'"),
    ),
    CheckConstraint("outcome IN ('open', 'taken', 'declined', 'lost', 'expired')", name="outcome"),
)  # fmt: skip
