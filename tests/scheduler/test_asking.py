from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from scheduler import booking
from scheduler.asking import ask, ask_all, prompt
from scheduler.morning import due
from scheduler.policies import Record, set_policy
from storage import declarations
from storage.database import Database
from storage.people import change_person
from storage.tables import closure, declaration, inbox, question, todo
from tests.builders import MONDAY, Club, a_centre, warsaw

TUESDAY, WEDNESDAY = (MONDAY + timedelta(days=ahead) for ahead in (1, 2))
BEFORE = warsaw(MONDAY, "06:00")
MINUTE = timedelta(minutes=1)


def a_club(database: Database) -> Club:
    return Club(database, a_centre(), BEFORE)


def prompts(club: Club, at: datetime) -> list[Any]:
    """What the job writes then."""
    known = {row.id for row in club.messages(purpose="health")}
    club.do(lambda tx: prompt(tx, club.centre), at)
    return [row for row in club.messages(purpose="health") if row.id not in known]


def book(club: Club, person_id: int, at: datetime, service: str = "psycholog", now: datetime = BEFORE) -> int:
    visit = club.do(
        lambda tx: booking.book(tx, club.centre, person_id=person_id, service=service, starts_at=at), now
    )
    return int(visit.id)


def declared(club: Club, person_id: int, day: Any) -> None:
    club.do(lambda tx: declarations.declare(tx, [person_id], day))


def wrote(club: Club, address_id: int, at: datetime) -> None:
    row = {"channel": "sms", "account": "", "provider_id": at.isoformat(), "received_at": at}
    club.do(lambda tx: tx.connection.execute(insert(inbox), row | {"address_id": address_id}))


def test_on_an_open_day_everybody_is_asked_once_at_the_hour_and_not_a_minute_before(
    database: Database,
) -> None:
    club = a_club(database)
    club.person()

    asked = [len(prompts(club, warsaw(MONDAY, clock))) for clock in ("07:29", "07:30", "07:31", "09:00")]

    assert asked == [0, 1, 0, 0]
    [row] = club.messages(purpose="health")
    assert (row.text, row.priority) == ("check_day", 2)
    assert row.useless_after == warsaw(MONDAY, "10:30")


def test_the_day_of_a_visit_names_its_time_and_its_question_is_of_the_visit(database: Database) -> None:
    club = a_club(database)
    visit_id = book(club, club.person(), warsaw(MONDAY, "11:00"))

    [row] = prompts(club, warsaw(MONDAY, "07:30"))
    asked = club.do(lambda tx: tx.connection.execute(select(question)).one())

    assert (row.text, row.appointment_id) == ("check_visit", visit_id)
    assert row.useless_after == warsaw(MONDAY, "10:45")
    assert (asked.kind, asked.asked, asked.appointment_id) == ("visit", False, visit_id)


def test_for_an_early_visit_the_question_comes_the_evening_before_and_not_again(database: Database) -> None:
    club = a_club(database)
    book(club, club.person(), warsaw(TUESDAY, "09:00"))

    evening = [prompts(club, warsaw(MONDAY, clock)) for clock in ("17:59", "18:00")]
    morning = prompts(club, warsaw(TUESDAY, "07:30"))

    assert [len(rows) for rows in evening] == [0, 1]
    assert evening[1][0].text == "check_early"
    assert [row.text for row in morning] == ["check_visit"]  # once more, for nobody has answered
    assert morning[0].key.endswith(":again")


def test_an_early_visit_made_at_night_is_asked_about_in_the_morning(database: Database) -> None:
    club = a_club(database)
    person_id = club.person()
    book(club, person_id, warsaw(TUESDAY, "09:00"), now=warsaw(MONDAY, "21:00"))

    assert prompts(club, warsaw(MONDAY, "21:01")) == []
    assert [row.text for row in prompts(club, warsaw(TUESDAY, "07:30"))] == ["check_visit"]


def test_a_visit_made_that_morning_is_not_asked_about_a_minute_later(database: Database) -> None:
    club = a_club(database)
    person_id = club.person()
    club.do(lambda tx: change_person(tx, person_id, self_check="visits"))
    book(club, person_id, warsaw(MONDAY, "12:00"), now=warsaw(MONDAY, "08:00"))

    assert prompts(club, warsaw(MONDAY, "08:01")) == []


def test_nobody_is_asked_on_a_sunday_a_holiday_or_a_closed_day(database: Database) -> None:
    club = a_club(database)
    club.person()
    closed = {"first_day": TUESDAY, "last_day": TUESDAY, "reason": ""}
    club.do(lambda tx: tx.connection.execute(insert(closure), closed))

    for day in ("2026-10-04", TUESDAY, "2026-11-11"):
        assert prompts(club, warsaw(day, "07:30")) == []
    assert len(prompts(club, warsaw(WEDNESDAY, "07:30"))) == 1


