"""The demo's groups: two workshops that come in shifts and two support groups, all of plainly invented people."""

from datetime import date, datetime, time, timedelta
from typing import Any

from config.centre import Centre
from scheduler.calendar import is_holiday, local
from scheduler.enrolment import Newcomer, enrol
from scheduler.group_split import confirm
from scheduler.groups import add, all_groups, change, join
from scheduler.presence import Presence, enter, sheet
from scheduler.sessions import SessionStatus
from storage import people, sessions
from storage.database import Transaction

# Who is in them beside those who can be played.
WORKSHOP_A = (
    "Adam Zmyślony", "Beata Udana", "Cezary Niby", "Dorota Przykład", "Edward Wymyślony", "Felicja Próbna",
    "Grzegorz Nibynowy", "Hanna Zmyślona", "Igor Przykładny", "Julia Udawana", "Karol Niebyły", "Lidia Wymyślona",
)  # fmt: skip
WORKSHOP_B = (
    "Roman Zmyślony", "Sabina Udana", "Tadeusz Niby", "Urszula Przykład", "Wiktor Wymyślony", "Zuzanna Próbna",
    "Artur Nibynowy", "Bożena Zmyślona", "Cyryl Przykładny", "Danuta Udawana", "Emil Niebyły",
)  # fmt: skip
SUPPORT_A = ("Monika Zmyślona", "Norbert Przykład", "Olga Niebyła", "Paweł Udawany")
SUPPORT_B = ("Irena Zmyślona", "Jerzy Przykład", "Klara Niebyła", "Leon Udawany")
GROUPS = (  # name, kind, who, the player, leader's code, rule, begins, minutes
    ("Warsztaty A", "workshop", WORKSHOP_A, "Ewa Próbna", "piotr", "FREQ=WEEKLY;BYDAY=TU", time(9), 90),
    ("Warsztaty B", "workshop", WORKSHOP_B, None, "piotr", "FREQ=WEEKLY;BYDAY=MO", time(10), 90),
    ("Grupa wsparcia A", "support", SUPPORT_A, "Oksana Zrazkova", "piotr", "FREQ=WEEKLY;BYDAY=TH", time(9), 90),
    ("Grupa wsparcia B", "support", SUPPORT_B, None, "jan", "FREQ=WEEKLY;BYDAY=FR", time(13), 90),
)  # fmt: skip
ROOM = "110"
NUMBERS = 600_700_100
WEEKS_BEHIND = 3


def enter_groups(tx: Transaction, centre: Centre, monday: date, sender: str, known: dict[str, int]) -> None:
    """Enrol their members, let them meet from that Monday on, and confirm the shifts.

    Args:
        known: the ids of those who can be played, by name.
    """
    numbers = iter(range(NUMBERS, NUMBERS + 100))
    leads = {row.code: row.id for row in people.specialists(tx)}
    for name, kind, others, player, leader, rule, starts, minutes in GROUPS:
        group = add(tx, name, kind)
        enrolled = [enrol(tx, Newcomer(one, f"+48{next(numbers)}"), sender).person_id for one in others]
        for person_id in enrolled:
            people.change_person(tx, person_id, self_check="visits")  # nobody plays them: fewer lines to read
        for person_id in (*([known[player]] if player else []), *enrolled):
            join(tx, centre, group, person_id)
        series = {"rule": rule, "first_day": monday, "starts": starts, "minutes": minutes}
        group = change(tx, centre, group, series | {"room": ROOM, "leader_id": leads[leader]})
        confirm(tx, centre, group)


def met_before(tx: Transaction, centre: Centre, monday: date) -> None:
    """The first week's sessions as they were in the weeks before, with who was there."""
    week = monday + timedelta(days=7)
    for group in all_groups(tx):
        for row in sessions.sessions_of(tx, group.id, monday):
            for weeks in range(1, WEEKS_BEHIND + 1) if row.series_day < week else ():
                _look_back_at(tx, centre, row, timedelta(days=7 * weeks))


def _look_back_at(tx: Transaction, centre: Centre, row: Any, ago: timedelta) -> None:
    day = row.series_day - ago
    if is_holiday(day):
        return
    session_id = sessions.insert_session(
        tx,
        {
            "group_id": row.group_id,
            "shift": row.shift,
            "series_day": day,
            "starts_at": _before(centre, row.starts_at, ago),
            "ends_at": _before(centre, row.ends_at, ago),
            "room_id": row.room_id,
            "leader_id": row.leader_id,
            "status": SessionStatus.PLANNED,
        },
    )
    excused, *present = [str(line.person_id) for line in sheet(tx, session_id)]
    enter(tx, session_id, Presence.PRESENT, present)
    enter(tx, session_id, Presence.EXCUSED, [excused])


def _before(centre: Centre, at: datetime, ago: timedelta) -> datetime:
    """The same local time so many days before."""
    there = local(at, centre.zone)
    return datetime.combine(there.date() - ago, there.time(), centre.zone)
