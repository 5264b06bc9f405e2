"""A cry for help and words of illness over HTTP: what is answered, and that the database keeps neither."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from scheduler.todo_list import open_todos
from storage.database import Transaction
from storage.tables import metadata
from tests.journeys.story import Story, a_story

ANNA, STRANGER = "+48501502503", "+48601999999"


@pytest.fixture
async def story(database_url: str) -> AsyncIterator[Story]:
    """Monday 5 October 2026, 9:00."""
    async with a_story(database_url) as story:
        await story.enrols(f"Anna Przykładowa,{ANNA},pl,,")
        yield story


def everything(tx: Transaction) -> str:
    """All that the database holds."""
    rows = [row for table in metadata.sorted_tables for row in tx.connection.execute(select(table))]
    return "\n".join(str(row._mapping) for row in rows).casefold()


async def test_a_cry_is_answered_at_once_and_nothing_that_is_kept_tells_of_it(story: Story) -> None:
    answer = await story.phone(ANNA).asks("nie chce juz zyc")
    await story.settles()
    kept = await story.read(everything)

    assert answer.startswith("Prosimy nie czekac. Pomoc od razu: 112.")
    assert await story.taken_in() == [("other", "handled")]
    for word in ("zyc", "crisis", "kryzys", "116 123", "pomoc od razu"):
        assert word not in kept


async def test_staff_are_told_to_phone_today_and_whom(story: Story) -> None:
    await story.phone(ANNA).asks("nie chce juz zyc")
    await story.phone(STRANGER).asks("не хочу жити")
    termin = story.termin
    listed = await story.read(lambda tx: open_todos(tx, termin.centre, termin.composer))

    assert [(todo.text, todo.urgent) for todo in listed] == [
        ("Prosimy zadzwonić dzisiaj: Anna Przykładowa.", True),
        (f"Prosimy zadzwonić dzisiaj: {STRANGER}.", True),
    ]


async def test_nothing_that_is_kept_tells_who_is_ill(story: Story) -> None:
    answer = await story.phone(ANNA).asks("mam goraczke, jestem chora")
    await story.settles()
    kept = await story.read(everything)

    assert answer.startswith("W razie objawow:")
    assert await story.taken_in() == [("other", "handled")]
    for word in ("goraczk", "chora", "objaw", "advice_steps"):
        assert word not in kept