def test_after_an_outage_until_nine_those_with_a_later_visit_and_the_others_are_still_asked(
    database: Database,
) -> None:
    club = a_club(database)
    book(club, club.person(), warsaw(MONDAY, "09:00"), now=BEFORE)
    book(club, club.person("Ola Późna", "+48501000002"), warsaw(MONDAY, "12:00"))
    club.person("Ela Bezwizyty", "+48501000003")

    assert sorted(row.text for row in prompts(club, warsaw(MONDAY, "09:00"))) == ["check_day", "check_visit"]


def test_at_noon_only_visits_are_worth_a_question(database: Database) -> None:
    club = a_club(database)
    club.person()
    book(club, club.person("Ola Późna", "+48501000002"), warsaw(MONDAY, "14:00"))

    assert [row.text for row in prompts(club, warsaw(MONDAY, "12:00"))] == ["check_visit"]


def test_whoever_comes_first_is_asked_first_for_a_sender_may_take_hours(database: Database) -> None:
    club = a_club(database)
    club.person()
    book(club, club.person("Ola Późna", "+48501000002"), warsaw(MONDAY, "14:00"))
    book(club, club.person("Ela Wczesna", "+48501000003"), warsaw(MONDAY, "10:00"))

    asked = sorted(prompts(club, warsaw(MONDAY, "07:30")), key=lambda row: row.id)

    assert [row.params.get("starts_time", "")[:13] for row in asked] == ["2026-10-05T08", "2026-10-05T12", ""]


def test_who_asked_for_days_with_a_visit_or_never_is_left_in_peace(database: Database) -> None:
    club = a_club(database)
    some = {
        wish: club.person(f"Jan {wish}", f"+4850100000{number}")
        for number, wish in enumerate(("visits", "never"))
    }
    for wish, person_id in some.items():
        club.do(lambda tx, one=person_id, wish=wish: change_person(tx, one, self_check=wish))
        book(club, person_id, warsaw(TUESDAY, "11:00" if wish == "visits" else "12:00"))

    assert prompts(club, warsaw(MONDAY, "07:30")) == []
    assert [row.person_id for row in prompts(club, warsaw(TUESDAY, "07:30"))] == [some["visits"]]


def test_a_policy_of_visits_only_asks_nobody_else_and_off_asks_nobody(database: Database) -> None:
    club = a_club(database)
    club.person()
    book(club, club.person("Ola Późna", "+48501000002"), warsaw(MONDAY, "11:00"))
    club.do(lambda tx: set_policy(tx, Record("self_check", "visits", BEFORE, warsaw(TUESDAY))))
    club.do(lambda tx: set_policy(tx, Record("self_check", "off", warsaw(TUESDAY, "00:00"))))

    assert [row.text for row in prompts(club, warsaw(MONDAY, "07:30"))] == ["check_visit"]
    assert prompts(club, warsaw(TUESDAY, "07:30")) == []


def test_switched_off_at_noon_what_still_waits_is_withdrawn(database: Database) -> None:
    club = a_club(database)
    club.person()
    assert len(prompts(club, warsaw(MONDAY, "07:30"))) == 1
    club.do(lambda tx: set_policy(tx, Record("self_check", "off", warsaw(MONDAY, "08:00"))))

    assert prompts(club, warsaw(MONDAY, "08:00")) == []
    assert [one.status for one in club.messages(purpose="health")] == ["withdrawn"]


def test_only_the_channels_of_the_policy_are_used(database: Database) -> None:
    club = a_club(database)
    club.person()
    club.do(lambda tx: set_policy(tx, Record("self_check_channels", ["telegram"], BEFORE)))

    assert prompts(club, warsaw(MONDAY, "07:30")) == []


def test_somebody_without_an_address_who_has_left_or_whose_contract_is_over_is_not_due(
    database: Database,
) -> None:
    club = a_club(database)
    club.person("Jan Beztelefonu", None)
    gone = club.person("Ola Odeszła", "+48501000002")
    club.do(lambda tx: change_person(tx, gone, ended_at=tx.now))
    club.person("Ela Dawna", "+48501000003", contract_until=MONDAY - timedelta(days=1))

    assert prompts(club, warsaw(MONDAY, "07:30")) == []


def test_one_nudge_comes_before_a_visit_to_whoever_has_not_answered(database: Database) -> None:
    club = a_club(database)
    answers, silent = club.person(), club.person("Ola Cicha", "+48501000002")
    for person_id in (answers, silent):
        book(club, person_id, warsaw(MONDAY, "12:00"))
    prompts(club, warsaw(MONDAY, "07:30"))
    declared(club, answers, MONDAY)

    times = [prompts(club, warsaw(MONDAY, clock)) for clock in ("10:29", "10:30", "10:31", "11:50")]

    assert [[row.person_id for row in rows] for rows in times] == [[], [silent], [], []]


def test_a_nudge_leaves_room_after_the_question_and_never_comes_too_late(database: Database) -> None:
    club = a_club(database)
    book(club, club.person(), warsaw(MONDAY, "10:00"))
    prompts(club, warsaw(MONDAY, "08:40"))  # after an outage

    times = [len(prompts(club, warsaw(MONDAY, clock))) for clock in ("08:41", "09:09", "09:10", "09:11")]

    assert times == [0, 0, 1, 0]


