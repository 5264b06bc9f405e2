"""The room groups: which groups there are and who belongs to them."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from storage.tables.base import metadata

group = Table(
    "group",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(100), nullable=False, unique=True),
)

membership = Table(
    "membership",
    metadata,
    Column("group_id", Integer, ForeignKey("group.id"), primary_key=True),
    Column("person_id", Integer, ForeignKey("person.id"), primary_key=True, index=True),
)
