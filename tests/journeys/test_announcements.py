"""Announcements as they reach people's phones: a closure before dawn, one written late, and one to three hundred."""

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import select

from scheduler.announced import Draft
from scheduler.announcements import compose
from scheduler.announcing import worded
from scheduler.audience import Audience
from scheduler.impact import Closed
from scheduler.linking import new_code
from scheduler.people import link
from scheduler.progress import missed, progress
from scheduler.purposes import Purpose
from scheduler.reasons import Reason
from scheduler.recovery import Recovery
from scheduler.staff import Colleague, Role, add_staff
from storage.database import Transaction
from storage.tables import attempt, message
from tests.journeys.story import Chat, Story
from tests.sandbox.worlds import CLUB

ANNA, OKSANA, PIOTR = "+48501502503", "+48501502504", "+48501502505"
PEOPLE, CHATS, LANDLINES, STOPPED = 300, 20, 10, 5


async def announce(story: Story, draft: Draft) -> int:
    return int(await story.write(lambda tx: compose(tx, story.termin.centre, draft).id))


async def test_a_closure_at_six_in_the_morning_reaches_everybody_once_and_leaves_no_dead_visit(
    story: Story,
) -> None:
    await story.enrols(
        f"Anna Przykładowa,{ANNA},pl,,", f"Oksana Próbna,{OKSANA},uk,,", f"Piotr Zmyślony,{PIOTR},pl,,"
    )
    anna, oksana, piotr = story.phone(ANNA), story.phone(OKSANA), story.phone(PIOTR)
    await story.on("2026-10-05 09:05")
    await anna.asks("psycholog 14.10 10:00")
    await anna.asks("tak")
    await story.on("2026-10-14 06:00")
    for phone in (anna, oksana, piotr):
        await phone.silence()
        phone.seen = (await story.sandbox.get("/messages"))[-1]["n"]

    today = date(2026, 10, 14)
    words = worded({"pl": "Dziś Klub jest zamknięty z powodu awarii wody."}, asks=False)
    closure = Draft(words, Audience(), Purpose.URGENT, Closed(today, today, "awaria"))
    await announce(story, closure)
    assert await piotr.silence() == []
    await story.on("2026-10-14 06:01")

    said = await anna.reads()
    assert said.startswith("Klub: spotkanie dzis, sroda 14.10 godz. 10:00 sie nie odbedzie.")
    assert await piotr.reads() == "Klub: Dzis Klub jest zamkniety z powodu awarii wody."
    assert await oksana.reads() == "Klub: (po polsku) Dzis Klub jest zamkniety z powodu awarii wody."
    await story.on("2026-10-14 12:00")
    assert [await phone.silence() for phone in (anna, oksana, piotr)] == [[], [], []]
    assert [status for _, _, status in await story.visits("2026-10-14")] == ["given_back"]


async def test_one_written_at_ten_in_the_evening_goes_in_the_morning(story: Story) -> None:
    await story.enrols(f"Anna Przykładowa,{ANNA},pl,,")
    anna = story.phone(ANNA)
    await story.on("2026-10-06 22:00")
    await anna.silence()
    words = worded({"pl": "W piątek Klub jest czynny do 12:00.", "uk": "..."}, asks=False)
    await announce(story, Draft(words, Audience()))
    await story.on("2026-10-07 07:59")
    assert await anna.silence() == []
    await story.on("2026-10-07 08:00")
    assert await anna.reads() == "Klub: W piatek Klub jest czynny do 12:00."
    assert await anna.silence() == []


