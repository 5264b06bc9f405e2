"""What the Bot API answers when it refuses, in its own words."""

from typing import Any

from sandbox.wire import JSON


class Refused(Exception):
    """A call that the Bot API turns down."""

    def __init__(self, status: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    def as_json(self) -> JSON:
        body: JSON = {"ok": False, "error_code": self.status, "description": self.description}
        return {**body, "parameters": self.parameters} if self.parameters else body


def bad_request(what: str) -> Refused:
    """400, with the reason as Telegram words it."""
    return Refused(400, f"Bad Request: {what}")


def too_many(wait_seconds: int) -> Refused:
    """429, with the seconds to wait."""
    return Refused(429, f"Too Many Requests: retry after {wait_seconds}", retry_after=wait_seconds)


def conflict(what: str) -> Refused:
    """409: two who want the updates."""
    return Refused(409, f"Conflict: {what}")


BLOCKED = "Forbidden: bot was blocked by the user"
NOT_STARTED = "Forbidden: bot can't initiate conversation with a user"
KICKED = "Forbidden: bot was kicked from the group chat"
MIGRATED = "Bad Request: group chat was upgraded to a supergroup chat"
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
