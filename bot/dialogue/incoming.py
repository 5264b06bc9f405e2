"""What somebody said, whichever way it came: the one shape that every channel brings to the dialogue."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message, press or shared contact, from one address.

    `provider_id` is the provider's own id of the delivery: the same id twice is the same message. At most one of `text`,
    `press` (a pressed button's token), `contact` (the number on the sender's own card), `foreign_contact` (a card of
    somebody else, or one passed on) and `code` (what a link to the bot carried) says something; a picture, a voice
    recording or a sticker comes as an empty text, a channel's command as `/moje`. `blocked` says that the channel was shut
    to the club (True) or opened again (False): nobody waits for an answer, and the dialogue never sees it. `sent_at` is
    when the provider took it, in real time, where it tells that; `late` says that this was too long ago for its words
    to be taken as they stand: "tomorrow" was another day.
    """

    channel: str
    account: str
    address: str
    provider_id: str
    text: str | None = None
    press: str | None = None
    contact: str | None = None
    foreign_contact: bool = False
    code: str | None = None
    buttons: bool = False
    name: str | None = None
    blocked: bool | None = None
    sent_at: datetime | None = None
    late: bool = False
