"""The room accounts: with what staff log in, where they are logged in, who tried without success, and calendar addresses."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, text

from storage.tables.base import UtcDateTime, metadata

# `totp_step`: the last 30 seconds whose code was taken, so that no code is taken twice.
account = Table(
    "account",
    metadata,
    Column("person_id", Integer, ForeignKey("person.id"), primary_key=True),
    Column("login", String(64), nullable=False, unique=True),
    Column("password_hash", String(200), nullable=False),
    Column("must_change", Boolean, nullable=False, server_default=text("true")),
    Column("totp_secret", String(64)),
    Column("totp_step", Integer),
    Column("since", UtcDateTime, nullable=False),
)

# One browser that is logged in; only a keyed hash of what its cookie holds is kept.
staff_session = Table(
    "staff_session",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("person_id", Integer, ForeignKey("person.id"), nullable=False),
    Column("begun_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Index("ix_staff_session_person_id", "person_id"),
)

# Log-ins that failed, by account or by the caller's address (hashed), and until when the next has to wait.
knock = Table(
    "knock",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("next_at", UtcDateTime, nullable=False),
)

# The secret address at which a calendar program reads somebody's visits; only a keyed hash of it is kept.
calendar_address = Table(
    "calendar_address",
    metadata,
    Column("person_id", Integer, ForeignKey("person.id"), primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("since", UtcDateTime, nullable=False),
)
