"""The parts of Termin, and how they are opened and closed: the one file that knows them all."""

import asyncio
import logging
import secrets
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount

from bot.clause_page import clause_page
from bot.dialogue.club import Club
from bot.ending import end_on_signals
from bot.errands import Errands
from bot.front import front_page
from bot.health import Health
from bot.interpreter import settle_in
from bot.later import Later
from bot.logs import configure_logs
from bot.metrics import Meters
from bot.reception import Reception
from bot.server import listen, serving
from bot.web import Edge
from config.centre import Centre, load_centre
from config.settings import Settings
from scheduler.calendar import is_holiday
from scheduler.clock import Clock
from scheduler.clockwork import clockwork, lookout
from scheduler.courier import Courier
from scheduler.people import adopt_numbers
from scheduler.plant import plant
from scheduler.ticker import Job, Ticker
from storage.database import Database, Transaction
from storage.migrate import check
from words.catalogue import load_catalogue
from words.compose import Composer

if TYPE_CHECKING:  # each brings its provider's library with it: loaded where the channel is on
    from bot.channels.sms.line import SmsLine
    from bot.channels.telegram.line import TelegramLine
    from panel.desk import LogIns, Parts
    from storage.notify import DueSignal

log = logging.getLogger("bot")

# What the end may take: 15 s in all. What is cut off then is found by its lease, or is brought again.
COURIER_SECONDS, TICKER_SECONDS, TASKS_SECONDS, ERRANDS_SECONDS = 4, 2, 3, 1
TELEGRAM = "https://api.telegram.org"  # a link opens no bot of another server, such as the demo's
CATCH_UP_SECONDS = 60  # what no webhook brought is answered within three minutes all the same


