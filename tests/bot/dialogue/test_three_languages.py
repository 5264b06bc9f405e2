"""The same conversation in each language, from booking to giving back, and every SMS of it within its parts."""

import pytest

from storage.database import Database
from tests.bot.dialogue.phone import Town
from tests.builders import warsaw
from words.sms import parts

DATABASES = ("sqlite",)  # words and decisions: what they rest on is tried on both where it is its own subject


# What is written, and which text answers it; `@` lets time pass until the day before the visit.
STORY = ("menu", "times", "times", "confirm_time", "booked", "mine_one", "move_times", "confirm_move", "moved", "@",
         "confirmed", "give_back_sure", "given_back")  # fmt: skip
WRITTEN = {
    "pl": ("dzień dobry", "1", "0", "psycholog 14.10 o 12", "tak", "moje", "zmien", "21.10 o 12", "tak", "@",
           "tak", "nie", "tak"),
    "uk": ("добрий день", "1", "0", "психолог 14.10 о 12", "так", "мої", "змінити", "21.10 о 12", "так", "@",
           "так", "ні", "так"),
    "en": ("hello", "1", "0", "psychologist 14.10 at 12:00", "ok", "my visits", "change", "21.10 at 12:00", "ok", "@",
           "ok", "no", "ok"),
}  # fmt: skip
BOOKED = {
    "pl": "Zapisane: sroda 14.10 godz. 12:00, ul. Reja 2a, pokoj 104. Przypomnimy. Zmiana: ZMIEN. Odwolanie: ODWOLAJ",
    "uk": "Записано: середа 14.10 о 12:00, ul. Reja 2a, кабінет 104.",
    "en": "Booked: Wednesday 14 October at 12:00, ul. Reja 2a, room 104.",
}


@pytest.mark.parametrize("language", ["pl", "uk", "en"])
def test_a_visit_is_booked_moved_confirmed_and_given_back(database: Database, language: str) -> None:
    town = Town(database)
    town.person("Oksana Testowa", language=language)
    phone, said = town.phone(), []
    for text in WRITTEN[language]:
        if text == "@":
            town.at(warsaw("2026-10-20", "12:00"))
        else:
            said.append(phone.says(text))

    assert [one.key for one in said] == [key for key in STORY if key != "@"]
    assert said[4].words.startswith(BOOKED[language])
    assert max(parts(one.words) for one in phone.received()) <= 2
    assert town.open_visits() == []
