"""Staff announce in Telegram: step by step with buttons, a second person above a number, and nobody whose role does not let them."""

from typing import Any

import pytest
from sqlalchemy import select

from scheduler import groups
from scheduler.people import link
from scheduler.staff import Colleague, Role, add_staff
from storage.database import Database
from storage.tables import announcement, audit
from tests.bot.dialogue.phone import BOT, Phone, Said, Town

TEXT = "W piątek Klub jest zamknięty."


def a_colleague(town: Town, name: str, role: Role, chat: str) -> Phone:
    person_id = town.do(lambda tx: add_staff(tx, Colleague(name, role)))
    town.do(lambda tx: link(tx, person_id, "telegram", BOT, chat))
    return town.chat(chat)


def a_town(database: Database, second_above: int = 10) -> tuple[Town, Phone]:
    """A club with two participants on phones, of whom one is in a group, and a coordinator's chat."""
    town = Town(database)
    rules = town.club.centre.announcements.model_copy(update={"second_person_above": second_above})
    town.club.centre = town.club.centre.model_copy(update={"announcements": rules})
    town.dialogue = type(town.dialogue)(town.club.centre, town.dialogue.catalogue)
    town.person("Jan Testowy", "+48501000001")
    ewa = town.person("Ewa Próbna", "+48501000002")
    group = town.do(lambda tx: groups.add(tx, "Grupa Jutro", "workshop"))
    town.do(lambda tx: groups.join(tx, town.club.centre, group, ewa))
    return town, a_colleague(town, "Wanda Pisząca", Role.COORDINATOR, "900100")


def as_previewed(chat: Phone, to: str = "Wszyscy", how: str = "Zwykłe") -> Said:
    chat.says(f"/ogloszenie {TEXT}")
    chat.chooses(to)
    return chat.chooses(how)


def told(town: Town) -> list[Any]:
    return [row for row in town.club.messages() if row.announcement_id is not None]


def standing(town: Town) -> list[str]:
    asked = select(announcement.c.status).order_by(announcement.c.id)
    return list(town.do(lambda tx: tx.connection.execute(asked)).scalars())


def test_text_audience_preview_yes_and_it_goes_to_everybody_after_the_time_to_undo(
    database: Database,
) -> None:
    town, chat = a_town(database)
    assert chat.says("/ogloszenie").key == "announcing_text"
    assert set(chat.says(TEXT).choices.values()) >= {"Wszyscy", "Grupa Jutro"}
    chat.chooses("Wszyscy")
    seen = chat.chooses("Zwykłe")
    for line in (
        "Do: wszyscy",
        "SMS: osoby 2, adresy 2",
        "koszt 0,70 zł",
        "Klub: W piatek Klub jest zamkniety.",
    ):
        assert line in seen.words
    assert (told(town), standing(town)) == ([], ["begun"])
    assert chat.says("TAK").key == "announcing_goes"
    assert {row.status for row in told(town)} == {"waiting"}
    town.later(seconds=31)
    assert {row.status for row in told(town)} == {"sent"}
    assert "SMS: razem 2, czeka 0, wysłane 2" in chat.says("/ogloszenie 1").words


def test_for_a_group_and_taken_back_in_time_nobody_has_it(database: Database) -> None:
    town, chat = a_town(database)
    seen = as_previewed(chat, "Grupa Jutro", "Pilne")
    assert "Do: Grupa Jutro\nSMS: osoby 1" in seen.words
    goes = chat.presses("TAK", seen)
    assert chat.presses("TAK", seen).key == "desk_done_before"
    assert chat.presses("1", goes).key == "announcing_dropped"
    town.later(minutes=2)
    assert [row.status for row in told(town)] == ["withdrawn"]
    assert chat.presses("1", goes).key == "announcing_not_now"


