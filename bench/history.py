"""A long past: visits and their claims, loaded by plain SQL, the oldest first, back to back at the same desks."""

from sqlalchemy import Connection

from bench.club import NOW
from storage.database import Database
from storage.guard import NAMES

# Visit n is the n-th counted back from now: specialist n % lanes, (n / lanes + 1) hours ago, so that none overlap.
# Two of one hour are of different specialists and different participants.
_POSTGRESQL = """
INSERT INTO appointment (service_id, participant_id, specialist_id, station_id, mode, starts_at, ends_at, status, booked_at)
SELECT h.service_id, p.id, h.specialist_id, h.station_id, h.mode,
  t.at, t.at + interval '50 minutes', 'attended', t.at - interval '14 days'
FROM generate_series({count} - 1, 0, -1) AS n
JOIN bench_lane AS h ON h.lane = mod(n, {lanes}) JOIN bench_guest AS p ON p.guest = mod(n, {guests})
CROSS JOIN LATERAL (SELECT timestamptz '{now}' - (n / {lanes} + 1) * interval '1 hour' AS at) AS t
"""
_SQLITE = """
WITH RECURSIVE far(n) AS (SELECT {count} - 1 UNION ALL SELECT n - 1 FROM far WHERE n > 0)
INSERT INTO appointment (service_id, participant_id, specialist_id, station_id, mode, starts_at, ends_at, status, booked_at)
SELECT h.service_id, p.id, h.specialist_id, h.station_id, h.mode,
  datetime('{now}', (-(n / {lanes} + 1)) || ' hours') || '.000000',
  datetime('{now}', (-(n / {lanes} + 1)) || ' hours', '50 minutes') || '.000000', 'attended', '{now}.000000'
FROM far JOIN bench_lane AS h ON h.lane = n % {lanes} JOIN bench_guest AS p ON p.guest = n % {guests}
"""
_CLAIMS = """
INSERT INTO claim (appointment_id, station_id, person_id, starts_at, ends_at)
SELECT id, {station}, {person}, starts_at, ends_at FROM appointment ORDER BY starts_at
"""
_LANES = """
CREATE TABLE bench_lane AS SELECT row_number() OVER (ORDER BY specialist_id) - 1 AS lane, specialist_id,
  min(service_id) AS service_id, min(station_id) AS station_id, min(mode) AS mode FROM hours GROUP BY specialist_id
"""
_GUESTS = """
CREATE TABLE bench_guest AS SELECT row_number() OVER (ORDER BY id) - 1 AS guest, id FROM person WHERE kind = 'participant'
"""
# Two minutes of checking three million rows against each other are saved: nothing is booked on these databases, and free times
# don't read what the guard reads.
_HURRY = {
    "sqlite": ("PRAGMA cache_size=-400000",),
    "postgresql": (
        "SET LOCAL session_replication_role = replica",
        *(f"ALTER TABLE claim DROP CONSTRAINT {name}" for name in NAMES),
    ),
}
_HOLDERS = (("station_id", "NULL"), ("NULL", "specialist_id"), ("NULL", "participant_id"))


def load_past(database: Database, count: int) -> None:
    """Write that many visits that are over, and what each occupied."""
    with database.engine.begin() as connection:
        for hurry in _HURRY[connection.dialect.name]:
            connection.exec_driver_sql(hurry)
        _write(connection, count, _SQLITE if database.is_sqlite else _POSTGRESQL)
    if (
        not database.is_sqlite
    ):  # what autovacuum does by and by; nothing analyses a SQLite file in production either
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


def _write(connection: Connection, count: int, visits: str) -> None:
    for helping in (_LANES, _GUESTS):
        connection.exec_driver_sql(helping)
    lanes, guests = (
        connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
        for table in ("bench_lane", "bench_guest")
    )
    now = NOW.replace(tzinfo=None).isoformat(sep=" ") + ("" if visits is _SQLITE else "+00")
    connection.exec_driver_sql(visits.format(count=count, lanes=lanes, guests=guests, now=now))
    for station, person in _HOLDERS:
        connection.exec_driver_sql(_CLAIMS.format(station=station, person=person))
    for table in ("bench_lane", "bench_guest"):
        connection.exec_driver_sql(f"DROP TABLE {table}")
