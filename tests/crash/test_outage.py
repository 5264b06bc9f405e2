"""The plug is out for 26 hours, over the night of a clock change; then time is an argument, and every hour is looked at."""

from datetime import UTC, date, datetime, timedelta

import pytest

from scheduler.purposes import RULES, Purpose
from scheduler.quiet_hours import is_quiet
from storage.database import Database
from storage.tables import message
from tests.builders import warsaw
from tests.scheduler.posting import Office, a_notice

# Saturday to Sunday: 26 hours, and on both clocks it was nine and ten (spring: nine and twelve).
AUTUMN = warsaw("2026-10-24", "09:00")
SPRING = warsaw("2026-03-28", "09:00")
OUTAGE = timedelta(hours=26)
HOUR = timedelta(hours=1)


class Log:
    """What went out, and at which hour."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.went: list[tuple[datetime, str]] = []

    async def look(self, at: datetime) -> list[str]:
        """Be at work at that instant; the keys of what goes out then, in order."""
        office = self.office
        office.clock.pass_((at - office.clock.wall).total_seconds())
        before = len(office.wire.sent)
        await office.recovery.look()
        await office.courier.deliver()
        keys = {row.id: row.key for row in office.rows(message)}
        new = [keys[one.message_id] for one in office.wire.sent[before:]]
        self.went += [(at, key) for key in new]
        return new


def an_office(database: Database, at: datetime) -> Office:
    office = Office(database)
    office.clock.wall = at
    return office


def post(office: Office, key: str, purpose: Purpose, at: datetime, until: datetime | None = None) -> None:
    who = office.person()
    office.post(a_notice(key, purpose, person_id=who, send_after=at, useless_after=until))


async def test_what_is_still_useful_goes_in_order_of_priority_within_the_allowed_hours(
    database: Database,
) -> None:
    office = an_office(database, AUTUMN)
    back = AUTUMN + OUTAGE
    monday = warsaw("2026-10-26", "08:00")
    post(office, "announcement", Purpose.ANNOUNCEMENT, AUTUMN + HOUR)
    post(
        office,
        "reminder of Monday 15:00",
        Purpose.REMINDER,
        AUTUMN + 10 * HOUR,
        warsaw("2026-10-26", "14:30"),
    )
    post(
        office, "reminder of Monday 8:20", Purpose.REMINDER, AUTUMN + 10 * HOUR, warsaw("2026-10-26", "07:50")
    )
    post(office, "reminder of Saturday", Purpose.REMINDER, AUTUMN + HOUR, AUTUMN + 5 * HOUR)
    post(office, "offer", Purpose.OFFER, AUTUMN + HOUR)
    post(office, "health of Saturday", Purpose.HEALTH, AUTUMN + HOUR)
    post(office, "urgent of Saturday morning", Purpose.URGENT, AUTUMN + HOUR)
    post(office, "urgent of the night", Purpose.URGENT, back - 8 * HOUR)
    post(office, "reply of Saturday", Purpose.REPLY, AUTUMN)
    post(office, "reply of just now", Purpose.REPLY, back - HOUR / 2)
    log = Log(office)

    assert await log.look(back) == ["reply of just now", "urgent of the night"]
    assert await log.look(monday - timedelta(minutes=1)) == []
    assert await log.look(monday) == ["reminder of Monday 15:00", "announcement"]
    assert await log.look(monday + 24 * HOUR) == []
    assert {row.key: row.status for row in office.rows(message) if row.status != "sent"} == {
        "reminder of Monday 8:20": "expired",
        "reminder of Saturday": "expired",
        "offer": "expired",
        "health of Saturday": "expired",
        "urgent of Saturday morning": "expired",
        "reply of Saturday": "expired",
    }


@pytest.mark.parametrize("begins", [AUTUMN, SPRING], ids=["autumn", "spring"])
async def test_whenever_it_comes_back_nothing_goes_twice_too_late_or_at_night(
    begins: datetime, database: Database
) -> None:
    """A row of each purpose for every second hour of the outage, then a look at every hour of the days after it."""
    office = an_office(database, begins)
    due = [
        (f"{purpose} {hours}", purpose, begins + hours * HOUR)
        for hours in range(0, int(OUTAGE / HOUR), 2)
        for purpose in Purpose
    ]
    for key, purpose, at in due:
        post(office, key, purpose, at)
    log = Log(office)
    for hours in range(96):
        await log.look(begins + OUTAGE + hours * HOUR)

    went = {key: at for at, key in log.went}
    assert len(went) == len(log.went)
    for key, purpose, at in due:
        useful = RULES[purpose].useful_for
        if key in went:
            assert at <= went[key] < at + useful, key
            assert not (RULES[purpose].held and is_quiet(went[key], office.centre)), key
        else:
            looked = [begins + OUTAGE + n * HOUR for n in range(96)]
            allowed = [one for one in looked if not (RULES[purpose].held and is_quiet(one, office.centre))]
            assert not any(at <= one < at + useful for one in allowed), key
    assert {row.status for row in office.rows(message)} <= {"sent", "expired"}


def test_the_outage_spans_the_change_of_the_clock() -> None:
    for begins in (AUTUMN, SPRING):
        offsets = {warsaw(begins.date() + timedelta(days=n), "12:00").hour for n in range(2)}
        assert len(offsets) == 2
    assert datetime(2026, 10, 24, 7, tzinfo=UTC) == AUTUMN
    assert date(2026, 10, 25).isoweekday() == 7
