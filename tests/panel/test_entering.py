"""Getting in, over HTTP: who tries, who forges, who steals a cookie, who was given a one-time password."""

import asyncio
import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from types import FrameType
from typing import Any

import pytest
from pyotp import TOTP
from sqlalchemy import select

from panel.desk import Parts
from scheduler.accounts import OneTime, open_account, session_of
from scheduler.codes_from_phone import begin_codes, confirm_codes
from scheduler.passwords import draw, fits, hash_of
from scheduler.staff import Colleague, Role, add_staff
from storage import accounts
from storage.database import Database
from storage.tables import audit
from tests.builders import Club, the_centre
from tests.panel.clerk import CHEAP, KEY, Clerk, Seen, SetClock, at_the_panel, on_sqlite, open_panel

pytestmark = on_sqlite

TRIES = 250
OWN = "zielony rower pod oknem"


@pytest.fixture
def club(database: Database) -> Club:
    return Club(database, the_centre())


def hired(
    club: Club, name: str = "Anna Przykładowa", role: Role = Role.RECEPTION, *, is_new: bool = False
) -> Any:
    """Their number, and what they log in with."""

    def work(tx: Any) -> tuple[int, OneTime]:
        person_id = add_staff(tx, Colleague(name, role))
        given = open_account(tx, person_id, draw(CHEAP))
        accounts.change_account(tx, person_id, must_change=is_new)
        return person_id, given

    return club.do(work)


async def enters(someone: Clerk, given: OneTime, *, at: str = "/panel/enter") -> Seen:
    form = (await someone.see(at)).form("/panel/enter")
    return await someone.send(form, login=given.login, password=given.password)


def cookies(someone: Clerk) -> dict[str, str]:
    return {one.key: one.value for one in someone.http.cookie_jar}


async def test_a_member_of_staff_comes_in_and_goes_and_the_cookie_is_worth_nothing_then(club: Club) -> None:
    _, given = hired(club)
    async with open_panel(club) as base, Clerk(base, club, None) as anna:
        inside = await enters(anna, given)
        assert (inside.status, inside.path) == (200, "/panel/")
        assert "Anna Przykładowa" in inside.html
        stolen = cookies(anna)["termin"]
        assert set(cookies(anna)) == {"termin"}  # the door's own is gone
        assert (await anna.see("/panel/enter")).path == "/panel/"
        assert (await anna.send(inside.form("/panel/leave"))).path == "/panel/enter"
        seen = await anna.see("/panel/", cookies={"termin": stolen}, allow_redirects=False)
        assert (seen.status, seen.headers["Location"]) == (303, "/panel/enter")


async def test_each_log_in_has_a_cookie_of_its_own_that_no_script_reads(club: Club) -> None:
    _, given = hired(club)
    async with open_panel(club) as base, Clerk(base, club, None) as anna:
        tokens = set()
        for _ in range(2):
            anna.http.cookie_jar.clear()
            form = (await anna.see("/panel/enter")).form("/panel/enter")
            fields = dict(form.fields) | {"login": given.login, "password": given.password}
            answer = await anna.post(form.action, fields, allow_redirects=False)
            (cookie,) = [one for one in answer.headers.getall("Set-Cookie") if one.startswith("termin=")]
            assert {"HttpOnly", "Path=/panel", "SameSite=lax"} <= set(cookie.split("; "))
            tokens.add(cookie.partition(";")[0])
        assert len(tokens) == 2


async def test_over_https_the_cookies_are_of_this_host_alone(club: Club) -> None:
    async with open_panel(club, public_url="https://club.example") as base, Clerk(base, club, None) as anna:
        (cookie,) = (await anna.see("/panel/enter")).headers.getall("Set-Cookie")
    assert cookie.startswith("__Host-termin-door=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=strict"} <= set(cookie.split("; "))


async def test_a_wrong_password_and_an_unknown_name_are_told_the_same(club: Club) -> None:
    hired(club)
    async with open_panel(club) as base, Clerk(base, club, None) as someone:
        pages = [
            await enters(someone, OneTime(login, "wrong")) for login in ("anna.przykladowa", "nobody.at.all")
        ]
    told = [re.sub(r'value="[^"]*"', "", page.html) for page in pages]
    assert told[0] == told[1]
    assert [page.status for page in pages] == [422, 422]


