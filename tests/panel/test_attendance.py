"""Who was at a session of a group, entered at the panel."""

import pytest

from scheduler.presence import Line, Presence, sheet
from scheduler.sessions import sessions_between
from storage.database import Database
from tests.builders import Club, the_centre, warsaw
from tests.panel.clerk import at_the_panel, on_sqlite
from tests.panel.test_today import TUESDAY, a_session

pytestmark = on_sqlite
NAMES = ("Anna Grupowa", "Jan Grupowy", "Zofia <i>Grupowa")


@pytest.fixture
def club(database: Database) -> Club:
    """On Tuesday, an hour before the session."""
    club = Club(database, the_centre(), now=warsaw("2026-10-05", "08:00"))
    a_session(club, names=NAMES)
    club.now = warsaw(TUESDAY, "11:00")
    return club


def session_id(club: Club) -> int:
    span = warsaw(TUESDAY, "00:00"), warsaw(TUESDAY, "23:00")
    return int(club.do(lambda tx: sessions_between(tx, span))[0].id)


def listed(club: Club) -> list[Line]:
    number = session_id(club)
    return club.do(lambda tx: sheet(tx, number))  # type: ignore[no-any-return]


def entered(club: Club) -> list[Presence | None]:
    return [line.presence for line in listed(club)]


async def test_who_was_there_is_entered_with_a_tick_each_or_of_all_the_others_at_once(club: Club) -> None:
    club.now = warsaw(TUESDAY, "13:00")
    path, lines = f"/panel/sessions/{session_id(club)}", listed(club)
    jan = f"p{lines[1].person_id}"

    async with at_the_panel(club) as clerk:
        form = (await clerk.see(path)).form(path)
        form.fields.append((jan, "absent"))
        seen = await clerk.send(form)
        assert entered(club) == [None, Presence.ABSENT, None]
        assert "Lista obecności zapisana." in seen.html
        seen = await clerk.send(seen.form(path), press="rest")
        assert entered(club) == [Presence.PRESENT, Presence.ABSENT, Presence.PRESENT]
        assert "Zofia &lt;i&gt;Grupowa" in seen.html
        await clerk.send(seen.form(path), **{jan: "excused"})
        assert entered(club) == [Presence.PRESENT, Presence.EXCUSED, Presence.PRESENT]
        assert "obecne: 2" in (await clerk.see("/panel/")).html


async def test_before_it_begins_only_an_excuse_can_be_entered(club: Club) -> None:
    path, lines = f"/panel/sessions/{session_id(club)}", listed(club)
    anna = f"p{lines[0].person_id}"

    async with at_the_panel(club) as clerk:
        form = (await clerk.see(path)).form(path)
        forced = await clerk.post(path, {**dict(form.fields), anna: "present"})
        assert (forced.status, entered(club)) == (409, [None, None, None])
        form.fields.append((anna, "excused"))
        await clerk.send(form)
        assert entered(club) == [Presence.EXCUSED, None, None]
        assert (await clerk.see("/panel/sessions/9999")).status == 409
