"""Closing the club from the panel: what it touches first, then everybody told once, and taking it back."""

import pytest
from sqlalchemy import select

from scheduler.booked import visit as the_visit
from scheduler.plant import plant
from scheduler.visits import VisitStatus
from storage.database import Database
from storage.tables import audit, todo
from tests.builders import Club, a_centre, the_centre, warsaw
from tests.panel.clerk import at_the_panel, on_sqlite
from tests.panel.test_today import TUESDAY, a_session, visits

pytestmark = on_sqlite


@pytest.fixture
def club(database: Database) -> Club:
    return Club(database, the_centre(), now=warsaw("2026-10-05", "08:00"))


async def test_a_closure_is_looked_at_then_made_and_everybody_is_told_once(club: Club) -> None:
    ids = visits(club, Anna="09:00", Ola="10:00", Iza="11:00")
    a_session(club)
    silent = club.do(lambda tx: the_visit(tx, ids["Ola"])).participant_id

    async with at_the_panel(club) as clerk:
        form = (await clerk.see("/panel/closures")).form("/panel/closures/new")
        seen = await clerk.send(form, first=TUESDAY)
        assert not club.messages(purpose="urgent")
        nameless = await clerk.send(seen.form("/panel/closures/close"))
        ways = {f"way-{ids['Iza']}": "give-back", f"way-{ids['Ola']}": "by-phone"}
        sending = nameless.form("/panel/closures/close")
        done = await clerk.send(sending, reason="awaria <wody>", **ways)
        again = await clerk.send(sending, reason="awaria", **ways)
        listed = await clerk.see("/panel/closures")

    assert "To dotyczy spotkań: 4" in seen.html
    assert "Te spotkania zostaną odwołane" in seen.html
    assert "zastępstwo" not in seen.html
    assert (nameless.status, "error" in nameless.html) == (422, True)
    assert "proponowane: " in done.html
    assert "Prosimy zadzwonić: jest w zadaniach" in done.html
    assert again.path == "/panel/"
    assert {name: status(club, one) for name, one in ids.items()} == {
        "Anna": VisitStatus.GIVEN_BACK,
        "Ola": VisitStatus.BOOKED,
        "Iza": VisitStatus.GIVEN_BACK,
    }
    told = [row.person_id for row in club.messages() if row.key.startswith(("club:", "group:"))]
    assert len(told) == len(set(told)) == 3  # Anna, Iza, and who belongs to the group
    assert silent not in told
    assert "awaria &lt;wody&gt;" in listed.html


async def test_a_closure_of_staff_is_taken_back_and_one_of_the_file_is_not(database: Database) -> None:
    centre = a_centre(closures=[{"first": "2026-12-24", "last": "2026-12-31", "reason": "przerwa"}])
    club = Club(database, centre)

    async with at_the_panel(club) as clerk:
        form = (await clerk.see("/panel/closures")).form("/panel/closures/new")
        seen = await clerk.send(form, first="2026-10-09", last="2026-10-10")
        await clerk.send(seen.form("/panel/closures/close"), reason="remont")
        club.do(lambda tx: plant(tx, club.centre))
        listed = await clerk.see("/panel/closures")
        back = await clerk.send(listed.form("/panel/closures/2/take-back"))
        fields = dict(listed.form("/panel/closures/2").fields)
        refused = await clerk.post("/panel/closures/1/take-back", fields)

    assert "z pliku Klubu" in listed.html
    assert ("Te dni są znów otwarte" in back.html, "remont" in back.html) == (True, False)
    assert (refused.status, "jest w pliku Klubu" in refused.html) == (409, True)
    by = club.do(lambda tx: tx.connection.execute(select(audit.c.action, audit.c.actor_id)).all())
    assert {row.actor_id for row in by if row.action in ("closed", "reopened")} == {clerk.staff_id}


async def test_wrong_days_are_said_beside_their_fields(club: Club) -> None:
    async with at_the_panel(club) as clerk:
        form = (await clerk.see("/panel/closures")).form("/panel/closures/new")
        past = await clerk.send(form, first="2026-10-01")
        order = await clerk.send(form, first="2026-10-09", last="2026-10-08")
        strange = await clerk.send(form, first="<b>", after="25:00")

    assert "Ten dzień już minął." in past.html
    assert "Ostatni dzień jest przed pierwszym." in order.html
    assert "&lt;b&gt;" in strange.html
    assert all("/panel/closures/close" not in one.html for one in (past, order, strange))
    assert club.do(lambda tx: tx.connection.execute(select(todo.c.id)).all()) == []


def status(club: Club, visit_id: int) -> VisitStatus:
    return club.do(lambda tx: the_visit(tx, visit_id)).status  # type: ignore[no-any-return]
