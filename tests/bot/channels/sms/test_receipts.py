"""Status callbacks, and which failure each of Twilio's codes means."""

import pytest

from bot.channels.sms.failures import FAILURES, failure_of
from bot.channels.sms.receipts import receipt_in
from scheduler.states import AttemptState


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("queued", AttemptState.SENT),
        ("sending", AttemptState.SENT),
        ("sent", AttemptState.SENT),
        ("delivered", AttemptState.DELIVERED),
        ("undelivered", AttemptState.FAILED),
        ("failed", AttemptState.FAILED),
        ("something new", AttemptState.SENT),
    ],
)
def test_a_callback_tells_the_state(status: str, state: AttemptState) -> None:
    receipt = receipt_in({"MessageSid": "SM1", "MessageStatus": status, "ErrorCode": ""})

    assert receipt is not None
    assert (receipt.provider_id, receipt.status) == ("SM1", state)
    assert (receipt.failure is not None) == (state is AttemptState.FAILED)


def test_a_callback_about_nothing_is_nothing() -> None:
    assert receipt_in({"MessageStatus": "sent"}) is None


def test_a_failed_one_tells_why() -> None:
    receipt = receipt_in({"MessageSid": "SM1", "MessageStatus": "undelivered", "ErrorCode": "30003"})

    assert receipt is not None
    assert receipt.failure is not None
    assert (receipt.failure.code, receipt.failure.again_in) == ("30003", 1800)


def test_a_failed_one_without_a_code_fails_for_good() -> None:
    assert failure_of(None).permanent is True


def test_an_unheard_of_code_fails_for_good() -> None:
    assert failure_of(39999).permanent is True


@pytest.mark.parametrize("code", [21211, 21610, 21614, 30003, 30004, 30005, 30006, 30007, 30008, 20429])
def test_every_code_of_the_contract_has_a_line(code: int) -> None:
    assert code in FAILURES
    assert failure_of(code).unknown is False
