"""Web and worker as processes of their own, sharing one PostgreSQL."""

import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.main import Termin
from scheduler.clock import Clock
from scheduler.pace import Pace
from tests.journeys.story import BEGINS, Story, settings_for, warsaw
from tests.sandbox.worlds import a_world, running
from tests.servers import address_of, free_port, serving

ANNA = "+48501502503"


@contextlib.asynccontextmanager
async def apart(database_url: str, telegram_mode: str) -> AsyncIterator[tuple[Story, Termin]]:
    listener = free_port()
    url = address_of(listener)
    async with running(a_world(club_url=url)) as sandbox:
        settings = settings_for(sandbox, url, database_url, telegram_mode)
        offset = warsaw(BEGINS) - datetime.now(UTC)
        web, worker = (Termin(settings, role, Clock(offset)) for role in ("web", "worker"))
        assert worker.telegram is not None
        worker.telegram.channel.pace = Pace()
        try:
            async with serving(web.web(), listener=listener), web.at_work(), worker.at_work():
                yield Story(worker, sandbox, url), web
        finally:
            web.database.close()
            worker.database.close()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_what_the_web_takes_the_worker_answers_at_once(database_url: str) -> None:
    async with apart(database_url, "webhook") as (story, web):
        await story.enrols(f"Anna Przykładowa,{ANNA},pl,,")
        phone = story.phone(ANNA)

        assert (await phone.asks("psycholog")).startswith("Psycholog, wolne:")
        began = datetime.now(UTC)
        await phone.asks("3")
        assert (datetime.now(UTC) - began).total_seconds() < 5, (
            "it is told by the database, not found by a tick"
        )

        report = await web.health.report()
        assert (report["ready"], report["scheduler"]["alive"], report["scheduler"]["here"]) == (
            True,
            True,
            False,
        )
        assert {job["job"] for job in report["scheduler"]["jobs"]} >= {"deliver", "heartbeat"}


@pytest.mark.parametrize("telegram_mode", ["polling", "webhook"])
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_chat_is_answered_however_its_updates_come(database_url: str, telegram_mode: str) -> None:
    async with apart(database_url, telegram_mode) as (story, _):
        await story.enrols(f"Anna Przykładowa,{ANNA},pl,,")
        anna = await story.linked_chat(700_100_001, "Anna Przykładowa")

        assert (await anna.asks("moje")).text.startswith("Na razie nie ma zapisanych spotkań.")
