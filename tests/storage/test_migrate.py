"""The one chain of migrations makes just the tables that the code knows, on both databases."""

from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from storage import guard
from storage.database import Database
from storage.engine import make_engine
from storage.migrate import MIGRATIONS, check, create, head, upgrade
from storage.tables import metadata


def the_guard(connection: Connection) -> set[str]:
    if connection.dialect.name == "sqlite":
        asked = "SELECT name || ' ' || sql FROM sqlite_master WHERE type = 'trigger'"
    else:
        asked = "SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'x'"
    return set(connection.execute(text(asked)).scalars())


def test_the_migrations_make_just_the_tables_of_the_code(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": False}
        )
        found = [change for change in compare_metadata(context, metadata) if "overlap" not in str(change)]
    assert found == []


def test_the_migrations_make_every_part_of_the_guard(database: Database) -> None:
    with database.engine.connect() as connection:
        found = {line.split()[0] for line in the_guard(connection)}
    verbs = ("_insert", "_update") if database.is_sqlite else ("",)
    assert found == {name + verb for name in guard.NAMES for verb in verbs}


def test_an_upgrade_brings_back_triggers_that_a_rebuilt_table_lost(
    database: Database, database_url: str
) -> None:
    with database.engine.begin() as connection:
        before = the_guard(connection)
        if database.is_sqlite:
            connection.execute(text("DROP TRIGGER claim_person_overlap_insert"))
    upgrade(database_url)
    with database.engine.connect() as connection:
        assert the_guard(connection) == before


def test_a_second_upgrade_changes_nothing(database: Database, database_url: str) -> None:
    upgrade(database_url)
    with database.engine.connect() as connection:
        check(connection)


def test_the_newest_version_is_read_from_the_files_names() -> None:
    chain = ScriptDirectory(str(MIGRATIONS))
    assert (chain.get_current_head(), len(chain.get_heads())) == (head(), 1)


def test_every_constraint_is_named() -> None:
    unnamed = [(table.name, c) for table in metadata.sorted_tables for c in table.constraints if not c.name]
    assert unnamed == []


def test_foreign_keys_are_kept_on_both_databases(database: Database) -> None:
    with database.engine.connect() as connection:
        if database.is_sqlite:
            assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
            assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
            assert connection.execute(text("PRAGMA synchronous")).scalar() == 2


def test_a_file_made_at_once_is_what_the_chain_leaves(tmp_path: Path) -> None:
    made, migrated = (f"sqlite:///{tmp_path}/{name}.db" for name in ("made", "migrated"))
    create(made)
    upgrade(migrated)
    assert _shape(made) == _shape(migrated)
    upgrade(made)
    engine = make_engine(made)
    with engine.connect() as connection:
        check(connection)
    engine.dispose()


def _shape(url: str) -> dict[tuple[str, str], Any]:
    """Every table with its columns and constraints, every index and trigger as SQLite keeps it."""
    engine = make_engine(url)
    with engine.connect() as connection:
        seen = inspect(connection)
        shape: dict[tuple[str, str], Any] = {}
        for table in seen.get_table_names():
            columns = [(one["name"], str(one["type"]), one["nullable"]) for one in seen.get_columns(table)]
            checks = sorted(str(one["name"]) for one in seen.get_check_constraints(table))
            uniques = sorted(str(one["name"]) for one in seen.get_unique_constraints(table))
            keys = sorted(str(one["name"]) for one in seen.get_foreign_keys(table))
            shape["table", table] = (columns, checks, uniques, keys)
        others = "SELECT type, name, sql FROM sqlite_master WHERE type != 'table'"
        shape |= {(kind, name): sql for kind, name, sql in connection.exec_driver_sql(others)}
    engine.dispose()
    return shape
