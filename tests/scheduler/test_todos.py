"""What staff have to do: how it is opened, taken, done, given on, and read."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from scheduler.staff import Colleague, Role, add_staff
from scheduler.todo_list import Todo, open_todos
from scheduler.todos import NoSuchTodo, NotOnStaff, TodoDone, done, open_todo, reassign, reopen, take
from storage.database import Database
from storage.people import change_person
from storage.tables import audit, todo
from tests.builders import NOW, Club, the_centre
from tests.words.builders import the_composer

HOUR = timedelta(hours=1)


class Desk:
    """The club's office, and shortcuts to its list."""

    def __init__(self, database: Database) -> None:
        self.club = Club(database, the_centre())
        self.ewa = self.colleague("Ewa Koordynatorka", Role.COORDINATOR)
        self.adam = self.colleague("Adam Recepcyjny", Role.RECEPTION)

    def colleague(self, name: str, role: Role, phone: str | None = None) -> int:
        return int(self.club.do(lambda tx: add_staff(tx, Colleague(name, role, phone))))

    def open(self, key: str, text: str = "todo_callback", now: Any = None, **more: Any) -> int:
        self.club.do(lambda tx: open_todo(tx, key=key, text=text, **more), now)
        asked = select(todo.c.id).where(todo.c.key == key)
        return int(self.club.do(lambda tx: tx.connection.execute(asked).scalar_one()))

    def list(self, **more: Any) -> list[Todo]:
        return list(
            self.club.do(lambda tx: open_todos(tx, self.club.centre, the_composer(), **more), NOW + HOUR)
        )


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def test_the_urgent_come_first_then_the_first_deadline_then_the_oldest(desk: Desk) -> None:
    old = desk.open("old")
    new = desk.open("new", now=NOW + timedelta(minutes=1))
    later = desk.open("later", due_at=NOW + 3 * HOUR)
    sooner = desk.open("sooner", due_at=NOW + 2 * HOUR)
    urgent = desk.open("urgent", urgent=True, now=NOW + timedelta(minutes=2))
    assert [one.id for one in desk.list()] == [urgent, sooner, later, old, new]
    assert [one.urgent for one in desk.list()] == [True, False, False, False, False]


def test_it_says_whom_it_is_about_in_the_readers_language(desk: Desk) -> None:
    anna = desk.club.person("Anna Testowa")
    desk.open("callback", person_id=anna)
    assert [one.text for one in desk.list()] == ["Prośba o telefon: Anna Testowa. Prosimy zadzwonić."]
    assert [one.text for one in desk.list(language="en")] == ["Asked for a call: Anna Testowa. Please phone."]


def test_names_are_read_when_the_list_is_and_kept_nowhere_else(desk: Desk) -> None:
    anna, ola = desk.club.person("Anna Testowa"), desk.club.person("Ola Testowa")
    desk.open("shared", params={"people": [anna, ola]})
    desk.open("twins", text="todo_may_be", params={"other": ola}, person_id=anna)
    desk.club.do(lambda tx: change_person(tx, anna, full_name="Anna Nowa"))
    shared, twins = desk.list()
    assert shared.text == "Prośba o telefon: Anna Nowa / Ola Testowa. Prosimy zadzwonić."
    assert "Anna Nowa i Ola Testowa" in twins.text


def test_two_of_one_name_are_told_apart_by_their_numbers(desk: Desk) -> None:
    first, second = desk.club.person("Anna Testowa"), desk.club.person("Anna Testowa", "+48501000002")
    (twins,) = desk.list()
    assert f": Anna Testowa ({second}) i Anna Testowa ({first})." in twins.text


def test_one_whose_words_can_not_be_made_is_listed_all_the_same(desk: Desk) -> None:
    anna = desk.club.person("Anna Testowa")
    desk.open("unknown", text="todo_of_tomorrow", person_id=anna)
    desk.open("lacking", text="todo_sms_cap")
    unknown, lacking = desk.list()
    assert unknown.text.startswith(f"Zadanie numer {unknown.id}: Anna Testowa.")
    assert lacking.text.startswith(f"Zadanie numer {lacking.id}: ?.")


def test_a_taken_one_stays_on_the_list_with_who_took_it(desk: Desk) -> None:
    number = desk.open("a")
    desk.club.do(lambda tx: take(tx, number, by_id=desk.adam))
    (one,) = desk.list()
    assert (one.taken_at, one.assignee_id, one.assignee) == (NOW, desk.adam, "Adam Recepcyjny")


