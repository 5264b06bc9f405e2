"""The courier's reads stay on their small indexes, however much has been sent."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event

from storage import ledger
from storage.database import Database, Transaction
from storage.due import Wanted, anything_due, due_now, expire, next_due, stranded

NOW = datetime(2026, 10, 14, 10, 0, tzinfo=UTC)
WANTED = Wanted("telegram", "7", (0, 1, 2, 3, 4, 5), 25, rested_since=NOW)

A_LEDGER = """INSERT INTO message (key, channel, account, purpose, priority, text, params, status, send_after, useless_after, posted_at)
 SELECT 'k' || n, 'telegram', '7', 'reminder', mod(n, 6), 'reminder', '{}', CASE WHEN mod(n, 10) = 0 THEN 'waiting' ELSE 'sent' END, at, at, at
 FROM (SELECT n, timestamptz '2026-09-01' + n * interval '10 minutes' AS at FROM generate_series(1, 20000) AS n) AS rows ON CONFLICT DO NOTHING"""


def plans(database: Database, work: Any, *, at_will: bool = False) -> str:
    """How the database would find what `work` reads; `at_will`: even if it were by reading all."""
    found: list[str] = []

    def explain(_: Any, cursor: Any, statement: str, parameters: Any, *more: Any) -> None:
        begins = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN "
        found.extend(str(row[-1]) for row in cursor.execute(begins + statement, parameters).fetchall())

    def explained(tx: Transaction) -> None:
        if not database.is_sqlite:
            tx.connection.exec_driver_sql(
                A_LEDGER
            )  # the planner goes by what there is: an empty table is read whole
            tx.connection.exec_driver_sql("ANALYZE message")
            tx.connection.exec_driver_sql(f"SET LOCAL enable_seqscan = {'on' if at_will else 'off'}")
        event.listen(tx.connection, "before_cursor_execute", explain)
        work(tx)

    database.run(explained, NOW)
    return "\n".join(found)


def test_a_claim_probes_the_index_of_what_waits_once_for_each_priority(database: Database) -> None:
    plan = plans(database, lambda tx: due_now(tx, WANTED))
    assert plan.count("ix_message_due") >= 6
    assert "ix_attempt_address_id_id" in plan
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


def test_one_row_among_thousands_is_marked_without_reading_the_others(database: Database) -> None:
    plan = plans(database, lambda tx: ledger.mark_sending(tx, [7]), at_will=True)
    assert "Seq Scan" not in plan
    assert "SCAN message" not in plan
