"""A participants' file between the look at what would become of it and the import of that very file.

It is kept in the database, where what it says would stand after the import anyway: not on a disk, not in an address, not in the
page. It is gone once it is imported, once its owner looks at another, and an hour later in any case.
"""

from datetime import timedelta

from config.centre import Centre
from scheduler.errors import Refused
from scheduler.import_file import Wish, read_participants
from scheduler.spreadsheet import FileRefused
from storage import uploads
from storage.database import Transaction

LASTS = timedelta(hours=1)
MOST_ROWS = 1000  # some seconds, in which everybody who writes has to wait
NAME = "the file"


class UploadGone(Refused):
    """It was imported, or is older than an hour: the file has to be chosen again."""


def keep(tx: Transaction, staff_id: int, content: bytes) -> tuple[int, list[Wish]]:
    """Keep a file for that member of staff, in the place of any other of theirs; return its number and its rows as read.

    Raises:
        FileRefused: nothing of it can be used; nothing is kept.
    """
    wishes = _read(content)
    uploads.drop_of(tx, staff_id)
    return uploads.keep(tx, staff_id, content), wishes


def take(tx: Transaction, staff_id: int, upload_id: int) -> list[Wish]:
    """The rows of a file that is imported now, and is kept no longer.

    Raises:
        UploadGone.
    """
    content = uploads.content(tx, upload_id, staff_id, tx.now - LASTS)
    if content is None:
        raise UploadGone
    uploads.drop_of(tx, staff_id)
    return _read(content)


def forget_uploads(tx: Transaction, _: Centre) -> None:
    """Let go of what nobody imported."""
    uploads.drop_before(tx, tx.now - LASTS)


def _read(content: bytes) -> list[Wish]:
    wishes = read_participants(NAME, content)
    if len(wishes) > MOST_ROWS:
        raise FileRefused(
            f"{NAME} has more than {MOST_ROWS} people; import it in parts", "too_many", most=MOST_ROWS
        )
    return wishes
