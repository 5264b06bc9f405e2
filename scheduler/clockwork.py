"""The recurring jobs of a worker, as one table."""

from collections.abc import Awaitable, Callable, Sequence

from config.centre import Centre
from scheduler.announcements import look_after
from scheduler.asking import ask_all
from scheduler.clock import Clock
from scheduler.contracts import watch_contracts
from scheduler.courier import Courier
from scheduler.digest import tell_day
from scheduler.duty import tell_urgent
from scheduler.heartbeat import beat
from scheduler.offers import offer_times
from scheduler.recovery import Recovery
from scheduler.redaction import Redaction
from scheduler.retention import forget_at_night
from scheduler.sessions_ahead import make_all
from scheduler.silence import clockwork_stands
from scheduler.ticker import Job, Ticker
from scheduler.uploads import forget_uploads
from storage.database import Database, Transaction

LOOK_OUT = 60
TICK = 15  # seconds: how late a row of the future may be found


def clockwork(
    database: Database,
    clock: Clock,
    centre: Centre,
    courier: Courier,
    process: str,
    more: Sequence[Job] = (),
) -> Ticker:
    """The ticker of a process that delivers, not yet started.

    Args:
        process: its name among all processes, the same after a restart.
        more: the jobs of what stands above the scheduler.
    """

    async def show_life() -> None:
        jobs = {name: at.isoformat() if at else "" for name, at in ticker.jobs()}
        await database.write(lambda tx: beat(tx, clock, process, jobs), clock.now())

    ticker = Ticker(
        [
            Job("heartbeat", TICK, show_life),
            *_delivering(database, clock, courier),
            *_of_the_club(database, clock, centre),
            *more,
        ]
    )
    return ticker


def _delivering(database: Database, clock: Clock, courier: Courier) -> list[Job]:
    """What the ledger's messages need."""
    lanes = [service.lane for service in courier.services]
    recovery = Recovery(database, clock, lanes)

    async def deliver() -> None:
        courier.wake()

    async def recover() -> None:
        await courier.results.settle()  # what this process knows comes before what it would have to find out
        await recovery.look()

    return [
        Job("deliver", TICK, deliver),
        Job("recover", TICK, recover),
        Job("follow_up", 600, recovery.follow_up),
        Job("redaction", 60, Redaction(database, clock, lanes).look),
    ]


def _of_the_club(database: Database, clock: Clock, centre: Centre) -> list[Job]:
    """What the club's days need: each asks what is due at its `now`."""

    def writing(work: Callable[[Transaction, Centre], object]) -> Callable[[], Awaitable[None]]:
        """A job that is one short transaction."""

        async def run() -> None:
            await database.write(lambda tx: work(tx, centre), clock.now())

        return run

    async def ask_health() -> None:
        await ask_all(database, centre, clock.now())

    async def retain() -> None:
        await forget_at_night(database, clock, centre)

    return [
        Job("urgent", TICK, writing(tell_urgent), by_wall=True),
        Job("announcements", TICK, writing(look_after), by_wall=True),
        Job("prompts", 2 * TICK, ask_health, by_wall=True),
        Job("digest", 60, writing(tell_day), by_wall=True),
        Job("offers", 2 * TICK, writing(offer_times), by_wall=True),
        Job("sessions", 300, lambda: make_all(database, centre, clock.now()), by_wall=True),
        Job("contracts", 3600, writing(watch_contracts), by_wall=True),
        Job("retention", 900, retain),
        Job("uploads", 600, writing(forget_uploads)),
    ]


def lookout(database: Database, clock: Clock, courier: Courier) -> Ticker:
    """The ticker of a process that delivers nothing: it tells staff itself when no other process does."""

    async def look() -> None:
        rows = await database.write(lambda tx: clockwork_stands(tx, clock), clock.now())
        if rows:
            await courier.deliver_only(rows)

    return Ticker([Job("silence", LOOK_OUT, look)])
