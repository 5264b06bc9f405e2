"""Who was at a session is entered by people, and by nothing else."""

from datetime import timedelta
from typing import Any

import pytest

from scheduler.attendance import decline
from scheduler.presence import NotOfSession, NotYet, Presence, enter, sheet
from scheduler.sessions import Session
from storage.database import Database
from tests.scheduler.groups import Groups


@pytest.fixture
def club(database: Database) -> Groups:
    return Groups(database)


@pytest.fixture
def session(club: Groups) -> Session:
    club.group(people=club.people(3))
    return club.sessions()[0]


def enters(club: Groups, session: Session, presence: Presence, *named: str, early: bool = False) -> Any:
    at = session.starts_at - timedelta(hours=1) if early else session.ends_at
    by = club.specialist("dorota")
    return club.do(lambda tx: enter(tx, session.id, presence, named, by=by), at)


def test_what_is_entered_is_kept_with_who_entered_it_and_the_last_entry_counts(
    club: Groups, session: Session
) -> None:
    enters(club, session, Presence.ABSENT, "Osoba 1", "OSOBA 2")
    lines = enters(club, session, Presence.PRESENT, "osoba 1")

    assert [(one.person, one.presence, one.entered_by) for one in lines] == [
        ("Osoba 1", "present", "Dorota Przykładowa"),
        ("Osoba 2", "absent", "Dorota Przykładowa"),
        ("Osoba 3", None, None),
    ]


def test_a_no_is_no_absence_and_stays_beside_what_is_entered(club: Groups, session: Session) -> None:
    who = club.do(lambda tx: sheet(tx, session.id))[0]
    club.do(lambda tx: decline(tx, session_id=session.id, person_id=who.person_id))

    assert next((one.answer, one.presence) for one in club.do(lambda tx: sheet(tx, session.id))) == (
        "not_coming",
        None,
    )
    assert next((one.answer, one.presence) for one in enters(club, session, Presence.EXCUSED, "Osoba 1")) == (
        "not_coming",
        "excused",
    )


def test_nobody_was_there_before_it_begins_but_one_may_be_excused(club: Groups, session: Session) -> None:
    for presence in (Presence.PRESENT, Presence.ABSENT):
        with pytest.raises(NotYet):
            enters(club, session, presence, "Osoba 1", early=True)

    assert enters(club, session, Presence.EXCUSED, "Osoba 1", early=True)[0].presence == "excused"


def test_who_is_not_of_the_session_is_refused_and_nothing_is_entered(club: Groups, session: Session) -> None:
    with pytest.raises(NotOfSession, match="'Nikt Taki' is nobody"):
        enters(club, session, Presence.PRESENT, "Osoba 1", "Nikt Taki")

    assert [one.presence for one in club.do(lambda tx: sheet(tx, session.id))] == [None] * 3
