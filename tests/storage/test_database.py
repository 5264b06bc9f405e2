"""Whole transactions: all or nothing, tried again when that can help, never written by a reader."""

import asyncio
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError, StatementError

from storage.database import Database, Transaction
from storage.errors import DatabaseAway, StorageError
from storage.tables import group, pace

NOW = datetime(2026, 10, 12, 8, tzinfo=UTC)


def add_group(tx: Transaction, name: str) -> None:
    tx.connection.execute(insert(group).values(name=name))


def groups(tx: Transaction) -> list[str]:
    return sorted(tx.connection.execute(select(group.c.name)).scalars())


def test_what_fails_leaves_nothing_behind(database: Database) -> None:
    def work(tx: Transaction) -> None:
        add_group(tx, "half")
        raise KeyError

    with pytest.raises(KeyError):
        database.run(work, NOW)
    assert database.run(groups, NOW) == []


def test_a_savepoint_undoes_its_own_and_the_rest_goes_on(database: Database) -> None:
    def work(tx: Transaction) -> None:
        add_group(tx, "before")
        with pytest.raises(KeyError), tx.savepoint():
            add_group(tx, "inside")
            raise KeyError
        add_group(tx, "after")

    database.run(work, NOW)
    assert database.run(groups, NOW) == ["after", "before"]


async def test_fifty_writers_at_once_all_get_through(database: Database) -> None:
    await asyncio.gather(*(database.write(lambda tx, n=n: add_group(tx, f"{n:02}"), NOW) for n in range(50)))  # type: ignore[misc]
    assert len(await database.read(groups, NOW)) == 50


async def test_whoever_waits_in_vain_for_a_lock_is_told_that_the_database_is_away(
    sqlite_template: Path,
) -> None:
    """SQLite alone has one lock for all; PostgreSQL's waits are tried in the races."""
    database, other = Database(f"sqlite:///{sqlite_template}"), Database(f"sqlite:///{sqlite_template}")
    with other.transaction(NOW), pytest.raises(DatabaseAway):
        await database.write(lambda tx: add_group(tx, "waits"), NOW, within_seconds=0.2)
    other.close()
    database.close()


def test_a_lock_is_waited_for_no_longer_than_the_time_that_is_left(database: Database) -> None:
    """A statement that waits for ten seconds in any case would be answered long after whoever asked has given up."""
    if database.is_sqlite:
        return
    with database.transaction(NOW) as other:
        other.connection.execute(text('LOCK TABLE "group"'))
        began = time.monotonic()
        with pytest.raises(DatabaseAway):
            database.run(lambda tx: add_group(tx, "waits"), NOW, within_seconds=0.3)
    assert time.monotonic() - began < 5


def test_what_is_written_stands_in_no_error(database: Database) -> None:
    with pytest.raises(DBAPIError) as refused:
        database.run(lambda tx: tx.connection.execute(text("SELECT :who FROM nowhere"), {"who": "Anna"}), NOW)
    assert "Anna" not in str(refused.value)


def test_a_transaction_says_when_rows_are_due(database: Database) -> None:
    calls = []
    database.on_due = lambda: calls.append("due")
    database.run(lambda tx: None, NOW)
    assert calls == []
    database.run(lambda tx: tx.wake(), NOW)
    assert calls == ["due"]


def test_an_instant_keeps_its_zone_and_the_two_half_past_twos_of_october_stay_two(database: Database) -> None:
    first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)

    def work(tx: Transaction) -> list[datetime]:
        for n, at in enumerate((first, second)):
            tx.connection.execute(insert(pace).values(channel="sms", account=str(n), next_free_at=at))
        return list(tx.connection.execute(select(pace.c.next_free_at).order_by(pace.c.account)).scalars())

    assert database.run(work, NOW) == [first, second]


def test_an_instant_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="without a zone"):
        database.run(
            lambda tx: tx.connection.execute(
                insert(pace).values(channel="sms", account="x", next_free_at=datetime(2026, 10, 12, 8))  # noqa: DTZ001
            ),
            NOW,
        )


def test_a_reader_of_sqlite_is_not_behind_the_writer(database: Database) -> None:
    with database.transaction(NOW) as writer:
        add_group(writer, "not yet there")
        assert database.run(groups, NOW, read_only=True) == []


def test_a_database_in_memory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="must be a file"):
        Database("sqlite://")
    with pytest.raises(StorageError, match="not mysql"):
        Database("mysql://localhost/x")


def test_an_unreachable_server_is_away_after_a_while(tmp_path: Path) -> None:
    database = Database("postgresql://nobody@127.0.0.1:9/none")
    with pytest.raises(DatabaseAway):
        database.run(lambda tx: tx.connection.execute(text("SELECT 1")), NOW, within_seconds=0.3)
    database.close()
