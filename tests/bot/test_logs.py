"""A log line never shows who or what."""

import io
import logging
from collections.abc import Iterator

import pytest

from bot.logs import HIDDEN, configure_logs

TOKEN = "123456789:AAF_x-0123456789abcdefghijklmnopqrs"


@pytest.fixture
def logs() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    stream = io.StringIO()
    configure_logs(["s3cret"], stream)
    yield stream
    root.handlers[:], root.level = before


@pytest.mark.parametrize(
    "private",
    ["+48501502503", "+48 501 502 503", "%2B48501502503", "501-502-503", "501 502 503", "77 483 77 23",
     "501502503", "1234567890", TOKEN, "s3cret"],
)  # fmt: skip
def test_what_is_private_is_hidden(logs: io.StringIO, private: str) -> None:
    logging.getLogger("bot").warning("sent to %s, refused", private)

    assert logs.getvalue().endswith(f"WARNING bot: sent to {HIDDEN}, refused\n")


@pytest.mark.parametrize(
    "plain",
    ["21610", "2026-10-14", "10:30", "v22.8", "SM0123456789abcdef", "127.0.0.1:8000", "3 of 120 rows"],
)
def test_what_helps_stays(logs: io.StringIO, plain: str) -> None:
    logging.getLogger("bot").warning("about %s.", plain)

    assert f"about {plain}." in logs.getvalue()


def test_a_token_in_an_address_is_hidden(logs: io.StringIO) -> None:
    logging.getLogger("bot").error("POST https://api.telegram.org/bot%s/sendMessage", TOKEN)

    assert TOKEN not in logs.getvalue()
    assert "sendMessage" in logs.getvalue()


def fail() -> None:
    try:
        {}["Anna pisze: boli mnie"]
    except KeyError as error:
        raise ValueError("her number is +48501502503") from error


def test_of_an_exception_only_its_class_and_place_are_told(logs: io.StringIO) -> None:
    try:
        fail()
    except ValueError:
        logging.getLogger("bot").exception("failed")

    text = logs.getvalue()
    assert "ValueError" in text
    assert "KeyError" in text
    assert "in fail" in text
    assert "Anna" not in text
    assert "number" not in text


def test_the_libraries_that_log_addresses_are_silent(logs: io.StringIO) -> None:
    for name in (
        "httpx",
        "telegram.Bot",
        "telegram.request.BaseRequest",
        "twilio.http_client",
        "uvicorn.access",
        "apscheduler.scheduler",
    ):
        logging.getLogger(name).info("a whole address")

    assert logs.getvalue() == ""


def test_an_idle_connection_that_is_cut_off_at_the_end_is_no_error(logs: io.StringIO) -> None:
    uvicorn = logging.getLogger("uvicorn.error")

    for tasks in (0, 2):
        uvicorn.error("Cancel %s running task(s), timeout graceful shutdown exceeded", tasks)

    assert [line.partition("Cancel ")[2][0] for line in logs.getvalue().splitlines()] == ["2"]
