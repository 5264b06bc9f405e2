"""The end of the program: signals, and the last resort if something hangs then."""

import asyncio
import os
import signal
import threading

AT_THE_LATEST_SECONDS = 14


def end_on_signals(stop: asyncio.Event) -> None:
    """Let SIGTERM and SIGINT set `stop`, and end the process in time even if something hangs then."""

    def end() -> None:
        stop.set()
        # As a crash would leave it, which is harmless: what is not settled has its lease.
        hard = threading.Timer(AT_THE_LATEST_SECONDS, os._exit, [0])
        hard.daemon = True
        hard.start()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end)
