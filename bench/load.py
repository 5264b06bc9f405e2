"""A process that asks a web server again and again over kept connections, as cheaply as Python can, and says how long each took.

It shares the processors with the server. Its standard input is a pickled list of whole requests; a line of JSON answers it.
"""

import asyncio
import pickle
import sys
import time
from collections import Counter

from bench.children import ready


async def ask(port: int, requests: list[bytes], connections: int, warm: int) -> dict[str, object]:
    """The first `warm` requests are not counted."""
    await _share(port, requests[:warm], connections)
    begun = time.perf_counter()
    latencies, statuses = await _share(port, requests[warm:], connections)
    rate = len(latencies) / (time.perf_counter() - begun)
    return {"rate": rate, "latencies": latencies, "statuses": dict(statuses)}


async def _share(port: int, requests: list[bytes], connections: int) -> tuple[list[float], Counter[str]]:
    todo = iter(requests)
    latencies: list[float] = []
    statuses: Counter[str] = Counter()

    async def connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request in todo:
            begun = time.perf_counter()
            writer.write(request)
            statuses[await _answer(reader)] += 1
            latencies.append(time.perf_counter() - begun)
        writer.close()

    async with asyncio.TaskGroup() as group:
        for _ in range(connections):
            group.create_task(connection())
    return latencies, statuses


async def _answer(reader: asyncio.StreamReader) -> str:
    head = await reader.readuntil(b"\r\n\r\n")
    at = head.lower().find(b"content-length:")
    await reader.readexactly(int(head[at + 15 :].split(b"\r\n", 1)[0]))
    return head[9:12].decode()


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    ready(**asyncio.run(ask(given[0], pickle.load(sys.stdin.buffer), given[1], given[2])))
