"""The overlap guard: the database itself refuses to give one station, or one person, away twice.

On PostgreSQL two named EXCLUDE constraints; `int4range(id, id, '[]') WITH =` needs no btree_gist, and each has its WHERE because
`int4range(NULL, NULL)` would collide with everything. On SQLite four triggers that ABORT with the same names.
A half-open range: a claim that begins when another ends does not overlap it.
"""

STATION = "claim_station_overlap"
PERSON = "claim_person_overlap"
NAMES = (STATION, PERSON)

_EXCLUDE = """ALTER TABLE claim ADD CONSTRAINT {name} EXCLUDE USING gist
 (int4range({column}, {column}, '[]') WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE ({column} IS NOT NULL)"""

_TRIGGER = """CREATE TRIGGER IF NOT EXISTS {name}_{verb} BEFORE {event} ON claim WHEN NEW.{column} IS NOT NULL BEGIN
 SELECT RAISE(ABORT, '{name}') WHERE EXISTS (SELECT 1 FROM claim AS c WHERE c.{column} = NEW.{column}
  AND c.ends_at > NEW.starts_at AND c.starts_at < NEW.ends_at AND c.id IS NOT NEW.id); END"""

POSTGRESQL = tuple(
    _EXCLUDE.format(name=name, column=column)
    for name, column in ((STATION, "station_id"), (PERSON, "person_id"))
)
SQLITE = tuple(
    _TRIGGER.format(name=name, column=column, verb=verb, event=on)
    for name, column in ((STATION, "station_id"), (PERSON, "person_id"))
    for verb, on in (("insert", "INSERT"), ("update", f"UPDATE OF {column}, starts_at, ends_at"))
)
