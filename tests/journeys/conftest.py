"""A club at work for every journey: on both databases, and where Telegram is in it in both of its modes."""

from collections.abc import AsyncIterator

import pytest

from tests.journeys.story import Story, a_story


@pytest.fixture
async def story(database_url: str) -> AsyncIterator[Story]:
    async with a_story(database_url) as story:
        yield story


@pytest.fixture(params=["polling", "webhook"])
async def telegram_story(database_url: str, request: pytest.FixtureRequest) -> AsyncIterator[Story]:
    async with a_story(database_url, telegram_mode=request.param) as story:
        yield story
