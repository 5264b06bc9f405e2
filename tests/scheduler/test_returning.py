import pytest

from scheduler.booking import book
from scheduler.dossier import Erased
from scheduler.erasure import erase
from scheduler.leaving import leave
from scheduler.people import addresses_of
from scheduler.returning import NotGone, come_back
from storage.database import Database
from tests.builders import Club, warsaw

AT = warsaw("2026-10-12", "10:00")


def test_who_left_comes_back_with_their_number_and_can_book_again(database: Database) -> None:
    club = Club(database)
    who = club.person()
    club.do(lambda tx: leave(tx, who))

    club.do(lambda tx: come_back(tx, who))

    assert [one.address for one in club.do(lambda tx: addresses_of(tx, who))] == ["+48501000001"]
    club.do(lambda tx: book(tx, club.centre, person_id=who, service="psycholog", starts_at=AT))


def test_nobody_comes_back_who_is_here_or_was_erased(database: Database) -> None:
    club = Club(database)
    who = club.person()

    with pytest.raises(NotGone):
        club.do(lambda tx: come_back(tx, who))
    club.do(lambda tx: erase(tx, who))
    with pytest.raises(Erased):
        club.do(lambda tx: come_back(tx, who))
