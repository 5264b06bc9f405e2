"""What a caller hears: that this is an automat, and then the office; the hours where nobody answers there."""

from twilio.twiml.voice_response import Dial, VoiceResponse

from config.centre import Contact

VOICE = {"language": "pl-PL", "voice": "Polly.Ewa"}
RING_SECONDS = 25
KEYS_AFTER_SECONDS = 2  # until an extension can be dialled; each w waits half a second
AFTER = "/twilio/voice/after"

GREETING = "Dzień dobry. Tu automat zapisów na spotkania, {club}. Proszę chwilę poczekać, łączymy z biurem."
NOBODY = (
    "Nikt teraz nie odbiera. Biuro jest czynne {hours}. Można też wysłać SMS na ten numer. Do usłyszenia."
)


def greeting(contact: Contact, club: str, after_url: str) -> str:
    """TwiML: say who this is, then ring the office."""
    response = VoiceResponse()
    response.say(GREETING.format(club=club), **VOICE)
    dial = Dial(timeout=RING_SECONDS, action=after_url, method="POST")
    keys = {"send_digits": "ww" * KEYS_AFTER_SECONDS + contact.extension} if contact.extension else {}
    dial.number("+48" + contact.phone.replace(" ", ""), **keys)
    response.append(dial)
    return str(response)


def goodbye(contact: Contact, *, was_answered: bool) -> str:
    """TwiML for what follows the ringing."""
    response = VoiceResponse()
    if was_answered:
        response.hangup()
    else:
        response.say(NOBODY.format(hours=contact.hours.pl), **VOICE)
    return str(response)
