"""Staff at work in Telegram: somebody who phones is booked, and the club is closed at once."""

from scheduler.linking import new_code
from scheduler.staff import Colleague, Role, add_staff
from storage.database import Transaction
from tests.journeys.story import Chat, Story

ANNA, PIOTR = "+48501502503", "+48511512513"
EWAS_CHAT = 900_100_001


async def ewas_chat(story: Story) -> Chat:
    """Linked by the code that her office gave her, carried by a link to the bot."""

    def work(tx: Transaction) -> str:
        return new_code(tx, add_staff(tx, Colleague("Ewa Koordynatorka", Role.COORDINATOR)), "staff")

    chat = await story.chat(EWAS_CHAT, phone="+48600000001", started=False)
    await chat.starts((await story.write(work)).replace("-", ""))
    assert "/umow" in (await chat.reads()).text
    return chat


async def books(chat: Chat, whom: str, *labels: str) -> str:
    await chat.asks("/umow")
    shown = await chat.asks(whom)
    for label in labels:
        await chat.presses(shown, label)
        shown = await chat.reads()
    return shown.text


async def test_whoever_phones_is_booked_and_a_closure_tells_everybody_who_is_due(
    telegram_story: Story,
) -> None:
    story = telegram_story
    await story.enrols(f"Anna Przykładowa,{ANNA},pl,,", f"Piotr Zmyślony,{PIOTR},pl,,")
    await story.on("2026-10-07 09:00")
    anna, piotr, ewa = story.phone(ANNA), story.phone(PIOTR), await ewas_chat(story)

    said = await books(ewa, "przykł", "Psycholog", "Środa 7.10", "11:00")
    assert said.startswith("Zapisane: Anna Przykładowa (…503), psycholog, dziś, środa 7 października")
    assert (await anna.reads()).startswith("Klub: zapisane spotkanie dzis, sroda 7.10 godz. 11:00")
    await books(ewa, "2513", "Psycholog", "Środa 7.10", "12:00")
    await piotr.reads()
    assert (
        await piotr.asks("TAK")
        == "Dziekujemy, potwierdzone: dzis, sroda 7.10 godz. 12:00. Zmiana: ZMIEN. Odwolanie: ODWOLAJ"
    )

    question = await ewa.asks("/zamkniete")
    assert "11:00 Anna Przykładowa" in question.text
    assert question.labels == ["Tak, zamykam", "Anuluj"]
    await ewa.presses(question, "Tak, zamykam")
    assert (await ewa.reads()).text.startswith("Klub jest dziś zamknięty od teraz. Odwołane spotkania: 2.")
    for phone in (anna, piotr):
        assert "sie nie odbedzie" in await phone.reads()
    assert [status for _, _, status in await story.visits("2026-10-07")] == ["given_back"] * 2
    assert [await phone.silence() for phone in (anna, piotr)] == [[], []]

    told = [row.text for row in await story.ledger() if row.purpose == "advice"]
    assert told == [None] * len(told), "what staff read of others is forgotten once it is sent"
