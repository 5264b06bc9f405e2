"""A group of seventeen in a room for seven, over six weeks and a clock change."""

from collections import Counter
from datetime import date, time, timedelta

from scheduler.group_split import confirm, propose
from scheduler.groups import add, change, group_called, join
from scheduler.policies import Record, set_policy
from scheduler.session_changes import call_off, move
from scheduler.sessions import Session, coming_sessions
from scheduler.shifts import MOST_SHIFTS
from storage.database import Transaction
from storage.people import staff_of_code
from tests.journeys.story import WARSAW, Chat, Phone, Story, warsaw

DATABASES = ("sqlite",)  # weeks of what each step's own tests try on both
ANNA, OLA = "+48501502503", "+48501502504"
FIRST = date(2026, 10, 6)
SIX_TUESDAYS = [FIRST + timedelta(weeks=n) for n in range(6)]  # the clocks change on 25 October


async def seventeen(story: Story) -> None:
    """Fifteen with phones, one with a chat, one with neither; a room for seven, by the policy."""
    others = [f"Osoba Numer{n},+48600700{n:03},pl,," for n in range(14)]
    await story.enrols(
        f"Anna Przykładowa,{ANNA},pl,,", f"Ola Testowa,{OLA},pl,,", "Marek Bez Telefonu,,pl,,", *others
    )
    centre = story.termin.centre

    def work(tx: Transaction) -> None:
        leader = staff_of_code(tx, "piotr")
        assert leader is not None
        set_policy(tx, Record("group_limit", 7, tx.now))
        group = add(tx, "Warsztaty A", "workshop")
        for person_id in story.people.values():
            join(tx, centre, group, person_id)
        series = {"rule": "FREQ=WEEKLY;BYDAY=TU", "first_day": FIRST, "starts": time(9), "minutes": 60}
        change(tx, centre, group, series | {"room": "110", "leader_id": leader.id})

    await story.write(work)


async def coming(story: Story, name: str) -> list[Session]:
    return await story.read(lambda tx: coming_sessions(tx, [story.people[name]]))


async def read_all(of: Phone | Chat) -> list[str]:
    """Everything that has come since."""
    messages = await of.story.unread(of)
    of.seen = max([of.seen, *(message["n"] for message in messages)])
    return [message["body"] for message in messages]


def clock(one: Session) -> str:
    return f"{one.starts_at.astimezone(WARSAW):%H:%M}"


async def test_seventeen_in_a_room_for_seven_over_six_weeks_and_a_clock_change(story: Story) -> None:
    await seventeen(story)
    centre = story.termin.centre
    anna = story.phone(ANNA)
    ola = await story.linked_chat(700_100_009, "Ola Testowa", phone=OLA)
    await read_all(anna)
    assert await coming(story, "Anna Przykładowa") == []
    assert "todo_group_to_split" in await story.todos()

    split = await story.read(lambda tx: propose(tx, centre, group_called(tx, "warsztaty a")))
    assert sorted(len(one.people) for one in split.shifts) == [5, 6, 6]
    assert len(split.shifts) < MOST_SHIFTS
    await story.write(lambda tx: confirm(tx, centre, group_called(tx, "Warsztaty A")))

    seen: dict[str, dict[date, str]] = {name: {} for name in story.people}

    async def look() -> None:
        for name in story.people:
            seen[name] |= {one.series_day: clock(one) for one in await coming(story, name)}

    await look()
    assert await read_all(anna) == [], "nobody had another time before"
    await story.on("2026-10-12 17:30")
    first_texts = [text for text in await read_all(anna) if "spotkanie" in text]
    assert any(text.startswith("Klub: spotkanie jutro, wtorek 13.10 godz. ") for text in first_texts)
    assert not any("arsztat" in text for text in first_texts), "no group is named"
    assert any("wtorek 13 października" in text for text in await read_all(ola))

    await story.on("2026-10-27 06:00")
    await look()
    await read_all(anna)
    await read_all(ola)
    assert all(len(days.keys() & set(SIX_TUESDAYS)) == 6 for days in seen.values())
    for name, days in seen.items():
        assert Counter(days[day] for day in SIX_TUESDAYS) == {"09:00": 2, "10:30": 2, "12:00": 2}, name

    (today, next_, *_) = await coming(story, "Anna Przykładowa")
    assert today.series_day == date(2026, 10, 27)
    await story.on("2026-10-27 08:05")
    await read_all(anna)
    await story.write(lambda tx: call_off(tx, centre, today.id))
    assert (await anna.reads()).startswith(
        f"Klub: przepraszamy, spotkanie dzis, wtorek 27.10 godz. {clock(today).removeprefix('0')} sie nie odbedzie. "
    )
    assert await read_all(anna) == []

    at = warsaw("2026-11-04 16:00")
    await story.write(lambda tx: move(tx, centre, next_.id, at))
    await story.on("2026-11-01 18:00")
    assert len([text for text in await read_all(anna) if "zamiast" in text]) == 1
    await story.on("2026-11-16 12:00")
    assert [one.series_day for one in await coming(story, "Ola Testowa")][:1] == [date(2026, 11, 17)]
    assert not [one for one in await story.todos() if one.startswith(("todo_clash", "todo_member"))]
