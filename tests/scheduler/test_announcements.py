"""Announcements: who gets them, once each, and what can still be done while they go."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from scheduler import announcements as use
from scheduler import drafts
from scheduler.announced import (
    Draft,
    MayNotAnnounce,
    NobodyToTell,
    NotAsItStands,
    SecondPerson,
    Status,
    TooLateToUndo,
    announcement,
    newest,
)
from scheduler.announcing import NothingSaid, TooLong, worded
from scheduler.audience import Audience, NoSuchGroup, named
from scheduler.booking import book
from scheduler.channels import Receipt, SendFailed
from scheduler.errors import NotAllowed
from scheduler.impact import Closed
from scheduler.ladder import step_down
from scheduler.leaving import leave
from scheduler.people import AddressState, link
from scheduler.progress import progress
from scheduler.purposes import Purpose
from scheduler.staff import Colleague, Role, add_staff
from storage.database import Database
from storage.tables import address, message, question, todo
from tests.builders import MONDAY, NOW, Club, warsaw
from tests.scheduler.groups import Groups
from tests.scheduler.posting import Office

WORDS = worded({"pl": "W piątek Klub jest zamknięty."}, asks=False)
EVERYBODY = Draft(WORDS, Audience())
URGENT = Draft(WORDS, Audience(), Purpose.URGENT)
LATER = NOW + timedelta(minutes=1)


def announced(club: Club, draft: Draft = EVERYBODY) -> int:
    return int(club.do(lambda tx: use.compose(tx, club.centre, draft)).id)


def rows(club: Club) -> list[Any]:
    return [row for row in club.messages() if row.announcement_id is not None]


def by_telegram(club: Club, person_id: int, chat: str) -> None:
    club.do(lambda tx: link(tx, person_id, "telegram", "4711", chat))


def set_state(club: Club, number: str, **values: Any) -> None:
    club.do(
        lambda tx: tx.connection.execute(update(address).where(address.c.address == number).values(values))
    )


def texts_of_todos(club: Club) -> list[str]:
    return list(
        club.do(lambda tx: tx.connection.execute(select(todo.c.text).order_by(todo.c.id)).scalars().all())
    )


def test_each_address_has_it_once_in_its_persons_language_after_the_time_to_undo(database: Database) -> None:
    club = Club(database)
    jan, olena = club.person("Jan Testowy"), club.person("Olena Próbna", "+48501000002", language="uk")
    club.person("Ewa Testowa", "+48501000001")  # shares Jan's phone
    by_telegram(club, olena, "77")
    number = announced(club)
    found = rows(club)
    assert [(row.person_id, row.channel, row.text, row.language) for row in found] == [
        (jan, "sms", "announcement", "pl"),
        (olena, "telegram", "announcement_in_polish", "uk"),
    ]
    assert found[0].key == f"announcement:{number}:{found[0].address_id}"
    assert {row.send_after for row in found} == {NOW + timedelta(seconds=30)}
    assert found[0].params == {"words": "W piątek Klub jest zamknięty."}


def test_who_opted_out_is_left_out_unless_it_is_urgent(database: Database) -> None:
    club = Club(database)
    for nine in range(1, 4):
        club.person(f"Osoba {'ABC'[nine - 1]}", f"+4850100000{nine}")
    set_state(club, "+48501000001", state=AddressState.STOPPED)
    set_state(club, "+48501000002", announcements=False)
    announced(club)
    assert len(rows(club)) == 1
    announced(club, URGENT)
    assert len(rows(club)) == 1 + 3


def test_whom_nothing_reaches_has_a_row_too_and_nobody_is_asked_twice(database: Database) -> None:
    club = Club(database)
    nobody = club.person("Bez Telefonu", None)
    number = announced(club)
    (row,) = rows(club)
    assert (row.key, row.address_id) == (f"announcement:{number}:p{nobody}", None)
    club.do(lambda tx: step_down(tx, row.id, "no_channel"), LATER)
    assert texts_of_todos(club) == ["todo_announcement"]


def test_a_group_those_with_a_visit_and_those_of_a_channel(database: Database) -> None:
    club = Club(database)
    anna = club.person("Anna Grupowa", "+48501000001", groups=("Grupa Jutro",))
    piotr, ewa = club.person("Piotr Bez", "+48501000002"), club.person("Ewa Czat", "+48501000003")
    by_telegram(club, ewa, "77")
    starts_at = warsaw("2026-10-07", "10:00")
    club.do(lambda tx: book(tx, club.centre, person_id=piotr, service="psycholog", starts_at=starts_at))
    group = club.do(lambda tx: named(tx, "grupa jutro"))
    hour = timedelta(hours=1)
    span = Audience(begins=starts_at - hour, ends=starts_at + hour)
    for audience, expected in (
        (Audience(group=group), anna),
        (span, piotr),
        (Audience(channel="telegram"), ewa),
    ):
        number = announced(club, Draft(WORDS, audience))
        assert [row.person_id for row in rows(club) if row.announcement_id == number] == [expected]
    with pytest.raises(NoSuchGroup, match="did you mean 'Grupa Jutro'"):
        club.do(lambda tx: named(tx, "Grupa Jutr"))
    with pytest.raises(NobodyToTell):
        announced(club, Draft(WORDS, Audience(begins=NOW, ends=NOW + hour)))


def test_within_the_time_to_undo_nothing_goes_and_then_it_is_too_late(database: Database) -> None:
    club = Club(database)
    club.person()
    first, second = announced(club), announced(club)
    club.do(lambda tx: use.undo(tx, first))
    assert [row.status for row in rows(club)] == ["withdrawn", "waiting"]
    with pytest.raises(TooLateToUndo):
        club.do(lambda tx: use.undo(tx, second), LATER)
    with pytest.raises(NotAsItStands):
        club.do(lambda tx: use.stop(tx, first))


def test_above_a_number_of_people_a_second_person_confirms_and_the_roll_is_taken_then(
    database: Database,
) -> None:
    club = Club(database)
    club.centre = club.centre.model_copy(
        update={"announcements": club.centre.announcements.model_copy(update={"second_person_above": 1})}
    )
    writer, second, third = (
        club.do(lambda tx, name=name, role=role: add_staff(tx, Colleague(name, role)))
        for name, role in (
            ("Wanda Pisząca", Role.COORDINATOR),
            ("Adam Potwierdzający", Role.ADMINISTRATOR),
            ("Rita Recepcyjna", Role.RECEPTION),
        )
    )
    club.person("Jan Testowy", "+48501000001")
    club.person("Ewa Testowa", "+48501000002")
    with pytest.raises(NotAllowed):
        club.do(lambda tx: use.compose(tx, club.centre, EVERYBODY, by=third))
    known = club.do(lambda tx: use.compose(tx, club.centre, EVERYBODY, by=writer))
    assert (known.status, rows(club)) == (Status.DRAFT, [])
    club.person("Nowy Testowy", "+48501000003")
    with pytest.raises(SecondPerson):
        club.do(lambda tx: use.confirm(tx, club.centre, known.id, by=writer))
    with pytest.raises(NotAllowed):
        club.do(lambda tx: use.confirm(tx, club.centre, known.id, by=third))
    club.do(lambda tx: use.confirm(tx, club.centre, known.id, by=second))
    assert len(rows(club)) == 3


def test_paused_nothing_goes_and_new_members_are_told_only_if_asked(database: Database) -> None:
    club = Club(database)
    club.person("Jan Testowy", "+48501000001")
    number = announced(club)
    club.do(lambda tx: use.pause(tx, number), LATER)
    assert rows(club)[0].send_after.year == 2200
    club.person("Nowy Testowy", "+48501000002")
    club.do(lambda tx: use.go_on(tx, club.centre, number), LATER)
    assert [row.send_after for row in rows(club)] == [LATER]
    club.do(lambda tx: use.go_on(tx, club.centre, number, with_new=True), LATER)
    assert len(rows(club)) == 2
    assert club.do(lambda tx: use.stop(tx, number), LATER) == 2
    assert {row.status for row in rows(club)} == {"withdrawn"}


def test_where_a_shared_phone_has_it_already_it_does_not_come_a_second_time(database: Database) -> None:
    club = Club(database)
    jan = club.person("Jan Testowy")
    club.person("Ewa Testowa", "+48501000001")
    by_telegram(club, jan, "77")
    announced(club)
    chat = next(row for row in rows(club) if row.channel == "telegram")
    club.do(lambda tx: step_down(tx, chat.id, "blocked"), LATER)
    assert sorted((row.channel, row.status) for row in rows(club)) == [
        ("sms", "waiting"),
        ("telegram", "withdrawn"),
    ]
    sms = next(row for row in rows(club) if row.channel == "sms")
    club.do(lambda tx: step_down(tx, sms.id, "30003"), LATER)
    people = club.do(lambda tx: tx.connection.execute(select(todo.c.params)).scalar_one())["people"]
    assert len(people) == 2


def test_who_leaves_takes_nothing_from_those_who_share_the_phone(database: Database) -> None:
    club = Club(database)
    jan, ewa = club.person("Jan Testowy"), club.person("Ewa Testowa", "+48501000001")
    announced(club)
    club.do(lambda tx: leave(tx, jan))
    assert [(row.person_id, row.status) for row in rows(club)] == [(ewa, "waiting")]
    club.do(lambda tx: leave(tx, ewa))
    assert [row.status for row in rows(club)] == ["withdrawn"]


def test_a_closure_changes_the_diary_once_it_cannot_be_taken_back_and_each_is_told_once(
    database: Database,
) -> None:
    club = Club(database)
    jan, ewa = club.person("Jan Testowy", "+48501000001"), club.person("Ewa Testowa", "+48501000002")
    starts_at = warsaw("2026-10-07", "10:00")
    club.do(lambda tx: book(tx, club.centre, person_id=jan, service="psycholog", starts_at=starts_at))
    day = date(2026, 10, 7)
    closure = Draft(WORDS, Audience(), Purpose.URGENT, Closed(day, day, "ogłoszenie"))
    taken_back, kept = announced(club, closure), announced(club, closure)
    club.do(lambda tx: use.undo(tx, taken_back))
    club.do(lambda tx: use.look_after(tx, club.centre))
    assert rows(club) == []
    club.do(lambda tx: use.look_after(tx, club.centre), LATER)
    club.do(lambda tx: use.look_after(tx, club.centre), LATER)
    assert [row.person_id for row in rows(club)] == [ewa]
    news = [row for row in club.messages(person_id=jan) if row.status == "waiting"]
    assert [row.text for row in news] == ["club_offer"]
    club.do(lambda tx: use.go_on(tx, club.centre, kept, with_new=True), LATER)
    assert len(rows(club)) == 1
    assert club.do(lambda tx: announcement(tx, taken_back)).status is Status.UNDONE


def test_who_was_expected_at_a_groups_session_then_is_told_of_that_alone(database: Database) -> None:
    club = Groups(database)
    first, second, beside = club.people(3)
    club.group(people=[first, second])
    club.make_ahead()
    day = MONDAY + timedelta(days=8)
    closure = Draft(WORDS, Audience(), Purpose.URGENT, Closed(day, day, "ogłoszenie"))
    number = announced(club, closure)
    club.do(lambda tx: use.look_after(tx, club.centre), LATER)
    assert [row.person_id for row in rows(club)] == [beside]
    told = [person_id for _, person_id in club.told() if person_id in {first, second}]
    assert sorted(told) == sorted({first, second})
    assert club.do(lambda tx: progress(tx, number)).by_change == 2


def test_it_is_done_when_all_has_gone_and_what_came_too_late_is_one_to_do(database: Database) -> None:
    club = Club(database)
    club.person()
    number = announced(club)
    club.do(lambda tx: use.look_after(tx, club.centre), LATER)
    assert club.do(lambda tx: announcement(tx, number)).status is Status.RUNNING
    club.do(lambda tx: tx.connection.execute(update(message).values(status="expired")))
    club.do(lambda tx: use.look_after(tx, club.centre), LATER)
    assert club.do(lambda tx: announcement(tx, number)).status is Status.DONE
    assert texts_of_todos(club) == ["todo_announcement_late"]


def test_it_asks_only_where_that_was_wanted(database: Database) -> None:
    club = Club(database)
    club.person()
    announced(club)
    announced(club, Draft(worded({"pl": "Zebranie."}, asks=True), Audience()))
    asked = club.do(lambda tx: tx.connection.execute(select(question)).all())
    assert [(one.kind, one.asked, one.options[0]["mark"]) for one in asked] == [("announced", False, "TAK")]
    assert [row.text for row in rows(club)] == ["announcement", "announcement_ask"]


def test_the_clubs_name_is_not_said_twice_and_there_are_words() -> None:
    assert worded({"pl": " klub: Zebranie. ", "uk": None}, asks=False).texts == {"pl": "Zebranie."}
    with pytest.raises(NothingSaid):
        worded({"pl": " Klub: ", "en": "A meeting."}, asks=False)
    with pytest.raises(TooLong):
        worded({"pl": "a" * 1001}, asks=False)


def test_what_was_on_its_way_when_it_was_paused_waits_too(database: Database) -> None:
    office = Office(database)
    office.person()
    number = office.do(lambda tx: use.compose(tx, office.centre, EVERYBODY)).id
    office.clock.pass_(60)
    (outgoing,) = office.claim().outgoing
    office.do(lambda tx: use.pause(tx, number))
    office.settle(outgoing.attempt_id, SendFailed("30003", again_in=1))
    office.clock.pass_(60)
    assert office.claim().outgoing == ()
    assert office.statuses() == ["waiting"]
    office.do(lambda tx: use.go_on(tx, office.centre, number))
    assert len(office.claim().outgoing) == 1


def test_stopped_it_is_not_tried_again_and_keeps_what_was_sent(database: Database) -> None:
    office = Office(database)
    for _ in range(2):
        office.person()
    number = office.do(lambda tx: use.compose(tx, office.centre, EVERYBODY)).id
    office.clock.pass_(60)
    first, second = office.claim().outgoing
    office.settle(first.attempt_id, Receipt("sid"))
    office.do(lambda tx: use.stop(tx, number))
    office.settle(second.attempt_id, SendFailed("off"))
    assert office.statuses() == ["sent", "withdrawn"]


def test_what_is_begun_is_its_writers_alone_and_in_no_list(database: Database) -> None:
    club = Club(database)
    club.person()
    writer, other = (
        club.do(lambda tx, name=name: add_staff(tx, Colleague(name, Role.COORDINATOR)))
        for name in ("Wanda Pisząca", "Adam Drugi")
    )
    number = club.do(lambda tx: drafts.begin(tx, EVERYBODY, by=writer)).id
    assert club.do(newest) == []
    for step in (
        lambda tx: drafts.amend(tx, number, by=other, purpose=Purpose.URGENT),
        lambda tx: use.submit(tx, club.centre, number, by=other),
    ):
        with pytest.raises(MayNotAnnounce):
            club.do(step)
    with pytest.raises(NotAsItStands):
        club.do(lambda tx: use.confirm(tx, club.centre, number, by=other))
    assert rows(club) == []
    club.do(lambda tx: use.submit(tx, club.centre, number, by=writer))
    assert (len(rows(club)), len(club.do(newest))) == (1, 1)
    with pytest.raises(NotAsItStands):
        club.do(lambda tx: drafts.amend(tx, number, by=writer, purpose=Purpose.URGENT))
