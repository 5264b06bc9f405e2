"""Advice, words of illness, the works programme, the club: what is said, and how little of it is kept."""

from typing import Any

import pytest
from sqlalchemy import select

from scheduler.booking import book
from scheduler.policies import Record, set_policy
from storage.database import Database
from storage.people import change_person
from storage.tables import message, question, todo
from tests.bot.dialogue.phone import SMS, Phone, Town, the_catalogue
from tests.builders import the_centre, warsaw
from words.compose import Composer
from words.sms import parts

DATABASES = ("sqlite",)  # words and decisions: what they rest on is tried on both where it is its own subject


NUMBER = "+48501000001"
STEPS = (
    "W razie objawow: 1 z dala od innych 2 telefon do lekarza 3 telefon do sanepidu 4 stosowac sie do zalecen. "
    "Wiecej: RECE, MASECZKA, ZASADY"
)


@pytest.fixture
def town(database: Database) -> Town:
    """Monday 5 October 2026, 8:00."""
    town = Town(database, warsaw("2026-10-05", "08:00"))
    town.person("Jan Testowy", NUMBER)
    return town


@pytest.fixture
def phone(town: Town) -> Phone:
    return town.phone(NUMBER)


def chat_of(town: Town) -> Phone:
    chat = town.chat()
    chat.sends(contact=NUMBER)
    return chat


def has_visit(town: Town, at: Any) -> None:
    whose = town.club.person("Jan Testowy", NUMBER)
    town.do(lambda tx: book(tx, town.club.centre, person_id=whose, service="psychologist", starts_at=at))


# --- Advice


def test_advice_by_sms_is_the_four_steps_and_what_else_can_be_asked(phone: Phone) -> None:
    assert phone.says("porady").words == STEPS
    assert phone.meaning == "other"


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("RECE", "Mycie rak: woda, mydlo, 30 sekund"),
        ("jak myć ręce", "Mycie rak: woda, mydlo, 30 sekund"),
        ("dezynfekcja", "Mycie rak:"),
        ("maseczka", "Maseczka: czyste rece"),
        ("rekawiczki", "Rekawiczki: zakladac na czyste rece"),
        ("zasady", "Zasady: przychodzimy bez objawow infekcji, odstep 1,5-2 m"),
    ],
)
def test_each_matter_has_a_text_of_our_own(phone: Phone, text: str, begins: str) -> None:
    said = phone.says(text).words

    assert said.startswith(begins)
    assert "http" not in said


def test_a_chat_has_all_of_it_at_once_with_the_links_of_the_clubs_own_text(town: Town) -> None:
    said = chat_of(town).says("/porady").words

    for link in the_centre().advice.model_dump().values():
        assert link in said
    assert "1. z dala od innych" in said
    assert "Rękawiczki:" in said
    assert len(said) < 4096


def test_the_mask_duty_is_said_while_it_holds(town: Town, phone: Phone) -> None:
    assert "Usta i nos zakryte" in phone.says("zasady").words
    town.do(lambda tx: set_policy(tx, Record("masks", False, town.now)))

    assert "Usta i nos zakryte" not in phone.says("zasady").words


@pytest.mark.parametrize("language", ["pl", "uk", "en"])
def test_the_rules_with_the_mask_duty_fit_an_sms(language: str) -> None:
    composer = Composer(the_catalogue(), the_centre())
    lines = [{"key": key} for key in ("advice_rules", "advice_rule_masks")]
    today = warsaw("2026-10-05").date()

    assert parts(composer.text(language, "advice", {"advice": lines}, SMS, today)) <= (
        2 if language == "uk" else 1
    )


# --- Ill


def test_whoever_is_ill_with_no_visit_near_has_the_same_words_as_advice(town: Town, phone: Phone) -> None:
    has_visit(town, warsaw("2026-10-15", "12:00"))

    assert phone.says("jestem chora").words == STEPS
    assert phone.meaning == "other"


