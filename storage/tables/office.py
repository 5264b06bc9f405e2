"""The room office: the rules in force, what staff have to do, what is announced, and who did what."""

from sqlalchemy import JSON, Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, text

from storage.tables.base import UtcDateTime, metadata

# A rule that holds from `since` until it is revoked; of two that hold at once the one that was set later counts.
policy = Table(
    "policy",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("rule", String(32), nullable=False),
    Column("value", JSON, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("until", UtcDateTime),
    Column("set_at", UtcDateTime, nullable=False),
    Column("set_by_id", Integer, ForeignKey("person.id")),
    CheckConstraint("until IS NULL OR since < until", name="order"),
    Index("ix_policy_rule", "rule"),
)

# `key` keeps one matter to one to-do; what it says is a catalogue text, never a participant's words.
# `told_at`: when somebody's own phone was told that something urgent is here.
todo = Table(
    "todo",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(120), nullable=False, unique=True),
    Column("text", String(64), nullable=False),
    Column("params", JSON, nullable=False),
    Column("person_id", Integer, ForeignKey("person.id")),
    Column("appointment_id", Integer, ForeignKey("appointment.id")),
    Column("assignee_id", Integer, ForeignKey("person.id")),
    Column("urgent", Boolean, nullable=False, server_default=text("false")),
    Column("created_at", UtcDateTime, nullable=False),
    Column("told_at", UtcDateTime),
    Column("due_at", UtcDateTime),
    Column("taken_at", UtcDateTime),
    Column("done_at", UtcDateTime),
    Column("done_by_id", Integer, ForeignKey("person.id")),
    Index(
        "ix_todo_open",
        "due_at",
        postgresql_where=text("done_at IS NULL"),
        sqlite_where=text("done_at IS NULL"),
    ),
)

# What staff tell many at once: its text by language, and whom it is for, as the scheduler says it.
# From `begins_at` on it can't be undone any more; `closed`, the days or hours on which the club is closed, takes effect then.
announcement = Table(
    "announcement",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("texts", JSON, nullable=False),
    Column("audience", JSON, nullable=False),
    Column("purpose", String(16), nullable=False),
    Column("acknowledge", Boolean, nullable=False, server_default=text("false")),
    Column("closed", JSON),
    Column("status", String(16), nullable=False),
    Column("written_at", UtcDateTime, nullable=False),
    Column("written_by_id", Integer, ForeignKey("person.id")),
    Column("confirmed_at", UtcDateTime),
    Column("confirmed_by_id", Integer, ForeignKey("person.id")),
    Column("begins_at", UtcDateTime),
    Column("done_at", UtcDateTime),
    CheckConstraint(
        "status IN ('begun', 'draft', 'confirmed', 'running', 'paused', 'stopped', 'undone', 'done')",
        name="status",
    ),
)

# Whom it was for when it was confirmed, and the message that tells them: one an address, however many share it. None
# where what became of their own visit tells them (`by_change`).
announcement_recipient = Table(
    "announcement_recipient",
    metadata,
    Column("announcement_id", Integer, ForeignKey("announcement.id"), primary_key=True),
    Column("person_id", Integer, ForeignKey("person.id"), primary_key=True, index=True),
    Column("address_id", Integer, ForeignKey("address.id")),
    Column("message_id", Integer, ForeignKey("message.id"), index=True),
    Column("by_change", Boolean, nullable=False, server_default=text("false")),
    Column("read_at", UtcDateTime),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("actor", String(16), nullable=False),
    Column("actor_id", Integer, ForeignKey("person.id")),
    Column("action", String(32), nullable=False),
    Column("person_id", Integer, ForeignKey("person.id"), index=True),
    Column("appointment_id", Integer, ForeignKey("appointment.id"), index=True),
    Column("details", JSON, nullable=False),
    CheckConstraint("actor IN ('participant', 'staff', 'system')", name="actor"),
)
