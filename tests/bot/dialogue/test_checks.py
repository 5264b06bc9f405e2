"""Mornings: the health prompt on both kinds of phone, in three languages, and what becomes of each answer."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from scheduler import booking
from scheduler.asking import prompt
from scheduler.policies import Record, set_policy
from scheduler.staff import Colleague, Role, add_staff
from storage.database import Database
from storage.tables import absence, declaration, message
from tests.bot.dialogue.phone import Phone, Said, Town
from tests.builders import MONDAY, warsaw

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
YES = {"pl": "TAK", "uk": "так", "en": "OK"}
NO = {"pl": "NIE", "uk": "ні", "en": "NO"}


@dataclass
class Morning:
    """A town on a Monday at six, with somebody who has a visit on Tuesday at eleven."""

    town: Town
    phone: Phone
    person_id: int

    def asked(self, day: Any = TUESDAY, clock: str = "07:30") -> Said:
        """The prompt of that morning."""
        return self.heard(day, clock)[-1]

    def heard(self, day: Any, clock: str) -> list[Said]:
        """What comes when the job runs at that time."""
        before = max(row.id for row in self.town.club.messages())
        self.town.at(warsaw(day, clock)).do(lambda tx: prompt(tx, self.town.club.centre))
        self.town.deliver()
        self.phone.last = next(iter(self.phone.received(after=before)[-1:]), self.phone.last)
        return self.phone.received(after=before)

    def visit(
        self,
        hour: str = "11:00",
        person_id: int | None = None,
        day: Any = TUESDAY,
        what: str = "career_adviser",
    ) -> Any:
        return self.town.do(
            lambda tx: booking.book(
                tx,
                self.town.club.centre,
                person_id=person_id or self.person_id,
                service=what,
                starts_at=warsaw(day, hour),
            )
        )

    def statuses(self) -> list[str]:
        return [visit.status for visit in self.town.visits()]

    def declared(self) -> list[int]:
        known = select(declaration.c.person_id).where(declaration.c.declared_at.is_not(None))
        return list(
            self.town.do(
                lambda tx: tx.connection.execute(known.order_by(declaration.c.person_id)).scalars().all()
            )
        )


def a_morning(database: Database, *, chat: bool = False, language: str = "pl") -> Morning:
    town = Town(database, warsaw(MONDAY, "06:00"))
    person_id = town.person("Jan Testowy", language=language)
    if chat:
        town.chat().sends(contact="+48501000001")
    morning = Morning(town, town.chat() if chat else town.phone(), person_id)
    morning.visit()
    return morning


@pytest.fixture
def morning(database: Database) -> Morning:
    return a_morning(database)


@pytest.mark.parametrize("language", ["pl", "uk", "en"])
@pytest.mark.parametrize("chat", [False, True])
def test_a_healthy_morning_confirms_the_visit_and_is_declared(
    database: Database, language: str, chat: bool
) -> None:
    morning = a_morning(database, chat=chat, language=language)

    assert morning.asked().key == "check_visit"
    said = morning.phone.presses("TAK") if chat else morning.phone.says(YES[language])

    assert said.key == "declared_visit_masks"
    assert (morning.statuses(), morning.declared()) == (["confirmed"], [morning.person_id])


@pytest.mark.parametrize("language", ["pl", "uk", "en"])
@pytest.mark.parametrize("chat", [False, True])
def test_not_today_gives_the_visit_back_with_the_text_of_every_same_day_giving_back(
    database: Database, language: str, chat: bool
) -> None:
    morning = a_morning(database, chat=chat, language=language)
    morning.asked()

    said = morning.phone.presses("NIE") if chat else morning.phone.says(NO[language])

    assert said.key == "given_back_today"
    assert (morning.statuses(), morning.declared()) == (["given_back"], [])


def test_by_sms_the_prompt_names_the_signs_and_its_words_and_the_answer_is_one_line(morning: Morning) -> None:
    assert morning.asked().words == (
        "Klub: dzis spotkanie o 11:00. Prosimy sprawdzic: goraczka, kaszel, trudny oddech, brak wechu lub smaku. "
        "TAK - sprawdzone, przyjde. NIE - dzis nie przyjde"
    )
    assert morning.phone.says("tak").words == (
        "Dziekujemy. Spotkanie: dzis, wtorek 6.10 godz. 11:00, ul. Reja 2a, pokoj 103. "
        "Prosimy zakryc usta i nos, a po wejsciu zdezynfekowac rece."
    )


def test_the_entry_card_names_the_mask_rule_with_its_exemptions_only_while_it_is_on(
    database: Database,
) -> None:
    morning = a_morning(database, chat=True)
    morning.asked()
    with_masks = morning.phone.presses("TAK").words
    morning.town.do(lambda tx: set_policy(tx, Record("masks", False, warsaw(TUESDAY, "00:00"))))
    without = morning.phone.presses("TAK", morning.phone.received()[-2]).words

    assert "Nie dotyczy: dzieci do 4 lat" in with_masks
    assert "zdezynfekować ręce" in without
    assert "usta i nos" not in without


@pytest.mark.parametrize(
    ("language", "words"), [("pl", "Nie wiem."), ("uk", "не знаю"), ("en", "I don't know")]
)
def test_who_writes_that_they_do_not_know_gets_the_signs_again_and_nothing_is_given_back(
    language: str, words: str, database: Database
) -> None:
    morning = a_morning(database, language=language)
    before = morning.phone.says(words).key
    morning.asked()

    said = morning.phone.says(words)

    assert before != "check_unsure"
    assert said.key == "check_unsure"
    assert (morning.statuses(), morning.declared()) == (["booked"], [])
    assert morning.phone.says(YES[language]).key == "declared_visit_masks"


def test_a_chat_offers_three_answers_and_who_does_not_know_gets_the_signs_again(database: Database) -> None:
    morning = a_morning(database, chat=True)
    asked = morning.asked()

    said = morning.phone.presses("INNE")

    assert list(asked.choices.values()) == ["Sprawdzone, przyjdę", "Dziś nie przyjdę", "Nie wiem"]
    assert said.key == "check_unsure"
    assert (morning.statuses(), morning.declared()) == (["booked"], [])
    assert morning.phone.presses("TAK", asked).key == "declared_visit_masks"


def test_silence_leaves_the_visit_and_brings_one_nudge(morning: Morning) -> None:
    morning.asked()

    assert [said.key for said in morning.heard(TUESDAY, "09:30")] == ["check_visit"]
    assert morning.heard(TUESDAY, "09:31") == []
    assert morning.statuses() == ["booked"]
    assert morning.phone.says("tak").key == "declared_visit_masks"


def test_a_changed_mind_brings_the_visit_back_and_gives_it_back_again(morning: Morning) -> None:
    morning.asked()

    keys = [morning.phone.says(word).key for word in ("nie", "tak", "nie", "tak")]

    assert keys == ["given_back_today", "undone", "given_back_today", "undone"]
    assert (morning.statuses(), morning.declared()) == (["booked"], [morning.person_id])


def test_after_a_yes_a_no_gives_the_visit_back(morning: Morning) -> None:
    morning.asked()

    assert [morning.phone.says(word).key for word in ("tak", "nie")] == [
        "declared_visit_masks",
        "given_back_today",
    ]
    assert morning.statuses() == ["given_back"]


def test_a_yes_after_somebody_else_has_the_time_offers_the_nearest(morning: Morning) -> None:
    morning.asked()
    morning.phone.says("nie")
    other = morning.town.person("Ola Druga", "+48501000002")
    morning.town.later(minutes=20)
    morning.visit(person_id=other)

    said = morning.phone.says("tak")

    assert said.key.startswith("slot_taken")
    assert sorted(morning.statuses()) == ["booked", "given_back"]


def test_once_the_visit_has_begun_the_answer_comes_too_late(morning: Morning) -> None:
    morning.asked()
    morning.town.at(warsaw(TUESDAY, "11:10"))

    assert morning.phone.says("nie").key == "visit_over"
    assert morning.statuses() == ["booked"]


def test_zmien_to_the_prompt_offers_other_times(morning: Morning) -> None:
    morning.asked()

    assert morning.phone.says("zmien").key == "move_times"


def test_on_a_day_without_a_visit_yes_is_declared_and_no_gives_nothing_back(morning: Morning) -> None:
    assert morning.asked(MONDAY).key == "check_day"
    assert morning.phone.says("tak").key == "declared_day"
    assert morning.declared() == [morning.person_id]
    morning.visit(day=WEDNESDAY + timedelta(days=7), what="psychologist")

    assert morning.asked(WEDNESDAY).key == "check_day"
    said = morning.phone.says("nie")

    assert said.key == "not_today"
    assert said.words.startswith("Dziekujemy. Spotkania bez zmian. W razie objawow: 1 z dala od innych")
    assert morning.statuses() == ["booked", "booked"]


def test_no_to_a_day_without_a_visit_does_not_reach_a_reminder_of_another_day(database: Database) -> None:
    morning = a_morning(database)
    later = morning.visit(day=WEDNESDAY + timedelta(days=2), what="psychologist")
    morning.asked()
    morning.phone.says("tak")
    assert morning.asked(WEDNESDAY).key == "check_day"

    assert morning.phone.says("nie").key == "not_today"
    assert [row.status for row in morning.town.visits() if row.id == later.id] == ["booked"]


def test_a_reminder_that_came_after_the_prompt_has_the_answer(morning: Morning) -> None:
    asked = morning.asked(MONDAY)
    morning.town.at(warsaw(MONDAY, "11:00"))
    reminded = morning.phone.received()[-1]

    assert (asked.key, reminded.key) == ("check_day", "reminder")
    assert morning.phone.says("tak").key == "confirmed"
    assert morning.declared() == []


def test_a_day_that_is_named_is_not_the_prompts(morning: Morning) -> None:
    morning.asked(MONDAY)

    assert morning.phone.says("nie moge we wtorek").key == "give_back_sure"
    assert morning.statuses() == ["booked"]


def test_two_visits_of_one_day_are_named_and_a_no_asks_which(morning: Morning) -> None:
    morning.visit("12:00", what="specialist")

    asked = morning.asked()
    which = morning.phone.says("nie")
    said = morning.phone.says("3")

    assert "Klub: dzis 11:00\n12:00. " in asked.words
    assert which.words.endswith("3) wszystkie\n4) zadne z nich")
    assert said.key == "given_back_all"
    assert morning.statuses() == ["given_back", "given_back"]
    assert morning.phone.says("tak").key == "undone"
    assert morning.statuses() == ["booked", "booked"]


def test_two_visits_of_one_day_are_both_confirmed_by_a_yes(morning: Morning) -> None:
    morning.visit("12:00", what="specialist")
    morning.asked()

    assert morning.phone.says("tak").key == "declared_visits"
    assert morning.statuses() == ["confirmed", "confirmed"]


@pytest.mark.parametrize("chat", [False, True])
def test_a_phone_of_two_who_both_come_gets_one_prompt_and_a_yes_serves_both(
    database: Database, chat: bool
) -> None:
    morning = a_morning(database, chat=chat)
    ola = morning.town.person("Ola Testowa")
    if chat:
        morning.phone.sends(contact="+48501000001")
    morning.visit("12:00", ola, what="specialist")

    asked = morning.heard(TUESDAY, "07:30")
    said = morning.phone.presses("TAK") if chat else morning.phone.says("tak")

    assert [one.key for one in asked] == ["check_visit_list"]
    assert "Jan 11:00\nOla 12:00" in asked[0].words
    assert said.key == "declared_visits"
    assert (morning.statuses(), morning.declared()) == (["confirmed", "confirmed"], [morning.person_id, ola])


def test_on_a_phone_of_two_a_no_asks_who(morning: Morning) -> None:
    ola = morning.town.person("Ola Testowa")
    morning.visit("12:00", ola, what="specialist")
    morning.asked()

    assert morning.phone.says("nie").key == "which_person"
    assert morning.phone.says("Ola").key == "given_back_today"
    assert morning.statuses() == ["booked", "given_back"]


def test_switched_off_at_noon_the_afternoons_visit_is_not_asked_about_and_an_answer_still_counts(
    database: Database,
) -> None:
    morning = a_morning(database)
    morning.asked()
    other = morning.town.person("Ola Druga", "+48501000002")
    morning.town.do(lambda tx: set_policy(tx, Record("self_check", "off", warsaw(TUESDAY, "08:00"))))
    morning.visit("12:00", other)

    assert morning.heard(TUESDAY, "09:30") == []
    assert morning.phone.says("tak").key == "declared_visit_masks"


@pytest.mark.parametrize(("word", "language"), [("RZADZIEJ", "pl"), ("рідше", "uk"), ("less often", "en")])
def test_somebody_may_ask_for_days_with_a_visit_only(database: Database, word: str, language: str) -> None:
    morning = a_morning(database, language=language)
    morning.asked(MONDAY)

    assert morning.phone.says(word).key == "self_check_visits_done"
    assert [said.key for said in morning.heard(TUESDAY, "07:30")] == ["check_visit"]
    assert morning.heard(WEDNESDAY, "07:30") == []


@pytest.mark.parametrize("word", ["ok", "👍", "bede", "tak, przyjde"])
def test_the_ways_of_saying_yes(morning: Morning, word: str) -> None:
    morning.asked()

    assert morning.phone.says(word).key == "declared_visit_masks"


def test_the_evening_before_an_early_visit_a_no_has_the_same_text(morning: Morning) -> None:
    morning.visit("09:00", day=WEDNESDAY, what="psychologist")

    asked = morning.asked(TUESDAY, "18:00")
    said = morning.phone.says("nie")

    assert asked.words.startswith("Klub: jutro spotkanie o 09:00.")
    assert said.key == "given_back_today"


def test_the_same_evening_a_giving_back_by_any_other_way_has_the_same_text(morning: Morning) -> None:
    morning.town.at(warsaw(TUESDAY, "12:00"))
    morning.visit("09:00", day=WEDNESDAY, what="psychologist")
    morning.town.at(warsaw(TUESDAY, "18:30"))

    assert morning.phone.says("odwolaj").key == "given_back_today"


def staff_phone(morning: Morning) -> Phone:
    morning.town.do(
        lambda tx: add_staff(tx, Colleague("Maria Wymyślona", Role.SPECIALIST, "+48601000001"), "sms")
    )
    morning.phone = morning.town.phone("+48601000001")
    return morning.phone


def test_staff_declare_from_their_own_phone(morning: Morning) -> None:
    phone = staff_phone(morning)

    assert morning.asked().key == "check_staff"
    assert phone.says("tak").key == "declared_day"
    assert morning.town.club.specialist("maria") in morning.declared()


def test_a_specialist_who_is_not_coming_is_away_and_the_coordinator_has_it_to_settle(
    morning: Morning,
) -> None:
    phone = staff_phone(morning)
    morning.asked()

    assert phone.says("nie").key == "not_today_staff"
    away = morning.town.do(lambda tx: tx.connection.execute(select(absence.c.person_id)).scalars().all())

    assert away == [morning.town.club.specialist("maria")]
    assert morning.statuses() == ["booked"]
    assert "todo_not_today" in morning.town.todos()
    assert phone.says("tak").key == "ask_office"


def test_staff_who_were_not_asked_are_answered_as_anybody_unknown(morning: Morning) -> None:
    assert staff_phone(morning).says("tak").key == "stranger"


def test_what_is_said_to_somebody_who_is_not_coming_is_forgotten_once_it_is_sent(morning: Morning) -> None:
    morning.asked(MONDAY)
    morning.phone.says("nie")
    last = morning.town.do(
        lambda tx: tx.connection.execute(select(message).order_by(message.c.id.desc())).first()
    )

    assert last.purpose == "advice"


def test_the_prompt_speaks_the_persons_language(database: Database) -> None:
    morning = a_morning(database, language="uk")

    assert morning.asked().words.startswith("Klub: сьогодні зустріч о 11:00. Перевірте:")
