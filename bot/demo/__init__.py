"""`termin demo`: the whole product on one machine, with pretend providers, pretend people and a clock that can be moved."""

import asyncio

from bot.demo.stage import Stage
from bot.logs import configure_logs


def run(port: int) -> None:
    """Serve it until SIGTERM."""
    configure_logs()
    asyncio.run(Stage(port).play())
