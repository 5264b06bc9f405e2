"""At the door, and who was near somebody: nobody is named, and every look is in the log."""

from sqlalchemy import select

from scheduler.booking import book
from scheduler.staff import Colleague, Role, add_staff
from storage.database import Database
from storage.tables import audit
from tests.builders import Club, the_centre, warsaw
from tests.panel.clerk import at_the_panel, on_sqlite
from tests.panel.test_today import TUESDAY

pytestmark = on_sqlite


async def test_whoever_is_on_duty_is_called_to_a_room_and_the_message_names_nobody(
    database: Database,
) -> None:
    club = Club(database, the_centre())
    club.do(
        lambda tx: add_staff(tx, Colleague("Ewa Dyżurna", Role.COORDINATOR, "+48501000009"), "+48732000001")
    )

    async with at_the_panel(club, Role.RECEPTION) as clerk:
        seen = await clerk.see("/panel/door")
        room = club.centre.rooms[0].code
        called = await clerk.send(seen.form("/panel/door/call"), room=room)
        nowhere = await clerk.send(seen.form("/panel/door/call"), room="attic")

    assert "Dyżurni dostali wiadomość." in called.html
    assert [one.text for one in club.messages()] == ["staff_come_room"]
    assert (nowhere.status, "Takiego pomieszczenia nie ma" in nowhere.html) == (409, True)


async def test_who_held_the_same_room_is_listed_once_a_purpose_is_given(database: Database) -> None:
    club = Club(database, the_centre(), now=warsaw(TUESDAY, "06:00"))
    anna, starts_at = club.person("Anna Przykładowa"), warsaw(TUESDAY, "10:00")
    visit = club.do(
        lambda tx: book(tx, club.centre, person_id=anna, service="career_adviser", starts_at=starts_at)
    )
    club.now = visit.ends_at

    async with at_the_panel(club) as clerk:
        found = await clerk.see("/panel/contacts", params={"q": "prz"})
        form = (await clerk.see(f"/panel/contacts?person={anna}")).form(f"/panel/contacts/{anna}")
        silent = await clerk.send(form, purpose=" ")
        listed = await clerk.send(form, purpose="PSSE, 12/2026")

    noted = club.do(
        lambda tx: tx.connection.execute(
            select(audit.c.details["purpose"].as_string(), audit.c.actor_id).where(
                audit.c.action == "contacts"
            )
        ).all()
    )
    assert f"/panel/contacts?person={anna}" in found.html
    assert (silent.status, "Prosimy to wypełnić" in silent.html) == (422, True)
    assert "personel" in listed.html
    assert [(one[0], one[1] is not None) for one in noted] == [("PSSE, 12/2026", True)]
