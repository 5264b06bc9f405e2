"""Booking, being reminded, answering and changing, from any phone that can send an SMS."""

from tests.journeys.story import Story

ANNA, SHARED, OKSANA = "+48501502503", "+48601602603", "+48511512513"
FREE = (
    "Psycholog, wolne:\n1) poniedzialek 5.10 godz. 11:00\n2) poniedzialek 5.10 godz. 12:00\n3) sroda 7.10 godz. 9:00\n"
    "Prosimy odpisac sama cyfre, np. 1. Inne: 0"
)
BOOKED = (
    "Zapisane: sroda 7.10 godz. 9:00, ul. Reja 2a, pokoj 104. Przypomnimy. Zmiana: ZMIEN. Odwolanie: ODWOLAJ"
)
REMINDER = "Klub: spotkanie jutro, sroda 7.10 godz. 9:00, ul. Reja 2a, pokoj 104. TAK - bede, NIE - nie bede, ZMIEN - inny dzien"


async def test_somebody_books_a_psychologist_is_reminded_the_day_before_and_confirms(story: Story) -> None:
    await story.enrols(f"Anna Przykładowa,{ANNA},pl,,")
    anna = story.phone(ANNA)

    assert await anna.asks("psycholog") == FREE
    assert await anna.asks("3") == BOOKED
    assert await story.visits("2026-10-07") == [("09:00", "Anna Przykładowa", "booked")]

    await story.on("2026-10-06 17:00")
    assert await anna.reads() == REMINDER
    assert (await anna.asks("Tak, będę!")).startswith(
        "Dziekujemy, potwierdzone: jutro, sroda 7.10 godz. 9:00."
    )
    assert await story.visits("2026-10-07") == [("09:00", "Anna Przykładowa", "confirmed")]

    await story.on("2026-10-07 12:00")
    assert await anna.silence() == []


async def test_nie_gives_the_time_back_and_somebody_else_can_have_it(story: Story) -> None:
    await story.enrols(f"Anna Przykładowa,{ANNA},pl,,", f"Piotr Próbny,{OKSANA},pl,,")
    anna, piotr = story.phone(ANNA), story.phone(OKSANA)
    await anna.asks("psycholog")
    await anna.asks("3")
    assert "sroda 7.10 godz. 9:00" not in await piotr.asks("psycholog")

    await story.on("2026-10-06 17:00")
    await anna.reads()
    assert (await anna.asks("NIE")).startswith(
        "Odwolane: jutro, sroda 7.10 godz. 9:00. Dziekujemy za wiadomosc. Pomylka? Do 17:15 mozna odpisac COFNIJ."
    )

    assert await story.visits("2026-10-07") == [("09:00", "Anna Przykładowa", "given_back")]
    assert "sroda 7.10 godz. 9:00" not in await piotr.asks("psycholog")
    await story.on("2026-10-06 17:20")
    assert "sroda 7.10 godz. 9:00" in await piotr.asks("psycholog")


async def test_zmien_offers_other_times_and_moves_the_visit(story: Story) -> None:
    await story.enrols(f"Anna Przykładowa,{ANNA},pl,,")
    anna = story.phone(ANNA)
    await anna.asks("psycholog")
    await anna.asks("3")

    await story.on("2026-10-06 17:00")
    await anna.reads()
    others = await anna.asks("zmień")
    assert others.startswith("Obecny termin zostaje do wyboru nowego. Wolne:\n1) ")
    assert (
        await anna.asks("2")
        == "Przelozone na: jutro, sroda 7.10 godz. 11:00, ul. Reja 2a, pokoj 104. Zmiana: ZMIEN. Odwolanie: ODWOLAJ"
    )

    assert await story.visits("2026-10-07") == [("11:00", "Anna Przykładowa", "booked")]
    await story.on("2026-10-07 12:00")
    assert await anna.silence() == [], (
        "the reminder of the old time was withdrawn, and a new one would come too late"
    )


async def test_a_wish_with_one_fitting_time_is_asked_back_and_taken_with_tak(story: Story) -> None:
    await story.enrols(f"Anna Przykładowa,{ANNA},pl,,")
    anna = story.phone(ANNA)

    assert await anna.asks("doradca jutro 10") == (
        "Doradca: jutro, wtorek 6.10 godz. 10:00, ul. Reja 2a, pokoj 103. TAK - zapisuje, NIE - inny termin"
    )
    assert (await anna.asks("tak")).startswith("Zapisane: jutro, wtorek 6.10 godz. 10:00")
    assert await story.visits("2026-10-06") == [("10:00", "Anna Przykładowa", "booked")]