def test_no_means_no_and_a_late_undo_says_what_else_helps(database: Database) -> None:
    town, chat = a_town(database)
    seen = as_previewed(chat)
    assert chat.presses("NIE", seen).key == "announcing_dropped"
    assert chat.presses("TAK", seen).key == "announcing_not_now"
    assert standing(town) == ["undone"]
    goes = chat.presses("TAK", as_previewed(chat))
    town.later(seconds=31)
    assert chat.presses("1", goes).key == "announcing_too_late"
    assert chat.presses("2", goes).choices == {"1": "Jak idzie", "2": "Wstrzymaj", "3": "Zatrzymaj"}
    assert "Wstrzymane" in chat.chooses("Wstrzymaj").words
    assert "W toku" in chat.chooses("Wznów").words
    assert "Zatrzymane" in chat.chooses("Zatrzymaj").words


def test_what_was_seen_an_hour_ago_can_not_be_sent_any_more(database: Database) -> None:
    town, chat = a_town(database)
    seen = as_previewed(chat)
    town.later(minutes=61)
    assert chat.presses("TAK", seen).key == "desk_stale"
    assert told(town) == []


def test_above_a_number_the_others_who_may_are_asked_and_the_writer_can_not_confirm(
    database: Database,
) -> None:
    town, chat = a_town(database, second_above=1)
    adam = a_colleague(town, "Adam Drugi", Role.ADMINISTRATOR, "900101")
    rita = a_colleague(town, "Rita Recepcyjna", Role.RECEPTION, "900102")
    seen = as_previewed(chat)
    assert "potwierdza druga osoba" in seen.words
    assert chat.presses("TAK", seen).key == "announcing_waits"
    assert (told(town), rita.received()) == ([], [])
    (asked,) = adam.received()
    assert asked.key == "announcing_second"
    assert set(asked.params) == {"announcement_id"}
    assert "Wanda Pisząca prosi o potwierdzenie.\nOgłoszenie nr 1\nDo: wszyscy" in asked.words
    assert chat.presses("TAK", asked).key == "desk_stale"  # it was put to somebody else's chat
    assert adam.presses("TAK", asked).key == "announcing_goes"
    assert len(told(town)) == 2


def test_what_was_written_stands_in_no_row_of_the_ledger_once_it_is_sent(database: Database) -> None:
    town, chat = a_town(database, second_above=1)
    adam = a_colleague(town, "Adam Drugi", Role.ADMINISTRATOR, "900101")
    chat.presses("TAK", as_previewed(chat))
    assert adam.received()
    kept = [row for row in town.club.messages() if TEXT in str(row.params)]
    assert {row.purpose for row in kept} <= {"advice"}  # forgotten once sent


@pytest.mark.parametrize("step", ["command", "to", "how", "send", "undo"])
def test_whoever_loses_the_role_on_the_way_gets_no_further_and_it_is_noted(
    database: Database, step: str
) -> None:
    town, chat = a_town(database)
    said = {
        "to": lambda: chat.says(f"/ogloszenie {TEXT}"),
        "how": lambda: (chat.says(f"/ogloszenie {TEXT}"), chat.chooses("Wszyscy"))[-1],
        "send": lambda: as_previewed(chat),
        "undo": lambda: chat.presses("TAK", as_previewed(chat)),
    }.get(step, lambda: None)()
    town.do(lambda tx: add_staff(tx, Colleague("Wanda Pisząca", Role.RECEPTION)))
    before, at = len(told(town)), standing(town)
    answer = chat.presses(next(iter(said.choices)), said) if said else chat.says(f"/ogloszenie {TEXT}")
    assert (answer.key, len(told(town)), standing(town)) == ("desk_menu", before, at)
    assert "ogloszenie" not in answer.words
    notes = town.do(lambda tx: tx.connection.execute(select(audit).where(audit.c.action == "refused")).all())
    assert [row.details["right"] for row in notes] == ["announce"]


def test_another_coordinators_draft_can_not_be_gone_on_with(database: Database) -> None:
    town, chat = a_town(database)
    other = a_colleague(town, "Adam Drugi", Role.COORDINATOR, "900101")
    said = chat.says(f"/ogloszenie {TEXT}")
    assert other.presses("1", said).key == "desk_stale"
    assert other.says("/ogloszenie 1").key == "announcing_unknown"
