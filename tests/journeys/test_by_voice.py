"""Calls to the number: put through in the office's hours; outside of them, or if nobody answers, staff are to call back."""

from collections.abc import AsyncIterator
from datetime import date
from xml.etree.ElementTree import Element, fromstring

import pytest
from sqlalchemy import insert, select, update
from twilio.request_validator import RequestValidator

from storage.tables import closure, person, todo
from tests.journeys.story import Story, a_story
from tests.sandbox.worlds import SECRET

ANNA, STRANGER, HIDDEN = "+48501502503", "+48601999999", "+266696687"
MISSED = ("no-answer", "busy", "failed", "canceled")

# What is kept of a call is a to-do; those are tried on both databases where they are made.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def story(database_url: str) -> AsyncIterator[Story]:
    """Monday 5 October 2026, 9:00."""
    async with a_story(database_url) as story:
        await story.enrols(f"Anna Przykładowa,{ANNA},pl,,")
        yield story


async def calls(story: Story, number: str = ANNA) -> Element:
    return await rings(story, "/twilio/voice", {"CallSid": "CA1", "From": number})


async def rings(story: Story, path: str, form: dict[str, str]) -> Element:
    signature = RequestValidator(SECRET).compute_signature(story.url + path, form)
    async with story.sandbox.http.post(
        story.url + path, data=form, headers={"X-Twilio-Signature": signature}
    ) as answer:
        assert (answer.status, answer.content_type) == (200, "text/xml")
        return fromstring(await answer.text())


def said(heard: Element) -> str:
    return " ".join(say.text or "" for say in heard.iter("Say"))


async def todos(story: Story) -> list[tuple[str, int | None, bool]]:
    rows = await story.read(lambda tx: tx.connection.execute(select(todo).order_by(todo.c.id)).all())
    return [(row.text, row.person_id, "address_id" in row.params) for row in rows]


async def test_in_the_offices_hours_a_caller_is_put_through_with_the_extension(story: Story) -> None:
    heard = await calls(story)
    number = heard.find("Dial/Number")

    assert said(heard).startswith("Dzień dobry. Tu automat zapisów na spotkania, Klub Integracji Społecznej")
    assert {say.get("language") for say in heard.iter("Say")} == {"pl-PL"}
    assert number is not None
    assert (number.text, number.get("sendDigits")) == ("+48774837723", "wwww103")
    assert await todos(story) == []


async def test_after_hours_on_weekends_and_on_holidays_the_hours_are_said(story: Story) -> None:
    for moment in ("2026-10-05 15:30", "2026-10-06 21:00", "2026-10-10 10:00", "2026-11-11 10:00"):
        await story.on(moment)
        before = (await todos(story)).count(("todo_missed_call", story.people["Anna Przykładowa"], False))
        heard = await calls(story)

        assert heard.find("Dial") is None, moment
        assert "Godziny: od poniedziałku do piątku, 7:30-15:30." in said(heard), moment
        assert "Prośba o telefon jest zapisana." in said(heard), moment
        after = (await todos(story)).count(("todo_missed_call", story.people["Anna Przykładowa"], False))
        assert after == before + 1, moment


async def test_on_a_day_that_the_club_is_closed_nobody_is_rung(story: Story) -> None:
    day = date(2026, 10, 5)
    row = insert(closure).values(first_day=day, last_day=day, reason="szkolenie")
    await story.write(lambda tx: tx.connection.execute(row))

    assert (await calls(story)).find("Dial") is None


async def test_a_call_that_nobody_takes_or_that_fails_is_a_todo(story: Story) -> None:
    numbers = [ANNA, *(f"{STRANGER[:-1]}{n}" for n in range(3))]
    for number, became in zip(numbers, MISSED, strict=True):
        form = {"CallSid": "CA1", "From": number, "DialCallStatus": became}
        assert said(await rings(story, "/twilio/voice/after", form)).startswith("Nikt teraz nie odbiera.")

    strangers = [("todo_missed_call", None, True)] * 3
    assert await todos(story) == [("todo_missed_call", story.people["Anna Przykładowa"], False), *strangers]


async def test_a_call_that_was_taken_ends_without_a_word(story: Story) -> None:
    heard = await rings(
        story, "/twilio/voice/after", {"CallSid": "CA1", "From": ANNA, "DialCallStatus": "completed"}
    )

    assert [part.tag for part in heard] == ["Hangup"]
    assert await todos(story) == []


async def test_however_often_somebody_calls_it_is_one_todo_a_day(story: Story) -> None:
    await story.on("2026-10-05 16:00")
    for _ in range(3):
        await calls(story)

    assert len(await todos(story)) == 1


async def test_an_unknown_caller_is_a_todo_with_the_number_where_staff_need_it(story: Story) -> None:
    await story.on("2026-10-05 16:00")
    heard = await calls(story, STRANGER)

    assert "Prośba o telefon jest zapisana." in said(heard)
    assert await todos(story) == [("todo_missed_call", None, True)]


async def test_a_caller_who_hides_the_number_is_told_when_to_call(story: Story) -> None:
    await story.on("2026-10-05 16:00")
    for number in (HIDDEN, "anonymous", ""):
        assert "Prosimy zadzwonić w tych godzinach." in said(await calls(story, number)), number
    assert await todos(story) == []


async def test_whoever_wants_no_calls_is_written_to(story: Story) -> None:
    await story.write(lambda tx: tx.connection.execute(update(person).values(writes_only=True)))
    await story.on("2026-10-05 16:00")
    await calls(story)

    assert [text for text, _, _ in await todos(story)] == ["todo_write_back"]


async def test_a_forged_call_changes_nothing(story: Story) -> None:
    await story.on("2026-10-05 16:00")
    for path in ("/twilio/voice", "/twilio/voice/after"):
        async with story.sandbox.http.post(story.url + path, data={"From": ANNA}) as answer:
            assert answer.status == 403, path
    assert await todos(story) == []
