"""The edge's own answers: health, readiness, metrics, and what it says before the club is at work."""

import asyncio
from typing import Any

import aiohttp
from twilio.request_validator import RequestValidator

from bot.health import Health
from bot.main import Termin
from config.settings import Settings
from scheduler.heartbeat import beat
from scheduler.ticker import Job, Ticker
from storage.database import Database
from tests.journeys.story import a_story
from tests.sandbox.worlds import ACCOUNT, CLUB, SECRET
from tests.scheduler.posting import Office
from tests.servers import address_of, free_port, serving

ANNA = "+48501502503"


async def got(story_url: str, path: str) -> tuple[int, Any]:
    async with aiohttp.ClientSession() as http, http.get(story_url + path) as answer:
        is_json = answer.content_type == "application/json"
        return answer.status, await (answer.json() if is_json else answer.text())


async def test_a_club_at_work_is_ready_and_shows_its_clockwork(database_url: str) -> None:
    async with a_story(database_url) as story:
        assert await got(story.url, "/healthz") == (200, {"status": "ok"})
        status, report = await got(story.url, "/readyz")

    assert (status, report["ready"], report["database"], report["scheduler"]["alive"]) == (
        200,
        True,
        "ok",
        True,
    )
    assert all(job["next_run"] for job in report["scheduler"]["jobs"])
    assert report["channels"] == ["sms", "telegram"]


async def test_metrics_count_and_name_nobody(database_url: str) -> None:
    async with a_story(database_url) as story:
        await story.enrols(f"Anna Przykładowa,{ANNA},pl,,")
        await story.phone(ANNA).asks("psycholog")
        status, page = await got(story.url, "/metrics")

    assert status == 200
    assert 'termin_inbound_total{channel="sms",outcome="handled"} 1.0' in page
    assert "termin_messages" in page
    assert "501502503" not in page
    assert "Anna" not in page


async def test_a_forged_webhook_is_counted(database_url: str) -> None:
    async with a_story(database_url) as story:
        async with story.sandbox.http.post(f"{story.url}/twilio/sms", data={"a": "b"}) as answer:
            assert answer.status == 403
        _, page = await got(story.url, "/metrics")

    assert 'termin_webhooks_refused_total{channel="sms"} 1.0' in page


async def test_a_clockwork_that_has_shown_no_life_for_a_minute_is_not_ready(database: Database) -> None:
    """Its own jobs still stand in its list, whatever keeps them from ending."""
    office = Office(database)
    ticker = Ticker([Job("stands", 3600, asyncio.Event().wait)])  # type: ignore[arg-type]
    health = Health(database, office.clock, (), ticker)
    health.at_work = True
    ticker.start()
    office.do(lambda tx: beat(tx, office.clock, "worker@here", {}))
    office.clock.pass_(59)
    assert (await health.report())["ready"]
    office.clock.pass_(2)
    assert not (await health.report())["ready"]
    await ticker.stop(0.01)


async def test_a_process_that_only_serves_the_web_looks_out_for_the_others(database_url: str) -> None:
    termin = Termin(Settings.model_validate({"database_url": database_url}), role="web")
    async with termin.at_work():
        jobs = [name for name, _ in termin.ticker.jobs()]
        report = await termin.health.report()
    termin.database.close()

    assert jobs == ["silence"]
    assert (report["ready"], report["scheduler"]["alive"], report["scheduler"]["here"]) == (
        True,
        False,
        False,
    )


async def test_before_the_club_is_at_work_it_is_alive_but_takes_nothing(database_url: str) -> None:
    listener = free_port()
    url = address_of(listener)
    settings = Settings.model_validate(
        {
            "database_url": database_url,
            "public_url": url,
            "twilio_account_sid": ACCOUNT,
            "twilio_auth_token": SECRET,
            "twilio_sender": CLUB,
        }
    )
    termin = Termin(settings)
    form = {"MessageSid": "SM" + "0" * 32, "From": ANNA, "Body": "psycholog"}
    headers = {"X-Twilio-Signature": RequestValidator(SECRET).compute_signature(f"{url}/twilio/sms", form)}
    async with serving(termin.web(), listener=listener), aiohttp.ClientSession() as http:
        assert (await got(url, "/healthz"))[0] == 200
        status, report = await got(url, "/readyz")
        async with http.post(f"{url}/twilio/sms", data=form, headers=headers) as answer:
            taken = answer.status
    termin.database.close()

    assert (status, report["ready"]) == (503, False)
    assert taken == 503


async def test_the_front_page_shows_the_office_and_lets_nothing_in(database_url: str) -> None:
    async with a_story(database_url) as story, story.sandbox.http.get(story.url + "/") as answer:
        page, policy = await answer.text(), answer.headers["Content-Security-Policy"]

    assert "77 483 77 23" in page
    assert "wew. 103" in page
    assert policy.startswith("default-src 'none'")
