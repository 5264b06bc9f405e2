"""SMS to the pretend Twilio, through its SDK: what arrives, what a refusal means, and what can be found again."""

import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.sms.client import AiohttpClient, twilio_client
from bot.channels.sms.outbound import SmsChannel
from sandbox.pace import Limits
from scheduler.channels import SendFailed
from scheduler.states import AttemptState
from tests.bot.channels.outgoings import an_outgoing
from tests.sandbox.worlds import ACCOUNT, ANNA, CLUB, OLEH, SECRET, Sandbox, a_world, running
from tests.servers import serving

PUBLIC = "http://127.0.0.1:9"
MG = "MG" + "2" * 32


@contextlib.asynccontextmanager
async def a_channel(
    base: str, *, sender: str = CLUB, token: str = SECRET, seconds: float = 5
) -> AsyncIterator[SmsChannel]:
    async with AiohttpClient(call_seconds=seconds) as http:
        yield SmsChannel(twilio_client(ACCOUNT, token, f"{base}/twilio", http), sender, PUBLIC, per_second=1)


@contextlib.asynccontextmanager
async def a_sender(**more: Any) -> AsyncIterator[tuple[SmsChannel, Sandbox]]:
    async with running(a_world(twilio_service=MG)) as sandbox, a_channel(sandbox.base, **more) as channel:
        yield channel, sandbox


async def refused(channel: SmsChannel, address: str = ANNA, body: str = "Zapisane.") -> SendFailed:
    with pytest.raises(SendFailed) as raised:
        await channel.send(an_outgoing(address, body))
    return raised.value


def ago(seconds: float) -> datetime:
    return datetime.now(UTC) - timedelta(seconds=seconds)


@pytest.mark.parametrize("sender", [CLUB, MG])
async def test_an_sms_arrives_as_it_was_written(sender: str) -> None:
    async with a_sender(sender=sender) as (channel, sandbox):
        receipt = await channel.send(an_outgoing(ANNA, "Zapisane: sroda „14.10”…"))

        [taken] = await sandbox.messages(provider="twilio", to=ANNA)
    assert (taken["sid"], taken["body"]) == (receipt.provider_id, "Zapisane: sroda „14.10”…")
    assert receipt.status is AttemptState.SENT


@pytest.mark.parametrize(("useful", "valid"), [(None, 36_000), (1, 10), (3600.7, 3600), (10**6, 36_000)])
async def test_twilio_keeps_it_queued_for_no_longer_than_it_helps(useful: float | None, valid: int) -> None:
    async with a_sender() as (channel, sandbox):
        receipt = await channel.send(an_outgoing(ANNA, useful_seconds=useful))
        kept = sandbox.world.twilio.messages.find(receipt.provider_id)

    assert kept is not None
    assert kept.valid_seconds == valid


@pytest.mark.parametrize(
    ("number", "code", "dead"), [("+48123", "21211", True), ("+48774837723", "21614", True)]
)  # fmt: skip
async def test_a_number_that_takes_no_sms_is_dead(number: str, code: str, dead: bool) -> None:
    async with a_sender() as (channel, _):
        failure = await refused(channel, number)

    assert (failure.code, failure.permanent, failure.address_dead) == (code, True, dead)


async def test_who_wrote_stop_to_twilio_is_left_in_peace() -> None:
    async with a_sender() as (channel, sandbox):
        await sandbox.sms(ANNA, "STOP", wait=True)
        failure = await refused(channel)

    assert (failure.code, failure.permanent, failure.address_stopped) == ("21610", True, True)


async def test_words_beyond_the_limit_fail_for_good() -> None:
    async with a_sender() as (channel, _):
        failure = await refused(channel, body="x" * 1601)

    assert (failure.code, failure.permanent, failure.address_dead) == ("21617", True, False)


async def test_too_many_requests_make_the_whole_account_silent() -> None:
    async with a_sender() as (channel, sandbox):
        await sandbox.trouble("twilio", "retry_after")
        failure = await refused(channel)

    assert (failure.code, failure.retry_after, failure.permanent, failure.unknown) == (
        "20429",
        1,
        False,
        False,
    )


async def test_for_how_long_is_read_from_the_answer() -> None:
    async def busy(_request: Request) -> Response:
        return JSONResponse({"code": 20429}, 429, {"Retry-After": "7"})

    app = Starlette(routes=[Route("/{path:path}", busy, methods=["POST"])])
    async with serving(app) as base, a_channel(base) as channel:
        failure = await refused(channel)

    assert failure.retry_after == 7


@pytest.mark.parametrize(
    "trouble",
    [{"kind": "drop_after"}, {"kind": "drop_before"}, {"kind": "error", "status": 503}, {"kind": "error", "status": 500, "code": 20500}],
    ids=["taken and cut", "cut", "503", "20500"],
)  # fmt: skip
async def test_a_lost_answer_means_that_nobody_knows(trouble: dict[str, Any]) -> None:
    async with a_sender() as (channel, sandbox):
        await sandbox.trouble("twilio", **trouble)
        failure = await refused(channel)

    assert (failure.unknown, failure.permanent) == (True, False)


