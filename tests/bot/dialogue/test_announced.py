"""An announcement that asks whether it was read, on both kinds of phone; and that it takes no answer from a reminder."""

from datetime import timedelta

import pytest

from scheduler import booking
from scheduler.announced import Draft
from scheduler.announcements import compose
from scheduler.announcing import worded
from scheduler.audience import Audience
from scheduler.people import link
from scheduler.progress import progress
from storage.database import Database
from tests.bot.dialogue.phone import BOT, Phone, Town
from tests.builders import MONDAY, warsaw

DATABASES = ("sqlite",)  # words and decisions: what they rest on is tried on both where it is its own subject


ASKING = Draft(worded({"pl": "W piątek Klub jest zamknięty."}, asks=True), Audience())


def announce(town: Town) -> int:
    number = int(town.do(lambda tx: compose(tx, town.club.centre, ASKING)).id)
    town.later(minutes=1)
    return number


def read(town: Town, number: int) -> int:
    return int(town.do(lambda tx: progress(tx, number)).read)


@pytest.mark.parametrize("word", ["TAK", "ok", "tak, dziękuję"])
def test_by_sms_a_yes_says_that_it_was_read(database: Database, word: str) -> None:
    town = Town(database)
    town.person("Jan Testowy")
    number = announce(town)
    assert read(town, number) == 0
    assert town.phone().says(word).key == "announcement_read"
    assert read(town, number) == 1


def test_in_a_chat_a_button_does_and_a_second_press_changes_nothing(database: Database) -> None:
    town = Town(database)
    person_id = town.person("Jan Testowy")
    town.do(lambda tx: link(tx, person_id, "telegram", BOT, "700100"))
    number = announce(town)
    chat = town.chat()
    chat.last = chat.received()[-1]
    assert chat.last.choices == {"TAK": "Przeczytane"}
    for _ in range(2):
        assert chat.presses("TAK", chat.received()[0]).key == "announcement_read"
    assert read(town, number) == 1


def _with_reminder(database: Database) -> tuple[Town, Phone]:
    """Somebody with a visit on Wednesday and its reminder of Tuesday."""
    town = Town(database, warsaw(MONDAY))
    person_id = town.person("Jan Testowy")
    at = warsaw(MONDAY + timedelta(days=2), "10:00")
    town.do(
        lambda tx: booking.book(
            tx, town.club.centre, person_id=person_id, service="psychologist", starts_at=at
        )
    )
    return town, town.phone()


def test_the_newest_has_the_yes_and_the_next_one_is_the_reminders(database: Database) -> None:
    town, phone = _with_reminder(database)
    town.at(warsaw(MONDAY + timedelta(days=1), "19:00"))
    number = announce(town)
    assert phone.says("TAK").key == "announcement_read"
    assert read(town, number) == 1
    phone.says("TAK")
    assert [row.status for row in town.visits()] == ["confirmed"]


def test_a_no_is_never_an_announcements(database: Database) -> None:
    town, phone = _with_reminder(database)
    town.at(warsaw(MONDAY + timedelta(days=1), "19:00"))
    number = announce(town)
    phone.says("NIE")
    assert [row.status for row in town.visits()] == ["given_back"]
    assert read(town, number) == 0


def test_a_yes_that_names_a_day_is_the_reminders(database: Database) -> None:
    town, phone = _with_reminder(database)
    town.at(warsaw(MONDAY + timedelta(days=1), "19:00"))
    number = announce(town)
    phone.says("tak, w środę")
    assert ([row.status for row in town.visits()], read(town, number)) == (["confirmed"], 0)
