"""A database that goes away in the middle of the work and comes back; long in the soak, short here."""

from pathlib import Path

import pytest

from soak.away import survive
from soak.product import Starter

pytestmark = pytest.mark.timeout(300)


async def test_a_database_that_was_away_finds_everything_sent_once_and_answered_once(
    database_url: str, tmp_path: Path, starter: Starter
) -> None:
    survived = await survive(tmp_path, database_url, starter, messages=60, seconds=2)
    assert survived.is_right, survived
