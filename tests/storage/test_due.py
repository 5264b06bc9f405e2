"""The courier's reads stay on their small indexes, however much has been sent."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event

from storage.database import Database, Transaction
from storage.due import Wanted, anything_due, due_now, expire, next_due, stranded

NOW = datetime(2026, 10, 14, 10, 0, tzinfo=UTC)
WANTED = Wanted("telegram", "7", (0, 1, 2, 3, 4, 5), 25, rested_since=NOW)


def plans(database: Database, work: Any) -> str:
    """How the database would find what `work` reads."""
    found: list[str] = []

    def explain(_: Any, cursor: Any, statement: str, parameters: Any, *more: Any) -> None:
        begins = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN "
        found.extend(str(row[-1]) for row in cursor.execute(begins + statement, parameters).fetchall())

    def explained(tx: Transaction) -> None:
        if not database.is_sqlite:
            tx.connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # or an empty table is read whole
        event.listen(tx.connection, "before_cursor_execute", explain)
        work(tx)

    database.run(explained, NOW)
    return "\n".join(found)


def test_a_claim_probes_the_index_of_what_waits_once_for_each_priority(database: Database) -> None:
    plan = plans(database, lambda tx: due_now(tx, WANTED))
    assert plan.count("ix_message_due") >= 6
    assert "ix_attempt_address_id_started_at" in plan
    assert "SCAN message" not in plan
    assert "Seq Scan on message" not in plan


def test_every_look_at_what_waits_reads_an_index_of_what_waits(database: Database) -> None:
    looks: list[Any] = [
        lambda tx: anything_due(tx, WANTED),
        lambda tx: next_due(tx, NOW),
        expire,
        lambda tx: stranded(tx, [("telegram", "7")], 100),
    ]
    for look in looks:
        plan = plans(database, look)
        assert "ix_message_due" in plan or "ix_message_next" in plan
