"""A process with the product's own web edge, all of its parts put together as always, at the hour of the bench's story."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from bench.children import ready
from bench.club import ACCOUNT, NOW
from bench.story import PUBLIC_URL, TOKEN
from bot.main import Termin, serve
from config.settings import Settings
from scheduler.clock import Clock
from tests.servers import free_port


def termin(url: str, centre: str, port: int) -> Termin:
    """Only the web's part: what it writes is sent by nobody."""
    settings = Settings.model_validate(
        {
            "database_url": url,
            "centre": Path(centre),
            "bind": f"127.0.0.1:{port}",
            "public_url": PUBLIC_URL,
            "secret_key": "bench",
            "twilio_account_sid": "AC" + "0" * 32,
            "twilio_auth_token": TOKEN,
            "twilio_sender": ACCOUNT,
        }
    )
    return Termin(settings, "web", Clock(NOW - datetime.now(UTC)))


def main(url: str, centre: str) -> None:
    """Serve until SIGTERM."""
    listener = free_port()
    port = listener.getsockname()[1]
    listener.close()

    async def run() -> None:
        edge = termin(url, centre, port)
        serving = asyncio.create_task(serve(edge))
        while not edge.health.at_work and not serving.done():  # noqa: ASYNC110 - a monitor would ask as often
            await asyncio.sleep(0.01)
        ready(port=port)
        await serving

    asyncio.run(run())


if __name__ == "__main__":
    main(*sys.argv[1:])
