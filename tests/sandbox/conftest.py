"""What every test of the sandbox needs of python-telegram-bot."""

import pytest


@pytest.fixture(autouse=True)
def _times_to_wait_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its future default; without it each `retry_after` warns."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
