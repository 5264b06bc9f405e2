"""Days and days of 44 people in three languages, in which they write of illness and despair: none of it is to be found afterwards."""

import asyncio
import itertools
import logging
import random
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from scheduler.policies import Record, set_policy
from scheduler.redaction import Redaction
from storage.database import Transaction
from storage.tables import metadata
from tests.examples import examples
from tests.journeys.story import Chat, Phone, Story

FIRST = date(2026, 10, 5)
# So many days, and who is asked each morning how they are. By then all that is told was told; the whole month in the soak.
LIVES = {"sqlite": (examples(8, most=28), "visits"), "postgresql": (4, "daily")}
A_DAY = 7  # messages

# What they do, by language: only closed words, which the bot may keep the meaning of.
DEEDS = {
    "pl": ("psycholog", "1", "doradca", "2", "moje", "TAK", "NIE", "ZMIEN", "odwolaj", "cofnij", "oddzwon", "porady", "0"),
    "uk": ("психолог", "1", "радник", "2", "мої", "так", "ні", "змінити", "скасувати", "передзвоніть"),
    "en": ("psychologist", "1", "adviser", "2", "my visits", "ok", "change", "call me"),
}  # fmt: skip

# What they tell, and the word of it that nobody else says: not the bot, and not the club's own file.
TOLD = {
    "pl": (
        ("nie przyjde bo mam goraczke 39 i leze", "goraczke"),
        ("Jestem chory, grypa mnie zlozyla", "grypa"),
        ("córka ma ospę, nie mogę wyjść", "ospe"),
        ("spóźnię się 10 min bo komornik jest u mnie", "komornik"),
        ("nie chce mi sie zyc odkad zona odeszla", "odeszla"),
        ("chce ze soba skonczyc, mam juz tabletki", "tabletki"),
        ("przepraszam, ale pilem wczoraj wodke", "wodke"),
        ("bylem w wiezieniu czy moge przyjsc", "wiezieniu"),
        ("oddzwońcie, mąż mnie bije", "bije"),
        ("mam raka i jutro chemia, odwolajcie", "chemia"),
        ("śpię na dworcu, nie mam gdzie sie umyc", "dworcu"),
        ("tak przyjde tylko kaszle krwia", "krwia"),
    ),
    "uk": (
        ("не прийду, у мене температура 39", "температура"),
        ("я хвора, застудилась сильно", "застудилась"),
        ("не хочу жити після фронту", "фронту"),
        ("запізнюся, чоловік п'яний побив мене", "побив"),
        ("у дитини вітрянка, можна прийти пізніше?", "вітрянка"),
    ),
    "en": (
        ("can't come, my fever is terrible", "terrible"),
        ("I want to kill myself since the eviction", "eviction"),
        ("I am ill, it is covid again", "covid"),
        ("late 10 min, hangover sorry", "hangover"),
    ),
}  # fmt: skip
WORDS = frozenset(word for told in TOLD.values() for _, word in told)


@dataclass(frozen=True)
class Someone:
    """A participant, and where they write from."""

    language: str
    device: Phone | Chat

    async def writes(self, text: str) -> None:
        if isinstance(self.device, Chat):
            await self.device.writes(text)
        else:
            assert await self.device.texts(text) == 200


async def the_town(story: Story) -> list[Someone]:
    """44 people; some of them share a phone, every eighth has Telegram."""
    names = [f"Osoba{chr(65 + number // 26)}{chr(97 + number % 26)} Zmyślona" for number in range(44)]
    languages = ["pl"] * 22 + ["uk"] * 12 + ["en"] * 10
    numbers = [f"+4850{1000000 + number - (number % 11 == 1)}" for number in range(44)]
    rows = [",".join((*person, "", "")) for person in zip(names, numbers, languages, strict=True)]
    await story.enrols(*rows)
    return [
        Someone(
            language,
            await story.linked_chat(880000 + number, name, phone=phone, language_code=language)
            if number % 8 == 3
            else story.phone(phone),
        )
        for number, (name, phone, language) in enumerate(zip(names, numbers, languages, strict=True))
    ]


async def live(story: Story, people: list[Someone], days: int, dice: random.Random) -> set[str]:
    """So many days, each with its morning check: mostly deeds, and now and then something told; return what was told."""
    told = {language: itertools.cycle(sayings) for language, sayings in TOLD.items()}
    said = set()
    for day in (FIRST + timedelta(days=number) for number in range(days)):
        for clock in ("07:45", "12:10", "18:30"):
            await story.on(f"{day} {clock}")
            for someone in dice.sample(people, A_DAY // 3 + 1):
                text, word = next(told[someone.language])
                if dice.random() < 0.5:
                    await someone.writes(text)
                    said.add(word)
                else:
                    await someone.writes(dice.choice(DEEDS[someone.language]))
            await story.settles()
    return said


def everything_in(tx: Transaction) -> str:
    """Every row of every table, as text."""
    return "\n".join(
        f"{table.name} {dict(row._mapping)}"
        for table in metadata.sorted_tables
        for row in tx.connection.execute(select(table))
    )


def found_in(place: str) -> set[str]:
    """What was told that stands there, with its accents or without."""
    place = _folded(place)
    return {word for word in WORDS if _folded(word) in place}


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


async def dropped_at_twilio(story: Story) -> list[str]:
    """The words that Twilio still has once Termin has asked it to drop what is done with."""
    termin = story.termin
    redaction = Redaction(
        termin.database, termin.clock, [service.lane for service in termin.courier.services]
    )
    listed = story.sandbox.twilio().messages.list
    kept, before = [message.body for message in await asyncio.to_thread(listed)], -1
    while len(kept) != before:
        await redaction.look()
        before, kept = len(kept), [one.body for one in await asyncio.to_thread(listed) if one.body]
    return kept


async def test_nothing_that_was_told_is_kept_or_shown(story: Story, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    caplog.set_level(logging.DEBUG, "scheduler")
    people = await the_town(story)
    days, asked = LIVES["sqlite" if story.termin.database.is_sqlite else "postgresql"]
    await story.write(lambda tx: set_policy(tx, Record("self_check", asked, tx.now)))
    said = await live(story, people, days, random.Random(44))
    sandbox = story.sandbox
    heard, sent = [await sandbox.get("/messages", direction=way) for way in ("in", "out")]
    async with sandbox.http.get(f"{story.url}/metrics") as answer:
        metrics = await answer.text()

    assert len(said) >= 8
    assert said <= found_in(str(heard)), "what was told is found where it is"
    assert found_in(await story.read(everything_in)) == set(), "in the database, the ledger among it"
    assert found_in(caplog.text) == set(), "in a log"
    assert found_in(metrics) == set(), "in a metric"
    assert found_in(str(sent)) == set(), "in a message, or on a button"
    assert found_in(str(await dropped_at_twilio(story))) == set(), "at Twilio"
    assert {status for _, status in await story.taken_in()} == {"handled"}