async def test_of_hundreds_of_tries_within_the_hour_few_are_looked_at_and_the_owner_gets_in_afterwards(
    club: Club,
) -> None:
    _, given = hired(club)
    clock = SetClock(club.now)
    async with open_panel(club, clock) as base, Clerk(base, club, None) as thief:
        form = (await thief.see("/panel/enter")).form("/panel/enter")
        fields, told = dict(form.fields) | {"login": given.login}, []
        for number in range(TRIES):
            clock.shown = club.now + timedelta(seconds=3000 / TRIES * number)
            guess = {"password": f"guess {number}"}
            async with thief.http.post(f"{base}{form.action}", data=fields | guess) as answer:
                told.append(answer.status)
        assert told.count(422) <= 15
        assert told.count(429) == TRIES - told.count(422)
        late = await thief.post(form.action, fields | {"password": given.password})
        assert (late.status, int(late.headers["Retry-After"]) > 0) == (429, True)
        clock.shown += timedelta(minutes=15)
        assert (await enters(thief, given)).path == "/panel/"


async def test_who_calls_from_elsewhere_is_known_by_what_the_server_in_front_says(club: Club) -> None:
    async with open_panel(club) as base, Clerk(base, club, None) as someone:
        form = (await someone.see("/panel/enter")).form("/panel/enter")
        fields = dict(form.fields) | {"password": "wrong"}

        async def tries(number: int, forwarded: str) -> int:
            headers = {"X-Forwarded-For": forwarded}
            return (await someone.post(form.action, fields | {"login": f"n{number}"}, headers=headers)).status

        assert [await tries(number, f"6.6.6.{number}, 2001:db8::{number}") for number in range(21)][-2:] == [
            422,
            429,
        ]
        assert await tries(30, "2001:db8:0:0:ffff::1") == 429
        assert await tries(31, "2001:db8:0:1::1") == 422


async def test_in_a_crowd_from_everywhere_some_are_told_to_come_again(club: Club) -> None:
    async with open_panel(club) as base, Clerk(base, club, None) as crowd:
        form = (await crowd.see("/panel/enter")).form("/panel/enter")
        fields = dict(form.fields) | {"password": "wrong"}

        async def tries(number: int) -> int:
            headers = {"X-Forwarded-For": f"192.0.2.{number}"}
            told = await crowd.post(form.action, fields | {"login": f"n{number}"}, headers=headers)
            return told.status

        told = await asyncio.gather(*(tries(number) for number in range(100)))
    assert set(told) == {422, 429}


async def test_a_form_of_the_door_that_did_not_come_from_it_is_refused(club: Club) -> None:
    _, given = hired(club)
    right = {"login": given.login, "password": given.password}
    async with open_panel(club) as base, Clerk(base, club, None) as victim:
        form = (await victim.see("/panel/enter")).form("/panel/enter")
        token = dict(form.fields)["token"]
        cross = {"Sec-Fetch-Site": "cross-site"}
        assert (await victim.post("/panel/enter", right)).status == 403
        assert (await victim.post("/panel/enter", right | {"token": "forged"})).status == 403
        assert (await victim.post("/panel/enter", right | {"token": token}, headers=cross)).status == 403
        other = {"Origin": "https://example.org"}
        assert (await victim.post("/panel/enter", right | {"token": token}, headers=other)).status == 403
        victim.http.cookie_jar.clear()
        refused = await victim.post("/panel/enter", right | {"token": token})
        assert refused.status == 403
        assert "plików cookie" in refused.html
        assert "termin" not in cookies(victim)


@pytest.mark.parametrize(
    ("wanted", "led"),
    [
        ("/panel/account", "/panel/account"),
        ("https://example.org/", "/panel/"),
        ("//example.org", "/panel/"),
        ("/panel//example.org", "/panel/"),
        ("/panel/../twilio", "/panel/"),
        ("/panel/leave", "/panel/"),
        ("/panel/\r\nX: y", "/panel/"),
        ("/panel\\@example.org", "/panel/"),
    ],
)
async def test_after_the_log_in_one_is_led_to_a_page_of_ours_and_nowhere_else(
    club: Club, wanted: str, led: str
) -> None:
    _, given = hired(club)
    async with open_panel(club) as base, Clerk(base, club, None) as anna:
        fields = dict((await anna.see("/panel/enter")).form("/panel/enter").fields)
        fields |= {"login": given.login, "password": given.password, "to": wanted}
        answer = await anna.post("/panel/enter", fields, allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, led)


async def test_who_was_logged_out_comes_back_to_where_they_were(club: Club) -> None:
    _, given = hired(club)
    async with open_panel(club) as base, Clerk(base, club, None) as anna:
        door = await anna.see("/panel/account?q=Nowak")
        assert door.path == "/panel/enter"
        assert "Nowak" not in door.html
        inside = await anna.send(door.form("/panel/enter"), login=given.login, password=given.password)
    assert inside.path == "/panel/account"


