"""The page of rules: what holds, what a change touches before it is made, and revoking it."""

from scheduler.policies import policy
from storage.database import Database
from tests.builders import Club, the_centre
from tests.panel.clerk import at_the_panel, on_sqlite

pytestmark = on_sqlite


async def test_a_rule_is_looked_at_then_set_then_revoked(database: Database) -> None:
    club = Club(database, the_centre())

    async with at_the_panel(club) as clerk:
        form = (await clerk.see("/panel/policies/masks")).form("/panel/policies/masks")
        seen = await clerk.send(form, value="off")
        done = await clerk.send(seen.form("/panel/policies/masks/set"))
        held = club.do(lambda tx: policy(tx, club.centre, club.now)).masks
        undone = await clerk.send(done.form("/panel/policies/1/revoke"))

    assert "Nie dotyczy to niczego" in seen.html
    assert ("Zasada ustawiona." in done.html, held) == (True, False)
    assert "Osoba Coordinator" in done.html
    assert "Znowu obowiązuje poprzednia" in undone.html
    assert club.do(lambda tx: policy(tx, club.centre, club.now)).masks


async def test_what_a_rule_cannot_be_is_said_beside_its_field_and_nothing_is_set(database: Database) -> None:
    club = Club(database, the_centre())

    async with at_the_panel(club) as clerk:
        form = (await clerk.see("/panel/policies/buffer_minutes")).form("/panel/policies/buffer_minutes")
        wrong = await clerk.send(form, value="<b>dużo", until="2001-01-01")
        good = await clerk.send(form, value="20")
        late = await clerk.send(
            good.form("/panel/policies/buffer_minutes/set"), value="999", until="not a day"
        )
        unknown = await clerk.see("/panel/policies/curfew")

    assert "Liczba minut od 0 do 240." in wrong.html
    assert "&lt;b&gt;dużo" in wrong.html
    assert "Koniec jest przed początkiem." in wrong.html
    assert (late.status, "Prosimy wpisać dzień" in late.html) == (422, True)
    assert (unknown.status, "Takiej zasady nie ma" in unknown.html) == (409, True)
    assert club.do(lambda tx: policy(tx, club.centre, club.now)).buffer_minutes == 10
