"""The demo's groups: a workshop that comes in two shifts and a support group, both of plainly invented people."""

from datetime import date, time

from config.centre import Centre
from scheduler.enrolment import Newcomer, enrol
from scheduler.group_split import confirm
from scheduler.groups import add, change, join
from storage import people
from storage.database import Transaction

# Who is in them beside those who can be played.
WORKSHOP = (
    "Adam Zmyślony", "Beata Udana", "Cezary Niby", "Dorota Przykład", "Edward Wymyślony", "Felicja Próbna",
    "Grzegorz Nibynowy", "Hanna Zmyślona", "Igor Przykładny", "Julia Udawana", "Karol Niebyły", "Lidia Wymyślona",
)  # fmt: skip
SUPPORT = ("Monika Zmyślona", "Norbert Przykład", "Olga Niebyła", "Paweł Udawany")
GROUPS = (  # name, kind, who, the player, leader's code, rule, begins, minutes
    ("Warsztaty A", "workshop", WORKSHOP, "Piotr Udawany", "piotr", "FREQ=WEEKLY;BYDAY=TU", time(9), 90),
    ("Grupa wsparcia", "support", SUPPORT, "Oksana Zrazkova", "piotr", "FREQ=WEEKLY;BYDAY=TH", time(9), 90),
)
ROOM = "110"
NUMBERS = 600_700_100


def enter_groups(tx: Transaction, centre: Centre, monday: date, sender: str, known: dict[str, int]) -> None:
    """Enrol their members, let them meet from that Monday on, and confirm the shifts.

    Args:
        known: the ids of those who can be played, by name.
    """
    numbers = iter(range(NUMBERS, NUMBERS + 100))
    for name, kind, others, player, leader, rule, starts, minutes in GROUPS:
        group = add(tx, name, kind)
        newcomers = [Newcomer(one, f"+48{next(numbers)}") for one in others]
        for person_id in (known[player], *(enrol(tx, one, sender).person_id for one in newcomers)):
            join(tx, centre, group, person_id)
        leads = {row.code: row.id for row in people.specialists(tx)}
        series = {"rule": rule, "first_day": monday, "starts": starts, "minutes": minutes}
        group = change(tx, centre, group, series | {"room": ROOM, "leader_id": leads[leader]})
        confirm(tx, centre, group)
