"""Absences as staff list and end them, of specialists and of rooms."""

import pytest
from sqlalchemy import select

from scheduler.absences import absence, absences_between, absences_to_come, end
from scheduler.changes import Way, not_today
from scheduler.errors import NotAway
from scheduler.impact import Away, RoomShut
from storage.tables import todo
from tests.builders import Club, warsaw
from tests.scheduler.test_changes import FRIDAY, THAT_DAY, booking, club, pola_away, settling  # noqa: F401


def test_an_absence_is_listed_until_it_is_over_and_ended_by_its_number(club: Club) -> None:  # noqa: F811
    settling(club, pola_away(club), Way.GIVE_BACK)
    (one,) = club.do(absences_to_come)
    assert (one.specialist, one.room, one.starts_at, one.ends_at) == ("Pola Przykładowa", None, *THAT_DAY)
    noon = warsaw(FRIDAY, "12:00")
    ended = club.do(lambda tx: end(tx, club.centre, one.id), noon)
    assert ended == one
    assert club.do(absences_to_come, noon) == []
    (left,) = club.do(lambda tx: absences_between(tx, THAT_DAY))
    assert left.ends_at == noon
    booking(club, club.person(), warsaw(FRIDAY, "14:00"))
    with pytest.raises(NotAway):
        club.do(lambda tx: end(tx, club.centre, one.id), noon)


def test_an_absence_to_come_is_taken_back_whole(club: Club) -> None:  # noqa: F811
    settling(club, pola_away(club), Way.GIVE_BACK)
    club.do(lambda tx: end(tx, club.centre, 1))
    assert club.do(lambda tx: absences_between(tx, THAT_DAY)) == []


def test_a_room_of_two_desks_is_one_line_and_opens_again_whole(club: Club) -> None:  # noqa: F811
    shut = RoomShut("r2", "r1", FRIDAY, FRIDAY)
    settling(club, shut, Way.GIVE_BACK)
    settling(club, pola_away(club), Way.GIVE_BACK)
    room, _ = club.do(absences_to_come)
    assert (room.room, room.specialist_id) == ("r2", None)
    club.do(lambda tx: end(tx, club.centre, room.id))
    assert [one.room for one in club.do(absences_to_come)] == [None]
    with pytest.raises(NotAway):
        club.do(lambda tx: absence(tx, room.id))


def test_what_was_still_to_settle_is_done_when_somebody_is_here_again_and_comes_up_again_with_them(
    club: Club,  # noqa: F811
) -> None:
    booking(club, club.person())
    pola, morning, asked = (
        club.specialist("pola"),
        warsaw(FRIDAY, "08:00"),
        select(todo.c.text, todo.c.done_at),
    )

    def still_open() -> set[str]:
        rows = club.do(lambda tx: tx.connection.execute(asked).all())
        return {row.text for row in rows if row.done_at is None}

    for _ in range(2):
        club.do(lambda tx: not_today(tx, club.centre, pola), morning)
        assert still_open() == {"todo_not_today"}
        (one,) = club.do(absences_to_come, morning)
        change = Away(pola, one.starts_at, one.ends_at)
        settling(club, change, Way.BY_PHONE, morning)
        assert still_open() == {"todo_by_phone"}
        club.do(lambda tx, number=one.id: end(tx, club.centre, number), morning)
        assert still_open() == set()
    settling(club, change, Way.BY_PHONE, morning)
    settling(club, change, Way.GIVE_BACK, morning)
    assert still_open() == set()
