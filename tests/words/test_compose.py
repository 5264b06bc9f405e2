from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.words.builders import CHAT, MONDAY, SMS, an_instant, numbered, said, the_catalogue, the_composer
from words.catalogue import TextError
from words.compose import Composer, Say, Style

WEDNESDAY: dict[str, Any] = {
    "starts_at": "2026-10-14T08:00:00+00:00",
    "place": "104-1",
    "service": "career_adviser",
}
WITH_LETTERS = Style(buttons=False, plain=False)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "pl",
            "Zapisane: sroda 14.10 godz. 10:00, ul. Reja 2a, pokoj 104. Przypomnimy. Zmiana: ZMIEN. Odwolanie: ODWOLAJ",
        ),
        (
            "uk",
            "Записано: середа 14.10 о 10:00, ul. Reja 2a, кабінет 104. Нагадаємо. Зміна: ЗМІНИТИ. Відмова: СКАСУВАТИ",
        ),
        (
            "en",
            "Booked: Wednesday 14 October at 10:00, ul. Reja 2a, room 104. We will remind you. "
            "To change: CHANGE. To cancel: UNBOOK",
        ),
    ],
)
def test_a_booking_by_sms_in_each_language(language: str, expected: str) -> None:
    assert said(language, "booked", **WEDNESDAY) == expected


def test_a_chat_says_it_at_length_and_with_letters() -> None:
    expected = "Zapisane: doradca zawodowy, środa 14 października, godz. 10:00, ul. Mikołaja Reja 2a, pokój 104, I piętro. Przypomnimy."

    assert said("pl", "booked", CHAT, **WEDNESDAY) == expected


def test_polish_letters_come_by_sms_to_whom_they_are_wanted() -> None:
    text = said("pl", "reminder", WITH_LETTERS, date(2026, 10, 13), **WEDNESDAY)

    assert text == (
        "Klub: spotkanie jutro, środa 14.10 godz. 10:00, ul. Reja 2a, pokój 104. TAK - będę, NIE - nie będę, ZMIEN - inny dzień"
    )


def test_choices_are_numbered_lines_without_tomorrow_and_without_the_words_of_the_sentence() -> None:
    hours = [Say("option_time", {"starts_at": an_instant(date(2026, 10, 13), hour)}) for hour in (7, 8, 9)]
    text = the_composer().text("pl", "times", {"service": "psychologist"}, SMS, MONDAY, numbered(*hours))

    assert text == (
        "Psycholog, wolne:\n1) wtorek 13.10 godz. 9:00\n2) wtorek 13.10 godz. 10:00\n3) wtorek 13.10 godz. 11:00\n"
        "Prosimy odpisac sama cyfre, np. 1. Inne: 0"
    )


def test_choices_that_are_buttons_leave_the_text() -> None:
    text = the_composer().text(
        "pl", "times", {"service": "psychologist"}, CHAT, MONDAY, numbered(Say("btn_more"))
    )

    assert text == "Psycholog. Wolne terminy:"


@pytest.mark.parametrize(
    ("say", "style", "expected"),
    [
        (Say("option_time", WEDNESDAY), SMS, "sroda 14.10 godz. 10:00"),
        (Say("option_time", WEDNESDAY), CHAT, "Środa 14.10 godz. 10:00"),
        (Say("option_hour", {"starts_time": "2026-10-14T07:00:00Z"}), CHAT, "09:00"),
        (Say("option_day", {"on_day": "2026-10-13"}), CHAT, "Wtorek 13.10"),
        (Say("option_service", WEDNESDAY), SMS, "doradca zawodowy"),
        (Say("option_service", WEDNESDAY), CHAT, "Doradca zawodowy"),
        (Say("btn_come"), CHAT, "Będę"),
    ],
)
def test_what_a_choice_says(say: Say, style: Style, expected: str) -> None:
    assert the_composer().label("pl", say, style, MONDAY) == expected


def test_visits_are_lines() -> None:
    lines = [
        {"key": "mine_line", "params": {**WEDNESDAY, "starts_at": an_instant(date(2026, 10, day))}}
        for day in (13, 16)
    ]

    assert said("pl", "mine", SMS, visits=lines) == (
        "Spotkania:\nwtorek 13.10 godz. 12:00, doradca, ul. Reja 2a, pokoj 104\n"
        "piatek 16.10 godz. 12:00, doradca, ul. Reja 2a, pokoj 104\nZmiana: ZMIEN. Odwolanie: ODWOLAJ"
    )
    assert said("en", "mine", CHAT, visits=lines[:1]) == (
        "Meetings:\ntomorrow, Tuesday 13 October at 12:00, career adviser, ul. Mikołaja Reja 2a, room 104, 1st floor"
    )


@pytest.mark.parametrize(("place", "expected"), [("phone", "przez telefon"), ("remote", "zdalnie")])
def test_a_visit_without_a_room_says_how_it_is_held(place: str, expected: str) -> None:
    visit = {**WEDNESDAY, "place": place}

    assert said("pl", "booked_soon", **visit).startswith(
        f"Zapisane: sroda 14.10 godz. 10:00, {expected}. Zmiana"
    )
    assert f"{expected} (biuro 77 483 77 23). TAK" in said("pl", "reminder", **visit)


def test_what_has_left_the_clubs_file_does_not_stop_a_message() -> None:
    assert "ul. Reja 2a. Zmiana" in said("pl", "booked_soon", **{**WEDNESDAY, "place": "999-1"})
    assert said("pl", "times", CHAT, service="dentist") == "Dentist. Wolne terminy:"


def test_the_hour_that_comes_twice_is_told_by_its_offset() -> None:
    first, second = "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"
    after = datetime.fromisoformat(second).astimezone(UTC) + timedelta(hours=1)

    assert "godz. 2:30" in said("pl", "confirmed", starts_at=first)
    assert "godz. 2:30" in said("pl", "confirmed", starts_at=second)
    assert "godz. 3:30" in said("pl", "confirmed", starts_at=after.isoformat())


def test_the_hour_that_the_clock_skips_is_never_said() -> None:
    assert "godz. 3:30" in said("pl", "confirmed", starts_at="2026-03-29T01:30:00+00:00")
    assert "godz. 1:30" in said("pl", "confirmed", starts_at="2026-03-29T00:30:00+00:00")


def test_an_instant_without_its_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="without its offset: 2026-10-14T08:00:00"):
        said("pl", "confirmed", starts_at="2026-10-14T08:00:00")


def test_a_missing_value_is_named() -> None:
    with pytest.raises(TextError, match="text 'booked' in 'pl' needs 'starts_at'"):
        said("pl", "booked", place="phone")


def test_a_text_that_is_not_there_is_named() -> None:
    with pytest.raises(TextError, match="there is no text 'nonsense' in 'uk'"):
        said("uk", "nonsense")


def test_a_value_is_never_read_as_a_template() -> None:
    assert said("pl", "linked", first_name="{office}").startswith("Polaczone: {office}.")


def test_the_office_without_an_extension() -> None:
    centre = the_composer()._centre
    contact = centre.contact.model_copy(update={"extension": ""})
    composer = Composer(the_catalogue(), centre.model_copy(update={"contact": contact}))

    assert (
        composer.text("pl", "in_past", {}, SMS, MONDAY)
        == "Ten czas juz minal. Wolne terminy: TERMIN. Biuro: 77 483 77 23"
    )
