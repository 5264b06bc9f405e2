"""The club closes at once: visits and groups alike, everybody told once, and who has to be phoned."""

from scheduler.booking import book
from scheduler.closing import ClosedNow, close_now
from storage.database import Database
from tests.builders import warsaw
from tests.scheduler.groups import Groups

TUESDAY = "2026-10-06"


def test_everybody_due_is_told_once_and_whoever_has_no_address_is_named(database: Database) -> None:
    club = Groups(database)
    ola, jan = club.person("Ola Grupowa"), club.person("Jan Bez Telefonu", None)
    club.group(people=[ola, jan])
    club.make_ahead()
    early, late = club.person("Ewa Testowa", "+48501000002"), club.person("Anna Bez Telefonu", None)
    club.now = warsaw(TUESDAY, "07:00")
    for person_id, clock in ((early, "09:00"), (late, "12:00")):
        at = warsaw(TUESDAY, clock)
        club.do(
            lambda tx, person_id=person_id, at=at: book(
                tx, club.centre, person_id=person_id, service="psycholog", starts_at=at
            )
        )
    club.now = warsaw(TUESDAY, "09:30")  # Ewa is here, and keeps her visit
    closed: ClosedNow = club.do(lambda tx: close_now(tx, club.centre))
    assert closed.called_off == 2
    assert [one.full_name for one in closed.to_phone] == ["Anna Bez Telefonu", "Jan Bez Telefonu"]
    told = [(row.text, row.person_id) for row in club.messages() if row.key.startswith(("club:", "group:"))]
    dorota = club.specialist("dorota")
    assert [one for one in told if one[1] != dorota] == [("session_off", ola)]
    assert not any(one.is_planned for one in club.sessions() if one.starts_at.date().isoformat() == TUESDAY)