async def test_an_answer_that_does_not_come_in_time_means_the_same() -> None:
    async with a_sender(seconds=0.3) as (channel, sandbox):
        await sandbox.trouble("twilio", "hang", seconds=5)
        failure = await refused(channel)

    assert (failure.code, failure.unknown) == ("timed out", True)


async def test_where_nobody_listens_nothing_was_sent() -> None:
    async with a_channel("http://127.0.0.1:9") as channel:
        failure = await refused(channel)

    assert (failure.code, failure.unknown, failure.permanent) == ("not connected", False, False)


async def test_a_wrong_token_is_our_fault_and_can_be_mended() -> None:
    async with a_sender(token="another") as (channel, _):
        failure = await refused(channel)

    assert (failure.code, failure.permanent, failure.address_dead) == ("20003", False, False)


async def test_a_message_whose_answer_was_lost_is_found_again() -> None:
    async with a_sender() as (channel, sandbox):
        await sandbox.trouble("twilio", "drop_after")
        await refused(channel)

        [found] = await channel.find(an_outgoing(ANNA, "Zapisane."), ago(60))
        [taken] = await sandbox.messages(provider="twilio", to=ANNA)
    assert found.provider_id == taken["sid"]


async def test_only_the_same_words_to_the_same_number_are_found_and_the_oldest_first() -> None:
    async with a_sender() as (channel, sandbox):
        sent = [await channel.send(an_outgoing(ANNA, "Zapisane.")) for _ in range(3)]
        await channel.send(an_outgoing(OLEH, "Zapisane."))
        await channel.send(an_outgoing(ANNA, "Zapisane"))
        await sandbox.sms(ANNA, "Zapisane.", wait=True)

        found = await channel.find(an_outgoing(ANNA, "Zapisane."), ago(60))
    assert [receipt.provider_id for receipt in found] == [receipt.provider_id for receipt in sent]


async def test_what_was_created_before_is_not_found() -> None:
    async with a_sender() as (channel, _):
        await channel.send(an_outgoing(ANNA, "Zapisane."))

        assert (
            await channel.find(an_outgoing(ANNA, "Zapisane."), datetime.now(UTC) + timedelta(seconds=5)) == []
        )


async def test_the_search_goes_through_all_pages() -> None:
    async with a_sender() as (channel, _):
        first = await channel.send(an_outgoing(ANNA, "Zapisane."))
        for n in range(55):
            await channel.send(an_outgoing(ANNA, f"Inne {n}"))

        [found] = await channel.find(an_outgoing(ANNA, "Zapisane."), ago(60))
    assert found.provider_id == first.provider_id


async def test_a_status_can_be_asked_for() -> None:
    async with a_sender() as (channel, sandbox):
        await sandbox.trouble("twilio", "status", outcome="undelivered", code=30005)
        sent = await channel.send(an_outgoing(ANNA, "Zapisane."))
        await sandbox.messages(provider="twilio", to=ANNA, status="undelivered")

        receipt = await channel.status(sent.provider_id)
        assert await channel.status("SM" + "0" * 32) is None
    assert receipt is not None
    assert receipt.status is AttemptState.FAILED
    assert receipt.failure is not None
    assert (receipt.failure.code, receipt.failure.address_dead) == ("30005", True)


def test_texts_are_plain_unless_polish_letters_are_wanted() -> None:
    http = AiohttpClient()
    channel = SmsChannel(twilio_client(ACCOUNT, SECRET, PUBLIC, http), CLUB, PUBLIC, per_second=2)

    assert (channel.style(polish_letters=False).plain, channel.style(polish_letters=True).plain) == (
        True,
        False,
    )
    assert (channel.pace.per_second, channel.pace.by_parts, channel.account) == (2, True, CLUB)


async def test_the_words_alone_are_dropped_and_the_phone_keeps_them() -> None:
    async with a_sender() as (channel, sandbox):
        receipt = await channel.send(an_outgoing(ANNA, "Zapisane."))
        told = await sandbox.sms(ANNA, "TAK", wait=True)
        assert await channel.redact(receipt.provider_id)
        assert await channel.redact(told["sid"])
        assert await channel.redact("SM" + "f" * 32)  # it is gone altogether

        listed = [sms.as_json() for sms in sandbox.world.twilio.messages.newest_first()]
        shown = await sandbox.phone(ANNA)
    assert [(sms["to"], sms["body"]) for sms in listed] == [(CLUB, ""), (ANNA, "")]
    assert {sms["text"] for sms in shown["messages"]} == {"Zapisane.", "TAK"}


async def test_what_is_under_way_keeps_its_words() -> None:
    world = a_world(limits=Limits(delivery_seconds=(0, 60, 0)))
    async with running(world) as sandbox, a_channel(sandbox.base) as channel:
        receipt = await channel.send(an_outgoing(ANNA))
        assert not await channel.redact(receipt.provider_id)