async def test_a_form_sent_after_the_log_in_was_over_leads_to_the_door_which_says_that_nothing_was_saved(
    club: Club,
) -> None:
    _, given = hired(club)
    clock = SetClock(club.now)
    async with open_panel(club, clock) as base, Clerk(base, club, None) as anna:
        form = (await enters(anna, given, at="/panel/enter?to=/panel/account")).form(
            "/panel/account/language"
        )
        clock.shown += timedelta(hours=10)
        door = await anna.send(form, language="uk")
        assert (door.path, "nie zapisano" in door.html) == ("/panel/enter", True)
        fetched = await anna.see("/panel/account", headers={"Sec-Fetch-Dest": "empty"})
        assert fetched.status == 401


async def test_a_one_time_password_opens_nothing_but_the_form_for_ones_own(club: Club) -> None:
    _, given = hired(club, is_new=True)
    async with open_panel(club) as base, Clerk(base, club, None) as anna:
        account = await enters(anna, given)
        assert account.path == "/panel/account"
        assert (await anna.see("/panel/")).path == "/panel/account"
        form = account.form("/panel/account/password")
        for new, again, said in (
            (OWN, "anders", "różnią"),
            ("krotkie", "krotkie", "za krótkie"),
            ("anna.przykladowa", "anna.przykladowa", "imienia"),
            (given.password, given.password, "obecne hasło"),
        ):
            refused = await anna.send(form, new=new, again=again)
            assert (refused.status, said in refused.html) == (422, True)
        assert (await anna.send(form, new=OWN, again=OWN)).path == "/panel/"
        assert (await anna.see("/panel/account")).path == "/panel/account"


async def test_changing_ones_password_asks_for_the_present_one_and_ends_the_other_log_ins(club: Club) -> None:
    _, given = hired(club)
    async with (
        open_panel(club) as base,
        Clerk(base, club, None) as anna,
        Clerk(base, club, None) as elsewhere,
    ):
        for clerk in (anna, elsewhere):
            await enters(clerk, given)
        form = (await anna.see("/panel/account")).form("/panel/account/password")
        wrong = await anna.send(form, current="wrong", new=OWN, again=OWN)
        assert (wrong.status, "Obecne hasło się nie zgadza" in wrong.html) == (422, True)
        done = await anna.send(form, current=given.password, new=OWN, again=OWN)
        assert "Hasło zmienione" in done.html
        assert (await elsewhere.see("/panel/")).path == "/panel/enter"
        for _ in range(5):
            await anna.send(form, current="wrong", new=OWN, again=OWN)
        paced = await anna.send(form, current=OWN, new=f"{OWN}!", again=f"{OWN}!")
        assert (paced.status, "Prosimy poczekać" in paced.html) == (409, True)


@pytest.fixture
def looked() -> Iterator[set[str]]:
    """The threads in which a password was hashed or compared: `write` is the writer's."""
    seen: set[str] = set()
    slow = {hash_of.__code__, fits.__code__}

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code in slow:
            seen.add(threading.current_thread().name.partition("_")[0])

    threading.setprofile(note)
    yield seen
    threading.setprofile(None)


async def test_whoever_writes_waits_for_no_password_that_is_given_or_changed(
    looked: set[str], club: Club
) -> None:
    ewa, given = hired(club, "Ewa Nowa")
    async with at_the_panel(club, Role.ADMINISTRATOR) as boss, Clerk(boss.base, club, None) as clerk:
        await enters(clerk, given)
        form = (await clerk.see("/panel/account")).form("/panel/account/password")
        assert "Hasło zmienione" in (await clerk.send(form, current=given.password, new=OWN, again=OWN)).html
        page = await boss.see(f"/panel/staff/{ewa}")
        assert "<code>" in (await boss.send(page.form(f"/panel/staff/{ewa}/password"))).html
        form = (await boss.see("/panel/staff")).form("/panel/staff/add")
        assert "<code>" in (await boss.send(form, name="Olga Nowa")).html
    assert looked - {"MainThread"} == {"asyncio"}


