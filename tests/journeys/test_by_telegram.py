"""Linking a chat, booking with buttons, being reminded and answering; by polling and by webhook."""

import re

from scheduler.linking import new_code
from tests.journeys.story import Bubble, Chat, Story

ANNA, PIOTR = "+48501502503", "+48511512513"
ANNAS_CHAT, PIOTRS_CHAT = 700_100_001, 700_100_002


async def anna_linked(story: Story) -> Chat:
    await story.enrols(f"Anna Przykładowa,{ANNA},pl,,")
    return await story.linked_chat(ANNAS_CHAT, "Anna Przykładowa")


async def booked_for_wednesday(chat: Chat) -> Bubble:
    asked = await chat.asks("psycholog środa 9")
    return await pressed(chat, asked, "Zapisuję")


async def pressed(chat: Chat, bubble: Bubble, label: str) -> Bubble:
    await chat.presses(bubble, label)
    return await chat.reads()


async def test_ones_own_contact_links_a_chat_and_buttons_book_an_adviser(telegram_story: Story) -> None:
    story = telegram_story
    await story.enrols(f"Anna Przykładowa,{ANNA},pl,,")
    anna = await story.chat(ANNAS_CHAT, phone=ANNA, started=False)

    await anna.starts()
    assert (await anna.reads()).text.startswith("Dzień dobry, tu automat zapisów na spotkania.")
    assert (await anna.screen())["keyboard"][0][0]["request_contact"] is True
    await anna.shares_contact()
    assert (await anna.reads()).text.startswith("Połączone: Anna.")

    days = await pressed(anna, await anna.asks("/termin"), "Doradca zawodowy")
    assert days.text == "Doradca zawodowy. Prosimy wybrać dzień."
    hours = await pressed(anna, days, next(label for label in days.labels if "6.10" in label))
    assert hours.labels[:2] == ["09:00", "10:00"]
    booked = await pressed(anna, hours, "10:00")

    assert booked.text.startswith("Zapisane: doradca zawodowy, jutro, wtorek 6 października, godz. 10:00")
    assert booked.labels == ["Inny termin", "Odwołuję"]
    assert booked.file is not None
    assert "SUMMARY:Spotkanie\r\n" in booked.file
    assert "DTSTART:20261006T080000Z\r\n" in booked.file
    assert await story.visits("2026-10-06") == [("10:00", "Anna Przykładowa", "booked")]


async def test_a_reminder_is_answered_with_its_buttons(telegram_story: Story) -> None:
    story = telegram_story
    anna = await anna_linked(story)
    await booked_for_wednesday(anna)

    await story.on("2026-10-06 17:00")
    reminder = await anna.reads()
    assert reminder.text.startswith("Klub: spotkanie jutro, środa 7 października, godz. 9:00")
    assert "psycholog" not in reminder.text
    assert (await pressed(anna, reminder, reminder.labels[0])).text.startswith(
        "Dziękujemy, potwierdzone: jutro"
    )

    assert await story.visits("2026-10-07") == [("09:00", "Anna Przykładowa", "confirmed")]


async def test_a_visit_is_moved_and_given_back_with_its_own_buttons(telegram_story: Story) -> None:
    story = telegram_story
    anna = await anna_linked(story)

    days = await pressed(anna, await booked_for_wednesday(anna), "Inny termin")
    hours = await pressed(anna, days, "Środa 7.10")
    moved = await pressed(anna, hours, "11:00")
    assert moved.text.startswith("Przełożone: psycholog, środa 7 października, godz. 11:00")
    assert moved.file is not None
    assert "SEQUENCE:2\r\n" in moved.file, "the calendar moves its entry"
    given_back = await pressed(anna, moved, "Odwołuję")
    if "Tak" in given_back.labels:
        given_back = await pressed(anna, given_back, "Tak")

    assert given_back.text.startswith("Odwołane")
    assert await story.visits("2026-10-07") == [("11:00", "Anna Przykładowa", "given_back")]


async def test_a_button_pressed_twice_books_once(telegram_story: Story) -> None:
    story = telegram_story
    anna = await anna_linked(story)
    asked = await anna.asks("psycholog środa 9")

    await anna.presses(asked, "Zapisuję")
    await anna.presses(asked, "Zapisuję")

    # Only the pace of a chat, which this story leaves out, keeps two calls in their order.
    first, second = sorted([(await anna.reads()).text, (await anna.reads()).text], reverse=True)
    assert first.startswith("Zapisane: psycholog")
    assert second.startswith("Ten termin jest już zapisany: środa 7 października, godz. 9:00")
    assert await anna.silence() == []
    assert await story.visits("2026-10-07") == [("09:00", "Anna Przykładowa", "booked")]


