"""Eight couriers, each a process, share one ledger."""

import pytest

from soak.couriers import deliver_together

ROWS = 4_000  # the soak has 20,000


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_eight_couriers_send_each_row_once(database_url: str) -> None:
    delivered = deliver_together(database_url, ROWS)
    assert delivered.is_right, delivered
