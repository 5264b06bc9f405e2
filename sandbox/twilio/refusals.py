"""What Twilio answers when it refuses: an HTTP status, a code of its own, and a sentence."""

from sandbox.wire import JSON

KNOWN: dict[int, tuple[int, str]] = {
    20001: (400, "Parameter '{what}' is not valid"),
    20003: (401, "Authenticate"),
    20009: (409, "Cannot delete this resource before it is complete"),
    20404: (404, "The requested resource {what} was not found"),
    20429: (429, "Too Many Requests"),
    21211: (400, "Invalid 'To' Phone Number: {what}"),
    21266: (400, "'To' and 'From' number cannot be the same: {what}"),
    21602: (400, "Message body is required."),
    21603: (400, "A 'From' phone number is required."),
    21604: (400, "A 'To' phone number is required."),
    21606: (
        400,
        "The 'From' phone number {what} is not a valid, message-capable Twilio phone number for this account",
    ),
    21610: (400, "Attempt to send to unsubscribed recipient"),
    21614: (400, "To number: {what}, is not a mobile number"),
    21617: (400, "The concatenated message body exceeds the 1600 character limit"),
    21624: (400, "Invalid validity period value"),
    21701: (400, "The Messaging Service {what} does not exist"),
}


class Refused(Exception):
    """A request that Twilio turns down, with its code."""

    def __init__(self, code: int, what: str = "", *, status: int = 0, message: str = "") -> None:
        known_status, known_message = KNOWN.get(code, (400, "The request was refused"))
        self.code = code
        self.status = status or known_status
        self.message = message or known_message.format(what=what)
        super().__init__(self.message)

    def as_json(self) -> JSON:
        more = f"https://www.twilio.com/docs/errors/{self.code}"
        return {"code": self.code, "message": self.message, "more_info": more, "status": self.status}
