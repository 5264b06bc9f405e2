"""What a group's people answer, by SMS and in a chat: it is theirs alone, and whoever leads the group is told."""

from datetime import date, time

from sqlalchemy import select

from scheduler.booking import book
from scheduler.groups import add, change, join
from scheduler.session_changes import call_off
from scheduler.sessions import Session, coming_sessions
from storage.database import Transaction
from storage.people import staff_of_code
from storage.tables import todo
from tests.journeys.story import Story, warsaw
from tests.journeys.test_a_group import read_all

ANNA, OLA = "+48501502503", "+48501502504"
TUESDAY = date(2026, 10, 13)
WEDNESDAY, AT = date(2026, 10, 14), warsaw("2026-10-14 10:00")


async def a_group_of_two(story: Story, first: date = TUESDAY, weekday: str = "TU") -> None:
    """Tuesdays at nine, or another day; Anna has a phone, Ola a chat."""
    centre = story.termin.centre

    def work(tx: Transaction) -> None:
        leader = staff_of_code(tx, "piotr")
        assert leader is not None
        group = add(tx, "Grupa wsparcia", "support")
        for person_id in story.people.values():
            join(tx, centre, group, person_id)
        series = {
            "rule": f"FREQ=WEEKLY;BYDAY={weekday}",
            "first_day": first,
            "starts": time(9),
            "minutes": 90,
        }
        change(tx, centre, group, series | {"room": "110", "leader_id": leader.id})

    await story.write(work)


async def first_of(story: Story, name: str) -> Session:
    coming = await story.read(lambda tx: coming_sessions(tx, [story.people[name]]))
    return coming[0]


async def to_read(story: Story) -> list[str]:
    """What whoever leads the group has to read still."""
    asked = select(todo.c.text).where(todo.c.done_at.is_(None), todo.c.text.like("todo_%coming%"))
    return await story.read(lambda tx: list(tx.connection.execute(asked).scalars()))


async def test_a_no_is_told_to_the_leader_and_a_changed_mind_has_the_place_again(story: Story) -> None:
    await story.enrols(f"Anna Przykładowa,{ANNA},pl,,", f"Ola Testowa,{OLA},pl,,")
    await a_group_of_two(story)
    anna = story.phone(ANNA)
    ola = await story.linked_chat(700_100_009, "Ola Testowa", phone=OLA)
    await story.on("2026-10-12 17:30")
    texts = [*await read_all(anna), *await read_all(ola)]
    assert len([text for text in texts if "jutro, wtorek 13" in text]) == 2
    assert not any("wsparcia" in text for text in texts), "no group is named"

    assert (await anna.asks("nie")).startswith("Dziekujemy za wiadomosc. Zapisana nieobecnosc: jutro, ")
    assert "potwierdzone" in (await ola.asks("tak")).text
    assert await to_read(story) == ["todo_not_coming"]
    assert (await first_of(story, "Anna Przykładowa")).series_day > TUESDAY
    assert (await first_of(story, "Ola Testowa")).series_day == TUESDAY

    assert (await anna.asks("cofnij")).startswith("Obecnosc przywrocona: jutro, wtorek 13.10 godz. 9:00")
    assert (await first_of(story, "Anna Przykładowa")).series_day == TUESDAY
    assert await to_read(story) == []

    assert "nieobecność" in (await ola.asks("nie")).text
    assert (await first_of(story, "Ola Testowa")).series_day == TUESDAY, "asked about, after a yes"
    assert "nieobecność" in (await ola.asks("tak")).text
    assert (await first_of(story, "Ola Testowa")).series_day > TUESDAY


async def test_a_session_called_off_in_the_morning_is_told_once_and_nothing_more_is_asked(
    story: Story,
) -> None:
    await story.enrols(f"Anna Przykładowa,{ANNA},pl,,", f"Ola Testowa,{OLA},pl,,")
    await a_group_of_two(story)
    anna = story.phone(ANNA)
    ola = await story.linked_chat(700_100_009, "Ola Testowa", phone=OLA)
    await story.on("2026-10-13 07:45")
    await read_all(anna)
    await read_all(ola)
    session = await first_of(story, "Anna Przykładowa")

    await story.write(lambda tx: call_off(tx, story.termin.centre, session.id))

    assert "sie nie odbedzie" in await anna.reads()
    assert "się nie odbędzie" in (await ola.reads()).text
    assert "COFNIJ" not in await anna.asks("nie"), "there is nothing to give back"
    await story.on("2026-10-13 12:00")
    assert await read_all(anna) == []
    assert "todo_not_coming" not in await story.todos()


async def test_a_member_who_has_a_visit_is_left_out_and_staff_are_told(story: Story) -> None:
    await story.enrols(f"Anna Przykładowa,{ANNA},pl,,", f"Ola Testowa,{OLA},pl,,")
    centre = story.termin.centre
    anna_id = story.people["Anna Przykładowa"]
    await story.write(lambda tx: book(tx, centre, person_id=anna_id, service="psychologist", starts_at=AT))
    await a_group_of_two(story, WEDNESDAY, "WE")

    assert (await first_of(story, "Anna Przykładowa")).series_day > WEDNESDAY
    assert (await first_of(story, "Ola Testowa")).series_day == WEDNESDAY
    assert (await story.todos()).count("todo_member_busy") == 1
