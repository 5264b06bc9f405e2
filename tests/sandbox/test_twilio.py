"""The pretend Twilio, spoken to by its own SDK as it is."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from requests.exceptions import RequestException
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator

from sandbox.pace import Limits
from tests.sandbox.clubs import a_club
from tests.sandbox.worlds import ANNA, CLUB, OLEH, SECRET, Sandbox, a_world, running


async def _call(work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """The SDK is synchronous here; the server needs the loop meanwhile."""
    return await asyncio.to_thread(work, *args, **kwargs)


async def _send(sandbox: Sandbox, to: str = ANNA, body: str = "Klub: spotkanie jutro", **more: Any) -> Any:
    return await _call(sandbox.twilio().messages.create, **{"to": to, "from_": CLUB, "body": body, **more})


async def _refused(sandbox: Sandbox, **message: Any) -> tuple[int, int]:
    with pytest.raises(TwilioRestException) as refused:
        await _send(sandbox, **message)
    return refused.value.status, refused.value.code


async def test_a_message_is_queued_and_then_delivered() -> None:
    async with running() as sandbox:
        queued = await _send(sandbox)
        assert (queued.status, queued.direction, queued.date_sent) == ("queued", "outbound-api", None)
        assert (queued.sid[:2], queued.num_segments, queued.to, queued.from_) == ("SM", "1", ANNA, CLUB)
        assert abs(datetime.now(UTC) - queued.date_created) < timedelta(seconds=5)
        assert queued.date_created.microsecond == 0
        fetched = await _call(sandbox.twilio().messages(queued.sid).fetch)
        assert fetched.status == "delivered"
        assert fetched.date_sent >= queued.date_created
        [taken] = await sandbox.messages(provider="twilio", to=ANNA)
        assert (taken["body"], taken["status"], taken["sid"]) == (queued.body, "delivered", queued.sid)


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("+48501", 21211),
        ("psycholog", 21211),
        ("+485015025031", 21211),
        ("+48774837723", 21614),
        ("+48221234567", 21614),
        ("+48800100200", 21614),
        (CLUB, 21266),
    ],
)
async def test_a_number_that_takes_no_sms_is_refused(to: str, code: int) -> None:
    async with running() as sandbox:
        assert await _refused(sandbox, to=to) == (400, code)
        assert await sandbox.get("/messages") == []


@pytest.mark.parametrize("to", ["+48 501 502 503", "+48501502503", "+380501234567"])
async def test_a_mobile_number_is_taken_however_it_is_spaced(to: str) -> None:
    async with running() as sandbox:
        assert (await _send(sandbox, to=to)).to == to.replace(" ", "")


async def test_a_body_has_1_to_1600_characters() -> None:
    async with running() as sandbox:
        assert await _refused(sandbox, body="x" * 1601) == (400, 21617)
        assert await _refused(sandbox, body="") == (400, 21602)
        assert (await _send(sandbox, body="x" * 1600)).num_segments == "11"


async def test_another_sender_or_service_is_refused() -> None:
    service = "MG" + "2" * 32
    async with running(a_world(twilio_service=service)) as sandbox:
        assert await _refused(sandbox, from_="+48500000000") == (400, 21606)
        assert await _refused(sandbox, from_=None, messaging_service_sid="MG0") == (400, 21701)
        sent = await _send(sandbox, from_=None, messaging_service_sid=service)
        assert (sent.status, sent.messaging_service_sid) == ("accepted", service)


async def test_wrong_credentials_are_refused_before_anything_else() -> None:
    async with running() as sandbox:
        with pytest.raises(TwilioRestException) as refused:
            await _call(sandbox.twilio("wrong").messages.create, to=ANNA, from_=CLUB, body="?")
        assert (refused.value.status, refused.value.code) == (401, 20003)


async def test_stop_opts_out_and_start_lifts_it() -> None:
    async with running() as sandbox:
        await sandbox.sms(ANNA, " stop ")
        assert await _refused(sandbox) == (400, 21610)
        assert (await _send(sandbox, to=OLEH)).status == "queued"
        await sandbox.sms(ANNA, "stop spotkanie")  # more than the word means nothing to Twilio
        await sandbox.sms(ANNA, "START")
        assert (await _send(sandbox)).status == "queued"
        replies = [m["text"] for m in (await sandbox.phone(ANNA))["messages"] if not m["mine"]]
        assert replies[0].startswith("You have successfully been unsubscribed")


async def test_the_pace_of_the_sender_is_kept_when_one_is_set() -> None:
    async with running(a_world(limits=Limits(sms_per_second=1))) as sandbox:
        await _send(sandbox)
        assert await _refused(sandbox) == (429, 20429)


async def test_lists_are_filtered_and_paged_newest_first() -> None:
    async with running() as sandbox:
        messages = sandbox.twilio().messages
        for n in range(5):
            await _send(sandbox, body=str(n))
            await _send(sandbox, to=OLEH, body=str(n))
        await sandbox.sms(ANNA, "TAK")
        listed = await _call(messages.list, to=ANNA, page_size=2)
        assert [sms.body for sms in listed] == ["4", "3", "2", "1", "0"]
        assert [sms.body for sms in await _call(messages.list, to=CLUB)] == ["TAK"]
        assert [sms.direction for sms in await _call(messages.list, from_=ANNA)] == ["inbound"]
        assert len(await _call(messages.list, limit=3)) == 3
        assert len(await _call(messages.list)) == 11


async def test_lists_by_date_know_only_what_was_sent() -> None:
    async with running(a_world(limits=Limits(delivery_seconds=(0, 60, 0)))) as sandbox:
        messages, now = sandbox.twilio().messages, datetime.now(UTC)
        await _send(sandbox)
        await sandbox.sms(ANNA, "TAK")
        earlier, later = now - timedelta(hours=1), now + timedelta(hours=1)
        found = await _call(messages.list, date_sent_after=earlier, date_sent_before=later)
        assert [sms.body for sms in found] == ["TAK"]
        assert await _call(messages.list, date_sent_after=later) == []


async def test_a_message_can_be_redacted_and_deleted_once_it_is_complete() -> None:
    async with running(a_world(limits=Limits(delivery_seconds=(0, 60, 0)))) as sandbox:
        under_way = await _send(sandbox)
        with pytest.raises(TwilioRestException) as refused:
            await _call(sandbox.twilio().messages(under_way.sid).delete)
        assert (refused.value.status, refused.value.code) == (409, 20009)
    async with running() as sandbox:
        sent = await _send(sandbox)
        context = sandbox.twilio().messages(sent.sid)
        assert (await _call(context.update, body="")).body == ""
        assert await _call(context.delete)
        with pytest.raises(TwilioRestException) as refused:
            await _call(context.fetch)
        assert (refused.value.status, refused.value.code) == (404, 20404)


async def test_the_number_tells_where_its_sms_go() -> None:
    async with running() as sandbox:
        numbers = sandbox.twilio().incoming_phone_numbers
        [number] = await _call(numbers.list, phone_number=CLUB)
        assert number.sms_url == "http://127.0.0.1:9/twilio/sms#rc=3&rp=all"
        updated = await _call(numbers(number.sid).update, sms_url="http://127.0.0.1:9/other")
        assert updated.sms_url == "http://127.0.0.1:9/other"
        assert await _call(numbers.list, phone_number=ANNA) == []


async def test_receipts_are_signed_and_follow_one_another() -> None:
    async with a_club() as club, running() as sandbox:
        url = f"{club.url}/twilio/status"
        sent = await _send(sandbox, status_callback=url)
        calls = await club.after(3)
        assert [call.form["MessageStatus"] for call in calls] == ["sending", "sent", "delivered"]
        for call in calls:
            assert call.form["MessageSid"] == sent.sid
            assert RequestValidator(SECRET).validate(url, call.form, call.headers["x-twilio-signature"])


async def test_a_final_status_can_be_ordered_with_its_code() -> None:
    async with a_club() as club, running() as sandbox:
        await sandbox.trouble("twilio", "status", outcome="undelivered", code=30003, to=ANNA)
        sent = await _send(sandbox, status_callback=f"{club.url}/twilio/status")
        last = (await club.after(3))[-1]
        assert (last.form["MessageStatus"], last.form["ErrorCode"]) == ("undelivered", "30003")
        fetched = await _call(sandbox.twilio().messages(sent.sid).fetch)
        assert (fetched.status, fetched.error_code) == ("undelivered", 30003)


async def test_what_is_still_queued_when_its_validity_ends_is_not_sent() -> None:
    async with a_club() as club, running(a_world(limits=Limits(delivery_seconds=(60, 0, 0)))) as sandbox:
        assert await _refused(sandbox, validity_period=0) == (400, 21624)
        await _send(sandbox, status_callback=f"{club.url}/twilio/status", validity_period=1)
        [told] = await club.after(1)
        assert (told.form["MessageStatus"], told.form["ErrorCode"]) == ("failed", "30036")


@pytest.mark.parametrize(
    ("kind", "statuses"),
    [
        ("repeat", ["sending", "sending", "sent", "delivered"]),
        ("lose", ["sent", "delivered"]),
        ("reverse", ["delivered", "sent", "sending"]),
    ],
)
async def test_receipts_come_twice_or_not_or_backwards_on_demand(kind: str, statuses: list[str]) -> None:
    async with a_club() as club, running() as sandbox:
        await sandbox.trouble("twilio", kind)
        await _send(sandbox, status_callback=f"{club.url}/twilio/status")
        assert [call.form["MessageStatus"] for call in await club.after(len(statuses))] == statuses


async def test_receipts_come_late_on_demand_and_in_order() -> None:
    async with a_club() as club, running() as sandbox:
        await sandbox.trouble("twilio", "late", seconds=0.3)
        began = time.monotonic()
        await _send(sandbox, status_callback=f"{club.url}/twilio/status")
        [first, *_] = await club.after(3)
        assert (first.form["MessageStatus"], time.monotonic() - began >= 0.3) == ("sending", True)


async def test_a_caller_hears_what_the_club_says_and_is_put_through_in_vain() -> None:
    async with a_club() as club, running(a_world(club_url=club.url)) as sandbox:
        dial = f'<Dial action="{club.url}/twilio/voice/after"><Number>+48774837723</Number></Dial>'
        club.bodies = [f"<Response><Say>Tu automat.</Say>{dial}</Response>", "<Response><Hangup/></Response>"]
        heard = (await sandbox.post(f"/phones/{quote(ANNA)}/call"))["heard"]
        assert [(step["kind"], step["text"]) for step in heard] == [
            ("say", "Tu automat."),
            ("dial", "+48774837723"),
        ]
        first, after = club.calls
        assert (first.path, first.form["From"], first.form["CallStatus"]) == (
            "/twilio/voice",
            ANNA,
            "ringing",
        )
        assert (after.path, after.form["DialCallStatus"]) == ("/twilio/voice/after", "no-answer")
        validator = RequestValidator(SECRET)
        assert validator.validate(club.url + after.path, after.form, after.headers["x-twilio-signature"])


async def test_a_call_that_the_club_does_not_answer_says_why() -> None:
    async with a_club(500, 500) as club, running(a_world(club_url=club.url)) as sandbox:
        assert await sandbox.post(f"/phones/{quote(ANNA)}/call") == {
            "heard": [{"kind": "failed", "text": "500"}]
        }


async def test_an_sms_from_a_phone_is_brought_to_the_club_signed() -> None:
    async with a_club() as club, running(a_world(club_url=club.url)) as sandbox:
        typed = await sandbox.sms(ANNA, "Psycholog \x00 ŻÓŁĆ 🙂", wait=True)
        [call] = club.calls
        assert typed["webhook"] == 200
        assert (call.path, call.form["Body"], call.form["From"]) == (
            "/twilio/sms",
            "Psycholog \x00 ŻÓŁĆ 🙂",
            ANNA,
        )
        assert (call.form["MessageSid"], call.form["ToZip"]) == (typed["sid"], "")
        signature = call.headers["x-twilio-signature"]
        assert RequestValidator(SECRET).validate(f"{club.url}/twilio/sms", call.form, signature)


async def test_an_sms_that_fails_is_brought_again_as_the_address_asks() -> None:
    async with a_club(500, 503) as club, running(a_world(club_url=club.url)) as sandbox:
        assert (await sandbox.sms(ANNA, "TAK", wait=True))["webhook"] == 200
        assert len(club.calls) == 3
        assert len({call.headers["i-twilio-idempotency-token"] for call in club.calls}) == 1
        assert len({call.form["MessageSid"] for call in club.calls}) == 1


async def test_an_address_that_asks_for_nothing_gets_one_try() -> None:
    async with a_club(500) as club, running(a_world(sms_webhook_url=f"{club.url}/twilio/sms")) as sandbox:
        assert (await sandbox.sms(ANNA, "TAK", wait=True))["webhook"] == 500
        assert len(club.calls) == 1


async def test_a_club_that_is_away_is_tried_again_and_then_given_up() -> None:
    async with running() as sandbox:
        assert (await sandbox.sms(ANNA, "TAK", wait=True))["webhook"] == 0
        assert [message["text"] for message in (await sandbox.phone(ANNA))["messages"]] == ["TAK"]


async def test_a_refused_call_takes_nothing_and_a_dropped_answer_may_have() -> None:
    async with running() as sandbox:
        await sandbox.trouble("twilio", "error", status=500, code=20500)
        assert await _refused(sandbox, body="1") == (500, 20500)
        for kind, body in (("drop_before", "2"), ("drop_after", "3")):
            await sandbox.trouble("twilio", kind)
            with pytest.raises(RequestException):
                await _send(sandbox, body=body)
        await sandbox.trouble("twilio", "retry_after")
        assert await _refused(sandbox, body="4") == (429, 20429)
        assert [taken["body"] for taken in await sandbox.get("/messages")] == ["3"]


async def test_a_message_can_be_kept_off_the_list_for_a_while() -> None:
    async with running() as sandbox:
        await sandbox.trouble("twilio", "unlisted", seconds=600)
        sent = await _send(sandbox)
        assert await _call(sandbox.twilio().messages.list, to=ANNA) == []
        assert (await _call(sandbox.twilio().messages(sent.sid).fetch)).sid == sent.sid
        assert len((await sandbox.phone(ANNA))["messages"]) == 1