class Termin:
    """One process's parts. Its role is 'web' (takes what is brought), 'worker' (fetches, sends and ticks) or 'all'."""

    def __init__(
        self,
        settings: Settings,
        role: str = "all",
        clock: Clock | None = None,
        centre: Centre | None = None,
    ) -> None:
        self.settings, self.role = settings, role
        self.clock = clock or Clock()
        self.centre, self.catalogue = centre or load_centre(settings.centre), load_catalogue()
        self.composer = Composer(self.catalogue, self.centre)
        self.database = Database(settings.database_url)
        self.meters, self.errands, self.stop = Meters(), Errands(), asyncio.Event()
        self.reception = Reception(self.database, self.clock, Club(self.centre, self.catalogue), self.meters)
        self.sms, self.telegram = self._sms_line(), self._telegram_line()
        channels = [line.channel for line in (self.sms, self.telegram) if line]
        self.courier = Courier(self.database, self.clock, self.composer, self.centre, channels)
        self.ticker = (
            self._clockwork() if self.is_worker else lookout(self.database, self.clock, self.courier)
        )
        self.signal = None if self.database.is_sqlite else self._signal()
        self.database.on_due = self._wake
        self.health = Health(
            self.database, self.clock, [channel.name for channel in channels], self._own_ticker
        )
        self.failure: BaseException | None = None

    @property
    def is_web(self) -> bool:
        return self.role != "worker"

    @property
    def is_worker(self) -> bool:
        return self.role != "web"

    def web(self, more: Sequence[BaseRoute] = (), log_ins: "LogIns" = ()) -> Starlette:
        """The web edge; `more` stands after it, and `log_ins` on the panel's door."""
        secret = self.settings.telegram_webhook_secret
        edge = Edge(
            health=self.health,
            meters=self.meters,
            twilio=self.sms.desk if self.sms else None,
            telegram=self.telegram.desk if self.telegram and not self.telegram.is_polled else None,
            telegram_secret=secret.get_secret_value() if secret else "",
        )
        staffs = [
            Mount("/panel", Later(lambda: self._panel(log_ins))),
            Mount("/calendar", Later(self._calendars)),
        ]
        return edge.app([*(more or front_page(self.centre)), *clause_page(self.composer), *staffs])

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Open the parts and start them; at the end no more is taken, and what is under way is finished.

        Raises:
            DatabaseAway, DatabaseBehind: there is nothing to work on.
            Exception: whatever ended one of its loops early.
        """
        await self.database.write(self._prepare, self.clock.now())
        async with AsyncExitStack() as stack:
            for line in (self.sms, self.telegram):
                if line:
                    await stack.enter_async_context(line)
            stack.push_async_callback(self.errands.drain, ERRANDS_SECONDS)
            if self.is_worker:
                await stack.enter_async_context(self._loop("the courier", self.courier.run()))
                stack.push_async_callback(self.courier.stop, COURIER_SECONDS)
            self.ticker.start()
            stack.push_async_callback(self.ticker.stop, TICKER_SECONDS)
            for name, loop in self._other_loops():
                await stack.enter_async_context(self._loop(name, loop))
            stack.callback(self._stop_taking)
            self.errands.start(self._warm())
            self.health.at_work = True
            yield
        if self.failure:
            raise self.failure

    async def _warm(self) -> None:
        """Load the calendar of holidays: half a second that the first person to write should not wait."""
        await asyncio.to_thread(is_holiday, self.clock.now().date())

    def _sms_line(self) -> "SmsLine | None":
        if not self.settings.has_twilio:
            log.info("SMS is off: TERMIN_TWILIO_ACCOUNT_SID is not set")
            return None
        from bot.channels.sms.line import SmsLine  # noqa: PLC0415  see above

        return SmsLine(self.settings, self.reception.club, self.database, self.clock, self.reception.take)

    def _telegram_line(self) -> "TelegramLine | None":
        if not self.settings.has_telegram:
            log.info("Telegram is off: TERMIN_TELEGRAM_TOKEN is not set")
            return None
        from bot.channels.telegram.line import TelegramLine  # noqa: PLC0415  see above

        return TelegramLine(self.settings, self.centre, self.composer, self.reception.take, self.errands)

    def _clockwork(self) -> Ticker:
        process = f"{socket.gethostname()}/{self.role}/{self.settings.bind}"
        inbound = [Job("inbound", CATCH_UP_SECONDS, self.sms.catch_up.look)] if self.sms else []
        return clockwork(self.database, self.clock, self.centre, self.courier, process, inbound)

    def _signal(self) -> "DueSignal":
        from storage.notify import DueSignal  # noqa: PLC0415  PostgreSQL's driver

        return DueSignal(self.settings.database_url, self.courier.wake)

    def _panel(self, log_ins: "LogIns") -> Starlette:
        from panel.app import panel  # noqa: PLC0415  templates and passwords bring a third of a second

        return panel(self._panel_parts(log_ins))

    def _calendars(self) -> Starlette:
        from panel.calendar_feed import calendars  # noqa: PLC0415  likewise

        return calendars(self._panel_parts())

    def _panel_parts(self, log_ins: "LogIns" = ()) -> "Parts":
        from panel.desk import Parts  # noqa: PLC0415

        return Parts(
            database=self.database,
            clock=self.clock,
            centre=self.centre,
            composer=self.composer,
            key=self._key,
            public_url=self.settings.public_url,
            account=self.settings.twilio_sender,
            log_ins=log_ins,
            bot_name=lambda: self.telegram.name if self.telegram else None,
        )

    @cached_property
    def _key(self) -> bytes:
        """Without one of its own (the demo) it is good until the end."""
        given = self.settings.secret_key
        return given.get_secret_value().encode() if given else secrets.token_bytes(32)

    def _prepare(self, tx: Transaction) -> None:
        check(tx.connection)
        plant(tx, self.centre)
        if self.settings.twilio_sender:
            adopt_numbers(tx, self.settings.twilio_sender)

    def _other_loops(self) -> Iterator[tuple[str, Coroutine[Any, Any, None]]]:
        if self.signal:
            yield "the signal", self._until_stop(self.signal.run())
        if self.telegram and self.is_web and self.settings.telegram_api_url == TELEGRAM:
            yield "the bot's name", self.telegram.learn_name(self.stop)
        if self.telegram and (self.is_worker if self.telegram.is_polled else self.is_web):
            yield "Telegram's introduction", self.telegram.introduce(self.catalogue, self.stop)
            if self.telegram.is_polled:
                yield "polling", self.telegram.poll(self.database, self.stop)

    @asynccontextmanager
    async def _loop(self, name: str, loop: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
        """Run it beside the rest; if it fails, the whole process ends."""

        def ended(task: "asyncio.Task[None]") -> None:
            if not task.cancelled() and (error := task.exception()):
                log.critical("%s failed", name, exc_info=error)
                self.failure = self.failure or error
                self.stop.set()

        task = asyncio.create_task(loop)
        task.add_done_callback(ended)
        try:
            yield
        finally:
            await asyncio.wait({task}, timeout=TASKS_SECONDS)
            task.cancel()

    async def _until_stop(self, loop: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(loop)
        await self.stop.wait()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    def _stop_taking(self) -> None:
        self.health.at_work = False
        self.stop.set()

    def _wake(self) -> None:
        self.courier.wake()
        if self.signal:
            self.signal.send()

    @property
    def _own_ticker(self) -> Any:
        return self.ticker if self.is_worker else None


def run(settings: Settings, role: str = "all") -> None:
    """Serve the club until SIGTERM."""
    configure_logs(settings.secrets)
    asyncio.run(serve(Termin(settings, role)))


async def serve(
    termin: Termin, more: Sequence[BaseRoute] = (), *, before_drain: Callable[[], None] = lambda: None
) -> None:
    """Listen, then work, until a signal; then stop working, and listen no more."""
    end_on_signals(termin.stop)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(asyncio.to_thread, termin.database.close)
        if termin.is_web:
            listener = listen(termin.settings.host, termin.settings.port)
            server = await stack.enter_async_context(
                serving(termin.web(more), listener, before_drain=before_drain)
            )
            server.add_done_callback(lambda _: termin.stop.set())
        async with termin.at_work():
            settle_in()
            log.info("at work as %s on %s", termin.role, termin.settings.bind)
            await termin.stop.wait()
            log.info("stopping")
