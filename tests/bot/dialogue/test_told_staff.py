"""What a message makes staff do: on their list in words of ours, on their own phones as a call to look there."""

from sqlalchemy import select

from scheduler.duty import tell_urgent
from scheduler.staff import Colleague, Role, add_staff
from scheduler.todo_list import Todo, open_todos
from storage.database import Database
from storage.tables import todo
from tests.bot.dialogue.phone import SENDER, Town

DATABASES = ("sqlite",)  # words and decisions: what they rest on is tried on both where it is its own subject


CRY = "nie chce juz zyc"


def the_list(town: Town) -> list[Todo]:
    return list(town.do(lambda tx: open_todos(tx, town.club.centre, town.composer)))


def with_a_coordinator(database: Database) -> Town:
    town = Town(database)
    ewa = Colleague("Ewa Koordynatorka", Role.COORDINATOR, "+48501000009")
    town.do(lambda tx: add_staff(tx, ewa, SENDER))
    return town


def test_a_cry_is_an_urgent_to_do_and_a_call_to_look_that_says_nothing_of_it(database: Database) -> None:
    town = with_a_coordinator(database)
    town.person("Anna Testowa")
    town.phone().says(CRY)
    (one,) = the_list(town)
    assert (one.urgent, one.text) == (True, "Prosimy zadzwonić dzisiaj: Anna Testowa.")
    assert one.due_at is not None
    assert town.do(lambda tx: tell_urgent(tx, town.club.centre)) == 1
    (told,) = [row for row in town.club.messages() if row.purpose == "urgent"]
    assert (told.text, told.params) == ("staff_urgent", {})
    kept = town.do(lambda tx: tx.connection.execute(select(todo.c.key, todo.c.params)).one())
    assert "zyc" not in f"{kept} {told.params}"
    assert "Anna" not in f"{kept.params}"


def test_a_wish_for_a_call_is_on_the_list_and_troubles_nobody_at_once(database: Database) -> None:
    town = with_a_coordinator(database)
    town.person("Anna Testowa")
    town.phone().says("ODDZWON")
    assert [(one.urgent, one.text) for one in the_list(town)] == [
        (False, "Prośba o telefon: Anna Testowa. Prosimy zadzwonić.")
    ]
    assert town.do(lambda tx: tell_urgent(tx, town.club.centre)) == 0
