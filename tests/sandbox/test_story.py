"""What has happened and what shall: the clock, the stream of changes, the list of messages, a stopped world."""

import asyncio
import json
import time
from datetime import UTC, datetime, timedelta

import pytest

from tests.sandbox.worlds import ANNA, OLEH, Sandbox, a_world, running

MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
CHAT = 700_100_200


def _near(told: str, at: datetime) -> bool:
    return abs(datetime.fromisoformat(told) - at) < timedelta(seconds=5)


async def test_the_clock_begins_where_the_world_was_told_to() -> None:
    async with running(a_world(starts_at=MONDAY)) as sandbox:
        clock = await sandbox.get("/clock")
        assert _near(clock["now"], MONDAY)
        assert clock["asked"] is None


async def test_without_a_beginning_the_clock_shows_real_time() -> None:
    async with running() as sandbox:
        clock = await sandbox.get("/clock")
        assert _near(clock["now"], datetime.now(UTC))
        assert clock["offset_seconds"] == 0


async def test_an_asked_time_is_reached_step_by_step_by_whoever_walks() -> None:
    async with running(a_world(starts_at=MONDAY)) as sandbox:
        goal, halfway = MONDAY + timedelta(days=2), MONDAY + timedelta(days=1)
        asks = (await sandbox.get("/clock"))["asks"]
        waiting = asyncio.create_task(sandbox.get("/clock/wait", after=asks))
        await sandbox.post("/clock", to=goal.isoformat())
        assert (await waiting)["asked"] == goal.isoformat()
        _, clock = await sandbox.send("PUT", "/clock", {"at": halfway.isoformat()})
        assert _near(clock["now"], halfway)
        assert clock["asked"] == goal.isoformat()
        _, clock = await sandbox.send("PUT", "/clock", {"at": goal.isoformat()})
        assert _near(clock["now"], goal)
        assert clock["asked"] is None


@pytest.mark.parametrize("days", [-1, 0, 500])
async def test_the_clock_goes_neither_back_nor_out_of_sight(days: int) -> None:
    async with running(a_world(starts_at=MONDAY)) as sandbox:
        to = (MONDAY + timedelta(days=days)).isoformat()
        status, answer = await sandbox.send("POST", "/clock", {"to": to})
        assert status == 409
        assert "clock" in answer["error"]


async def test_a_report_that_lies_behind_moves_nothing() -> None:
    async with running(a_world(starts_at=MONDAY)) as sandbox:
        _, clock = await sandbox.send("PUT", "/clock", {"at": (MONDAY - timedelta(days=1)).isoformat()})
        assert _near(clock["now"], MONDAY)


async def test_a_start_over_sets_the_clock_back_and_wakes_who_waits() -> None:
    async with running(a_world(starts_at=MONDAY)) as sandbox:
        _, clock = await sandbox.send("PUT", "/clock", {"at": (MONDAY + timedelta(days=9)).isoformat()})
        waiting = asyncio.create_task(sandbox.get("/clock/wait", after=clock["asks"]))
        await sandbox.post("/reset")
        assert _near((await waiting)["now"], MONDAY)
        await sandbox.post("/reset", at=(MONDAY + timedelta(days=7)).isoformat())
        assert _near((await sandbox.get("/clock"))["now"], MONDAY + timedelta(days=7))


async def test_providers_dates_never_follow_the_clock() -> None:
    async with running(a_world(starts_at=MONDAY + timedelta(days=300))) as sandbox:
        await sandbox.sms(ANNA, "moje")
        [taken] = await sandbox.messages()
        assert abs(taken["at"] - time.time()) < 5


async def test_messages_are_listed_in_order_and_by_what_is_asked() -> None:
    async with running() as sandbox:
        await sandbox.chat(CHAT)
        await sandbox.sms(ANNA, "psycholog")
        await sandbox.post(f"/chats/{CHAT}/text", text="doradca")
        await sandbox.sms(OLEH, "moje")
        assert [taken["body"] for taken in await sandbox.messages()] == ["psycholog", "doradca", "moje"]
        assert [taken["n"] for taken in await sandbox.messages(after=2)] == [3]
        assert [taken["body"] for taken in await sandbox.messages(provider="telegram")] == ["doradca"]
        assert [taken["from"] for taken in await sandbox.messages(person=OLEH)] == [OLEH]


