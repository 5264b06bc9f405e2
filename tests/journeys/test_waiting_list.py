"""A time that is given back at noon, and four who wait for it, two of whom answer in the same second."""

import asyncio
from dataclasses import dataclass

from tests.journeys.story import Chat, Phone, Story

MARIA, ZOFIA, ANNA, PIOTR = (f"+4850150250{number}" for number in range(4))
WISH, DAY = "psycholog 14.10 10:00", "2026-10-14"
OFFER = (
    "Klub: wolny termin sroda 14.10 godz. 10:00. TAK - biore, NIE. Do 13:16 decyduje pierwsza odpowiedz. "
    "Biuro 77 483 77 23"
)
FASTER = "Ktos byl szybszy i ten termin jest juz zajety. Miejsce na liscie zostaje"


@dataclass
class Four:
    """Who waits, whoever waits longest first: by SMS and in a chat; and who has the time."""

    anna: Phone
    ola: Chat
    piotr: Phone
    iga: Chat
    maria: Phone

    async def unread(self) -> list[str]:
        return [text for one in (self.anna, self.ola, self.piotr, self.iga) for text in await one.silence()]


async def four_wait(story: Story) -> Four:
    """Both psychologists' hour is taken, and four wait for it."""
    await story.enrols(
        f"Maria Pierwsza,{MARIA},pl,,",
        f"Zofia Druga,{ZOFIA},pl,,",
        f"Anna Przykładowa,{ANNA},pl,,",
        f"Piotr Próbny,{PIOTR},pl,,",
        "Ola Czatowa,+48501502505,pl,,",
        "Iga Czatowa,+48501502506,pl,,",
    )
    ola, iga = await story.linked_chat(900001, "Ola Czatowa"), await story.linked_chat(900002, "Iga Czatowa")
    maria, zofia, anna, piotr = (story.phone(number) for number in (MARIA, ZOFIA, ANNA, PIOTR))
    for holder in (maria, zofia):
        assert "TAK - zapisuje" in await holder.asks(WISH)
        await holder.asks("tak")
    for phone, words in ((anna, "nie ma wolnych? poczekam"), (piotr, "dajcie znać, jak się zwolni")):
        assert "brak wolnych" in await phone.asks(WISH)
        assert "lista oczekujacych do sroda 14.10" in await phone.asks(words)
        chat = ola if phone is anna else iga
        await chat.presses(await chat.asks(WISH), "Poczekam na termin")
        assert "lista oczekujących" in (await chat.reads()).text
    return Four(anna, ola, piotr, iga, maria)


async def test_two_answer_in_the_same_second_and_one_has_it(telegram_story: Story) -> None:
    story = telegram_story
    four = await four_wait(story)
    await story.on("2026-10-05 12:00")
    assert (await four.maria.asks("odwolaj")).startswith("Odwolane")
    await story.on("2026-10-05 12:14")
    assert await four.unread() == []

    await story.on("2026-10-05 12:16")
    assert await four.anna.reads() == OFFER
    bubble = await four.ola.reads()
    assert bubble.labels == ["Zapisuję", "Nie"]
    assert await four.unread() == [], "two are asked at a time"

    await asyncio.gather(four.anna.texts("TAK"), four.ola.presses(bubble, "Zapisuję"))
    by_sms, in_chat = await four.anna.reads(), (await four.ola.reads()).text
    has_it = by_sms.startswith("Zapisane: sroda 14.10 godz. 10:00")
    assert has_it != in_chat.startswith("Zapisane")
    assert (in_chat if has_it else by_sms).startswith(("Ktoś był szybszy", FASTER))
    standing = [name for _, name, status in await story.visits(DAY) if status == "booked"]
    assert sorted(standing) == sorted(["Zofia Druga", "Anna Przykładowa" if has_it else "Ola Czatowa"])

    await story.on("2026-10-05 12:20")
    assert await four.unread() == [], "there is nothing left to offer"
    if has_it:
        await four.anna.texts("odwolaj")
    else:
        await four.ola.writes("odwołaj")
    await story.on("2026-10-05 12:40")
    assert (await four.piotr.reads()).startswith("Klub: wolny termin sroda 14.10 godz. 10:00")
    assert (await four.iga.reads()).text.startswith("Klub: wolny termin")
