"""Messages as a channel is handed them."""

from typing import Any

from scheduler.channels import Choice, Outgoing
from scheduler.purposes import Purpose


def an_outgoing(address: str, body: str = "Wolne terminy:", **changes: Any) -> Outgoing:
    settings: dict[str, Any] = {
        "attempt_id": 1,
        "message_id": 2,
        "address": address,
        "language": "pl",
        "body": body,
        "purpose": Purpose.REPLY,
    }
    return Outgoing(**{**settings, **changes})


def choices(*labels: str) -> tuple[Choice, ...]:
    return tuple(Choice(str(n), label, f"q7.{n}") for n, label in enumerate(labels, start=1))