async def test_a_reader_can_wait_for_a_message() -> None:
    async with running() as sandbox:
        waiting = asyncio.create_task(sandbox.messages(text="TAK"))
        await sandbox.sms(ANNA, "NIE")
        await sandbox.sms(ANNA, "TAK")
        assert [taken["body"] for taken in await waiting] == ["TAK"]


async def test_the_stream_tells_every_change_and_takes_up_where_it_was_left() -> None:
    async with running() as sandbox:
        await sandbox.sms(ANNA, "psycholog")
        events = await _events(sandbox, 2, after=0)
        assert [event["kind"] for event in events[:2]] == ["clock", "message"]
        again = await _events(sandbox, 1, after=events[0]["n"])
        assert again[0] == events[1]


async def _events(sandbox: Sandbox, count: int, after: int) -> list[dict[str, object]]:
    events = []
    async with sandbox.http.get(f"{sandbox.base}/events", params={"after": after}) as answer:
        async for line in answer.content:
            if line.startswith(b"data: "):
                events.append(json.loads(line.removeprefix(b"data: ")))
            if len(events) == count:
                return events
    return events


async def test_a_stopped_world_lets_everybody_go() -> None:
    began = time.monotonic()
    async with running() as sandbox:
        await sandbox.trouble("telegram", "hang", seconds=60, method="getMe")
        slow = [
            asyncio.create_task(sandbox.get("/clock/wait")),
            asyncio.create_task(sandbox.get("/messages", wait=30)),
            asyncio.create_task(_events(sandbox, 99, after=0)),
            asyncio.create_task(sandbox.get(f"/telegram/bot{sandbox.world.telegram_token}/getMe")),
            asyncio.create_task(
                sandbox.get(f"/telegram/bot{sandbox.world.telegram_token}/getUpdates", timeout=50)
            ),
        ]
        while not (await sandbox.get("/world"))["telegram"]["polled"]:
            pass
        sandbox.world.stop()
        await asyncio.gather(*slow)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/phones/501/sms", {"text": "x"}, 404),
        ("POST", "/phones/%2B48501502503/sms", {}, 400),
        ("GET", "/chats/one", {}, 404),
        ("POST", "/chats/1/text", {"text": "x"}, 404),
        ("POST", "/clock", {"to": "jutro"}, 400),
        ("POST", "/trouble", {"provider": "telegram", "kind": "rain"}, 400),
        ("POST", "/trouble", {"provider": "pigeon", "kind": "error"}, 400),
    ],
)
async def test_what_cannot_be_done_is_refused_with_a_sentence(
    method: str, path: str, body: dict[str, str], status: int
) -> None:
    async with running() as sandbox:
        answer = await sandbox.send(method, path, body)
        assert answer[0] == status
        assert answer[1]["error"]


async def test_a_body_that_is_no_json_is_refused() -> None:
    async with running() as sandbox:
        headers = {"Content-Type": "application/json"}
        async with sandbox.http.post(f"{sandbox.base}/trouble", data=b"{", headers=headers) as answer:
            assert answer.status == 400


async def test_trouble_can_be_seen_and_lifted() -> None:
    async with running() as sandbox:
        first = await sandbox.trouble("twilio", "error", calls=None)
        await sandbox.trouble("telegram", "blocked", to=str(CHAT))
        assert len(await sandbox.get("/trouble")) == 2
        await sandbox.send("DELETE", f"/trouble?id={first['id']}")
        assert [trouble["kind"] for trouble in await sandbox.get("/trouble")] == ["blocked"]
        await sandbox.send("DELETE", "/trouble")
        assert await sandbox.get("/trouble") == []


async def test_a_person_does_in_telegram_only_what_telegram_lets_them() -> None:
    async with running() as sandbox:
        await sandbox.chat(CHAT, started=False, phone=None)
        assert (await sandbox.send("POST", f"/chats/{CHAT}/text", {"text": "?"}))[0] == 409
        await sandbox.post(f"/chats/{CHAT}/start")
        assert (await sandbox.send("POST", f"/chats/{CHAT}/contact"))[0] == 409
        assert (await sandbox.send("POST", f"/chats/{CHAT}/press", {"message_id": 1, "data": "x"}))[0] == 409
        await sandbox.chat(-CHAT, title="Zespół")
        assert (await sandbox.send("POST", f"/chats/-{CHAT}/text", {"text": "?"}))[0] == 409
        await sandbox.post(f"/chats/-{CHAT}/text", text="!", **{"from": CHAT})