def test_to_take_one_without_saying_who_leaves_it_with_whose_it_is(desk: Desk) -> None:
    number = desk.open("a")
    desk.club.do(lambda tx: take(tx, number))
    (one,) = desk.list()
    assert (one.taken_at, one.assignee_id) == (NOW, desk.ewa)


def test_a_done_one_leaves_the_list_and_is_kept_with_who_did_it(desk: Desk) -> None:
    number = desk.open("a")
    desk.club.do(lambda tx: done(tx, number, by_id=desk.adam))
    left = desk.open("b")
    assert [one.id for one in desk.list()] == [left]
    _, last = desk.list(with_done=True)
    assert (last.id, last.done_at, last.done_by) == (number, NOW, "Adam Recepcyjny")


def test_every_step_is_in_the_log(desk: Desk) -> None:
    anna = desk.club.person("Anna Testowa")
    number = desk.open("a", person_id=anna)
    desk.club.do(lambda tx: take(tx, number, by_id=desk.ewa))
    desk.club.do(lambda tx: reassign(tx, number, to_id=desk.adam))
    desk.club.do(lambda tx: done(tx, number, by_id=desk.adam))
    asked = select(audit).where(audit.c.action.like("todo_%")).order_by(audit.c.id)
    lines = desk.club.do(lambda tx: tx.connection.execute(asked).all())
    assert [(line.action, line.actor_id) for line in lines] == [
        ("todo_taken", desk.ewa),
        ("todo_given", desk.adam),
        ("todo_done", desk.adam),
    ]
    assert all((line.person_id, line.details) == (anna, {"todo": number}) for line in lines)


def test_one_given_on_is_begun_by_nobody(desk: Desk) -> None:
    number = desk.open("a")
    desk.club.do(lambda tx: take(tx, number))
    desk.club.do(lambda tx: reassign(tx, number, to_id=desk.adam))
    (one,) = desk.list()
    assert (one.assignee_id, one.taken_at) == (desk.adam, None)


def test_whose_assignee_has_left_is_the_next_ones_and_nobodys_if_there_is_none(desk: Desk) -> None:
    desk.open("a")
    desk.club.do(lambda tx: change_person(tx, desk.ewa, ended_at=NOW))
    assert [one.assignee_id for one in desk.list()] == [desk.adam]
    desk.club.do(lambda tx: change_person(tx, desk.adam, ended_at=NOW))
    assert [one.assignee_id for one in desk.list()] == [None]
    desk.colleague("Nowa Osoba", Role.ADMINISTRATOR)
    assert [one.assignee for one in desk.list()] == ["Nowa Osoba"]


@pytest.mark.parametrize("step", [take, done])
def test_what_is_done_is_not_taken_and_not_done_again(desk: Desk, step: Any) -> None:
    number = desk.open("a")
    desk.club.do(lambda tx: done(tx, number))
    with pytest.raises(TodoDone, match="was done already, on 2026-10-05"):
        desk.club.do(lambda tx: step(tx, number))


def test_what_is_not_there_is_refused(desk: Desk) -> None:
    with pytest.raises(NoSuchTodo):
        desk.club.do(lambda tx: take(tx, 9))


def test_nobody_but_staff_can_have_one(desk: Desk) -> None:
    number = desk.open("a")
    anna = desk.club.person("Anna Testowa")
    for step in (
        lambda tx: take(tx, number, by_id=anna),
        lambda tx: done(tx, number, by_id=anna),
        lambda tx: reassign(tx, number, to_id=anna),
    ):
        with pytest.raises(NotOnStaff):
            desk.club.do(step)
    (one,) = desk.list()
    assert (one.assignee_id, one.taken_at, one.done_at) == (desk.ewa, None, None)


def test_what_was_called_done_by_mistake_is_open_again(desk: Desk) -> None:
    number = desk.open("a")
    desk.club.do(lambda tx: done(tx, number, by_id=desk.ewa))
    desk.club.do(lambda tx: reopen(tx, number, by_id=desk.adam))

    assert [(one.id, one.done_at, one.done_by_id) for one in desk.list()] == [(number, None, None)]


def test_who_may_not_see_a_service_or_a_group_reads_neither(desk: Desk) -> None:
    jan = desk.club.person("Jan Testowy")
    seat = {
        "group": "Pomoc w uzależnieniach",
        "meets_at": NOW.isoformat(),
        "minutes": 10,
        "people": [jan],
        "other": jan,
    }
    desk.open("seat", "todo_seat_late", params=seat)

    [seen], [hidden] = desk.list(), desk.list(details=False)

    assert "uzależnieniach" in seen.text
    assert hidden.text == seen.text.replace("Pomoc w uzależnieniach", "…")
