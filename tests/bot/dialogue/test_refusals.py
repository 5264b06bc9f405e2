"""Every reason why something can't be had is said in words of its own, and nothing is lost by it."""

from datetime import date

import pytest
from sqlalchemy import insert, select, update

from bot.dialogue.refusals import NONE_FREE, TEXTS
from config.centre_model import LANGUAGES
from scheduler import booking, errors
from storage.database import Database
from storage.tables import closure, person
from tests.bot.dialogue.phone import Phone, Town, the_catalogue
from tests.builders import warsaw

DATABASES = ("sqlite",)  # words and decisions: what they rest on is tried on both where it is its own subject


WEDNESDAY = warsaw("2026-10-14", "10:00")


@pytest.fixture
def town(database: Database) -> Town:
    """Monday 5 October 2026, 9:00."""
    town = Town(database)
    town.person("Jan Testowy")
    return town


@pytest.fixture
def phone(town: Town) -> Phone:
    """A list of Wednesday's hours is open: 9:00, 10:00, 11:00."""
    phone = town.phone()
    phone.says("psycholog 14.10")
    return phone


def close(town: Town, day: date) -> None:
    town.do(lambda tx: tx.connection.execute(insert(closure).values(first_day=day, last_day=day, reason="x")))


def send_away(town: Town, *codes: str) -> None:
    for code in codes:
        someone = town.club.specialist(code)
        span = {"starts_at": warsaw("2026-10-14", "00:00"), "ends_at": warsaw("2026-10-15", "00:00")}
        town.do(lambda tx, one=someone, span=span: booking.away(tx, specialist_id=one, **span))


def public_refusals(kind: type[errors.Refused] = errors.Refused) -> list[type[errors.Refused]]:
    return [
        found
        for one in kind.__subclasses__()
        for found in [one, *public_refusals(one)]
        if found.__module__ == "scheduler.errors" and not found.__name__.startswith("_")
    ]


# What only staff can meet: the command line and the panel say it.
STAFFS_OWN = {"NoSuchRoom", "NoSuchClosure", "NotAllowed", "NotAway", "NothingStandsIn", "NotNow"}


def test_every_refusal_of_the_diary_has_words_in_every_language() -> None:
    said = {
        kind: next(text for known, text in TEXTS if issubclass(kind, known)) for kind in public_refusals()
    }
    by_default = {kind.__name__ for kind, text in said.items() if text == "ask_office"}

    assert len(said) > 12
    assert by_default <= {"NoSuchService", "NotASpecialist"} | STAFFS_OWN
    for text in {*said.values(), *NONE_FREE.values(), "slot_gone_none"}:
        assert all(the_catalogue().has(language, text) for language in LANGUAGES)


def test_a_specialist_who_is_away_since_leaves_the_nearest_times(town: Town, phone: Phone) -> None:
    send_away(town, "anna", "piotr")
    said = phone.says("2")

    assert said.key in {"slot_gone", "slot_taken"}
    assert said.choices["1"] == "czwartek 15.10 godz. 12:00"
    assert phone.says("1").key == "booked"


def test_a_day_that_was_closed_since_is_named(town: Town, phone: Phone) -> None:
    close(town, date(2026, 10, 14))

    assert phone.says("2").words.startswith(
        "Sroda 14.10: Klub jest nieczynny. Najblizsze:\n1) czwartek 15.10"
    )


def test_a_time_at_which_they_are_elsewhere_since_names_the_visit(town: Town, phone: Phone) -> None:
    [jan] = town.do(
        lambda tx: (
            tx.connection.execute(select(person.c.id).where(person.c.kind == "participant")).scalars().all()
        )
    )
    thursday = warsaw("2026-10-15", "12:00")
    phone.says("psycholog 15.10")
    town.do(
        lambda tx: booking.book(
            tx, town.club.centre, person_id=jan, service="career_adviser", starts_at=thursday
        )
    )

    assert phone.says("1").words.startswith(
        "W tym czasie jest juz inne spotkanie: czwartek 15.10 godz. 12:00."
    )


def test_too_many_since_the_list_was_shown(town: Town, phone: Phone) -> None:
    other = town.phone()
    listed = phone.last
    for text in ("psycholog 15.10", "1", "psycholog 16.10", "1"):
        other.says(text)

    assert listed is not None
    assert phone.presses("1", listed).key == "too_many_visits"


def test_a_contract_that_ended_since_closes_the_list(town: Town, phone: Phone) -> None:
    town.do(
        lambda tx: tx.connection.execute(
            update(person).where(person.c.kind == "participant").values(contract_until=date(2026, 10, 6))
        )
    )

    assert phone.says("2").key == "closed_signup"


def test_when_everything_is_gone_a_call_is_offered(town: Town, phone: Phone) -> None:
    for day in range(5, 32):
        close(town, date(2026, 10, day))
    for day in range(1, 4):
        close(town, date(2026, 11, day))

    assert phone.says("2").key == "slot_gone_none"
    assert phone.says("psycholog").key == "times_none"


def test_a_refused_choice_leaves_the_list_open(town: Town, phone: Phone) -> None:
    listed = phone.last
    close(town, date(2026, 10, 14))
    refused = phone.says("2")

    assert listed is not None
    assert phone.presses("1", listed).key == "closed_day"
    assert phone.presses("1", refused).key == "booked"


def test_a_move_that_comes_too_late_leaves_the_visit_and_offers_other_times(town: Town, phone: Phone) -> None:
    phone.says("2", "zmien na 14.10")
    town.person("Ewa Druga", "+48501000002")
    town.phone("+48501000002").says("psycholog 14.10 9:00", "tak")

    refused = phone.says("1")

    assert refused.key == "slot_taken"
    assert list(refused.choices.values())[:2] == ["sroda 14.10 godz. 11:00", "sroda 14.10 godz. 12:00"]
    assert WEDNESDAY in [visit.starts_at for visit in town.open_visits()]
    assert phone.says("1").key == "moved"
