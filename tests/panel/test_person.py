"""A participant's page, and what staff do there."""

import pytest

from scheduler.booking import book
from scheduler.groups import add
from scheduler.people import link
from scheduler.person_page import about, log
from scheduler.staff import Role
from storage import people
from storage.database import Database
from tests.builders import Club, the_centre, warsaw
from tests.panel.clerk import at_the_panel, on_sqlite

pytestmark = on_sqlite

TUESDAY = warsaw("2026-10-06", "10:00")


@pytest.fixture
def club(database: Database) -> Club:
    return Club(database, the_centre())


@pytest.fixture
def anna(club: Club) -> int:
    """Somebody in a group, with a visit tomorrow, and a chat."""
    who = club.person("Anna Przykładowa", groups=("Kuchnia",))
    club.do(lambda tx: book(tx, club.centre, person_id=who, service="career_adviser", starts_at=TUESDAY))
    club.do(lambda tx: link(tx, who, "telegram", "1", "777123"))
    return who


def page(who: int, more: str = "") -> str:
    return f"/panel/people/{who}{more}"


async def test_the_page_says_what_is_known_and_what_was_done(club: Club, anna: int) -> None:
    async with at_the_panel(club) as clerk:
        seen = await clerk.see(page(anna))

    for shown in (
        "501 000 001", "doradca zawodowy", "Wymyślon", "Kuchnia", "działa", "Umówione spotkania", "wtorek", "zapis do klubu",
        f"/panel/book?person={anna}", "Telegram",
    ):  # fmt: skip
        assert shown.casefold() in seen.html.casefold(), shown
    assert "777123" not in seen.html


async def test_reception_sees_neither_service_nor_group_nor_message(club: Club, anna: int) -> None:
    async with at_the_panel(club, Role.RECEPTION) as clerk:
        seen = await clerk.see(page(anna))
        addresses = [
            await clerk.see(page(anna, "/leave")), await clerk.see(page(anna, "/erase")),
        ]  # fmt: skip

    assert "10:00" in seen.html
    for hidden in (
        "doradca",
        "career",
        "Wymyślon",
        "Kuchnia",
        "Wiadomości: ",
        "/export",
        "/join",
        "Ostatnie wiadomości",
    ):
        assert hidden.casefold() not in seen.html.casefold(), hidden
    assert [one.status for one in addresses] == [403, 403]


@pytest.mark.parametrize("unknown", ["999", "99999999999999999999", "staff"])
async def test_nobody_else_is_shown_as_a_participant(club: Club, unknown: str) -> None:
    if unknown == "staff":
        unknown = str(club.specialist(club.centre.specialists[0].code))
    async with at_the_panel(club) as clerk:
        for more in ("", "/change", "/leave", "/erase", "/slip"):
            assert (await clerk.see(f"/panel/people/{unknown}{more}")).status in {404, 409}


async def test_everything_can_be_changed_and_stands_in_the_log_under_a_name(club: Club, anna: int) -> None:
    async with at_the_panel(club, Role.RECEPTION) as clerk:
        form = (await clerk.see(page(anna, "/change"))).form(page(anna, "/change"))
        seen = await clerk.send(
            form, full_name="Anna Nowa", language="uk", contract_until="2027-01-31", self_check="never"
        )

    assert (seen.path, "Zapisano zmiany" in seen.html) == (page(anna), True)
    now = club.do(lambda tx: about(tx, anna))
    assert (now.person.full_name, now.person.language, now.self_check) == ("Anna Nowa", "uk", "never")
    assert club.do(lambda tx: log(tx, anna))[0].by == "Osoba Reception"


async def test_what_is_wrong_keeps_what_was_typed(club: Club, anna: int) -> None:
    async with at_the_panel(club) as clerk:
        shown = await clerk.see(page(anna, "/change"))
        name = await clerk.send(shown.form(page(anna, "/change")), full_name="-1+1", language="uk")
        number = await clerk.send(shown.form(page(anna, "/phone")), phone="501 000 001")
        word = await clerk.send(shown.form(page(anna, "/word")), word="12345")

    assert (name.status, 'value="-1+1"' in name.html, "od litery" in name.html) == (422, True, True)
    assert (number.status, "Nie zmieniono" in number.html) == (422, True)
    assert (word.status, "Hasło ma 4 cyfry" in word.html) == (422, True)
    assert club.do(lambda tx: about(tx, anna)).person.full_name == "Anna Przykładowa"


