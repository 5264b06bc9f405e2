"""A real process, killed three times while an announcement goes to many: by SMS each has it once, in Telegram at most once.

`python -m soak` does the same with two thousand.
"""

from pathlib import Path

import pytest

from soak.announced import tell
from soak.product import Starter

pytestmark = pytest.mark.timeout(300)

EACH = 20


async def test_killed_three_times_it_tells_everybody_and_no_phone_twice(
    database_url: str, tmp_path: Path, starter: Starter
) -> None:
    told = await tell(tmp_path, database_url, starter, each=EACH, hits=EACH // 4)
    assert told.is_right, told
