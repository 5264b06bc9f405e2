"""What every tick looks at: what has expired, what nobody can be sent, what no receipt has come of."""

from datetime import timedelta

from scheduler.channels import Receipt, SendFailed
from scheduler.clock import Clock, next_due
from scheduler.ledger import Purpose
from scheduler.recovery import FOLLOWED
from scheduler.states import AttemptState
from storage.database import Database
from storage.tables import message
from tests.scheduler.posting import NOON, Office, Wire, a_notice, a_reminder


async def test_what_helps_nobody_any_more_expires_and_nothing_else(database: Database) -> None:
    office = Office(database)
    who = office.person()
    office.post(
        a_notice(
            "old", Purpose.ADVICE, person_id=who, send_after=NOON - timedelta(hours=2), params={"private": 1}
        ),
        a_notice("now", person_id=who),
        a_notice("later", person_id=who, send_after=NOON + timedelta(hours=3)),
    )
    await office.recovery.look()
    assert office.statuses() == ["expired", "waiting", "waiting"]
    assert office.rows(message)[0].params == {}


async def test_after_an_outage_of_26_hours_what_is_still_useful_goes_and_the_rest_expires(
    database: Database,
) -> None:
    office = Office(database)
    who = office.person()
    office.post(
        a_notice("reply", person_id=who),
        a_notice("announcement", Purpose.ANNOUNCEMENT, person_id=who),
        a_reminder("reminder", who, useless_after=NOON + timedelta(hours=27)),
        a_reminder("too late", who, useless_after=NOON + timedelta(hours=25)),
    )
    office.clock.pass_(26 * 3600)
    await office.recovery.look()
    await office.courier.deliver()
    assert office.statuses() == ["expired", "sent", "sent", "expired"]
    assert [one.purpose for one in office.wire.sent] == ["reminder", "announcement"]


async def test_staff_are_told_of_answers_and_urgent_words_that_an_outage_has_kept_back(
    database: Database,
) -> None:
    office = Office(database)
    who, other = office.person(), office.person(Wire("telegram", "8"))
    office.post(
        a_notice("first answer", person_id=who),
        a_notice("second answer", Purpose.ADVICE, person_id=who),
        a_notice("urgent", Purpose.URGENT, person_id=other),
        a_reminder("reminder", who, useless_after=NOON + timedelta(hours=2)),
    )
    office.clock.pass_(26 * 3600)
    await office.recovery.look()
    assert set(office.statuses()) == {"expired"}
    assert [(todo.text, todo.person_id) for todo in office.todos()] == [
        ("todo_reply_not_reached", who),
        ("todo_message_not_reached", other),
    ]


async def test_a_person_without_an_address_is_a_todo_when_it_is_due(database: Database) -> None:
    office = Office(database)
    who = office.person(Wire("telegram", "7"), state="dead")
    office.post(a_reminder(person_id=who, send_after=NOON + timedelta(hours=1)))
    await office.recovery.look()
    assert office.todos() == []
    office.clock.pass_(3600)
    await office.recovery.look()
    (todo,) = office.todos()
    assert (todo.text, todo.person_id, todo.due_at) == ("todo_no_channel", who, NOON + timedelta(hours=23))
    assert office.statuses() == ["failed"]


async def test_what_waits_on_a_channel_that_is_off_goes_to_one_that_is_on(database: Database) -> None:
    sms, off = Wire(), Wire("telegram", "7")
    office = Office(database, sms)
    office.post(a_reminder(person_id=office.person(off, sms)))
    assert office.message(1).channel == "telegram"
    await office.recovery.look()
    assert (office.message(1).channel, office.statuses()) == ("sms", ["waiting"])


async def test_a_message_of_which_no_receipt_has_come_is_asked_after(database: Database) -> None:
    class Followed(Wire):
        asked: list[str]

        async def status(self, provider_id: str) -> Receipt | None:
            self.asked.append(provider_id)
            if provider_id == "SM1":
                raise SendFailed("503")
            return Receipt(provider_id, AttemptState.DELIVERED) if provider_id == "SM2" else None

    office = Office(database, wire := Followed(answer=lambda outgoing: Receipt(f"SM{outgoing.attempt_id}")))
    wire.asked = []
    office.post(*(a_reminder(f"{n}", office.person()) for n in range(3)))
    await office.courier.deliver()
    await office.recovery.follow_up()
    assert wire.asked == []
    office.clock.pass_(3601)
    await office.recovery.follow_up()
    assert (sorted(wire.asked), office.statuses()) == (["SM1", "SM2", "SM3"], ["sent", "delivered", "sent"])


async def test_some_of_which_nothing_is_ever_heard_do_not_hide_the_others(database: Database) -> None:
    class Followed(Wire):
        asked: list[str]

        async def status(self, provider_id: str) -> Receipt | None:
            self.asked.append(provider_id)
            return None

    office = Office(database, wire := Followed(answer=lambda outgoing: Receipt(f"SM{outgoing.attempt_id}")))
    wire.asked = []
    office.post(*(a_reminder(f"{n}", office.person()) for n in range(FOLLOWED + 20)))
    await office.courier.deliver()
    office.clock.pass_(3601)
    await office.recovery.follow_up()
    office.clock.pass_(600)
    await office.recovery.follow_up()
    assert len(set(wire.asked)) == FOLLOWED + 20


def test_the_next_instant_at_which_something_is_due_is_where_a_jumping_clock_stops(
    database: Database,
) -> None:
    office = Office(database)
    who = office.person()
    assert office.do(lambda tx: next_due(tx, NOON)) is None
    for hours in (0, 5, 3):
        office.post(a_notice(f"{hours}", person_id=who, send_after=NOON + timedelta(hours=hours)))
    assert office.do(lambda tx: next_due(tx, NOON)) == NOON + timedelta(hours=3)


def test_a_moved_clock_moves_wall_time_and_leaves_real_time_alone(database: Database) -> None:
    clock = Clock(timedelta(days=3))
    real = database.run(clock.real, clock.now())
    assert timedelta(days=2, hours=23) < clock.now() - real < timedelta(days=3, hours=1)
