"""The groups at the panel: the list, one group, who belongs to it, and what staff do with its sessions."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from scheduler.attendance import decline
from scheduler.booking import book
from scheduler.groups import Group, add, all_groups, join
from scheduler.sessions import Session, SessionStatus, session, sessions_between
from scheduler.staff import Role
from storage import sessions
from storage.database import Database
from tests.builders import Club, the_centre, warsaw
from tests.panel.clerk import Clerk, Form, Seen, at_the_panel, on_sqlite
from tests.panel.test_today import GROUP, TUESDAY, a_session

pytestmark = on_sqlite
NAMES = ("Anna Grupowa", "Jan <i>Grupowy")


@pytest.fixture
def club(database: Database) -> Club:
    """On Monday, the day before the group's first session."""
    club = Club(database, the_centre(), now=warsaw("2026-10-05", "08:00"))
    a_session(club, names=NAMES)
    return club


def the_group(club: Club) -> Group:
    return club.do(all_groups)[0]  # type: ignore[no-any-return]


def members(club: Club) -> dict[str, Any]:
    number = the_group(club).id
    return {one.full_name: one for one in club.do(lambda tx: sessions.members(tx, number))}


def first(club: Club) -> Session:
    span = warsaw(TUESDAY, "00:00"), warsaw("2026-10-13", "00:00")
    return club.do(lambda tx: sessions_between(tx, span))[0]  # type: ignore[no-any-return]


def told(club: Club, text: str) -> list[int]:
    return sorted(row.person_id for row in club.messages(text=text))


async def change(clerk: Clerk, club: Club, what: str, **filled: Any) -> Seen:
    """Send one of the forms of the page on which the first session is changed."""
    page = await clerk.see(f"/panel/sessions/{first(club).id}/change")
    return await clerk.send(page.form(f"/panel/sessions/{first(club).id}/{what}"), **filled)


async def test_the_list_says_when_a_group_meets_and_how_full_it_is(club: Club) -> None:
    async with at_the_panel(club) as clerk:
        seen = await clerk.see("/panel/groups")

    for said in (
        GROUP,
        "wtorek, 12:00–13:30",
        "Pokój 110",
        "naraz najwyżej 10",
        "wtorek 6 października, 12:00",
    ):
        assert said in seen.html
    assert "kolizje" not in seen.html


async def test_without_a_group_it_says_what_to_do_first(database: Database) -> None:
    async with at_the_panel(Club(database, the_centre())) as clerk:
        seen = await clerk.see("/panel/groups")

    assert "Najpierw prosimy założyć grupę" in seen.html
    assert 'href="/panel/groups/new"' in seen.html


async def test_somebody_found_by_three_letters_joins_and_leaves_from_a_day_on(club: Club) -> None:
    ola, path = club.person("Nowa <b>Ola", "+48501000777"), f"/panel/groups/{the_group(club).id}"

    async with at_the_panel(club) as clerk:
        page = await clerk.see(path)
        short = await clerk.send(page.form(f"{path}/find"), q="ol")
        found = await clerk.send(page.form(f"{path}/find"), q="nowa")
        joined = await clerk.send(found.form(f"{path}/join"))
        assert ola in {one.person_id for one in members(club).values()}
        left = await clerk.send(joined.form(f"{path}/leave"), member=ola, leaves_on="2026-10-13")
        wrong = await clerk.send(joined.form(f"{path}/leave"), member=ola, leaves_on="kiedyś")
        assert members(club)["Nowa <b>Ola"].leaves_on == date(2026, 10, 13)
        await clerk.send(joined.form(f"{path}/leave"), member=ola, leaves_on="2026-10-05")

    assert (short.status, wrong.status) == (422, 422)
    assert "Nowa &lt;b&gt;Ola" in found.html
    assert "do 13.10.2026" in left.html
    assert set(members(club)) == set(NAMES)


async def test_a_session_is_moved_by_its_form_and_everybody_is_told_once(club: Club) -> None:
    people = sorted(one.person_id for one in members(club).values())
    club.do(lambda tx: decline(tx, session_id=1, person_id=people[1]))

    async with at_the_panel(club) as clerk:
        page = await clerk.see(f"/panel/sessions/{first(club).id}/change")
        assert "Wiadomość dostaną (2)" in page.html
        assert "Jan &lt;i&gt;Grupowy" in page.html
        seen = await change(clerk, club, "move", day=TUESDAY, time="14:00")

    assert "Spotkanie przeniesione" in seen.html
    assert first(club).starts_at == warsaw(TUESDAY, "14:00")
    assert told(club, "session_moved") == people


