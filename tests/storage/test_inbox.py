"""A message is taken in once, and one address's messages wait for each other."""

import threading
from datetime import UTC, datetime

from storage.database import Database, Transaction
from storage.inbox import lock_address, note, take_in
from storage.tables import inbox

NOW = datetime(2026, 10, 12, 7, tzinfo=UTC)


def test_the_same_message_is_taken_in_once(database: Database) -> None:
    def take(tx: Transaction) -> int | None:
        return take_in(tx, "sms", "+48732", "SM1")

    first, again = database.run(take, NOW), database.run(take, NOW)

    assert first is not None
    assert again is None


def test_the_same_id_from_another_account_is_another_message(database: Database) -> None:
    taken = {
        database.run(lambda tx, a=account: take_in(tx, "telegram", a, "17"), NOW) for account in ("1", "2")
    }

    assert None not in taken
    assert len(taken) == 2


def test_what_was_understood_is_kept(database: Database) -> None:
    def work(tx: Transaction) -> None:
        inbox_id = take_in(tx, "sms", "+48732", "SM1")
        assert inbox_id is not None
        note(tx, inbox_id, address="+48501502503", meaning="yes")

    database.run(work, NOW)

    row = database.run(lambda tx: tx.connection.execute(inbox.select()).one(), NOW)
    assert (row.meaning, row.status, row.received_at) == ("yes", "handled", NOW)


def test_one_address_waits_for_itself_and_for_nobody_else(database: Database) -> None:
    if database.is_sqlite:
        return  # one writer there: everybody waits
    entered, order = threading.Event(), []

    def second() -> None:
        with database.transaction(NOW) as tx:
            lock_address(tx, "sms", "+48501")
            order.append("second")

    with database.transaction(NOW) as tx:
        lock_address(tx, "sms", "+48501")
        thread = threading.Thread(target=second)
        thread.start()
        with database.transaction(NOW) as other:
            lock_address(other, "sms", "+48502")
            entered.set()
        order.append("first")
    thread.join()

    assert entered.is_set()
    assert order == ["first", "second"]
