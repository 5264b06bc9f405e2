"""What there is to do, in Telegram: done with a button, and taken back with another."""

from sqlalchemy import select

from scheduler.staff import Role
from storage.database import Database
from storage.tables import todo
from tests.bot.dialogue.phone import Town
from tests.bot.dialogue.staff_town import a_day, ewa, noted, staff_chat


def done_by(town: Town) -> list[int | None]:
    return list(
        town.do(
            lambda tx: tx.connection.execute(select(todo.c.done_by_id).order_by(todo.c.id)).scalars().all()
        )
    )


def test_a_to_do_is_done_with_a_button_and_open_again_with_another(database: Database) -> None:
    town = a_day(database)
    town.phone().says("oddzwon")
    chat = staff_chat(town)
    listed = chat.says("/zadania")
    assert listed.words == "Do zrobienia\n1) Prośba o telefon: Anna Testowa. Prosimy zadzwonić."
    assert chat.chooses("Zrobione: 1").words.startswith("Zrobione: Prośba o telefon: Anna Testowa.")
    assert done_by(town) == [ewa(town)]
    assert chat.chooses("Cofam").key == "desk_todo_open"
    assert done_by(town) == [None]
    assert [row.actor_id for row in [*noted(town, "todo_done"), *noted(town, "todo_reopened")]] == [
        ewa(town)
    ] * 2


def test_what_is_done_already_is_said_so(database: Database) -> None:
    town = a_day(database)
    town.phone().says("oddzwon")
    chat = staff_chat(town)
    listed = chat.says("/zadania")
    chat.presses("1", listed)
    assert chat.presses("1", listed).key == "desk_todo_gone"
    assert chat.says("/zadania").key == "desk_todos_none"


def test_many_are_read_in_pages_whose_numbers_go_on(database: Database) -> None:
    town = a_day(database)
    for number in range(8):
        town.person(f"Osoba {chr(65 + number)}", f"+4850700000{number}")
        town.phone(f"+4850700000{number}").says("oddzwon")
    chat = staff_chat(town, Role.RECEPTION)
    assert list(chat.says("/zadania").choices.values())[-1] == "Dalej"
    assert list(chat.chooses("Dalej").choices.values()) == ["Zrobione: 7", "Zrobione: 8"]