async def test_what_stands_in_the_way_is_named_and_nothing_is_changed(club: Club) -> None:
    maria = club.person("Maria <u>Zajęta", "+48501000888")
    piotr = club.specialist("piotr")
    at = warsaw("2026-10-08", "12:00")
    visit = club.do(
        lambda tx: book(
            tx, club.centre, person_id=maria, service="psychologist", starts_at=at, specialist_id=piotr
        )
    )
    before = first(club)

    async with at_the_panel(club) as clerk:
        clash = await change(clerk, club, "move", day="2026-10-08", time="12:00")
        past = await change(clerk, club, "move", day="2026-10-01", time="12:00")
        closed = await change(clerk, club, "move", day="2026-11-11", time="12:00")
        unread = await change(clerk, club, "move", day="jutro", time="12:00")

    assert visit.specialist_id == piotr
    assert [one.status for one in (clash, past, closed, unread)] == [422] * 4
    assert "Maria &lt;u&gt;Zajęta" in clash.html
    assert "czwartek 8 października, 12:00" in clash.html
    assert "Klub jest wtedy zamknięty" in closed.html
    assert (first(club), told(club, "session_moved")) == (before, [])


async def test_another_leads_a_session_and_nobody_who_comes_is_told(club: Club) -> None:
    jan = club.specialist("jan")

    async with at_the_panel(club) as clerk:
        await change(clerk, club, "lead", leader=jan)
        wrong = await clerk.post(
            f"/panel/sessions/{first(club).id}/lead",
            dict((await clerk.see("/panel/groups")).form("/panel/leave").fields) | {"leader": "1000000"},
        )

    assert (first(club).leader_id, first(club).is_planned, wrong.status) == (jan, True, 409)
    assert [row for row in club.messages() if row.key.startswith("group:")] == []


async def test_a_session_is_called_off_once(club: Club) -> None:
    number, people = first(club).id, sorted(one.person_id for one in members(club).values())

    async with at_the_panel(club) as clerk:
        form = (await clerk.see(f"/panel/sessions/{number}/change")).form(
            f"/panel/sessions/{number}/call-off"
        )
        seen = await clerk.send(form)
        again = await clerk.send(form)
        page = await clerk.see(f"/panel/sessions/{number}/change")

    assert club.do(lambda tx: session(tx, number)).status is SessionStatus.CALLED_OFF
    assert "odwołane" in seen.html
    assert (told(club, "session_off"), again.status) == (people, 409)
    assert "nie można już zmienić" in page.html


async def test_what_is_behind_has_its_counts_and_leads_to_who_was_there(club: Club) -> None:
    club.now = warsaw("2026-10-07", "09:00")

    async with at_the_panel(club, Role.SPECIALIST) as clerk:
        seen = await clerk.see(f"/panel/groups/{the_group(club).id}")
        none = [
            await clerk.see(f"/panel/{what}/9999{more}")
            for what, more in (("groups", ""), ("sessions", "/change"))
        ]

    assert "Odbyte spotkania (1)" in seen.html
    assert "nie wpisano" in seen.html
    assert f'href="/panel/sessions/{first(club).id}"' in seen.html
    assert [one.status for one in none] == [409, 409]


FORM = {
    "name": "Kuchnia & <b>ogród",
    "kind": "workshop",
    "room": "110",
    "every": "2",
    "starts": "09:30",
    "ends": "11:00",
    "first_day": "2026-10-07",
    "last_day": "2026-12-16",
}


def weekly(form: Form, *days: int) -> Form:
    """Tick days of the week, which stand unticked on an empty form."""
    kept = [pair for pair in form.fields if pair[0] not in ("once", "weekday")]
    return replace(form, fields=kept + [("weekday", str(one)) for one in days])


async def test_a_new_group_is_made_of_plain_fields_and_its_first_meetings_are_planned(club: Club) -> None:
    async with at_the_panel(club) as clerk:
        page = await clerk.see("/panel/groups/new")
        seen = await clerk.send(weekly(page.form("/panel/groups/new"), 2), **FORM)
        again = await clerk.send(weekly(page.form("/panel/groups/new"), 2), **FORM)

    made = next(one for one in club.do(all_groups) if one.name == "Kuchnia & <b>ogród")
    assert (made.rule, made.starts, made.minutes) == ("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", time(9, 30), 90)
    assert (made.first_day, made.ended_on) == (date(2026, 10, 7), date(2026, 12, 17))
    assert "pokój 110 – naraz najwyżej 10" in page.html
    for said in ("Kuchnia &amp; &lt;b&gt;ogród", "środa, 9:30–11:00, co 2 tygodnie", "środa 21 października"):
        assert said in seen.html
    assert (again.status, "Grupa o tej nazwie już jest" in again.html) == (422, True)


