"""Numbers that never come again, not even from a sandbox that is started anew."""

import itertools
import time
from collections.abc import Iterator

EPOCH = 1_750_000_000
PER_SECOND = 10  # faster than this on the long average, and a restart might repeat one


def rising_numbers() -> Iterator[int]:
    """Counts up from the tenths of a second since 2025; below 2**31 until 2032."""
    return itertools.count(int((time.time() - EPOCH) * PER_SECOND))