@pytest.mark.parametrize("at", [warsaw("2026-10-05", "10:00"), warsaw("2026-10-06", "12:00")])
def test_whoever_is_ill_is_asked_once_whether_todays_or_tomorrows_visit_goes(
    town: Town, phone: Phone, at: Any
) -> None:
    service = "psychologist" if at.day == 5 else "specialist"
    whose = town.club.person("Jan Testowy", NUMBER)
    town.do(lambda tx: book(tx, town.club.centre, person_id=whose, service=service, starts_at=at))

    assert phone.says("jestem chory").key == "give_back_sure"
    assert len(town.open_visits()) == 1
    assert phone.says("jestem chory").words == STEPS
    assert phone.says("nie").key == "kept"
    assert len(town.open_visits()) == 1


def test_the_answer_to_it_is_as_for_any_same_day_giving_back(town: Town, phone: Phone) -> None:
    has_visit(town, warsaw("2026-10-05", "10:00"))
    phone.says("jestem chora")
    said = phone.says("tak")

    assert said.key == "given_back_today"
    assert town.open_visits() == []


def rows_of(town: Town, phone: Phone, text: str) -> list[str]:
    """What a message leaves behind, without its ids and parameters."""
    before = len(town.club.messages())
    phone.sends(text=text)
    left = ("id", "key", "params", "posted_at", "send_after", "useless_after", "message_id", "expires_at")
    rows = town.club.messages()[before:]
    for table in (question, todo):
        rows += town.do(lambda tx, table=table: tx.connection.execute(select(table)).all())
    kept = [{name: value for name, value in row._mapping.items() if name not in left} for row in rows]
    return [phone.meaning, *map(str, kept)]


def test_what_is_kept_does_not_tell_an_ill_person_from_one_who_asks_for_advice(
    town: Town, phone: Phone
) -> None:
    assert rows_of(town, phone, "jestem chora") == rows_of(town, phone, "porady")


def test_what_is_kept_does_not_tell_an_ill_person_from_one_who_may_not_come(town: Town, phone: Phone) -> None:
    has_visit(town, warsaw("2026-10-05", "10:00"))
    ola = town.person("Ola Testowa", "+48501000002")
    noon = warsaw("2026-10-05", "12:00")
    town.do(lambda tx: book(tx, town.club.centre, person_id=ola, service="psychologist", starts_at=noon))
    phone.says("jestem chora")
    town.phone("+48501000002").says("nie")
    ill, unsure = (
        [(row.text, row.purpose) for row in town.club.messages(person_id=one, purpose="reply")]
        for one in (ola, town.club.person("Jan Testowy", NUMBER))
    )

    assert ill == unsure


# --- The club and its works


def test_the_club_is_told_with_whom_it_helps_its_hours_and_how_to_reach_it(phone: Phone) -> None:
    said = phone.says("o klubie").words

    for told in ("dobrowoln", "bezplatn", "7:30-15:30", "77 483 77 23 wew. 103", "ul. Reja 2a", "pokoj 102"):
        assert told in said


def test_the_works_programme_by_sms_is_short_and_its_rate_is_dated(phone: Phone) -> None:
    said = phone.says("prace").words

    assert "10 godz. na tydzien, 40 na miesiac" in said
    assert "10,90 zl/godz. (od 1.06.2023)" in said
    assert parts(said) == 1


@pytest.mark.parametrize("language", ["pl", "uk", "en"])
def test_in_a_chat_it_names_every_host_unit_and_the_places(town: Town, language: str) -> None:
    chat = chat_of(town)
    whose = town.club.person("Jan Testowy", NUMBER)
    town.do(lambda tx: change_person(tx, whose, language=language))
    said = chat.says("/prace").words

    assert sum(f"- {unit}\n" in said + "\n" for unit in the_centre().works.units) == 22
    assert "31" in said
    assert "2020" in said
    assert "40" in said
    assert all(rate in said for rate in (("8.50", "10.90") if language == "en" else ("8,50", "10,90")))


@pytest.mark.parametrize("word", ["PORADY", "PRACE", "KLUB", "DANE", "COFNIJ"])
def test_help_names_what_can_be_asked(phone: Phone, word: str) -> None:
    assert word in phone.says("pomoc").words


def test_advice_leaves_its_purpose_and_no_more(town: Town, phone: Phone) -> None:
    phone.says("maseczka")
    rows = town.do(lambda tx: tx.connection.execute(select(message.c.purpose, message.c.text)).all())

    assert [tuple(row) for row in rows] == [("advice", "advice")]
