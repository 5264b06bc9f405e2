import socket

from bot.server import listen


def test_an_answer_does_not_wait_for_the_callers_acknowledgement() -> None:
    """asyncio sets TCP_NODELAY on what a listener accepts only where the listener names its protocol."""
    with listen("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP
