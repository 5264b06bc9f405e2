"""The room ledger: every word that leaves, every call that carried it, and every message that came in."""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.tables.base import UtcDateTime, metadata

STATES = "('waiting', 'sending', 'unknown', 'sent', 'delivered', 'failed', 'expired', 'withdrawn')"
KEPT_THERE = "channel = 'sms' AND provider_id IS NOT NULL AND redacted_at IS NULL"

# One message to one person. The words are made when it is claimed: here are the text's key and its parameters only.
# `channel` and `account` repeat the address's, so that a claim reads one index; they change with `address_id` alone.
message = Table(
    "message",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(120), nullable=False, unique=True),
    Column("person_id", Integer, ForeignKey("person.id"), index=True),
    Column("address_id", Integer, ForeignKey("address.id"), index=True),
    Column("channel", String(16)),
    Column("account", String(64)),
    Column("purpose", String(16), nullable=False),
    Column("priority", SmallInteger, nullable=False),
    Column("text", String(64), nullable=False),
    Column("params", JSON, nullable=False),
    Column("language", String(2)),
    Column("appointment_id", Integer, ForeignKey("appointment.id"), index=True),
    Column("session_id", Integer, ForeignKey("session.id"), index=True),
    Column("announcement_id", Integer, ForeignKey("announcement.id")),
    Column("status", String(16), nullable=False, server_default="waiting"),
    Column("reason", String(64)),
    Column("send_after", UtcDateTime, nullable=False),
    Column("useless_after", UtcDateTime, nullable=False),
    Column("posted_at", UtcDateTime, nullable=False),
    CheckConstraint(f"status IN {STATES}", name="status"),
    Index(
        "ix_message_due",
        "channel", "account", "priority", "send_after", "id",
        postgresql_where=text("status = 'waiting'"),
        sqlite_where=text("status = 'waiting'"),
    ),
    Index(
        "ix_message_announcement",
        "announcement_id", "address_id",
        postgresql_where=text("announcement_id IS NOT NULL"),
        sqlite_where=text("announcement_id IS NOT NULL"),
    ),
    Index(
        "ix_message_next",
        "send_after",
        postgresql_where=text("status = 'waiting'"),
        sqlite_where=text("status = 'waiting'"),
    ),
)  # fmt: skip

# One call to a provider, committed before it is made. Times are real time, never the demo's movable clock.
attempt = Table(
    "attempt",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("message_id", Integer, ForeignKey("message.id"), nullable=False, index=True),
    Column("address_id", Integer, ForeignKey("address.id"), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("account", String(64), nullable=False),
    Column("body", Text),
    Column("parts", SmallInteger, nullable=False, server_default=text("1")),
    Column("status", String(16), nullable=False, server_default="sending"),
    Column("provider_id", String(64)),
    Column("error", String(64)),
    Column("started_at", UtcDateTime, nullable=False),
    Column("lease_until", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime),
    Column("redacted_at", UtcDateTime),
    CheckConstraint(f"status IN {STATES}", name="status"),
    Index(
        "uq_attempt_provider_id",
        "channel", "account", "provider_id",
        unique=True,
        postgresql_where=text("provider_id IS NOT NULL"),
        sqlite_where=text("provider_id IS NOT NULL"),
    ),
    # By id, which goes with `started_at` and is a third of its size: every attempt is written into the page of its own address.
    Index("ix_attempt_address_id_id", "address_id", "id"),
    Index(
        "ix_attempt_open",
        "status", "lease_until",
        postgresql_where=text("status IN ('sending', 'unknown')"),
        sqlite_where=text("status IN ('sending', 'unknown')"),
    ),
    # What is paid by the part and followed by receipts: counted by day and month, and asked after.
    Index(
        "ix_attempt_sms",
        "account", "started_at",
        postgresql_where=text("channel = 'sms'"),
        sqlite_where=text("channel = 'sms'"),
    ),
    # Bodies that the provider keeps too, until it is asked to drop them.
    Index(
        "ix_attempt_bodies",
        "account", "started_at",
        postgresql_where=text(KEPT_THERE),
        sqlite_where=text(KEPT_THERE),
    ),
)  # fmt: skip

# When a channel account's next message is due: real time, moved on by the claim (GCRA); the last grants of a second, in microseconds
# since 1970. And since when nothing has arrived there though it was tried.
pace = Table(
    "pace",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("account", String(64), primary_key=True),
    Column("next_free_at", UtcDateTime, nullable=False),
    Column("recent", JSON, nullable=False, server_default=text("'[]'")),
    Column("failing_since", UtcDateTime),
)

# That a process is at work, and what its clockwork will do next; real time.
heartbeat = Table(
    "heartbeat",
    metadata,
    Column("process", String(64), primary_key=True),
    Column("beat_at", UtcDateTime, nullable=False),
    Column("jobs", JSON, nullable=False),
)

# What came in, by the provider's id; never its words, only the meaning that was understood.
inbox = Table(
    "inbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("account", String(64), nullable=False),
    Column("provider_id", String(64), nullable=False),
    Column("address_id", Integer, ForeignKey("address.id")),
    Column("received_at", UtcDateTime, nullable=False),
    Column("meaning", String(32), nullable=False, server_default=""),
    Column("status", String(16), nullable=False, server_default="handled"),
    Column("redacted_at", UtcDateTime),
    UniqueConstraint("channel", "account", "provider_id"),
    CheckConstraint("status IN ('handled', 'failed')", name="status"),
    Index("ix_inbox_address_id_received_at", "address_id", "received_at"),
    Index(
        "ix_inbox_bodies",
        "account", "id",
        postgresql_where=text("channel = 'sms' AND redacted_at IS NULL"),
        sqlite_where=text("channel = 'sms' AND redacted_at IS NULL"),
    ),
)  # fmt: skip
