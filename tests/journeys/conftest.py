"""A club at work for every journey: on both databases, and where Telegram is in it in a mode of its own on each."""

from collections.abc import AsyncIterator

import pytest

from tests.journeys.story import Story, a_story


@pytest.fixture
async def story(database_url: str) -> AsyncIterator[Story]:
    async with a_story(database_url) as story:
        yield story


@pytest.fixture
async def telegram_story(database_url: str) -> AsyncIterator[Story]:
    """How an update arrives and where it is kept don't meet: either way on one of the databases, not all four."""
    mode = "polling" if database_url.startswith("sqlite") else "webhook"
    async with a_story(database_url, telegram_mode=mode) as story:
        yield story
