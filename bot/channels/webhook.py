"""A provider's call of one of our addresses, as it came."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Webhook:
    """The path with its query, and the body, as they were signed."""

    path: str
    body: bytes
    signature: str
