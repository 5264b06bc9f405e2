"""The room talk: where each conversation stands, and which questions are open in it."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, SmallInteger, String, Table, text

from storage.tables.base import UtcDateTime, metadata

# One row an address: who of a shared phone is speaking, until when their word holds that they have said, and how often in a
# row the bot did not understand.
conversation = Table(
    "conversation",
    metadata,
    Column("address_id", Integer, ForeignKey("address.id"), primary_key=True),
    Column("person_id", Integer, ForeignKey("person.id")),
    Column("opened_until", UtcDateTime),
    Column("misses", SmallInteger, nullable=False, server_default=text("0")),
    Column("expires_at", UtcDateTime, nullable=False),
)

# A question is open from the first attempt of the message that carries it; `asked` says whether the person asked for it.
# `options` is a list of {"mark": what one types, "label": {...}, "value": {...} what it means}.
question = Table(
    "question",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("address_id", Integer, ForeignKey("address.id")),
    Column("person_id", Integer, ForeignKey("person.id")),
    Column("message_id", Integer, ForeignKey("message.id"), nullable=False, index=True),
    Column("kind", String(24), nullable=False),
    Column("asked", Boolean, nullable=False),
    Column("options", JSON, nullable=False),
    Column("appointment_id", Integer, ForeignKey("appointment.id"), index=True),
    Column("session_id", Integer, ForeignKey("session.id"), index=True),
    Column("version", Integer),
    Column("posted_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("answered_at", UtcDateTime),
    Index("ix_question_address_id_posted_at", "address_id", "posted_at"),
    Index("ix_question_person_id_posted_at", "person_id", "posted_at"),
)
