"""Announcements in the panel: written, looked at, sent, taken back, confirmed by a second person, and who has to be called."""

from datetime import timedelta

import pytest

from scheduler.announced import NoSuchAnnouncement, Status, announcement
from scheduler.staff import Role
from storage.database import Database
from tests.builders import Club, the_centre
from tests.panel.clerk import Clerk, Seen, SetClock, a_colleague, at_the_panel, on_sqlite, open_panel

pytestmark = on_sqlite

TEXT = "Jutro spotkanie o 9:00 <b>w sali</b> 102."


def a_club(database: Database) -> Club:
    """Two can be written to, a third can't."""
    club = Club(database, the_centre())
    club.person("Jan Testowy")
    club.person("Anna Testowa", "+48501000002")
    club.person("Ewa Bez-Telefonu", None)
    return club


def status(club: Club, number: int = 1) -> Status:
    return club.do(lambda tx: announcement(tx, number)).status  # type: ignore[no-any-return]


async def written(clerk: Clerk, **more: str) -> Seen:
    form = (await clerk.see("/panel/announcements/new")).form("/panel/announcements/write")
    return await clerk.send(form, pl=TEXT, **more)


async def test_it_shows_what_would_happen_before_it_goes_and_can_be_taken_back(database: Database) -> None:
    club = a_club(database)

    async with at_the_panel(club) as clerk:
        looked = await written(clerk)
        queued = club.messages()
        sent = await clerk.send(looked.form("/panel/announcements/1/send"))
        waiting = [one.status for one in club.messages(purpose="announcement")]
        undone = await clerk.send(sent.form("/panel/announcements/1/undo"))

    assert "Razem osoby: 3" in looked.html
    assert "&lt;b&gt;w sali" in looked.html
    assert queued == []
    assert "bez telefonu i czatu" in sent.html
    assert waiting == ["waiting"] * 3
    assert "Nikt tego nie dostanie" in undone.html
    assert status(club) is Status.UNDONE


async def test_what_somebody_has_begun_is_nobody_elses_and_is_written_anew_in_its_place(
    database: Database,
) -> None:
    club = a_club(database)
    other = a_colleague(club, Role.COORDINATOR, "Inna Osoba")

    async with open_panel(club) as base, Clerk(base, club, a_colleague(club, Role.COORDINATOR)) as clerk:
        await written(clerk, group="")
        form = (await clerk.see("/panel/announcements/new?instead=1")).form("/panel/announcements/write")
        await clerk.send(form, pl="Nowa treść.")
        async with Clerk(base, club, other) as colleague:
            seen = await colleague.see("/panel/announcements/2")
            listed = await colleague.see("/panel/announcements")

    assert dict(form.fields)["pl"].strip() == TEXT
    assert (status(club, 1), status(club, 2)) == (Status.UNDONE, Status.BEGUN)
    assert (seen.status, "Nowa treść" in seen.html + listed.html) == (409, False)


async def test_for_many_a_second_person_confirms_and_not_its_writer(database: Database) -> None:
    known = the_centre()
    few = known.announcements.model_copy(update={"second_person_above": 1})
    club = a_club(database)
    club.centre = known.model_copy(update={"announcements": few})
    first, second = (a_colleague(club, Role.COORDINATOR, name) for name in ("Pierwsza Osoba", "Druga Osoba"))

    async with (
        open_panel(club) as base,
        Clerk(base, club, first) as writer,
        Clerk(base, club, second) as other,
    ):
        waits = await writer.send((await written(writer)).form("/panel/announcements/1/send"))
        token = dict(waits.form("/panel/leave").fields)["token"]
        own = await writer.post("/panel/announcements/1/confirm", {"token": token})
        goes = await other.send(
            (await other.see("/panel/announcements/1")).form("/panel/announcements/1/confirm")
        )

    assert "Czeka na drugą osobę" in waits.html
    assert (own.status, "inna osoba niż autor" in own.html) == (409, True)
    assert ("zaraz pójdzie" in goes.html, status(club)) == (True, Status.RUNNING)


async def test_while_it_runs_it_is_paused_goes_on_and_is_stopped_and_the_page_renews_itself(
    database: Database,
) -> None:
    club = a_club(database)
    clock = SetClock(club.now)

    async with at_the_panel(club, clock=clock) as clerk:
        await clerk.send((await written(clerk)).form("/panel/announcements/1/send"))
        clock.shown += timedelta(minutes=1)
        paused = await clerk.send(
            (await clerk.see("/panel/announcements/1")).form("/panel/announcements/1/pause")
        )
        goes_on = await clerk.send(paused.form("/panel/announcements/1/go-on"))
        part = await clerk.see("/panel/announcements/1/part")
        stopped = await clerk.send(goes_on.form("/panel/announcements/1/stop"))
        late = await clerk.post(
            "/panel/announcements/1/undo", {"token": dict(paused.forms[0].fields)["token"]}
        )

    assert "wstrzymane" in paused.html
    assert ("w toku" in part.html, "<html" in part.html) == (True, False)
    assert "zatrzymane" in stopped.html
    assert (late.status, status(club)) == (409, Status.STOPPED)


async def test_a_closure_calls_off_what_lies_in_it_and_wrong_days_are_said_beside_their_fields(
    database: Database,
) -> None:
    club = a_club(database)

    async with at_the_panel(club) as clerk:
        wrong = await written(clerk, closed_from="2026-10-09", closed_to="2026-10-08", visit_to="2026-10-08")
        good = await written(clerk, closed_from="2026-10-08")
        await clerk.send(good.form("/panel/announcements/1/send"))

    assert wrong.status == 422
    assert "Ostatni dzień jest przed pierwszym" in wrong.html
    assert "Prosimy podać pierwszy dzień" in wrong.html
    assert "&lt;b&gt;w sali" in wrong.html
    assert status(club) is Status.CONFIRMED


async def test_an_empty_text_or_an_audience_of_nobody_sends_nothing(database: Database) -> None:
    club = Club(database, the_centre())

    async with at_the_panel(club) as clerk:
        form = (await clerk.see("/panel/announcements/new")).form("/panel/announcements/write")
        empty = await clerk.send(form, pl="  ")
        nobody = await clerk.send(form, pl=TEXT, once="another")

    assert (empty.status, "Prosimy to wypełnić" in empty.html) == (422, True)
    assert "Nikogo nie ma w tej grupie" in nobody.html
    assert not any(one.action == "/panel/announcements/1/send" for one in nobody.forms)


async def test_a_form_pressed_twice_is_taken_once(database: Database) -> None:
    club = a_club(database)

    async with at_the_panel(club) as clerk:
        form = (await clerk.see("/panel/announcements/new")).form("/panel/announcements/write")
        await clerk.send(form, pl=TEXT)
        await clerk.send(form, pl=TEXT)

    assert status(club, 1) is Status.BEGUN
    with pytest.raises(NoSuchAnnouncement):
        status(club, 2)
