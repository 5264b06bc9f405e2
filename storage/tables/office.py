"""The room office: what staff have to do, and who did what."""

from sqlalchemy import JSON, Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, text

from storage.tables.base import UtcDateTime, metadata

# `key` keeps one matter to one to-do; what it says is a catalogue text, never a participant's words.
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
