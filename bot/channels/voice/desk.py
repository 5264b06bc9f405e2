"""What is done with a call: it is put through to the office; where nobody answers, staff are told who called."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.channels.sms.inbound import Seal
from bot.channels.voice.inbound import Form, caller, was_taken
from bot.channels.voice.render import put_through, say_and_end
from bot.channels.webhook import Webhook
from bot.dialogue.club import Club
from scheduler.calendar import local
from scheduler.contacting import missed_call
from scheduler.office_hours import is_open
from scheduler.people import SMS, AddressState, address_of, people_at
from storage.database import Transaction
from storage.errors import DatabaseAway

AFTER = "/twilio/voice/after"
LANGUAGE = "pl"  # nobody has said yet who they are

Write = Callable[[Callable[[Transaction], str]], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class VoiceDesk:
    """The calls to one number. Each method returns TwiML; a call is answered even while the database is away.

    Raises:
        Forged, Broken: it is not Twilio's, or not whole; nothing is changed.
    """

    seal: Seal
    account: str
    public_url: str
    club: Club
    write: Write

    async def call(self, webhook: Webhook) -> str:
        """Somebody calls: the office rings in its hours; outside of them the hours are said, and staff are to call back."""
        form = self.seal.open(webhook)
        try:
            return await self.write(lambda tx: self._answer(tx, form))
        except DatabaseAway:
            return self._put_through()

    async def after_call(self, webhook: Webhook) -> str:
        """The ringing is over: if nobody took the call, staff are to call back."""
        form = self.seal.open(webhook)
        if was_taken(form):
            return say_and_end([])
        try:
            return await self.write(lambda tx: self._missed(tx, form, "voice_nobody"))
        except DatabaseAway:
            return say_and_end([self._say("voice_nobody"), self._say("voice_try_again")])

    def _answer(self, tx: Transaction, form: Form) -> str:
        return (
            self._put_through() if is_open(tx, self.club.centre) else self._missed(tx, form, "voice_closed")
        )

    def _put_through(self) -> str:
        return put_through(self._say("voice_greeting"), self.club.centre.contact, self.public_url + AFTER)

    def _missed(self, tx: Transaction, form: Form, why: str) -> str:
        """Whoever hides their number can't be called back: they are told when to call."""
        number = caller(form)
        if number is None:
            return say_and_end([self._say(why), self._say("voice_try_again")])
        address = address_of(tx, SMS, self.account, number)
        people = [] if address.state is AddressState.WRONG else people_at(tx, address.id)
        missed_call(tx, address.id, people, local(tx.now, self.club.centre.zone).date())
        return say_and_end([self._say(why), self._say("voice_noted")])

    def _say(self, key: str) -> str:
        centre = self.club.centre
        return self.club.catalogue.say(
            LANGUAGE, key, club=centre.name, hours=centre.contact.hours.in_language(LANGUAGE)
        )
