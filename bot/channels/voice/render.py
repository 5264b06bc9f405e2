"""What a caller hears, as TwiML: words in Polish, and the ringing of the office."""

from collections.abc import Sequence

from twilio.twiml.voice_response import Dial, VoiceResponse

from config.centre import Contact

VOICE = {"language": "pl-PL", "voice": "Polly.Ewa"}
RING_SECONDS = 25
KEYS_AFTER_SECONDS = 2  # until an extension can be dialled; each w waits half a second


def put_through(said: str, contact: Contact, then: str) -> str:
    """Say it, then ring the office with its extension; what comes of that is told to the address `then`."""
    response = VoiceResponse()
    response.say(said, **VOICE)
    dial = Dial(timeout=RING_SECONDS, action=then, method="POST")
    keys = {"send_digits": "ww" * KEYS_AFTER_SECONDS + contact.extension} if contact.extension else {}
    dial.number("+48" + contact.phone.replace(" ", ""), **keys)
    response.append(dial)
    return str(response)


def say_and_end(said: Sequence[str]) -> str:
    """Say these, if there is anything to say, and hang up."""
    response = VoiceResponse()
    for words in said:
        response.say(words, **VOICE)
    response.hangup()
    return str(response)
