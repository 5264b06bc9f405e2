"""The recurring jobs of a worker, as one table."""

from scheduler.clock import Clock
from scheduler.courier import Courier
from scheduler.heartbeat import beat
from scheduler.recovery import Recovery
from scheduler.ticker import Job, Ticker
from storage.database import Database

TICK = 15  # seconds: how late a row of the future may be found


def clockwork(database: Database, clock: Clock, courier: Courier, process: str) -> Ticker:
    """The ticker of a process that delivers, not yet started.

    Args:
        process: its name among all processes, the same after a restart.
    """
    recovery = Recovery(database, clock, [service.lane for service in courier.services])

    async def deliver() -> None:
        courier.wake()

    async def recover() -> None:
        await courier.results.settle()  # what this process knows comes before what it would have to find out
        await recovery.look()

    async def show_life() -> None:
        jobs = {name: at.isoformat() if at else "" for name, at in ticker.jobs()}
        await database.write(lambda tx: beat(tx, clock, process, jobs), clock.now())

    ticker = Ticker(
        [
            Job("deliver", TICK, deliver),
            Job("recover", TICK, recover),
            Job("follow_up", 600, recovery.follow_up),
            Job("heartbeat", TICK, show_life),
        ]
    )
    return ticker
