"""One of many processes has the turn; when it is gone, another may have it."""

from sqlalchemy import text

from storage.database import Database
from storage.turn import Turn


def test_one_at_a_time_has_the_turn(database: Database) -> None:
    first, second = Turn(database, "polling"), Turn(database, "polling")

    assert first.take()
    assert first.take()
    assert second.take() is database.is_sqlite
    first.leave()
    assert second.take()
    second.leave()


def test_another_matter_is_another_turn(database: Database) -> None:
    first, second = Turn(database, "polling:1"), Turn(database, "polling:2")

    assert first.take()
    assert second.take()
    first.leave()
    second.leave()


def test_whose_connection_breaks_has_lost_the_turn(database: Database) -> None:
    first, second = Turn(database, "polling"), Turn(database, "polling")
    assert first.take()
    if not database.is_sqlite:
        with database.engine.begin() as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
                )
            )

    assert second.take()
    assert first.take() is database.is_sqlite
    second.leave()