async def test_odwolaj_gives_the_only_visit_back(story: Story) -> None:
    await story.enrols(f"Anna Przykładowa,{ANNA},pl,,")
    anna = story.phone(ANNA)
    await anna.asks("psycholog")
    await anna.asks("3")

    answer = await anna.asks("odwołaj")
    if answer.startswith("Odwolac spotkanie"):
        answer = await anna.asks("tak")

    assert answer.startswith("Odwolane: ")
    assert await story.visits("2026-10-07") == [("09:00", "Anna Przykładowa", "given_back")]
    await story.on("2026-10-07 12:00")
    assert await anna.silence() == []


async def test_two_who_share_a_phone_are_told_apart_by_their_first_names(story: Story) -> None:
    await story.enrols(f"Jan Próbny,{SHARED},pl,,", f"Ewa Próbna,{SHARED},pl,,")
    phone = story.phone(SHARED)

    assert (
        await phone.asks("psycholog") == "Kogo to dotyczy?\n1) Jan\n2) Ewa\nProsimy odpisac sama cyfre, np. 1"
    )
    free = await phone.asks("2")
    assert "psycholog" not in free.lower(), "who reads along does not learn to whom she goes"
    assert (await phone.asks("3")).startswith("Zapisane: sroda 7.10")
    assert await story.visits("2026-10-07") == [("09:00", "Ewa Próbna", "booked")]

    await story.on("2026-10-06 17:00")
    assert (await phone.reads()).startswith("Klub: Ewa, spotkanie jutro, sroda 7.10 godz. 9:00")
    await phone.asks("tak")
    assert await story.visits("2026-10-07") == [("09:00", "Ewa Próbna", "confirmed")]


async def test_a_stranger_is_told_how_to_join_and_nothing_else(story: Story) -> None:
    await story.enrols(f"Anna Przykładowa,{ANNA},pl,,")
    stranger = story.phone("+48721722723")

    answers = {await stranger.asks(words) for words in ("psycholog", "1", "czy Anna jest u was?")}

    assert answers == {
        "Tu automat zapisow na spotkania, ul. Reja 2a. Jak dolaczyc: tel. 77 483 77 23 wew. 103 albo pokoj 102, I pietro"
    }
    assert await story.visits("2026-10-05") == []


async def test_who_speaks_ukrainian_is_answered_and_reminded_in_ukrainian(story: Story) -> None:
    await story.enrols(f"Oksana Zrazkova,{OKSANA},uk,,")
    oksana = story.phone(OKSANA)

    assert (await oksana.asks("психолог")).startswith("Психолог, вільно:\n1) понеділок 5.10")
    await oksana.asks("3")
    await story.on("2026-10-06 17:00")
    assert (await oksana.reads()).startswith("Klub: зустріч завтра, середа 7.10 о 9:00")
    await oksana.asks("так")

    assert await story.visits("2026-10-07") == [("09:00", "Oksana Zrazkova", "confirmed")]


async def test_stop_silences_reminders_and_tells_staff_and_start_opens_again(story: Story) -> None:
    await story.enrols(f"Anna Przykładowa,{ANNA},pl,,")
    anna = story.phone(ANNA)
    await anna.asks("psycholog")
    await anna.asks("3")

    await anna.texts("STOP")
    await story.on("2026-10-06 17:00")
    assert [text for text in await anna.silence() if text.startswith("Klub:")] == []
    assert await story.visits("2026-10-07") == [("09:00", "Anna Przykładowa", "booked")]
    assert "todo_stopped" in await story.todos()

    await anna.texts("START")
    assert [text for text in await anna.silence() if "znow wlaczone" in text]
    await story.on("2026-10-08 09:00")
    await anna.texts("psycholog")
    [*_, free] = await anna.silence()
    assert free.startswith("Psycholog, wolne")


async def test_the_same_sms_delivered_twice_is_one(story: Story) -> None:
    await story.enrols(f"Anna Przykładowa,{ANNA},pl,,")
    anna = story.phone(ANNA)
    await anna.asks("psycholog")

    await story.sandbox.trouble("twilio", "repeat")
    await anna.asks("3")

    assert await anna.silence() == []
    assert await story.visits("2026-10-07") == [("09:00", "Anna Przykładowa", "booked")]
    assert len(await story.taken_in()) == 2


async def test_receipts_end_in_the_ledger(story: Story) -> None:
    await story.enrols(f"Anna Przykładowa,{ANNA},pl,,")
    anna = story.phone(ANNA)
    await anna.asks("pomoc")
    await story.sandbox.trouble("twilio", "status", outcome="undelivered", code=30006)
    await anna.asks("moje")

    async def statuses() -> list[tuple[str, str | None]]:
        return [(row.status.value, row.attempts[-1].error) for row in await story.ledger()]

    await story.becomes([("delivered", None), ("failed", "30006")], statuses)
    assert "todo_reply_not_reached" in await story.todos()