async def test_a_form_of_a_group_says_beside_its_field_what_is_wrong(club: Club) -> None:
    wrong = [
        ((), FORM),
        ((1,), FORM | {"ends": "09:00"}),
        ((1,), FORM | {"last_day": "2026-10-01"}),
        ((1,), FORM | {"name": " "}),
        ((1,), FORM | {"name": "x" * 101}),
        ((1,), FORM | {"room": "cellar"}),
        ((1,), FORM | {"every": "0"}),
        ((1,), FORM | {"kind": "coven"}),
        ((1,), FORM | {"leader_id": "9999"}),
        ((1,), FORM | {"starts": "dziewiąta"}),
    ]

    async with at_the_panel(club) as clerk:
        form = (await clerk.see("/panel/groups/new")).form("/panel/groups/new")
        seen = [await clerk.send(weekly(form, *days), **filled) for days, filled in wrong]

    assert [one.status for one in seen] == [422] * len(wrong)
    assert all('class="error"' in one.html for one in seen)
    assert len(club.do(all_groups)) == 1


async def test_new_times_from_a_day_on_leave_what_comes_before(club: Club) -> None:
    path = f"/panel/groups/{the_group(club).id}"

    async with at_the_panel(club) as clerk:
        page = await clerk.see(f"{path}/change")
        far = await clerk.send(weekly(page.form(f"{path}/times"), 3), first_day="2027-03-01")
        seen = await clerk.send(weekly(page.form(f"{path}/times"), 3), first_day="2026-10-12")

    assert (far.status, "Nowe terminy mogą zacząć się najpóźniej" in far.html) == (422, True)
    assert "wtorek 6 października" in seen.html
    assert "czwartek 15 października" in seen.html
    assert "wtorek 13 października" not in seen.html
    assert told(club, "session_new_times") == sorted(one.person_id for one in members(club).values())


async def test_facts_change_and_a_day_is_the_last(club: Club) -> None:
    path = f"/panel/groups/{the_group(club).id}"

    async with at_the_panel(club) as clerk:
        page = await clerk.see(f"{path}/change")
        await clerk.send(page.form(f"{path}/change"), name="Nowa nazwa", leader_id=club.specialist("jan"))
        past = await clerk.send(page.form(f"{path}/end"), end_day="2026-10-01")
        await clerk.send(page.form(f"{path}/end"), end_day=TUESDAY)
    club.now = warsaw("2026-10-08", "08:00")
    async with at_the_panel(club, Role.SPECIALIST) as clerk:
        seen = await clerk.see("/panel/groups")

    group = the_group(club)
    assert (group.name, group.leader_id, group.ended_on) == (
        "Nowa nazwa", club.specialist("jan"), date(2026, 10, 7),
    )  # fmt: skip
    assert past.status == 422
    assert "Zakończone (1)" in seen.html


async def test_a_group_that_grows_is_split_once_staff_have_looked(club: Club) -> None:
    group = the_group(club)
    more = [club.person(f"Osoba {n}", f"+48503000{n:03}") for n in range(9)]
    for one in more:
        club.do(lambda tx, one=one: join(tx, club.centre, group, one))
    path = f"/panel/groups/{group.id}"

    async with at_the_panel(club) as clerk:
        assert "podział na zmiany do zatwierdzenia" in (await clerk.see("/panel/groups")).html
        page = await clerk.see(f"{path}/split")
        seen = await clerk.send(page.form(f"{path}/split"))
        settled = await clerk.see(f"{path}/split")

    assert "To propozycja" in page.html
    assert {one.shift for one in members(club).values()} == {0, 1}
    assert "zmiana 2" in seen.html
    assert "Tak grupa przychodzi teraz" in settled.html


async def test_a_group_that_an_import_named_gets_its_times_with_its_facts(database: Database) -> None:
    club = Club(database, the_centre(), now=warsaw("2026-10-05", "08:00"))
    group = club.do(lambda tx: add(tx, "Teatr", "other"))

    async with at_the_panel(club) as clerk:
        assert "nie ma jeszcze terminów" in (await clerk.see("/panel/groups")).html
        page = await clerk.see(f"/panel/groups/{group.id}/change")
        seen = await clerk.send(weekly(page.form(f"/panel/groups/{group.id}/change"), 0, 4), **FORM)

    assert "poniedziałek, piątek, 9:30–11:00, co 2 tygodnie" in seen.html
