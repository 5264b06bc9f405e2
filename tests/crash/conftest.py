"""One starter for all the products of a test process: it imports the product once."""

from collections.abc import Iterator

import pytest

from soak.product import Starter, a_starter


@pytest.fixture(scope="session")
def starter() -> Iterator[Starter]:
    with a_starter() as begun:
        yield begun