def test_a_visit_given_back_is_not_nudged(database: Database) -> None:
    club = a_club(database)
    visit_id = book(club, club.person(), warsaw(MONDAY, "12:00"))
    prompts(club, warsaw(MONDAY, "07:30"))
    club.do(lambda tx: booking.give_back(tx, club.centre, visit_id=visit_id), warsaw(MONDAY, "08:00"))

    assert prompts(club, warsaw(MONDAY, "10:30")) == []


def test_two_who_share_a_phone_get_one_question_that_names_both(database: Database) -> None:
    club = a_club(database)
    both = [club.person(), club.person("Ola Testowa")]
    for hour, person_id in zip(("10:00", "11:00"), both, strict=True):
        book(club, person_id, warsaw(MONDAY, hour))

    [row] = prompts(club, warsaw(MONDAY, "07:30"))
    asked = club.do(lambda tx: tx.connection.execute(select(question)).one())

    assert row.text == "check_visit_list"
    assert [line["params"]["first_name"] for line in row.params["visits"]] == ["Jan", "Ola"]
    assert asked.kind == "check"
    assert asked.options[0]["value"]["people"] == both


def test_after_three_silent_days_it_pauses_staff_are_told_once_and_a_word_brings_it_back(
    database: Database,
) -> None:
    club = a_club(database)
    person_id = club.person()
    days = [MONDAY + timedelta(days=ahead) for ahead in range(5)]

    asked = [len(prompts(club, warsaw(day, "07:30"))) for day in days]
    told = club.do(lambda tx: tx.connection.execute(select(todo.c.text, todo.c.person_id)).all())
    wrote(club, club.messages()[0].address_id, warsaw(days[-1], "12:00"))
    again = [len(prompts(club, warsaw(MONDAY + timedelta(days=ahead), "07:30"))) for ahead in range(7, 12)]

    assert asked == [1, 1, 1, 0, 0]
    assert told == [("todo_self_check_paused", person_id)]
    assert again == [1, 1, 1, 0, 0]


def test_it_stays_paused_when_the_days_of_silence_have_been_forgotten(database: Database) -> None:
    club = a_club(database)
    club.person()
    for ahead in range(4):
        prompts(club, warsaw(MONDAY + timedelta(days=ahead), "07:30"))
    club.do(lambda tx: declarations.delete_before(tx, MONDAY + timedelta(days=14)))

    assert prompts(club, warsaw(MONDAY + timedelta(days=14), "07:30")) == []


def test_a_visit_ends_the_pause(database: Database) -> None:
    club = a_club(database)
    person_id = club.person()
    for ahead in range(4):
        prompts(club, warsaw(MONDAY + timedelta(days=ahead), "07:30"))
    friday, monday = MONDAY + timedelta(days=4), MONDAY + timedelta(days=7)
    book(club, person_id, warsaw(friday, "11:00"))

    assert [row.text for row in prompts(club, warsaw(friday, "07:30"))] == ["check_visit"]
    assert [row.text for row in prompts(club, warsaw(monday, "07:30"))] == ["check_day"]


def test_staff_are_asked_on_open_days_too(database: Database) -> None:
    from scheduler.staff import Colleague, Role, add_staff  # noqa: PLC0415

    club = a_club(database)
    club.do(lambda tx: add_staff(tx, Colleague("Pola Przykładowa", Role.SPECIALIST, "+48601000001"), "sms"))

    [row] = prompts(club, warsaw(MONDAY, "07:30"))

    assert (row.text, row.person_id) == ("check_staff", club.specialist("pola"))


def test_two_workers_at_once_ask_everybody_once(database: Database) -> None:
    if database.is_sqlite:
        return  # one writer at a time
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    club = a_club(database)
    for number in range(60):
        club.person(f"Osoba{number} Testowa", f"+485010001{number:02}")
    at = warsaw(MONDAY, "07:30")
    calls = club.do(lambda tx: due(tx, club.centre), at)

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda _: club.do(lambda tx: ask(tx, club.centre, calls), at), range(4)))

    assert sum(counts) == 60
    assert len({row.person_id for row in club.messages(purpose="health")}) == 60


def test_what_is_known_of_a_day_is_gone_after_its_time(database: Database) -> None:
    club = a_club(database)
    club.person()
    for day in (MONDAY, TUESDAY):
        prompts(club, warsaw(day, "07:30"))

    gone = club.do(lambda tx: declarations.delete_before(tx, TUESDAY))
    left = club.do(lambda tx: tx.connection.execute(select(declaration.c.day)).scalars().all())

    assert gone == 1
    assert left == [TUESDAY]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # nothing is asked here that isn't above
async def test_the_job_asks_hundreds_in_several_transactions_and_a_second_run_does_nothing(
    database: Database,
) -> None:
    club = a_club(database)
    for number in range(520):
        club.person(f"Osoba{number} Testowa", f"+48501{number:06}")
    at = warsaw(MONDAY, "07:30")

    for _ in range(2):
        await ask_all(database, club.centre, at)

    assert len(club.messages(purpose="health")) == 520
