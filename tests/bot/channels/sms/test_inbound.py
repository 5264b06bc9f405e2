"""What Twilio brings: refused unless it signed it, then read."""

from urllib.parse import urlencode

import pytest
from twilio.request_validator import RequestValidator

from bot.channels.sms.inbound import Form, Seal, incoming_of
from bot.channels.webhook import Webhook
from bot.dialogue.incoming import Incoming
from bot.errors import Broken, Forged

TOKEN, PUBLIC, PATH = "pretend-auth-token", "https://termin.example.org/klub", "/twilio/sms"
SID = "SM" + "0" * 32
FORM = {"MessageSid": SID, "From": "+48501502503", "To": "+48732100100", "Body": "Żółw & ślimak", "Blank": ""}


def signed(form: dict[str, str], url: str = PUBLIC + PATH, token: str = TOKEN) -> tuple[bytes, str]:
    """As Twilio signs and sends it; its own library computes the signature."""
    return urlencode(form).encode(), RequestValidator(token).compute_signature(url, form)


def opened(body: bytes, signature: str) -> Form:
    return Seal(TOKEN, PUBLIC).open(Webhook(PATH, body, signature))


def test_what_twilio_signed_is_opened_blank_fields_and_all() -> None:
    assert opened(*signed(FORM)) == FORM


@pytest.mark.parametrize(
    "url", ["http://termin.example.org/klub/twilio/sms", "https://termin.example.org/twilio/sms"]
)
def test_the_address_counts_as_the_settings_have_it(url: str) -> None:
    with pytest.raises(Forged):
        opened(*signed(FORM, url))


def test_another_token_is_refused() -> None:
    with pytest.raises(Forged):
        opened(*signed(FORM, token="another"))


def test_a_changed_field_is_refused() -> None:
    body, signature = signed(FORM)
    with pytest.raises(Forged):
        opened(body.replace(b"503", b"504"), signature)


@pytest.mark.parametrize("signature", ["", "nonsense", "ż"])
def test_no_signature_is_refused(signature: str) -> None:
    with pytest.raises(Forged):
        opened(urlencode(FORM).encode(), signature)


@pytest.mark.parametrize("body", [b"\xff\xfe", b"&".join(b"a%d=1" % n for n in range(500))])
def test_what_is_no_form_is_broken(body: bytes) -> None:
    with pytest.raises(Broken):
        opened(body, "x")


def test_an_sms_is_what_was_said_and_by_whom() -> None:
    assert incoming_of(FORM, "+48732100100") == Incoming(
        "sms", "+48732100100", "+48501502503", SID, text="Żółw & ślimak"
    )


def test_an_empty_sms_says_nothing() -> None:
    incoming = incoming_of({"MessageSid": SID, "From": "+48501502503"}, "x")

    assert incoming is not None
    assert incoming.text == ""


def test_nuls_are_left_out() -> None:
    incoming = incoming_of(FORM | {"Body": "T\x00AK"}, "x")

    assert incoming is not None
    assert incoming.text == "TAK"


@pytest.mark.parametrize("sender", ["InPost", "7243", "whatsapp:+48501502503"])
def test_who_can_not_be_answered_is_let_be(sender: str) -> None:
    assert incoming_of(FORM | {"From": sender}, "x") is None


@pytest.mark.parametrize("missing", [{"MessageSid": ""}, {"From": ""}, {"MessageSid": "x" * 65}])
def test_twilios_own_fields_have_to_be_there(missing: dict[str, str]) -> None:
    with pytest.raises(Broken):
        incoming_of(FORM | missing, "x")
