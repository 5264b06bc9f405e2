"""Waiting for a time, as it is talked about: asked for, offered, taken, lost, declined, given up."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from scheduler.booking import book, give_back
from scheduler.errors import SlotTaken
from scheduler.offers import offer_times
from scheduler.visits import Visit
from scheduler.waiting import Waiting, everybody
from storage.closures import add_closure
from storage.database import Database
from storage.tables import offer
from tests.bot.dialogue.phone import Phone, Said, Town
from tests.builders import warsaw

MINE, THEIRS = "+48501000001", "+48501000002"
HOLD = timedelta(minutes=16)


@pytest.fixture
def town(database: Database) -> Town:
    """Monday 5 October 2026, 9:00."""
    town = Town(database)
    town.person("Jan Testowy", MINE)
    return town


@pytest.fixture
def phone(town: Town) -> Phone:
    return town.phone(MINE)


def waiting(town: Town) -> list[Waiting]:
    return list(town.do(lambda tx: everybody(tx, town.club.centre)))


def offers(town: Town) -> list[str]:
    return list(
        town.do(
            lambda tx: tx.connection.execute(select(offer.c.outcome).order_by(offer.c.id)).scalars().all()
        )
    )


def is_held(town: Town, day: str, clock: str) -> list[Visit]:
    """Others have booked the psychologists' hour, as many as serve then."""
    visits = []
    for number in range(3):
        who, at = town.person(f"Zofia {number}", f"+4850190000{number}"), warsaw(day, clock)
        with suppress(SlotTaken):
            wish = {"person_id": who, "service": service(town), "starts_at": at}
            visits.append(town.do(lambda tx, wish=wish: book(tx, town.club.centre, **wish)))
    assert visits
    return visits


def service(town: Town) -> str:
    return town.club.centre.services[0].code


def is_given_back(town: Town, visit: Visit) -> None:
    """Its hold ends, and it is offered."""
    town.do(lambda tx: give_back(tx, town.club.centre, visit_id=visit.id))
    town.now += HOLD
    town.do(lambda tx: offer_times(tx, town.club.centre))
    town.deliver()


def offered(town: Town, phone: Phone) -> Said:
    """Monday 12.10 at 10:00 was full, is waited for, and is offered."""
    visits = is_held(town, "2026-10-12", "10:00")
    assert phone.says("psycholog 12.10 o 10").key in {"times_none_at", "times_none_then"}
    assert phone.says("czekam").key == "waiting_begun"
    is_given_back(town, visits[0])
    return phone.received()[-1]


def test_czekam_after_a_list_waits_for_what_was_asked_for(town: Town, phone: Phone) -> None:
    is_held(town, "2026-10-12", "10:00")
    phone.says("psycholog 12.10 o 10")
    said = phone.says("Nie ma wolnych? Poczekam")
    assert said.words == (
        "Psycholog: lista oczekujacych do poniedzialek 12.10. Damy znac, gdy zwolni sie termin. Rezygnacja: NIE CZEKAM"
    )
    (one,) = waiting(town)
    assert (str(one.first_day), str(one.last_day), str(one.until_time)) == (
        "2026-10-12",
        "2026-10-12",
        "12:00:00",
    )


def test_the_offer_names_the_time_and_no_service(town: Town, phone: Phone) -> None:
    assert offered(town, phone).words == (
        "Klub: wolny termin poniedzialek 12.10 godz. 10:00. TAK - biore, NIE. Do 10:16 decyduje pierwsza odpowiedz. "
        "Biuro 77 483 77 23"
    )


def test_a_yes_has_it_and_ends_the_waiting(town: Town, phone: Phone) -> None:
    offered(town, phone)
    assert phone.says("tak").key == "booked"
    assert waiting(town) == []
    assert phone.says("tak").key == "already_booked"


def test_whoever_is_slower_is_told_kindly_and_keeps_the_place(town: Town, phone: Phone) -> None:
    offered(town, phone)
    other = town.person("Ewa Szybka", THEIRS)
    at = warsaw("2026-10-12", "10:00")
    town.do(lambda tx: book(tx, town.club.centre, person_id=other, service=service(town), starts_at=at))
    said = phone.says("tak")
    assert said.words.startswith("Ktos byl szybszy i ten termin jest juz zajety. Miejsce na liscie zostaje")
    assert len(waiting(town)) == 1
    assert offers(town) == ["lost"]
    assert phone.says("tak").key == "waiting_lost"


def test_a_no_keeps_the_place(town: Town, phone: Phone) -> None:
    offered(town, phone)
    assert phone.says("nie").key == "waiting_declined"
    assert (offers(town), len(waiting(town))) == (["declined"], 1)


def test_a_late_yes_and_a_late_no_are_answered_kindly(town: Town, phone: Phone) -> None:
    offered(town, phone)
    town.later(hours=2)
    assert phone.says("tak").key == "waiting_over"
    assert phone.says("nie").key == "waiting_declined"
    town.later(hours=20)
    assert phone.says("tak").key == "waiting_over"