async def test_a_coordinator_announces_from_a_chat_and_reads_the_day_in_the_morning(story: Story) -> None:
    await story.enrols(f"Anna Przykładowa,{ANNA},pl,,")
    anna = story.phone(ANNA)
    await story.on("2026-10-05 09:05")
    await anna.asks("psycholog 14.10 10:00")
    await anna.asks("tak")
    wanda = await _chat_of_staff(story, "Wanda Kierująca", Role.COORDINATOR)
    await anna.silence()
    anna.seen = (await story.sandbox.get("/messages"))[-1]["n"]

    whom = await wanda.asks("/ogloszenie W piątek Klub jest czynny do 12:00.")
    await wanda.presses(whom, "Wszyscy")
    await wanda.presses(await wanda.reads(), "Pilne")
    seen = await wanda.reads()
    assert "SMS: osoby 1, adresy 1" in seen.text
    await wanda.presses(seen, "Wyślij")
    goes = await wanda.reads()
    assert await anna.silence() == []
    await story.on("2026-10-05 09:10")
    assert await anna.reads() == "Klub: W piatek Klub jest czynny do 12:00."
    await wanda.presses(goes, "Jak idzie")
    assert "SMS: razem 1, czeka 0, wysłane 1" in (await wanda.reads()).text

    await story.on("2026-10-14 07:30")
    morning = (await wanda.silence())[-1]
    assert morning.startswith("Klub: środa 14 października\nSpotkania: 1, ")
    assert "10:00 Anna Przykładowa, psycholog" in morning
    rows = await story.read(lambda tx: tx.connection.execute(_OF_STAFF).all())
    assert {(str(row.params), row.body) for row in rows} == {("{}", None)}


_OF_STAFF = (
    select(message.c.params, attempt.c.body)
    .join_from(message, attempt, attempt.c.message_id == message.c.id)
    .where(message.c.purpose == "staff")
)


async def _chat_of_staff(story: Story, name: str, role: Role) -> Chat:
    """Linked with the code that an administrator gives."""
    person_id = await story.write(lambda tx: add_staff(tx, Colleague(name, role)))
    chat = await story.chat(900_100, started=False, phone="+48511512513")
    code = await story.write(lambda tx: new_code(tx, person_id, "staff"))
    await chat.starts(code.replace("-", ""))
    await chat.reads()
    return chat


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # its SQL is tried on both elsewhere
async def test_of_three_hundred_whoever_can_be_reached_is_once_and_the_rest_are_to_be_called(
    story: Story,
) -> None:
    numbers = [f"+48501{600_000 + number}" for number in range(PEOPLE - CHATS - LANDLINES)]
    names = [f"Osoba {chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(PEOPLE)]
    phones = [*numbers, *[""] * (CHATS + LANDLINES)]
    await story.enrols(*[f"{name},{phone},pl,," for name, phone in zip(names, phones, strict=True)])
    assert story.termin.telegram is not None
    account = story.termin.telegram.channel.account
    with_chats = [story.people[name] for name in names[len(numbers) : len(numbers) + CHATS]]
    for number, person_id in enumerate(with_chats):
        chat = await story.chat(800_000 + number, phone="+48511512513")
        await chat.blocks()
        await story.write(
            lambda tx, person_id=person_id, number=number: link(  # type: ignore[misc]
                tx, person_id, "telegram", account, str(800_000 + number)
            )
        )
    for number, name in enumerate(names[len(numbers) + CHATS :]):
        landline = f"+4877483{7700 + number}"  # no import takes one; it came in by another way
        await story.write(lambda tx, who=story.people[name], to=landline: link(tx, who, "sms", CLUB, to))  # type: ignore[misc]
    for number in numbers[:STOPPED]:
        await story.phone(number).texts("STOP")
    await story.settles()
    before = (await story.sandbox.get("/messages"))[-1]["n"]

    words = worded({"pl": "Jutro Klub jest zamknięty."}, asks=False)
    number = await announce(story, Draft(words, Audience(), Purpose.URGENT))
    await story.on("2026-10-05 09:10")
    await story.on("2026-10-05 09:20")

    lanes = [service.lane for service in story.termin.courier.services]
    await Recovery(story.termin.database, story.termin.clock, lanes).look()
    query = {"provider": "twilio", "direction": "out", "after": before}
    sent = [one for one in await story.sandbox.get("/messages", **query) if one["body"].startswith("Klub: J")]
    assert sorted(one["to"] for one in sent) == numbers[STOPPED:]
    await _the_rest_is_to_be_called(story, number, set(names[len(numbers) :]) | set(names[:STOPPED]))


async def _the_rest_is_to_be_called(story: Story, number: int, expected: set[str]) -> None:
    def look(tx: Transaction) -> tuple[set[str], int, int]:
        people = missed(tx, number)
        why = Counter(one.why for one in people)
        assert why[Reason.GONE] == LANDLINES, why
        return {one.full_name for one in people}, len(people), progress(tx, number).left

    assert await story.read(look) == (expected, len(expected), 0)
    assert (await story.todos()).count("todo_announcement") == len(expected)
