"""Messages a second to an unpaced Bot API, with our request class in PTB's Bot and with PTB's own."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

from bench.children import a_child
from bench.clients import closed_loop
from bench.frame import Budget, Goal, Result, Run, in_turn
from bench.stores import Store
from bot.channels.telegram.request import AiohttpRequest

TEXT = "Klub: przypominamy o spotkaniu jutro, środa 14 października, godz. 10:00, ul. Reja 2a, pokój 104."
AT_ONCE = (16, 64)


def measure(budget: Budget, _: Sequence[Store]) -> Iterator[Result]:
    """The server is a process of its own and shares the processors with the client."""
    with a_child("bench.fake_bot_api") as server:
        url = f"http://127.0.0.1:{server['port']}/bot"
        for clients in AT_ONCE:
            number = budget.count(600, least=4 * clients)
            mine, theirs = in_turn(
                budget,
                partial(_send, url, partial(_httpx, clients), clients, number),
                partial(_send, url, partial(AiohttpRequest, connections=clients), clients, number),
            )
            yield Result(
                f"Telegram sends, {clients} at once",
                "",
                "a second",
                mine,
                theirs,
                goals=(Goal("ratio", ">=", 2),),
                notes=(
                    "the baseline is PTB's Bot with HTTPXRequest, its pool as large as the number at once",
                ),
            )


def _httpx(clients: int) -> BaseRequest:
    return HTTPXRequest(connection_pool_size=clients, pool_timeout=30)


def _send(url: str, request: Callable[[], BaseRequest], clients: int, number: int) -> Run:
    async def run() -> Run:
        async with Bot("7:token", base_url=url, request=request(), get_updates_request=request()) as bot:
            return await closed_loop(
                clients, [lambda: bot.send_message(1, TEXT)] * (number + clients), warm=clients
            )

    return asyncio.run(run())
