"""What an APScheduler job store can name: a job that does nothing, and how often it has run."""

RAN: list[None] = []


async def nothing() -> None:
    """Count, no more."""
    RAN.append(None)