async def test_somebody_elses_button_does_nothing(telegram_story: Story) -> None:
    story = telegram_story
    anna = await anna_linked(story)
    await story.enrols(f"Piotr Próbny,{PIOTR},pl,,")
    piotr = await story.linked_chat(PIOTRS_CHAT, "Piotr Próbny", first_name="Piotr", phone=PIOTR)
    booked = await booked_for_wednesday(anna)
    menu = await piotr.asks("dzień dobry")

    await piotr.sends_press(menu.id, booked.buttons["Odwołuję"])

    assert (await piotr.reads()).text.startswith("Ten przycisk już nie działa.")
    assert await story.visits("2026-10-07") == [("09:00", "Anna Przykładowa", "booked")]


async def test_a_button_pressed_after_the_visit_is_answered_politely(telegram_story: Story) -> None:
    story = telegram_story
    anna = await anna_linked(story)
    await booked_for_wednesday(anna)
    await story.on("2026-10-06 17:00")
    reminder = await anna.reads()

    await story.on("2026-10-07 13:00")
    late = await pressed(anna, reminder, reminder.labels[0])

    assert late.text.startswith("Ten termin już minął: ")
    assert await story.visits("2026-10-07") == [("09:00", "Anna Przykładowa", "booked")]


async def test_every_pressed_button_is_let_go(telegram_story: Story) -> None:
    story = telegram_story
    anna = await anna_linked(story)
    await booked_for_wednesday(anna)

    async def turning() -> int:
        return len(story.sandbox.world.telegram.queries)

    await story.becomes(0, turning)


async def test_a_card_that_is_not_ones_own_links_nothing(telegram_story: Story) -> None:
    story = telegram_story
    await story.enrols(f"Anna Przykładowa,{ANNA},pl,,")
    thief = await story.chat(PIOTRS_CHAT, phone=PIOTR, first_name="Złodziej")
    cards = ({"phone": ANNA}, {"phone": ANNA, "user_id": ANNAS_CHAT}, {"forwarded": True})

    for card in cards:
        await thief.shares_contact(**card)
        assert (await thief.reads()).text.startswith("Potrzebny jest własny numer.")

    assert (await thief.asks("moje")).text.startswith("Tu automat zapisów na spotkania")


async def test_a_code_links_once_and_only_whom_it_was_given_to(telegram_story: Story) -> None:
    story = telegram_story
    await story.enrols(f"Anna Przykładowa,{ANNA},pl,,")
    code = await story.write(lambda tx: new_code(tx, story.people["Anna Przykładowa"]))
    anna, other = await story.chat(ANNAS_CHAT), await story.chat(PIOTRS_CHAT, phone=PIOTR)

    assert (await other.asks("7777-AAAA")).text.startswith("Ten kod nie pasuje.")
    assert (await anna.asks(code.lower())).text.startswith("Połączone: Anna.")
    assert (await other.asks(code)).text.startswith("Ten kod jest już nieważny.")


async def test_who_blocks_the_bot_is_reminded_by_sms_and_can_come_back(telegram_story: Story) -> None:
    story = telegram_story
    anna, phone = await anna_linked(story), story.phone(ANNA)
    await booked_for_wednesday(anna)

    await anna.blocks()
    await story.settles()
    await story.on("2026-10-06 17:00")
    assert (await phone.reads()).startswith("Klub: spotkanie jutro, sroda 7.10 godz. 9:00")
    assert await anna.silence() == []

    await anna.unblocks()
    assert (await anna.asks("moje")).text.startswith("Psycholog: jutro, środa 7 października, godz. 9:00")


async def test_the_menu_lists_the_commands_in_the_persons_language(telegram_story: Story) -> None:
    story = telegram_story
    shown = {}

    async def listed() -> bool:
        for number, language in enumerate(("pl", "uk", "en", "de"), start=700_200_001):
            chat = await story.chat(number, language_code=language)
            shown[language] = [
                command["command"] + " " + command["description"]
                for command in (await chat.screen())["commands"]
            ]
        return all(shown.values()) and shown["uk"] != shown["de"] != shown["en"]

    await story.becomes(True, listed)
    assert shown["pl"] == shown["de"]
    assert shown["pl"][0] == "termin Nowe spotkanie"
    assert len({descriptions[0] for descriptions in shown.values()}) == 3
    assert all(re.fullmatch(r"[a-z]+ .+", line) for lines in shown.values() for line in lines)
