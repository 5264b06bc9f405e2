"""One offer, and many who say yes in the same second: one has it, the others are told kindly and keep their place."""

import asyncio
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import pytest
from sqlalchemy import select

from bot.dialogue.answer import answer
from bot.dialogue.club import Club as DialogueClub
from bot.dialogue.incoming import Incoming
from scheduler.errors import Refused
from scheduler.offers import KIND, accept, offer_times
from scheduler.waiting import everybody
from storage.database import Database, Transaction
from storage.tables import appointment, message, offer, question
from tests.builders import NOW
from tests.scheduler.test_offers import LATER, TEN, Full, one_psychologist
from words.catalogue import load_catalogue

CROWD = 20


def a_crowd(database: Database, number: int = CROWD) -> tuple[Full, list[int]]:
    """So many wait for the one time that was given back, and all have been offered it."""
    club = Full(database, at_once=number)
    people = [club.waits(n) for n in range(1, number + 1)]
    club.gives_back(club.visits[0])
    assert club.offers(NOW + LATER) == number
    club.do(lambda tx: tx.connection.execute(message.update().values(status="sent")))
    return club, people


def offers_of(club: Full) -> list[int]:
    return list(
        club.do(lambda tx: tx.connection.execute(select(offer.c.id).order_by(offer.c.id)).scalars().all())
    )


def who_has_it(club: Full) -> list[int]:
    asked = select(appointment.c.participant_id).where(
        appointment.c.starts_at == TEN, appointment.c.status == "booked"
    )
    return list(club.do(lambda tx: tx.connection.execute(asked).scalars().all()))


async def test_twenty_accept_one_offer_at_once(database: Database) -> None:
    club, people = a_crowd(database)
    works = [lambda tx, one=one: accept(tx, club.centre, one) for one in offers_of(club)]
    results = await asyncio.gather(
        *(database.write(work, NOW + LATER, within_seconds=30) for work in works), return_exceptions=True
    )
    assert Counter(type(result).__name__ for result in results) == {"Visit": 1, "SlotTaken": CROWD - 1}
    (winner,) = who_has_it(club)
    waiting = [one.person_id for one in club.do(lambda tx: everybody(tx, club.centre), NOW + LATER)]
    assert waiting == [one for one in people if one != winner]


async def test_twenty_write_tak_at_once_and_nineteen_are_told_kindly(database: Database) -> None:
    club, _ = a_crowd(database)
    dialogue = DialogueClub(club.centre, load_catalogue())
    asked = select(question.c.id).where(question.c.kind == KIND).order_by(question.c.person_id)
    questions = club.do(lambda tx: tx.connection.execute(asked).scalars().all())

    def says(tx: Transaction, number: int) -> str:
        press, address = f"q{questions[number - 1]}.TAK", f"+48501{number:06}"
        return answer(tx, dialogue, Incoming("sms", "sms", address, f"in-{number}", press=press))

    await asyncio.gather(
        *(
            database.write(partial(says, number=n), NOW + LATER, within_seconds=30)
            for n in range(1, CROWD + 1)
        )
    )
    texts = Counter(row.text for row in club.messages(purpose="reply"))
    assert texts == {"booked": 1, "waiting_lost": CROWD - 1}
    assert len(club.do(lambda tx: everybody(tx, club.centre), NOW + LATER)) == CROWD - 1
    assert len(who_has_it(club)) == 1


def one_of_eight(url: str, offer_ids: list[int]) -> list[str]:
    """What a process of its own does: say yes for each of its people."""
    database, centre, outcomes = Database(url), one_psychologist(at_once=CROWD), []
    for number in offer_ids:
        try:
            database.run(partial(accept, centre=centre, offer_id=number), NOW + LATER)
            outcomes.append("Visit")
        except Refused as refusal:
            outcomes.append(type(refusal).__name__)
    database.close()
    return outcomes


@pytest.mark.xdist_group("eight processes")
def test_eight_processes_accept_for_forty(
    database: Database, database_url: str, eight: ProcessPoolExecutor
) -> None:
    club, _ = a_crowd(database, 40)
    shares = [offers_of(club)[n::8] for n in range(8)]
    found = [one for share in eight.map(one_of_eight, [database_url] * 8, shares) for one in share]
    assert Counter(found) == {"Visit": 1, "SlotTaken": 39}
    assert len(who_has_it(club)) == 1
    assert len(club.do(lambda tx: everybody(tx, club.centre), NOW + LATER)) == 39


async def test_the_job_of_five_processes_at_once_offers_to_no_more_than_one_would(database: Database) -> None:
    club = Full(database)
    for number in range(1, 8):
        club.waits(number)
    club.gives_back(club.visits[0])
    works = [lambda tx: offer_times(tx, club.centre)] * 5
    made = await asyncio.gather(*(database.write(work, NOW + LATER, within_seconds=30) for work in works))
    assert sum(made) == club.centre.waiting.at_once
    assert len(club.messages(purpose="offer")) == club.centre.waiting.at_once


async def test_a_yes_while_the_job_runs_neither_waits_for_ever_nor_books_twice(database: Database) -> None:
    club, _ = a_crowd(database, 6)
    works = [lambda tx, one=one: accept(tx, club.centre, one) for one in offers_of(club)]
    jobs = [lambda tx: offer_times(tx, club.centre)] * 6
    mixed = [work for pair in zip(works, jobs, strict=True) for work in pair]
    results = await asyncio.gather(
        *(database.write(work, NOW + LATER, within_seconds=30) for work in mixed), return_exceptions=True
    )
    assert [type(one).__name__ for one in results].count("Visit") == 1
    assert all(not isinstance(one, BaseException) or isinstance(one, Refused) for one in results), results
    assert len(who_has_it(club)) == 1
