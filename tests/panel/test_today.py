"""The first page: who comes today, where and when, and what became of it."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from scheduler.accounts import open_account
from scheduler.booked import visit as the_visit
from scheduler.booking import book, confirm, give_back
from scheduler.groups import add, change, join
from scheduler.passwords import draw
from scheduler.policies import Record, set_policy
from scheduler.staff import Role
from scheduler.todos import open_todo
from scheduler.visits import VisitStatus
from storage import accounts, declarations
from storage.absences import add_absence
from storage.closures import add_closure
from storage.database import Database, Transaction
from storage.visits import change_visit
from tests.builders import Club, the_centre, warsaw
from tests.panel.clerk import CHEAP, Clerk, Seen, SetClock, at_the_panel, on_sqlite

TUESDAY = "2026-10-06"
DAY = date.fromisoformat(TUESDAY)
SERVICE, GROUP = "doradca zawodowy", "Warsztaty Ciche"

pytestmark = on_sqlite


@pytest.fixture
def club(database: Database) -> Club:
    """On Tuesday at ten past ten."""
    club = Club(database, the_centre(), now=warsaw("2026-10-05", "08:00"))
    club.now = warsaw(TUESDAY, "10:10")
    return club


def visits(club: Club, **at: str) -> dict[str, int]:
    """One visit each at the career adviser's, by the person's first name."""
    found = {}
    for number, (name, clock) in enumerate(at.items()):
        person_id = club.person(f"{name} Testowa", f"+4850100{number:04}")
        starts_at, before = warsaw(TUESDAY, clock), warsaw("2026-10-05", "08:00")
        found[name] = club.do(
            lambda tx, p=person_id, s=starts_at: book(
                tx, club.centre, person_id=p, service="career_adviser", starts_at=s
            ),
            before,
        ).id
    return found


def a_session(
    club: Club, starts: str = "12:00", names: tuple[str, ...] = ("Gustaw Grupowy",), room: str = "110"
) -> None:
    """Of a support group in that room, led by Piotr, on that Tuesday."""
    before = warsaw("2026-10-05", "08:00")
    people = [club.person(name, f"+4860200{number:04}") for number, name in enumerate(names)]
    leader = club.specialist("piotr")

    def work(tx: Transaction) -> None:
        group = add(tx, GROUP, "support")
        for person_id in people:
            join(tx, club.centre, group, person_id)
        series = {
            "rule": "FREQ=WEEKLY;BYDAY=TU",
            "first_day": DAY,
            "starts": datetime.strptime(starts, "%H:%M").time(),  # noqa: DTZ007 - a local time of day
            "minutes": 90,
        }
        change(tx, club.centre, group, series | {"room": room, "leader_id": leader})

    club.do(work, before)


def block(html: str, visit_id: int) -> str:
    """What stands of one visit."""
    found = re.search(rf'<fieldset id="v{visit_id}".*?</fieldset>', html, re.DOTALL)
    assert found, f"visit {visit_id} is not on the page"
    return found[0]


def buttons(html: str, visit_id: int) -> list[str]:
    return re.findall(r'<button name="(\w+)"', block(html, visit_id))


def status(club: Club, visit_id: int) -> VisitStatus:
    return club.do(lambda tx: the_visit(tx, visit_id)).status  # type: ignore[no-any-return]


async def press(clerk: Clerk, seen: Seen, name: str, visit_id: int) -> Seen:
    board = next(form for form in seen.forms if form.action == "/panel/marks")
    return await clerk.send(board, press=f"{name}={visit_id}")


async def test_the_days_visits_stand_in_their_order_and_markup_in_a_name_is_text(club: Club) -> None:
    visits(club, **{"Anna <b>Przykładowa": "11:00", "Jan": "09:00"})

    async with at_the_panel(club) as clerk:
        html = (await clerk.see("/panel/")).html

    assert html.index("Jan Testowa") < html.index("Anna &lt;b&gt;Przykładowa")
    assert "<b>P" not in html


async def test_what_the_door_should_know_stands_beside_the_visit(club: Club) -> None:
    ids = visits(club, Anna="09:00", Ola="10:00", Iza="11:00", Ewa="12:00")
    people = [club.do(lambda tx, v=one: the_visit(tx, v)).participant_id for one in ids.values()]
    club.do(lambda tx: declarations.ask(tx, people[:2], DAY, "1"))
    club.do(lambda tx: declarations.declare(tx, people[:1], DAY))
    club.do(lambda tx: confirm(tx, visit_id=ids["Iza"]))
    club.do(lambda tx: change_visit(tx, ids["Iza"], late_minutes=10, accompanied=True))
    club.do(lambda tx: give_back(tx, club.centre, visit_id=ids["Ewa"]), warsaw("2026-10-05", "09:00"))

    async with at_the_panel(club) as clerk:
        html = (await clerk.see("/panel/")).html

    assert "zdrowie: sprawdzone" in block(html, ids["Anna"])
    assert "bez odpowiedzi: zapytać" in block(html, ids["Ola"])
    for words in (">potwierdzone<", "nie pytano", "spóźnienie 10 min", "z osobą towarzyszącą", SERVICE):
        assert words in block(html, ids["Iza"])
    assert ">odwołane<" in block(html, ids["Ewa"])
    counts = dict(re.findall(r"<div><dt>(.*?)</dt><dd>(\d+)</dd>", html))
    assert (counts["Przychodzi"], counts["Potwierdzone"], counts["Bez odpowiedzi"]) == ("3", "1", "2")


@pytest.mark.parametrize("mark", ["arrived", "attended", "missed", "refused_no_mask"])
async def test_what_becomes_of_a_visit_is_one_press_and_so_is_taking_it_back(club: Club, mark: str) -> None:
    visit = visits(club, Anna="10:00")["Anna"]

    async with at_the_panel(club) as clerk:
        seen = await press(clerk, await clerk.see("/panel/"), mark, visit)
        assert (seen.path, status(club, visit)) == ("/panel/", mark)
        assert "Zaznaczone." in seen.html
        seen = await press(clerk, seen, "undo", visit)
        assert status(club, visit) is VisitStatus.BOOKED
        seen = await press(clerk, seen, mark, visit)
        await clerk.send(seen.form("/panel/marks/"))  # beside the notice
        assert status(club, visit) is VisitStatus.BOOKED


async def test_only_what_can_be_said_now_has_a_button(club: Club) -> None:
    ids = visits(club, Jan="09:00", Ola="10:00", Iza="11:00")
    masks_off = Record("masks", False, warsaw(TUESDAY, "10:20"))

    async with at_the_panel(club) as clerk:
        seen = await press(clerk, await clerk.see("/panel/"), "arrived", ids["Jan"])
        assert buttons(seen.html, ids["Jan"]) == ["attended", "undo"]
        assert buttons(seen.html, ids["Ola"]) == ["arrived", "attended", "missed", "refused_no_mask"]
        assert buttons(seen.html, ids["Iza"]) == ["arrived", "refused_no_mask"]
        club.do(lambda tx: set_policy(tx, masks_off))
        seen = await clerk.see("/panel/")
        assert buttons(seen.html, ids["Iza"]) == ["arrived"]
        assert "<button name" not in (await clerk.see("/panel/?day=2026-10-07")).html


async def test_a_mark_that_a_colleague_made_impossible_is_refused_in_words(club: Club) -> None:
    visit = visits(club, Anna="10:00")["Anna"]

    async with at_the_panel(club) as clerk:
        stale = await clerk.see("/panel/")
        await press(clerk, stale, "attended", visit)
        seen = await press(clerk, stale, "missed", visit)
        token = dict(stale.form("/panel/marks").fields)
        for strange in ("x", "", "9" * 30, "²", "4242"):
            assert (await clerk.post("/panel/marks", {**token, "missed": strange})).status == 409

    assert seen.status == 409
    assert "Tego nie można teraz zaznaczyć" in seen.html
    assert status(club, visit) is VisitStatus.ATTENDED


async def test_a_specialist_marks_their_own_visits_alone(club: Club) -> None:
    visit, maria = visits(club, Anna="10:00")["Anna"], club.specialist("maria")
    club.do(lambda tx: open_account(tx, maria, draw(CHEAP)))
    club.do(lambda tx: accounts.change_account(tx, maria, must_change=False))

    async with at_the_panel(club, Role.SPECIALIST) as another:
        seen = await another.see("/panel/")
        assert buttons(seen.html, visit) == []
        token = dict(seen.form("/panel/marks").fields)
        assert (await another.post("/panel/marks", {**token, "arrived": str(visit)})).status == 403
        assert status(club, visit) is VisitStatus.BOOKED
        async with Clerk(another.base, club, maria) as clerk:
            await press(clerk, await clerk.see("/panel/"), "arrived", visit)

    assert status(club, visit) is VisitStatus.ARRIVED


@pytest.mark.parametrize("path", ["/panel/", "/panel/sheet", "/panel/sheet?by=room", "/panel/today/board"])
async def test_reception_sees_no_service_and_no_group(club: Club, path: str) -> None:
    visits(club, Anna="10:00")
    a_session(club)

    async with at_the_panel(club) as clerk:
        known = (await clerk.see(path)).html
    async with at_the_panel(club, Role.RECEPTION) as clerk:
        html = (await clerk.see(path)).html

    assert SERVICE in known
    assert GROUP in known
    assert "Anna Testowa" in html
    assert "osoby: 1" in html
    for hidden in (SERVICE, "doradca", "career_adviser", GROUP, "Ciche", "wsparci", "support", "sessions/"):
        assert hidden not in html


async def test_a_session_says_who_leads_it_and_how_many_come(club: Club) -> None:
    a_session(club, names=("Gustaw Grupowy", "Hanna Grupowa"))

    async with at_the_panel(club) as clerk:
        html = (await clerk.see("/panel/")).html

    assert re.search(
        r'<div id="s\d+" class="session">\s*<strong><a href="/panel/sessions/\d+">Warsztaty', html
    )
    assert "12:00–13:30 · Piotr Zmyślony · osoby: 2" in html
    assert "Gustaw" not in html


async def test_a_session_goes_across_the_places_of_its_room(club: Club) -> None:
    a_session(club, "15:30", room="103")

    async with at_the_panel(club) as clerk:
        html = (await clerk.see("/panel/")).html

    assert html.count('<th scope="col">') == 3  # the hour, and both desks of room 103
    assert re.search(r'<td colspan="2" data-at="Pokój 103, biurko przy oknie"><div id="s\d+"', html)


async def test_a_free_time_leads_to_booking_it_and_who_is_away_is_named(club: Club) -> None:
    visits(club, Anna="12:00")
    jan = club.specialist("jan")
    club.do(lambda tx: add_absence(tx, (warsaw(TUESDAY, "13:00"), warsaw(TUESDAY, "15:00")), person_id=jan))

    async with at_the_panel(club) as clerk:
        html = (await clerk.see("/panel/")).html

    free = re.findall(r'href="/panel/book\?day=([\d-]+)&amp;time=([\d:]+)&amp;station=([\w-]*)"', html)
    assert free == [(TUESDAY, "11:00", "103-1"), (TUESDAY, "12:00", "103-2")]
    assert "13:00–15:00 nieobecność: Jan Nieistniejący" in html


async def test_visits_by_phone_have_a_column_of_their_own(club: Club) -> None:
    anna, thursday = club.person("Anna Testowa"), warsaw("2026-10-08", "10:00")
    club.do(lambda tx: book(tx, club.centre, person_id=anna, service="career_adviser", starts_at=thursday))

    async with at_the_panel(club) as clerk:
        html = (await clerk.see("/panel/?day=2026-10-08")).html

    assert html.count('<th scope="col">') == html.count("<th scope") - html.count('<th scope="row"')
    assert "Telefon i zdalnie<small>Maria Wymyślona" in html
    assert 'data-at="Telefon i zdalnie"' in html
    assert "przez telefon" in html


async def test_the_club_closed_is_said_plainly_and_a_day_without_hours_says_what_to_do(club: Club) -> None:
    club.do(lambda tx: add_closure(tx, DAY, DAY, "awaria wody <i>"))

    async with at_the_panel(club) as clerk:
        assert "Klub jest tego dnia zamknięty: awaria wody &lt;i&gt;" in (await clerk.see("/panel/")).html
        assert "To dzień świąteczny" in (await clerk.see("/panel/?day=2026-11-11")).html
        assert "Wolna godzina prowadzi do zapisu." in (await clerk.see("/panel/?day=2026-10-07")).html
        sunday = (await clerk.see("/panel/?day=2026-10-11")).html
        assert 'class="empty"' in sunday
        assert 'href="/panel/week"' in sunday
        for day in ("x", "0001-01-01", "9999-12-31", ""):
            assert "Dzisiaj: <time" in (await clerk.see(f"/panel/?day={day}")).html


async def test_urgent_matters_are_counted_on_top(club: Club) -> None:
    club.do(lambda tx: open_todo(tx, key="k", text="todo_unworded", params={"number": 1}, urgent=True))

    async with at_the_panel(club) as clerk:
        html = (await clerk.see("/panel/")).html

    assert '<dt><a href="/panel/todos">Pilne zadania</a></dt><dd>1</dd>' in html


async def test_the_live_part_is_sent_again_only_once_something_has_changed(club: Club) -> None:
    visit = visits(club, Anna="11:00")["Anna"]
    clock = SetClock(club.now)
    address = f"/panel/today/board?day={TUESDAY}"

    async with at_the_panel(club, clock=clock) as clerk:
        first = await clerk.see(address)
        same = {"headers": {"If-None-Match": first.headers["ETag"]}}
        clock.shown += timedelta(seconds=30)
        assert (await clerk.see(address, **same)).status == 304
        club.do(lambda tx: confirm(tx, visit_id=visit))
        changed = await clerk.see(address, **same)
        assert (changed.status, "<html" in changed.html) == (200, False)
        assert "Ten dzień już minął." in (await clerk.see("/panel/today/board?day=2026-10-05")).html
        assert "potwierdzone" in block(changed.html, visit)
        whole = (await clerk.see("/panel/")).html
        assert changed.html.strip() in whole


async def test_a_day_of_many_visits_takes_no_more_statements_than_one_of_few(club: Club) -> None:
    seen: list[str] = []

    def listen(*args: Any) -> None:
        seen.append(args[2].lstrip()[:6].upper())

    async with at_the_panel(club) as clerk:

        async def statements() -> int:
            seen.clear()
            await clerk.see("/panel/today/board")
            return seen.count("SELECT")

        visits(club, Anna="09:00")
        a_session(club)
        await statements()
        event.listen(club.database.engine, "before_cursor_execute", listen)
        few = await statements()
        visits(club, Iza="10:00", Ola="11:00", Ewa="12:00")
        many = await statements()
        event.remove(club.database.engine, "before_cursor_execute", listen)

    assert many == few <= 15
