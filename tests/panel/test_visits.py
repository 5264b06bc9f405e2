"""A visit's page: what happened, what was told to whom, and what can be done with it, by forms alone."""

from scheduler.booking import book
from scheduler.staff import Role
from storage import visit_history
from storage.database import Database
from tests.builders import Club, warsaw
from tests.panel.clerk import Clerk, Seen, at_the_panel, on_sqlite

pytestmark = on_sqlite
THURSDAY = "2026-10-15"


class Booked:
    """A club in which somebody has a visit in ten days."""

    def __init__(self, database: Database, phone: str | None = "+48501000001") -> None:
        self.club = Club(database)
        self.who = self.club.person("Jan Testowy", phone)
        self.id = self.book(self.who, "10:00")
        self.page = f"/panel/visits/{self.id}"

    def book(self, who: int, clock: str) -> int:
        at = warsaw(THURSDAY, clock)
        return int(
            self.club.do(
                lambda tx: book(tx, self.club.centre, person_id=who, service="psycholog", starts_at=at)
            ).id
        )

    def log(self) -> list[tuple[str, str]]:
        rows = self.club.do(lambda tx: visit_history.lines(tx, self.id))
        return [(row.actor, row.action) for row in rows]

    def said(self) -> list[str]:
        return [one.text for one in self.club.messages() if one.text.startswith("club_")]

    async def press(self, clerk: Clerk, what: str, **filled: str) -> Seen:
        return await clerk.send((await clerk.see(self.page)).form(f"{self.page}/{what}"), **filled)


async def test_it_is_moved_given_back_and_restored_and_each_time_told(database: Database) -> None:
    booked = Booked(database)

    async with at_the_panel(booked.club) as clerk:
        times = (await clerk.see(f"{booked.page}/move?day={THURSDAY}")).form_with("at")
        moved = await clerk.send(times, at=warsaw(THURSDAY, "12:00").isoformat())
        back = await booked.press(clerk, "give-back", who="participant")
        again = await clerk.send(back.form(f"{booked.page}/undo"))

    assert [
        text in seen.html
        for text, seen in zip(("Przełożone.", "Odwołane.", "Przywrócone."), (moved, back, again), strict=True)
    ] == [True] * 3
    assert "czwartek 15 października, 12:00" in again.html
    assert booked.said() == ["club_moved", "club_given_back", "club_undone"]
    staff = [("staff", action) for action in ("moved", "given_back", "undone")]
    assert booked.log() == [("participant", "booked"), *staff]
    assert "Osoba Coordinator" in again.html


async def test_nobody_is_written_to_without_the_tick_and_the_club_calls_off_in_other_words(
    database: Database,
) -> None:
    quiet, told = Booked(database), None

    async with at_the_panel(quiet.club) as clerk:
        form = (await clerk.see(quiet.page)).form(f"{quiet.page}/give-back")
        form.fields = [pair for pair in form.fields if pair[0] != "told"]
        await clerk.send(form, who="club")
        silent = quiet.said()
        await quiet.press(clerk, "undo")
        told = await quiet.press(clerk, "give-back", who="club")

    assert (silent, told.status) == ([], 200)
    assert quiet.said() == ["club_undone", "club_called_off"]


async def test_late_not_alone_and_confirmed_are_noted_and_the_notes_taken_off_again(
    database: Database,
) -> None:
    booked = Booked(database)

    async with at_the_panel(booked.club) as clerk:
        await booked.press(clerk, "late", minutes="20")
        await booked.press(clerk, "accompanied")
        noted = await booked.press(clerk, "confirm")
        plain = await booked.press(clerk, "as-usual")

    assert "potwierdzone" in noted.html
    assert "20" in noted.html.split("</h1>")[1].split("</p>")[0]
    assert "Usuń te uwagi" in noted.html
    assert "Usuń te uwagi" not in plain.html
    assert [action for _, action in booked.log()][1:] == ["late", "accompanied", "confirmed", "as_usual"]


async def test_reception_sees_neither_the_service_nor_the_words_of_messages(database: Database) -> None:
    booked = Booked(database)

    async with at_the_panel(booked.club, Role.RECEPTION) as clerk:
        pages = [await clerk.see(booked.page), await clerk.see(f"{booked.page}/told")]
        pages.append(await clerk.see(f"{booked.page}/move"))

    for seen in pages:
        assert seen.status == 200
        assert "psycholog" not in seen.html.casefold()
        assert "Klub: " not in seen.html


async def test_a_time_that_is_gone_is_told_with_who_has_it_and_the_visit_stays(database: Database) -> None:
    booked = Booked(database)
    others = [booked.club.person(f"Anna Szybka{n}", f"+4850200000{n}") for n in range(2)]

    async with at_the_panel(booked.club) as clerk:
        times = (await clerk.see(f"{booked.page}/move?day={THURSDAY}")).form_with("at")
        for other in others:
            booked.book(other, "12:00")
        seen = await clerk.send(times, at=warsaw(THURSDAY, "12:00").isoformat())
        moved = await clerk.send(seen.form_with("at"))

    assert seen.status == 422
    assert "Anna Szybka1" in seen.html
    assert "Najbliższe wolne" in seen.html
    assert "Przełożone." in moved.html


async def test_what_is_over_or_unknown_can_not_be_changed(database: Database) -> None:
    booked = Booked(database)

    async with at_the_panel(booked.club) as clerk:
        form = (await clerk.see(booked.page)).form(f"{booked.page}/give-back")
        await clerk.send(form)
        twice = await clerk.send(form)
        unknown = await clerk.see("/panel/visits/999")

    assert (twice.status, unknown.status) == (409, 409)
    assert "już odwołane" in twice.html
