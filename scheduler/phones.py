"""Which telephone numbers can be written to, and how each is stored: E.164, Poland where no country is said."""

import re

from phonenumbers import (
    NumberParseException,
    PhoneNumber,
    PhoneNumberFormat,
    PhoneNumberType,
    format_number,
    is_valid_number,
    number_type,
    parse,
)

from scheduler.names import tidy
from scheduler.remarks import Explained

# phonenumbers reads the letters of "wew. 103" as keys of a keypad and finds a wrong number: they are refused before it sees them.
_EXTENSION = re.compile(r"wew|ext|x\s*\d|#", re.IGNORECASE)
_SEVERAL = re.compile(r"[,;/]|\d\s*(?:lub|albo|oraz|i|or|and)\s*\+?\d", re.IGNORECASE)
_SHAPE = re.compile(r"\+?[\d\s().\-]+", re.ASCII)
# Spreadsheets take a leading + away; 48 and nine digits phonenumbers knows by itself.
_PLUS_LOST = re.compile(r"380\d{9}", re.ASCII)

_TAKES_SMS = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
_NO_SMS = {
    PhoneNumberType.FIXED_LINE: "is a landline and takes no SMS",
    PhoneNumberType.TOLL_FREE: "is a toll-free line, not somebody's own mobile",
    PhoneNumberType.PREMIUM_RATE: "is a premium-rate line, not somebody's own mobile",
    PhoneNumberType.SHARED_COST: "is a shared-cost line, not somebody's own mobile",
}


class PhoneRefused(Explained):
    """The number can't be written to; the text says why, and what to give instead."""


def mobile(written: str) -> str:
    """That number in E.164.

    Raises:
        PhoneRefused: it is no mobile number, or not just one.
    """
    text = tidy(written)
    if _EXTENSION.search(text):
        raise PhoneRefused(
            f"'{text}' has an extension, which takes no SMS; give a mobile number or none", "phone_extension"
        )
    if _SEVERAL.search(text):
        raise PhoneRefused(f"'{text}' is more than one number; give one", "phone_several")
    number = _parsed(text)
    kind = number_type(number)
    if kind not in _TAKES_SMS:
        reason = _NO_SMS.get(kind, "is not a mobile number")
        raise PhoneRefused(f"'{text}' {reason}; give a mobile number or none", "phone_no_mobile")
    return format_number(number, PhoneNumberFormat.E164)


def readable(phone: str | None) -> str:
    """E.164 as people read it out: 501 502 503, and abroad with its country; "" for none."""
    if not phone:
        return ""
    abroad = not phone.startswith("+48")
    form = PhoneNumberFormat.INTERNATIONAL if abroad else PhoneNumberFormat.NATIONAL
    return format_number(parse(phone), form)


def _parsed(text: str) -> PhoneNumber:
    digits = re.sub(r"\D", "", text)
    try:
        if _SHAPE.fullmatch(text):
            number = parse(f"+{digits}" if _PLUS_LOST.fullmatch(digits) else text, "PL")
            if is_valid_number(number):
                return number
    except NumberParseException:
        pass
    raise PhoneRefused(
        f"'{text}' is not a telephone number; write it as 501 502 503 or +48 501 502 503", "phone_wrong"
    )
