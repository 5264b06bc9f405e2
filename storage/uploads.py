"""Files that somebody on the staff looks through before they import them."""

import secrets
from datetime import datetime

from sqlalchemy import delete, insert, select

from storage.database import Transaction
from storage.tables import upload


def keep(tx: Transaction, staff_id: int, content: bytes) -> int:
    """Keep it; return its id, which no other file ever had: a page that is still open must not name this one."""
    upload_id = secrets.randbelow(2**31 - 1) + 1
    row = {"id": upload_id, "staff_id": staff_id, "content": content, "at": tx.now}
    tx.connection.execute(insert(upload).values(row))
    return upload_id


def content(tx: Transaction, upload_id: int, staff_id: int, since: datetime) -> bytes | None:
    """What it holds; None if it is gone, older, or somebody else's."""
    asked = select(upload.c.content).where(
        upload.c.id == upload_id, upload.c.staff_id == staff_id, upload.c.at > since
    )
    return tx.connection.execute(asked).scalar_one_or_none()


def drop_of(tx: Transaction, staff_id: int) -> None:
    """Let go of everything of theirs."""
    tx.connection.execute(delete(upload).where(upload.c.staff_id == staff_id))


def drop_before(tx: Transaction, before: datetime) -> int:
    """Let go of what is older; return how many there were."""
    return tx.connection.execute(delete(upload).where(upload.c.at <= before)).rowcount
