from datetime import timedelta

import pytest

from scheduler.spreadsheet import FileRefused
from scheduler.uploads import LASTS, MOST_ROWS, UploadGone, forget_uploads, keep, take
from storage.database import Database
from storage.tables import upload
from tests.builders import NOW, Club, count

FILE = b"full_name,phone\nAnna Testowa,501000001\n"


@pytest.fixture
def club(database: Database) -> Club:
    return Club(database)


def test_a_file_is_taken_once_by_whom_it_is_of(club: Club) -> None:
    pola, piotr = club.specialist("pola"), club.specialist("piotr")
    number, wishes = club.do(lambda tx: keep(tx, pola, FILE))

    with pytest.raises(UploadGone):
        club.do(lambda tx: take(tx, piotr, number))
    assert club.do(lambda tx: take(tx, pola, number)) == wishes
    with pytest.raises(UploadGone):
        club.do(lambda tx: take(tx, pola, number))
    assert club.do(lambda tx: count(tx, upload)) == 0


def test_an_hour_later_it_is_gone(club: Club) -> None:
    pola = club.specialist("pola")
    number, _ = club.do(lambda tx: keep(tx, pola, FILE))

    with pytest.raises(UploadGone):
        club.do(lambda tx: take(tx, pola, number), NOW + LASTS)
    club.do(lambda tx: forget_uploads(tx, club.centre), NOW + LASTS - timedelta(seconds=1))
    assert club.do(lambda tx: count(tx, upload)) == 1
    club.do(lambda tx: forget_uploads(tx, club.centre), NOW + LASTS)
    assert club.do(lambda tx: count(tx, upload)) == 0


def test_another_file_takes_its_place_and_one_that_is_refused_does_not(club: Club) -> None:
    pola = club.specialist("pola")
    first, _ = club.do(lambda tx: keep(tx, pola, FILE))

    for refused in (b"", b"full_name\n" + b"Anna Testowa\n" * (MOST_ROWS + 1)):
        with pytest.raises(FileRefused):
            club.do(lambda tx, content=refused: keep(tx, pola, content))
    assert club.do(lambda tx: count(tx, upload)) == 1
    club.do(lambda tx: keep(tx, pola, FILE))
    with pytest.raises(UploadGone):
        club.do(lambda tx: take(tx, pola, first))
