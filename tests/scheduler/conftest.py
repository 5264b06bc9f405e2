"""Eight processes that race one another: begun once, from one that has imported what they need."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

IMPORTED = ["tests.scheduler.test_offers_races", "tests.scheduler.test_races"]


@pytest.fixture(scope="session")
def eight() -> Iterator[ProcessPoolExecutor]:
    context = get_context("forkserver")
    context.set_forkserver_preload(IMPORTED)
    with ProcessPoolExecutor(8, mp_context=context) as pool:
        yield pool