async def test_a_new_number_and_a_word(club: Club, anna: int) -> None:
    async with at_the_panel(club) as clerk:
        shown = await clerk.see(page(anna, "/change"))
        number = await clerk.send(shown.form(page(anna, "/phone")), phone="501 000 009")
        await clerk.send(shown.form(page(anna, "/word")), word="5823")
        with_word = await clerk.see(page(anna, "/change"))
        cleared = await clerk.send(with_word.form(page(anna, "/word")), press="clear=on")

    assert "501 000 009" in number.html
    assert "Telegram" not in [one.address.channel for one in club.do(lambda tx: about(tx, anna)).reached]
    assert "5823" not in with_word.html
    assert "Hasła już nie ma" in cleared.html


async def test_groups_are_joined_and_left(club: Club, anna: int) -> None:
    club.do(lambda tx: add(tx, "Teatr", "workshop"))

    async with at_the_panel(club) as clerk:
        joined = await clerk.send((await clerk.see(page(anna))).form(page(anna, "/join")), group=2)
        left = await clerk.send(joined.form(page(anna, "/groups/1/leave")))
        undone = await clerk.send(left.form(page(anna, "/groups/undo")))

    assert "<strong>Teatr</strong>" in left.html
    assert "<strong>Kuchnia</strong>" not in left.html
    assert "<strong>Kuchnia</strong>" in undone.html


async def test_a_code_and_a_slip_are_there_to_print(club: Club, anna: int) -> None:
    async with at_the_panel(club) as clerk:
        code = await clerk.send((await clerk.see(page(anna))).form(page(anna, "/code")))
        slip = await clerk.see(page(anna, "/slip"))

    assert "<svg" in code.html
    assert ("10:00" in slip.html, "doradca" in slip.html.casefold()) == (True, False)


async def test_the_end_shows_first_what_it_touches(club: Club, anna: int) -> None:
    async with at_the_panel(club) as clerk:
        shown = await clerk.see(page(anna, "/leave"))
        not_yet = await clerk.see(page(anna, "/erase"))
        ended = await clerk.send(shown.form(page(anna, "/leave")))
        again = await clerk.see(page(anna, "/leave"))
        back = await clerk.send(ended.form(page(anna, "/return")))

    assert "spotkanie zwolnione: wtorek 6 października, 10:00" in shown.html
    assert "Kuchnia" in shown.html
    assert "Jeszcze nie można usunąć" in not_yet.html
    assert "Udział zakończony" in ended.html
    assert again.status == 409
    assert back.path == page(anna)
    assert "znów bierze udział" in back.html


async def test_the_data_are_taken_along_as_a_page_and_as_json(club: Club, anna: int) -> None:
    async with at_the_panel(club) as clerk:
        form = (await clerk.see(page(anna))).form(page(anna, "/export"))
        text = await clerk.send(form, press="as=text")
        json = await clerk.send(form, press="as=json")

    assert "Anna Przykładowa" in text.html
    assert json.headers["Content-Disposition"] == f'attachment; filename="termin-{anna}.json"'
    assert club.do(lambda tx: log(tx, anna))[0].action == "data_taken"


async def test_erasing_wants_the_number_typed_and_leaves_nothing(club: Club) -> None:
    who = club.person("Ewa Usuwana", "+48501000077")

    async with at_the_panel(club) as clerk:
        form = (await clerk.see(page(who, "/erase"))).form(page(who, "/erase"))
        wrong = await clerk.send(form, number="1000")
        before = club.do(lambda tx: people.person_of(tx, who)).full_name
        done = await clerk.send(form, number=who)
        gone = await clerk.see(page(who))
        rolled = await clerk.see("/panel/people?only=ended")

    assert (wrong.status, before) == (422, "Ewa Usuwana")
    assert (done.path, gone.status) == ("/panel/people", 409)
    assert "Ewa" not in gone.html + rolled.html


async def test_two_people_of_one_name_are_told_apart(club: Club, anna: int) -> None:
    twin = club.person("Anna Przykładowa", "+48501000002")

    async with at_the_panel(club) as clerk:
        seen = await clerk.see(page(twin))
        done = await clerk.send(seen.form(page(twin, "/two")))

    assert "Enrolled" not in seen.html
    assert "zapisano wcześniej" in seen.html
    assert "zapisano wcześniej" not in done.html