def test_a_yes_with_a_reminder_open_too_is_asked_back_with_both_days(town: Town, phone: Phone) -> None:
    phone.says("doradca 9.10", "1")
    visits = is_held(town, "2026-10-12", "10:00")
    town.at(warsaw("2026-10-08", "10:00"))
    assert phone.received()[-1].key == "reminder"
    phone.says("psycholog 12.10 o 10", "czekam")
    town.later(minutes=11)
    is_given_back(town, visits[0])
    said = phone.says("tak")
    assert said.key == "yes_no_which"
    assert ("9.10" in said.words, "12.10" in said.words) == (True, True)
    which = next(mark for mark, label in said.choices.items() if "12.10" in label)
    assert phone.says(which).key == "booked"


def test_in_a_chat_there_are_buttons(town: Town) -> None:
    town.person("Ola Czatowa", "+48501000003")
    chat = town.chat()
    chat.sends(contact="+48501000003")
    visits = is_held(town, "2026-10-12", "10:00")
    said = chat.says("psycholog 12.10 o 10")
    assert "Poczekam na termin" in said.choices.values()
    assert chat.chooses("Poczekam na termin").key == "waiting_begun"
    is_given_back(town, visits[0])
    said = chat.received()[-1]
    assert list(said.choices.values()) == ["Zapisuję", "Nie"]
    assert chat.presses("TAK", said).key == "booked"
    assert chat.presses("TAK", said).key == "already_booked"


def test_asked_for_in_words_what_is_free_is_shown_first(town: Town, phone: Phone) -> None:
    said = phone.says("lista oczekujacych psycholog")
    assert said.key == "times_before_waiting"
    assert phone.says("czekam").key == "waiting_begun"
    town.do(lambda tx: offer_times(tx, town.club.centre))
    assert offers(town) == [], "what was free then is no news"


def test_it_is_asked_with_whom(town: Town, phone: Phone) -> None:
    assert phone.says("dajcie znac jak sie zwolni").key == "which_service"
    assert phone.says("1").key == "times_before_waiting"


def test_on_a_shared_phone_it_is_asked_who(town: Town) -> None:
    town.person("Anna Nowak", "+48501000005")
    town.person("Jan Nowak", "+48501000005")
    phone = town.phone("+48501000005")
    assert phone.says("psycholog lista oczekujacych").key == "which_person"
    assert phone.says("2").key == "times_before_waiting"
    said = phone.says("czekam")
    assert said.key == "waiting_begun"
    assert "sycholog" not in said.words
    assert [one.person for one in waiting(town)] == ["Jan Nowak"]


def test_where_nothing_at_all_is_free_it_is_asked(town: Town, phone: Phone) -> None:
    town.do(lambda tx: add_closure(tx, date(2026, 10, 5), date(2026, 12, 31), "remont"))
    said = phone.says("psycholog")
    assert said.words == (
        "Psycholog: na razie nie ma wolnych. Dac znac, gdy sie zwolni? TAK, NIE. Biuro: 77 483 77 23 wew. 103"
    )
    assert phone.says("nie").key == "nothing_changed"
    phone.says("psycholog")
    assert phone.says("tak").key == "waiting_begun"
    assert phone.says("tak").key == "waiting_begun"
    assert len(waiting(town)) == 1


def test_my_visits_say_that_they_wait(town: Town, phone: Phone) -> None:
    phone.says("psycholog", "czekam")
    assert phone.says("moje").key == "mine_waiting"
    phone.says("doradca", "1")
    said = phone.says("moje")
    assert said.key == "mine"
    assert "lista oczekujacych: damy znac" in said.words


def test_nie_czekam_ends_it(town: Town, phone: Phone) -> None:
    phone.says("psycholog", "czekam")
    assert phone.says("nie czekam").key == "waiting_ended"
    assert waiting(town) == []
    assert phone.says("nie czekam").key == "waiting_none"


def test_odwolaj_without_a_visit_ends_the_one_thing_that_is_waited_for(town: Town, phone: Phone) -> None:
    phone.says("psycholog", "czekam")
    assert phone.says("odwolaj").key == "waiting_ended"
    assert waiting(town) == []


def test_odwolaj_with_a_visit_is_about_the_visit(town: Town, phone: Phone) -> None:
    phone.says("doradca", "1")
    phone.says("psycholog", "czekam")
    assert phone.says("odwolaj").key.startswith("given_back")
    assert len(waiting(town)) == 1


def test_an_earlier_time_is_shown_or_waited_for_and_moves_the_visit(town: Town, phone: Phone) -> None:
    assert phone.says("psycholog 26.10", "1").key == "booked"
    said = phone.says("cos wczesniej?")
    assert said.key == "move_times"
    assert phone.says("czekam").key == "waiting_begun"
    (one,) = waiting(town)
    assert one.earlier
    assert phone.says("wczesniej", "1").key == "moved"


def test_with_nothing_earlier_it_is_asked_whether_to_wait(town: Town, phone: Phone) -> None:
    first = phone.says("psycholog")
    assert phone.says("1").key in {"booked", "booked_soon"}
    assert first.key == "times"
    said = phone.says("wczesniejszy termin")
    assert said.key == "earlier_none"
    assert phone.says("tak").key == "waiting_begun"
    assert [one.earlier for one in waiting(town)] == [True]


def test_earlier_without_a_visit_shows_what_is_free(town: Town, phone: Phone) -> None:
    assert phone.says("cos wczesniej").key == "which_service"
