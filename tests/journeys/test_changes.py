"""What the club changes, and what was given back by mistake, as it reaches people's phones."""

from datetime import date

from scheduler.changes import Way, not_today, settle
from scheduler.impact import Closed
from storage.people import staff_of_code
from tests.journeys.story import Story

ANNA, OKSANA = "+48501502503", "+48501502504"


async def test_a_closed_club_proposes_another_time_and_a_yes_has_it(story: Story) -> None:
    await story.enrols(f"Anna Przykładowa,{ANNA},pl,,", f"Oksana Próbna,{OKSANA},uk,,")
    anna, oksana = story.phone(ANNA), story.phone(OKSANA)
    await story.on("2026-10-05 09:05")
    for phone in (anna, oksana):
        await phone.silence()
    await anna.asks("psycholog 14.10 10:00")
    await anna.asks("tak")
    await oksana.asks("психолог 14.10 10:00")
    await oksana.asks("так")

    closed = Closed(date(2026, 10, 14), date(2026, 10, 14), "awaria")
    await story.write(lambda tx: settle(tx, story.termin.centre, closed, Way.ANOTHER_TIME))
    assert (await anna.reads()).startswith(
        "Klub: spotkanie sroda 14.10 godz. 10:00 sie nie odbedzie. Moze byc "
    )
    assert "не відбудеться" in await oksana.reads()

    assert (await anna.asks("TAK")).startswith("Zapisane: ")
    assert "Дякуємо" in await oksana.asks("НІ")
    assert [status for _, _, status in await story.visits("2026-10-14")] == ["given_back", "given_back"]
    assert await anna.silence() == []


async def test_a_specialists_not_today_waits_for_the_coordinator(story: Story) -> None:
    await story.enrols(f"Anna Przykładowa,{ANNA},pl,,")
    anna = story.phone(ANNA)
    await story.on("2026-10-05 09:05")
    await anna.silence()
    await anna.asks("psycholog")
    await anna.asks("1")
    await story.on("2026-10-05 09:10")
    touched = await story.write(
        lambda tx: not_today(tx, story.termin.centre, staff_of_code(tx, "anna").id)  # type: ignore[union-attr]
    )
    assert len(touched) == 1
    assert "todo_not_today" in await story.todos()
    assert [status for _, _, status in await story.visits("2026-10-05")] == ["booked"]
    assert await anna.silence() == []


async def test_cofnij_restores_what_was_given_back(story: Story) -> None:
    await story.enrols(f"Anna Przykładowa,{ANNA},pl,,")
    anna = story.phone(ANNA)
    await story.on("2026-10-05 09:05")
    await anna.silence()
    await anna.asks("psycholog 14.10 10:00")
    await anna.asks("tak")
    assert "COFNIJ" in await anna.asks("odwolaj")
    assert (await anna.asks("cofnij")).startswith("Przywrocone: sroda 14.10 godz. 10:00")
    assert [status for _, _, status in await story.visits("2026-10-14")] == ["booked"]
