"""A Bot API that takes everything at once and keeps nothing: parsed by hand, so that the client is what is measured."""

import asyncio

from bench.children import ready

MESSAGE = (
    b'{"ok":true,"result":{"message_id":1,"date":1790000000,"chat":{"id":1,"type":"private","first_name":"A"},'
    b'"from":{"id":7,"is_bot":true,"first_name":"T","username":"t_bot"},"text":"x"}}'
)
BOT = (
    b'{"ok":true,"result":{"id":7,"is_bot":true,"first_name":"T","username":"t_bot","can_join_groups":false,'
    b'"can_read_all_group_messages":false,"supports_inline_queries":false}}'
)


class Answering(asyncio.Protocol):
    """One connection, kept open."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._seen = b""

    def data_received(self, data: bytes) -> None:
        self._seen += data
        while (end := self._seen.find(b"\r\n\r\n")) >= 0:
            head = self._seen[:end].lower()
            whole = end + 4 + _length(head)
            if len(self._seen) < whole:
                return
            self._seen = self._seen[whole:]
            self._answer(BOT if b"/getme" in head else MESSAGE)

    def _answer(self, body: bytes) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
        self._transport.write(head + body)  # type: ignore[attr-defined]


def _length(head: bytes) -> int:
    at = head.find(b"content-length:")
    return int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0


async def serve() -> None:
    """Until it is ended."""
    server = await asyncio.get_running_loop().create_server(Answering, "127.0.0.1", 0)
    ready(port=server.sockets[0].getsockname()[1])
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve())
