"""The room health: that somebody was asked whether they are well, and declared it; never what they answered otherwise."""

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table

from storage.tables.base import UtcDateTime, metadata

# One row a person and local day. A symptom, a refusal or its reason is stored nowhere.
declaration = Table(
    "declaration",
    metadata,
    Column("person_id", Integer, ForeignKey("person.id"), primary_key=True),
    Column("day", Date, primary_key=True, index=True),
    Column("text_version", String(16), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("nudged_at", UtcDateTime),
    Column("declared_at", UtcDateTime),
)
