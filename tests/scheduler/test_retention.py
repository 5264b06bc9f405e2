"""What is too old goes, at the boundary of the local day, over a clock change; what is still open stays."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

import pytest
from sqlalchemy import Table, insert, select, update

from scheduler import announcements as use
from scheduler.announced import NotAsItStands
from scheduler.clock import Clock
from scheduler.retention import forget, forget_at_night
from scheduler.roll import roll
from storage import retention as kept
from storage.database import Database
from storage.tables import (
    announcement,
    appointment,
    attempt,
    audit,
    claim,
    conversation,
    declaration,
    inbox,
    knock,
    link_code,
    message,
    person,
    question,
    staff_session,
    todo,
    wrong_code,
)
from tests.builders import Club, warsaw

# A night in November: thirty days before it are the 25th of October, on which the clock was put back.
TONIGHT = warsaw("2026-11-24", "04:30")
FIRST_KEPT = warsaw("2026-10-25", "00:00")
LAST_GONE = warsaw("2026-10-24", "23:59")


@pytest.fixture
def club(database: Database) -> Club:
    return Club(database, now=warsaw("2025-01-08"))


@pytest.fixture
def who(club: Club) -> int:
    return club.person()


def write(club: Club, table: Table, **values: Any) -> int:
    row = insert(table).values(values).returning(*table.primary_key.columns)
    return cast(int, club.do(lambda tx: tx.connection.execute(row).first())[0])


def a_message(club: Club, who: int, until: datetime, **more: Any) -> int:
    values: dict[str, Any] = {
        "key": f"m{until.isoformat()}{len(more)}{more}"[:120],
        "person_id": who,
        "address_id": 1,
        "channel": "sms",
        "account": "sms",
        "purpose": "reminder",
        "priority": 3,
        "text": "reminder",
        "params": {"place": "a"},
        "status": "delivered",
        "send_after": until,
        "useless_after": until,
        "posted_at": until,
    }
    return write(club, message, **values | more)


def a_call(club: Club, message_id: int, at: datetime, status: str = "delivered") -> int:
    values = {
        "message_id": message_id,
        "address_id": 1,
        "channel": "sms",
        "account": "sms",
        "body": "Klub: ...",
    }
    return write(club, attempt, **values, status=status, started_at=at, lease_until=at)


def forgotten(club: Club, now: datetime = TONIGHT) -> int:
    """Until nothing is left."""
    gone = 0
    while batch := club.do(lambda tx: forget(tx, club.centre), now):
        gone += batch
    return gone


def left(club: Club, table: Table, column: str = "id") -> list[Any]:
    asked = select(table.c[column]).order_by(*table.primary_key.columns)
    return list(club.do(lambda tx: tx.connection.execute(asked).scalars().all()))


def test_words_go_after_thirty_local_days_to_the_minute(club: Club, who: int) -> None:
    for at in (LAST_GONE, FIRST_KEPT):
        a_call(club, a_message(club, who, at), at)

    assert forgotten(club) == 2

    assert left(club, attempt, "body") == [None, "Klub: ..."]
    assert left(club, message, "params") == [{}, {"place": "a"}]


def test_a_second_run_of_the_same_night_does_nothing(club: Club, who: int) -> None:
    a_call(club, a_message(club, who, LAST_GONE), LAST_GONE)
    forgotten(club)
    assert forgotten(club, TONIGHT + timedelta(hours=1)) == 0
    assert forgotten(club, warsaw("2026-11-24", "23:59")) == 0


def test_the_repeated_hour_of_the_change_is_of_its_own_day(club: Club, who: int) -> None:
    """00:30 in UTC and 01:30 in UTC are both half past two of the 25th."""
    for hour in (0, 1):
        a_message(club, who, datetime(2026, 10, 25, hour, 30, tzinfo=UTC), key=f"h{hour}")
    assert forgotten(club) == 0
    assert forgotten(club, warsaw("2026-11-25", "04:30")) == 2


def test_a_message_goes_after_ninety_days_with_its_calls_and_questions(club: Club, who: int) -> None:
    at = warsaw("2026-08-25", "23:00")
    old = a_message(club, who, at)
    a_call(club, old, at)
    asked = {"message_id": old, "kind": "visit", "asked": False, "options": [], "posted_at": at}
    write(club, question, **asked, expires_at=TONIGHT)
    new = a_message(club, who, warsaw("2026-08-26", "00:00"))

    forgotten(club)

    assert left(club, message) == [new]
    assert (left(club, attempt), left(club, question)) == ([], [])


@pytest.mark.parametrize("status", ["waiting", "sending", "unknown"])
def test_what_is_not_settled_stays_whatever_its_age(club: Club, who: int, status: str) -> None:
    at = warsaw("2025-01-01")
    number = a_message(club, who, at, status=status)
    a_call(club, number, at, "sending" if status == "waiting" else status)

    assert forgotten(club) == 0
    assert left(club, attempt, "body") == ["Klub: ..."]


def test_a_settled_message_with_a_call_under_way_stays(club: Club, who: int) -> None:
    at = warsaw("2025-01-01")
    a_call(club, a_message(club, who, at, params={}), at, "unknown")
    assert forgotten(club) == 0
    assert len(left(club, message)) == 1


def test_where_a_talk_stands_goes_after_a_day(club: Club, who: int) -> None:
    old, new = warsaw("2026-11-22", "23:59"), warsaw("2026-11-23", "00:00")
    number = a_message(club, who, TONIGHT)
    for at in (old, new):
        asked = {"message_id": number, "kind": "list", "asked": True, "options": [], "posted_at": at}
        write(club, question, **asked, expires_at=at)
        write(club, link_code, person_id=who, code_hash=at.isoformat(), expires_at=at)
        write(club, wrong_code, address_id=1, at=at)
        write(club, knock, key=at.isoformat(), failures=1, last_at=at, next_at=at)
    write(club, conversation, address_id=1, person_id=who, misses=0, expires_at=old)

    assert forgotten(club) == 5

    assert [len(left(club, table)) for table in (question, link_code, wrong_code)] == [1, 1, 1]
    assert left(club, knock, "key") == [new.isoformat()]
    assert left(club, conversation, "address_id") == []


def test_what_came_in_goes_after_ninety_days_and_a_declaration_after_fourteen(club: Club, who: int) -> None:
    for number, at in enumerate((warsaw("2026-08-25", "23:59"), warsaw("2026-08-26", "00:00"))):
        write(
            club, inbox, channel="sms", account="sms", provider_id=str(number), received_at=at, meaning="mine"
        )
    for day in (date(2026, 11, 9), date(2026, 11, 10)):
        write(club, declaration, person_id=who, day=day, text_version="1", asked_at=TONIGHT)

    assert forgotten(club) == 2

    assert left(club, inbox, "provider_id") == ["1"]
    assert left(club, declaration, "day") == [date(2026, 11, 10)]


def test_where_staff_were_logged_in_goes_after_thirty_days(club: Club) -> None:
    for at in (LAST_GONE, FIRST_KEPT):
        write(
            club,
            staff_session,
            token_hash=at.isoformat(),
            person_id=1,
            begun_at=warsaw("2025-01-08"),
            seen_at=at,
        )
    assert forgotten(club) == 1
    assert left(club, staff_session, "token_hash") == [FIRST_KEPT.isoformat()]


def test_a_to_do_goes_a_year_after_it_was_done_and_never_before(club: Club, who: int) -> None:
    old = {"text": "todo_callback", "params": {}, "created_at": warsaw("2024-02-01")}
    for key, at in (
        ("open", None),
        ("old", warsaw("2025-11-23", "23:59")),
        ("new", warsaw("2025-11-24", "00:00")),
    ):
        write(club, todo, key=key, **old, done_at=at)

    forgotten(club)

    assert left(club, todo, "key") == ["open", "new"]


def test_the_log_goes_after_two_years(club: Club) -> None:
    for action, at in (("old", warsaw("2024-11-23", "23:59")), ("new", warsaw("2024-11-24", "00:00"))):
        write(club, audit, at=at, actor="staff", action=action, details={})
    forgotten(club)
    assert left(club, audit, "action") == ["new"]


def a_visit(club: Club, who: int, ends: datetime) -> int:
    asked = {
        "service_id": 1,
        "participant_id": who,
        "specialist_id": club.specialist("pola"),
        "mode": "phone",
    }
    times = {
        "starts_at": ends - timedelta(minutes=50),
        "ends_at": ends,
        "booked_at": ends - timedelta(days=1),
    }
    visit = write(club, appointment, **asked, **times, status="attended")
    write(club, claim, appointment_id=visit, person_id=who, starts_at=times["starts_at"], ends_at=ends)
    write(
        club,
        audit,
        at=TONIGHT,
        actor="staff",
        action="booked",
        person_id=who,
        appointment_id=visit,
        details={},
    )
    return visit


def test_a_visit_is_nobodys_after_a_year_and_nothing_leads_back(club: Club, who: int) -> None:
    for ends in (warsaw("2025-11-23", "23:30"), warsaw("2025-11-24", "00:30")):
        a_visit(club, who, ends)

    assert forgotten(club) >= 1
    assert forgotten(club) == 0

    nobody = club.do(
        lambda tx: tx.connection.execute(select(person).where(person.c.full_name == kept.NOBODY)).one()
    )
    assert left(club, appointment, "participant_id") == [nobody.id, who]
    assert left(club, audit, "appointment_id")[-2:] == [None, 2]
    assert len(left(club, claim)) == 1
    assert [one.person.id for one in club.do(lambda tx: roll(tx, with_ended=True))] == [who]


def test_a_visit_that_a_to_do_is_about_stays_whose_it_was(club: Club, who: int) -> None:
    visit = a_visit(club, who, warsaw("2025-01-08", "10:00"))
    write(club, todo, key="k", text="todo_away", params={}, appointment_id=visit, created_at=TONIGHT)
    forgotten(club)
    assert left(club, appointment, "participant_id") == [who]


def test_who_left_is_erased_after_a_year_unless_staff_have_to_see_to_it(club: Club, who: int) -> None:
    others = [club.person("Ewa Testowa", "+48501000002"), club.person("Ola Testowa", "+48501000003")]
    ends = (warsaw("2025-11-23", "23:59"), warsaw("2025-11-24", "00:00"), warsaw("2024-05-01"))
    for person_id, at in zip((who, *others), ends, strict=True):
        club.do(
            lambda tx, one=person_id, at=at: tx.connection.execute(
                update(person).where(person.c.id == one).values(ended_at=at)
            )
        )
    write(club, todo, key="k", text="todo_callback", params={}, person_id=others[1], created_at=TONIGHT)

    forgotten(club)

    names = dict(zip(left(club, person), left(club, person, "full_name"), strict=True))
    assert [names[one] for one in (who, *others)] == ["erased", "Ewa Testowa", "Ola Testowa"]


def test_it_goes_batch_by_batch(club: Club, who: int) -> None:
    rows = [
        {
            "channel": "sms",
            "account": "sms",
            "provider_id": str(n),
            "received_at": LAST_GONE - timedelta(days=90),
        }
        for n in range(kept.BATCH + 1)
    ]
    club.do(lambda tx: tx.connection.execute(insert(inbox), rows))

    assert club.do(lambda tx: forget(tx, club.centre), TONIGHT) == kept.BATCH
    assert club.do(lambda tx: forget(tx, club.centre), TONIGHT) == 1


@pytest.mark.parametrize(
    ("hour", "gone"), [("03:59", False), ("04:00", True), ("05:59", True), ("06:00", False)]
)
async def test_it_is_done_at_night_alone(club: Club, who: int, hour: str, gone: bool) -> None:
    write(club, inbox, channel="sms", account="sms", provider_id="1", received_at=warsaw("2025-01-01"))
    now = warsaw("2026-11-24", hour)
    clock = Clock(now - datetime.now(UTC))

    await forget_at_night(club.database, clock, club.centre)

    assert (left(club, inbox) == []) is gone


@pytest.mark.parametrize(
    ("status", "written_at", "done_at", "kept_as"),
    [
        ("done", LAST_GONE, LAST_GONE, ("done", {})),
        ("done", LAST_GONE, FIRST_KEPT, ("done", {"pl": "Zebranie."})),
        ("stopped", LAST_GONE, LAST_GONE, ("stopped", {})),
        ("draft", LAST_GONE, None, ("undone", {})),
        ("begun", LAST_GONE, None, ("undone", {})),
        ("begun", FIRST_KEPT, None, ("begun", {"pl": "Zebranie."})),
        ("paused", LAST_GONE, None, ("paused", {"pl": "Zebranie."})),
    ],
)
def test_what_was_announced_or_written_to_be_goes_with_the_words(
    club: Club, status: str, written_at: datetime, done_at: datetime | None, kept_as: Any
) -> None:
    values = {"texts": {"pl": "Zebranie."}, "audience": {}, "purpose": "announcement", "status": status}
    number = write(club, announcement, **values, written_at=written_at, done_at=done_at)
    club.do(lambda tx: forget(tx, club.centre), TONIGHT)
    assert club.do(lambda tx: forget(tx, club.centre), TONIGHT) == 0
    row = club.do(lambda tx: tx.connection.execute(select(announcement)).one())
    assert (row.status, row.texts) == kept_as
    if not row.texts:
        for step in (use.go_on, use.confirm):
            with pytest.raises(NotAsItStands):
                club.do(lambda tx, step=step: step(tx, club.centre, number, by=None))
