"""What staff see before an announcement goes: how many, for how much, from when on, and what to look at again."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from scheduler.announced import Draft, NobodyToTell
from scheduler.announcing import worded
from scheduler.audience import Audience
from scheduler.people import link
from scheduler.preview import Preview, Way, preview
from scheduler.proofreading import Matter, Remark, in_parts, remarks
from scheduler.purposes import Purpose
from storage.database import Database
from tests.builders import NOW, Club, the_centre, warsaw
from tests.scheduler.posting import a_composer
from words import sms


def seen(club: Club, text: str = "Zebranie w piątek.", now: Any = None, **more: Any) -> Preview:
    draft = Draft(worded({"pl": text}, asks=False), Audience(), **more)
    composer = a_composer(club.centre)
    found: Preview = club.do(lambda tx: preview(tx, club.centre, composer, draft), now)
    return found


def test_people_addresses_parts_and_price_a_shared_phone_once(database: Database) -> None:
    club = Club(database)
    club.person("Jan Testowy")
    club.person("Ewa Testowa", "+48501000001")
    chat = club.person("Piotr Czat", "+48501000002")
    club.do(lambda tx: link(tx, chat, "telegram", "4711", "77"))
    club.person("Bez Telefonu", None)
    found = seen(club)
    assert found.ways == (Way("telegram", 1, 1), Way("sms", 2, 1), Way(None, 1, 0))
    assert (found.people, found.parts, found.zloty) == (4, 1, Decimal("0.35"))
    assert [(one.channel, one.letters, one.text) for one in found.shown] == [
        ("telegram", True, "Klub: Zebranie w piątek."),
        ("sms", False, "Klub: Zebranie w piatek."),
    ]
    assert club.messages(announcement_id=1) == []


def test_what_a_failing_telegram_would_cost_is_priced_where_there_is_a_number(database: Database) -> None:
    club = Club(database)
    for number in range(1, 4):
        both = club.person(f"Osoba {'ABC'[number - 1]}", f"+4850100000{number}" if number < 3 else None)
        if number > 1:
            club.do(lambda tx, both=both, number=number: link(tx, both, "telegram", "4711", str(number)))
    found = seen(club, "Zebranie. " * 20)
    assert (found.parts, found.most_parts, found.most_zloty) == (2, 4, Decimal("1.40"))
    assert [(one.channel, one.addresses) for one in found.shown] == [("telegram", 2), ("sms", 1)]


def test_nobody_is_said_and_what_the_night_holds(database: Database) -> None:
    club = Club(database)
    with pytest.raises(NobodyToTell):
        seen(club)
    club.person("Jan Testowy")
    late = warsaw("2026-10-05", "22:00")
    assert (seen(club, now=late).goes_at, seen(club, now=late).is_held) == (
        warsaw("2026-10-06", "08:00"),
        True,
    )
    assert seen(club, now=late, purpose=Purpose.URGENT).goes_at == late + timedelta(seconds=30)
    assert not seen(club, now=NOW).is_held


def test_more_parts_than_a_day_allows_and_untranslated_words_are_remarked_on(database: Database) -> None:
    club = Club(database)
    club.centre = club.centre.model_copy(
        update={"rules": club.centre.rules.model_copy(update={"sms_parts_a_day": 1})}
    )
    club.person("Jan Testowy")
    club.person("Olena Próbna", "+48501000002", language="uk")
    assert seen(club).remarks == (Remark(Matter.UNTRANSLATED, "1", "uk"), Remark(Matter.OVER_CAP, "1"))


def test_at_which_word_a_second_part_begins_and_which_letters_make_it_so() -> None:
    text = "Klub: " + "słowo " * 24 + "ostatnie koniec"
    assert list(in_parts(sms.plain(text), "pl")) == [Remark(Matter.SECOND_PART, "ostatnie", "pl")]
    assert sms.parts("Klub: krótko") == 1
    assert [one.matter for one in in_parts(text, "pl")] == [Matter.SECOND_PART, Matter.LETTERS]
    assert list(in_parts("Klub: krótko", "pl")) == []


@pytest.mark.parametrize(
    ("text", "matter", "about"),
    [
        ("Zapisy: https://example.com/a", Matter.LINK, "https://example.com/a"),
        ("Zapisy: mops.pl", Matter.LINK, "mops.pl"),
        ("Psycholog przyjmuje do 12:00", Matter.REASON, "Psycholog"),
        ("Grupa terapeutyczna w sali 110", Matter.REASON, "terapeutyczna"),
        ("Osoby z gorączką zostają w domu", Matter.REASON, "gorączką"),
        ("Psychologist away", Matter.REASON, "Psychologist"),
    ],
)
def test_links_and_words_that_give_a_reason_away(text: str, matter: Matter, about: str) -> None:
    assert Remark(matter, about, "pl") in list(remarks(the_centre(), {"pl": text}))


def test_ordinary_words_are_left_alone() -> None:
    text = "W piątek 16.10 Klub jest czynny do godz. 12:00, długo czekać nie trzeba. Tel. 77 483 77 23."
    assert list(remarks(the_centre(), {"pl": text})) == []
