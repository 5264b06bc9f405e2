"""The room diary: where and when people work, which visits there are, and what each of them occupies."""

from sqlalchemy import (
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
    text,
)

from storage.tables.base import UtcDateTime, metadata

service = Table(
    "service",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(64), nullable=False, unique=True),
)

room = Table(
    "room",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(64), nullable=False, unique=True),
)

# A desk at which one client sits: the club allows one person a station at a time.
station = Table(
    "station",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("room_id", Integer, ForeignKey("room.id"), nullable=False),
    Column("code", String(64), nullable=False, unique=True),
    Column("active", Boolean, nullable=False, server_default=text("true")),
)

# A specialist's weekly hours, in the club's local time. No station where the visit is by phone or remote.
# `since` and `until` are the first and the last day of it. A row that staff entered is not the Centre file's to remove; one of
# the file that staff ended keeps its `until` for as long as the file says the same row.
hours = Table(
    "hours",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("specialist_id", Integer, ForeignKey("person.id"), nullable=False),
    Column("service_id", Integer, ForeignKey("service.id"), nullable=False),
    Column("weekday", SmallInteger, nullable=False),
    Column("starts", Time, nullable=False),
    Column("ends", Time, nullable=False),
    Column("station_id", Integer, ForeignKey("station.id")),
    Column("mode", String(16), nullable=False),
    Column("by_staff", Boolean, nullable=False, server_default=text("false")),
    Column("since", Date),
    Column("until", Date),
    CheckConstraint("weekday BETWEEN 1 AND 7", name="weekday"),
    CheckConstraint("since <= until", name="span"),
    CheckConstraint("starts < ends", name="order"),
    CheckConstraint("(mode = 'in_person') = (station_id IS NOT NULL)", name="station"),
    Index("ix_hours_service_id_weekday", "service_id", "weekday"),
)

# When somebody is not here, or a station can't be used.
absence = Table(
    "absence",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", Integer, ForeignKey("person.id")),
    Column("station_id", Integer, ForeignKey("station.id")),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    CheckConstraint("starts_at < ends_at", name="order"),
    CheckConstraint("(person_id IS NULL) <> (station_id IS NULL)", name="holder"),
    Index("ix_absence_person_id_ends_at", "person_id", "ends_at"),
    Index("ix_absence_station_id_ends_at", "station_id", "ends_at"),
)

# Days on which the club is closed, holidays aside; both ends count. What staff entered is not the Centre file's to remove.
closure = Table(
    "closure",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("by_staff", Boolean, nullable=False, server_default=text("false")),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False, index=True),
    Column("reason", String(200), nullable=False, server_default=""),
    CheckConstraint("first_day <= last_day", name="order"),
)

# Every booking, move, giving back and undoing raises the version, so that what is written anew has new keys.
# `late_minutes`: said by the participant; 0 if they did not say how many, null if they are not late.
# `given_back_from` is the status that a participant gave it back from, and COFNIJ restores; null where the club did.
appointment = Table(
    "appointment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("service_id", Integer, ForeignKey("service.id"), nullable=False),
    Column("participant_id", Integer, ForeignKey("person.id"), nullable=False),
    Column("specialist_id", Integer, ForeignKey("person.id"), nullable=False),
    Column("station_id", Integer, ForeignKey("station.id")),
    Column("mode", String(16), nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("status", String(20), nullable=False, server_default="booked"),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("late_minutes", SmallInteger),
    Column("accompanied", Boolean, nullable=False, server_default=text("false")),
    Column("booked_at", UtcDateTime, nullable=False),
    Column("given_back_at", UtcDateTime),
    Column("given_back_from", String(20)),
    CheckConstraint("starts_at < ends_at", name="order"),
    CheckConstraint("(mode = 'in_person') = (station_id IS NOT NULL)", name="station"),
    CheckConstraint(
        "status IN ('booked', 'confirmed', 'given_back', 'arrived', 'attended', 'missed', 'refused_no_mask')",
        name="status",
    ),
    Index("ix_appointment_participant_id_starts_at", "participant_id", "starts_at"),
    Index("ix_appointment_specialist_id_starts_at", "specialist_id", "starts_at"),
    Index("ix_appointment_starts_at", "starts_at"),
)

# Whatever occupies the time of a station or of a person, made by a visit or by a group's session. No two claims of one station, or of one person, overlap:
# storage/guard.py has the constraints, and why they are what they are.
# A claim with `held_until` is a hold: its visit was given back, and until then nobody but `held_for_id` can have the time.
claim = Table(
    "claim",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("appointment_id", Integer, ForeignKey("appointment.id"), index=True),
    Column("session_id", Integer, ForeignKey("session.id"), index=True),
    Column("station_id", Integer, ForeignKey("station.id")),
    Column("person_id", Integer, ForeignKey("person.id")),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("held_until", UtcDateTime),
    Column("held_for_id", Integer, ForeignKey("person.id")),
    CheckConstraint("starts_at < ends_at", name="order"),
    CheckConstraint("(station_id IS NULL) <> (person_id IS NULL)", name="holder"),
    CheckConstraint("(appointment_id IS NULL) <> (session_id IS NULL)", name="maker"),
    CheckConstraint("(held_until IS NULL) = (held_for_id IS NULL)", name="hold"),
    Index("ix_claim_station_id_ends_at", "station_id", "ends_at"),
    Index("ix_claim_person_id_ends_at", "person_id", "ends_at"),
    Index(
        "ix_claim_held_until",
        "held_until",
        postgresql_where=text("held_until IS NOT NULL"),
        sqlite_where=text("held_until IS NOT NULL"),
    ),
)
