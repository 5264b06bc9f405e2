"""The club closes at once, from Telegram: one question, then everybody who is due is told."""

from scheduler.free_times import Search, free_times
from storage.database import Database
from tests.bot.dialogue.staff_town import a_day, comes, ewa, noted, refusals, staff_chat

JAN = "+48601602603"


def test_after_one_yes_todays_visits_are_off_and_everybody_is_told_once(database: Database) -> None:
    town = a_day(database)
    comes(town, town.person("Jan Kowal", JAN), "11:00")
    comes(town, town.person("Marek Bez", None), "12:00")
    chat = staff_chat(town)
    asked = chat.says("/zamkniete")
    assert [line[:18] for line in asked.words.splitlines()[3:6]] == [
        "11:00 Jan Kowal, p",
        "12:00 Marek Bez, p",
        "13:00 Anna Testowa",
    ]
    said = chat.says("TAK")
    assert said.words == (
        "Klub jest dziś zamknięty od teraz. Odwołane spotkania: 3. "
        "Tych osób nie możemy zawiadomić wiadomością, prosimy zadzwonić:\nMarek Bez"
    )
    assert town.open_visits() == []
    (told,) = [one for one in town.phone(JAN).received() if one.key.startswith("club_")]
    assert "sie nie odbedzie" in told.words
    assert {row.actor_id for row in noted(town, "called_off")} == {ewa(town)}
    now = town.do(lambda tx: free_times(tx, town.club.centre, Search("psychologist"), 1))
    assert now[0].starts_at.date() > town.now.date()


def test_who_is_here_is_named_apart_and_keeps_the_visit(database: Database) -> None:
    town = a_day(database)
    comes(town, town.person("Jan Kowal", JAN), "10:00")
    town.later(hours=1, minutes=10)
    chat = staff_chat(town)
    asked = chat.says("/zamkniete").words
    assert asked.index("Teraz w Klubie") < asked.index("Jan Kowal") < asked.index("Jeszcze dziś przyjdą")
    chat.presses("TAK")
    assert [row.status for row in town.visits()] == ["booked", "given_back"]


def test_a_no_or_an_old_yes_closes_nothing(database: Database) -> None:
    town = a_day(database)
    chat = staff_chat(town)
    chat.says("/zamkniete")
    assert chat.says("nie").key == "desk_left"
    asked = chat.says("/zamkniete")
    town.later(minutes=11)
    assert chat.presses("TAK", asked).key == "desk_stale"
    assert chat.says("tak").key == "desk_menu"
    assert len(town.open_visits()) == 1


def test_two_yes_close_once_and_a_strangers_yes_closes_nothing_and_blames_nobody(database: Database) -> None:
    town = a_day(database)
    chat = staff_chat(town)
    asked = chat.says("/zamkniete")
    town.chat("700100").presses("TAK", asked)
    assert len(town.open_visits()) == 1
    assert [chat.presses("TAK", asked).key, chat.presses("TAK", asked).key] == [
        "desk_closed",
        "desk_done_before",
    ]
    assert len(noted(town, "closed")) == 1
    assert refusals(town) == []