async def test_with_a_phone_set_up_the_password_alone_is_not_enough_and_no_code_works_twice(
    club: Club,
) -> None:
    anna_id, given = hired(club)
    async with open_panel(club) as base, Clerk(base, club, None) as anna:
        await enters(anna, given)
        begun = await anna.send((await anna.see("/panel/account")).form("/panel/account/codes/begin"))
        assert "<svg" in begun.html
        phone = TOTP(re.findall(r"<code>([A-Z2-7]{32})</code>", begun.html)[0])
        refused = await anna.send(begun.form("/panel/account/codes/confirm"), code="000000")
        assert refused.status == 422
        code = phone.now()
        on = await anna.send(begun.form("/panel/account/codes/confirm"), code=code)
        assert "Kody są włączone" in on.html
        await anna.send(on.form("/panel/leave"))
        asks = await enters(anna, given)
        assert "termin" not in cookies(anna) or not signed(club, cookies(anna)["termin"])
        replayed = await anna.send(asks.form("/panel/enter/code"), code=code)
        assert (replayed.status, "był już użyty" in replayed.html) == (422, True)
        club.do(lambda tx: accounts.change_account(tx, anna_id, totp_step=1))  # half a minute later
        inside = await anna.send(replayed.form("/panel/enter/code"), code=phone.now())
        assert inside.path == "/panel/"
        club.do(lambda tx: accounts.change_account(tx, anna_id, totp_step=1))
        off = (await anna.see("/panel/account")).form("/panel/account/codes/end")
        assert (await anna.send(off, code="000000")).status == 422
        assert "Kody są wyłączone" in (await anna.send(off, code=phone.now())).html


def signed(club: Club, token: str) -> object:
    return club.do(lambda tx: session_of(tx, token, KEY))


async def test_the_password_is_asked_for_again_once_the_code_took_too_long(club: Club) -> None:
    anna_id, given = hired(club)
    codes = club.do(lambda tx: begin_codes(tx, anna_id, "Klub"))
    club.do(lambda tx: confirm_codes(tx, anna_id, TOTP(codes.secret).at(club.now), club.now))
    clock = SetClock(club.now)
    async with open_panel(club, clock) as base, Clerk(base, club, None) as anna:
        asks = await enters(anna, given)
        clock.shown += timedelta(minutes=5)
        late = await anna.send(asks.form("/panel/enter/code"), code=TOTP(codes.secret).now())
    assert (late.status, "minęło pięć minut" in late.html) == (422, True)


async def test_somebody_elses_log_in_cannot_be_ended(club: Club) -> None:
    _, given = hired(club)
    _, others = hired(club, "Ewa Nowa")
    async with open_panel(club) as base, Clerk(base, club, None) as anna, Clerk(base, club, None) as ewa:
        await enters(ewa, others)
        account = await enters(anna, given, at="/panel/enter?to=/panel/account")
        theirs = signed(club, cookies(ewa)["termin"])
        token = dict(account.form("/panel/leave").fields)["token"]
        seen = await anna.post(f"/panel/account/sessions/{theirs.session_id}/end", {"token": token})  # type: ignore[attr-defined]
        assert seen.status == 409
        assert (await ewa.see("/panel/account")).path == "/panel/account"


async def test_one_ends_a_log_in_of_ones_own_and_chooses_a_language(club: Club) -> None:
    _, given = hired(club)
    async with (
        open_panel(club) as base,
        Clerk(base, club, None) as anna,
        Clerk(base, club, None) as elsewhere,
    ):
        for clerk in (elsewhere, anna):
            await enters(clerk, given)
        account = await anna.see("/panel/account")
        ended = await anna.send(account.form("/panel/account/sessions/"))
        assert "Wejście zakończone" in ended.html
        assert (await elsewhere.see("/panel/")).path == "/panel/enter"
        assert (
            "Мову збережено" in (await anna.send(ended.form("/panel/account/language"), language="uk")).html
        )


async def test_one_logs_out_everywhere_with_one_press_and_nobody_else_is_logged_out(club: Club) -> None:
    anna_id, given = hired(club)
    _, others = hired(club, "Ewa Nowa")
    async with (
        open_panel(club) as base,
        Clerk(base, club, None) as anna,
        Clerk(base, club, None) as elsewhere,
        Clerk(base, club, None) as ewa,
    ):
        for clerk, log_in in ((elsewhere, given), (anna, given), (ewa, others)):
            await enters(clerk, log_in)
        account = await anna.see("/panel/account")
        assert "Otwarte wejścia: 2" in account.html
        door = await anna.send(account.form("/panel/leave/everywhere"))
        assert (door.path, "Wylogowano wszędzie" in door.html) == ("/panel/enter", True)
        paths = [(await clerk.see("/panel/account")).path for clerk in (anna, elsewhere, ewa)]
    assert paths == ["/panel/enter", "/panel/enter", "/panel/account"]
    assert last_of(club, "logged_out") == (anna_id, {"sessions_ended": 2})


def last_of(club: Club, action: str) -> tuple[int, object]:
    """Who did it last, and what the audit says of it."""
    noted = select(audit.c.actor_id, audit.c.details).where(audit.c.action == action).order_by(audit.c.id)
    return tuple(club.do(lambda tx: tx.connection.execute(noted).all())[-1])


