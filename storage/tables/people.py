"""The room people: who somebody is, and where words reach them."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    text,
)

from storage.tables.base import UtcDateTime, metadata

# A participant or a member of staff; a specialist is staff with a `code` that the Centre file names.
# A person is known by name and number: `phone` is '' where there is none, because NULLs never collide.
# `writes_only`: to be written to, never called; `word_hash`: of the four digits asked for before visits are read out on a
# shared phone; `self_check`: how often the morning's health prompt comes.
person = Table(
    "person",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("code", String(64), unique=True),
    Column("full_name", String(200), nullable=False),
    Column("name_key", String(200), nullable=False),
    Column("phone", String(20), nullable=False, server_default=""),
    Column("language", String(2), nullable=False, server_default="pl"),
    Column("polish_letters", Boolean, nullable=False, server_default=text("false")),
    Column("contract_until", Date),
    Column("may_be_id", Integer, ForeignKey("person.id")),
    Column("enrolled_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("erased_at", UtcDateTime),
    Column("writes_only", Boolean, nullable=False, server_default=text("false")),
    Column("word_hash", String(100)),
    Column("self_check", String(8), nullable=False, server_default="daily"),
    UniqueConstraint("kind", "name_key", "phone"),
    CheckConstraint("kind IN ('participant', 'staff')", name="kind"),
    CheckConstraint("language IN ('pl', 'uk', 'en')", name="language"),
    CheckConstraint("self_check IN ('daily', 'visits', 'never')", name="self_check"),
)

# What a person is found by: each word of their name, and their number's digits backwards, for its end is what people know.
person_word = Table(
    "person_word",
    metadata,
    Column("person_id", Integer, ForeignKey("person.id"), primary_key=True),
    Column("word", String(200), primary_key=True),
    Index("ix_person_word_beginning", "word", "person_id", postgresql_ops={"word": "varchar_pattern_ops"}),
)

# A phone number or a chat. `stopped`: its owner asked for silence; `dead`: the channel refuses it; `wrong`: not the person's.
address = Table(
    "address",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("account", String(64), nullable=False),
    Column("address", String(64), nullable=False),
    Column("state", String(16), nullable=False, server_default="active"),
    Column("announcements", Boolean, nullable=False, server_default=text("true")),
    Column("since", UtcDateTime, nullable=False),
    UniqueConstraint("channel", "account", "address"),
    CheckConstraint("state IN ('active', 'stopped', 'dead', 'wrong')", name="state"),
)

# Several people may share one number; one person may have several addresses.
person_address = Table(
    "person_address",
    metadata,
    Column("person_id", Integer, ForeignKey("person.id"), primary_key=True),
    Column("address_id", Integer, ForeignKey("address.id"), primary_key=True, index=True),
    Column("linked_at", UtcDateTime, nullable=False),
)

# What an address asked for and when: a log, never changed.
consent = Table(
    "consent",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("address_id", Integer, ForeignKey("address.id"), nullable=False, index=True),
    Column("topic", String(16), nullable=False),
    Column("allowed", Boolean, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    CheckConstraint("topic IN ('all', 'announcements')", name="topic"),
)

# Which version of the information clause somebody was shown, where and when: a log, never changed.
clause_shown = Table(
    "clause_shown",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", Integer, ForeignKey("person.id"), nullable=False, index=True),
    Column("version", String(32), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

# A file that somebody on the staff looks through before they import it: theirs alone, and for an hour at most.
upload = Table(
    "upload",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("staff_id", Integer, ForeignKey("person.id"), nullable=False, index=True),
    Column("content", LargeBinary, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

staff = Table(
    "staff",
    metadata,
    Column("person_id", Integer, ForeignKey("person.id"), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    CheckConstraint("role IN ('administrator', 'coordinator', 'specialist', 'reception')", name="role"),
)

# The one-time code that links a chat to a person; only its hash is kept.
link_code = Table(
    "link_code",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", Integer, ForeignKey("person.id"), nullable=False, index=True),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)

# A guess that was wrong, at a code, or at the word of `person_id`: after several the address, or whoever guesses, has to wait.
wrong_code = Table(
    "wrong_code",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("address_id", Integer, ForeignKey("address.id"), nullable=False),
    Column("person_id", Integer, ForeignKey("person.id"), index=True),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_wrong_code_address_id_at", "address_id", "at"),
)