async def test_an_administrator_adds_somebody_who_comes_in_with_what_was_shown_once(club: Club) -> None:
    async with at_the_panel(club, Role.ADMINISTRATOR) as boss:
        form = (await boss.see("/panel/staff")).form("/panel/staff/add")
        wrong = await boss.send(form, name="=cmd", phone="77 483 77 23")
        assert (wrong.status, 'id="phone-error"' in wrong.html) == (422, True)
        wrong = await boss.send(wrong.form("/panel/staff/add"), name="=cmd", role="specialist", phone="")
        assert (wrong.status, 'id="name-error"' in wrong.html) == (422, True)
        form = wrong.form("/panel/staff/add")
        given = await boss.send(form, name="Olga <b>Nowa", role="specialist", phone="501 000 009")
        assert "Olga &lt;b&gt;Nowa" in given.html
        login, password = re.findall(r"<code>([^<]+)</code>", given.html)
        assert await _enters_with(boss.base, club, login, password) == "/panel/account"
        again = await boss.send(form, name="Olga <b>Nowa", role="specialist", phone="501 000 009")
        assert "<code>" not in again.html  # the same form, pressed twice


async def _enters_with(base: str, club: Club, login: str, password: str) -> str:
    async with Clerk(base, club, None) as someone:
        return (await enters(someone, OneTime(login, password))).path


async def test_an_administrator_changes_a_role_gives_a_password_and_a_code_and_ends(club: Club) -> None:
    ewa, given = hired(club, "Ewa Nowa")
    async with at_the_panel(club, Role.ADMINISTRATOR) as boss, Clerk(boss.base, club, None) as clerk:
        await enters(clerk, given)
        page = await boss.see(f"/panel/staff/{ewa}")
        assert "Zapisane" in (await boss.send(page.form(f"/panel/staff/{ewa}/role"), role="specialist")).html
        assert "specjalista" in (await clerk.see("/panel/account")).html
        code = await boss.send(page.form(f"/panel/staff/{ewa}/code"))
        assert re.search(r"<code>[0-9A-Z]{4}-[0-9A-Z]{4}</code>", code.html)
        fresh = await boss.send(page.form(f"/panel/staff/{ewa}/password"))
        assert (await clerk.see("/panel/account")).path == "/panel/enter"
        _, password = re.findall(r"<code>([^<]+)</code>", fresh.html)
        assert await _enters_with(boss.base, club, given.login, password) == "/panel/account"
        assert "nie jest już w personelu" in (await boss.send(page.form(f"/panel/staff/{ewa}/end"))).html
        assert await _enters_with(boss.base, club, given.login, password) == "/panel/enter"
        assert (await boss.see(f"/panel/staff/{ewa}")).status == 409


async def test_nobody_takes_their_own_right_away(club: Club) -> None:
    async with at_the_panel(club, Role.ADMINISTRATOR) as boss:
        page = await boss.see(f"/panel/staff/{boss.staff_id}")
        token = dict(page.form("/panel/leave").fields)["token"]
        for what in ("role", "password", "end"):
            seen = await boss.post(
                f"/panel/staff/{boss.staff_id}/{what}", {"token": token, "role": "reception"}
            )
            assert (seen.status, "Własnej roli" in seen.html) == (409, True)


async def test_the_demo_shows_its_log_ins_and_nobody_else_does(club: Club) -> None:
    _, given = hired(club)
    shown = ((Role.RECEPTION, given),)
    async with open_panel(club, log_ins=shown) as base, Clerk(base, club, None) as guest:
        door = await guest.see("/panel/enter")
        assert "To jest pokaz" in door.html
        assert (await guest.send(door.forms[1])).path == "/panel/"
    async with open_panel(club) as base, Clerk(base, club, None) as guest:
        assert "To jest pokaz" not in (await guest.see("/panel/enter")).html
    assert Parts.__dataclass_fields__["log_ins"].default == ()


@pytest.mark.parametrize(
    ("asked", "accepts", "said"),
    [
        ("", "uk-UA,uk;q=0.9", "Вхід"),
        ("?language=en", "uk", "Staff log-in"),
        ("?language=de", "de", "Wejście"),
    ],
)
async def test_the_door_speaks_what_the_browser_asks_for(
    club: Club, asked: str, accepts: str, said: str
) -> None:
    async with open_panel(club) as base, Clerk(base, club, None) as guest:
        door = await guest.see(f"/panel/enter{asked}", headers={"Accept-Language": accepts})
    assert said in door.html
