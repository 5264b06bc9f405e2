"""What an SMS can hold: the letters of the GSM alphabet, and how many parts a text takes.

The alphabet is 3GPP TS 23.038, 6.2.1 (default) and 6.2.1.1 (extension, two septets a letter). A part holds 140 octets,
six of which go to the header that joins several parts (3GPP TS 23.040, 9.2.3.24.1).
"""

import re
from unicodedata import normalize

GSM = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENSION = "\f^{}\\[~]|€"
GSM_ALONE, GSM_JOINED = 160, 153  # septets
UCS2_ALONE, UCS2_JOINED = 70, 67  # 16-bit units: a letter outside the basic plane takes two

_NOT_GSM = re.compile(f"[^{re.escape(GSM + GSM_EXTENSION)}]")
_TWO_SEPTETS = re.compile(f"[{re.escape(GSM_EXTENSION)}]")
_MARKED_LATIN = re.compile("[À-ÖØ-öø-ɏḀ-ỿ]")  # Latin-1 and what extends it
_PLAIN = str.maketrans(
    {
        **dict(zip("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ", strict=True)),
        **dict.fromkeys("–—‑‒−", "-"),
        **dict.fromkeys("„”“«»", '"'),
        **dict.fromkeys("‘’‚ʼ´`", "'"),
        **dict.fromkeys("\u00a0\u2009\u202f", " "),
        "…": "...",
        "•": "-",
        "\u200b": "",
        "\u00ad": "",
    }
)


def is_gsm(text: str) -> bool:
    """Whether every letter is in the GSM alphabet; one that is not turns the whole text into UCS-2."""
    return _NOT_GSM.search(text) is None


def parts(text: str) -> int:
    """How many parts the text is sent, and paid for, as; an empty one is one part."""
    return 1 + len(_breaks(text))


def second_part(text: str) -> int | None:
    """Where in the text its second part begins; None if it is one part."""
    return next(iter(_breaks(text)), None)


def _breaks(text: str) -> list[int]:
    if is_gsm(text):
        septets = len(text) + len(_TWO_SEPTETS.findall(text))
        return [] if septets <= GSM_ALONE else _joined([1 + (c in GSM_EXTENSION) for c in text], GSM_JOINED)
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    return [] if units <= UCS2_ALONE else _joined([1 + (c > "\uffff") for c in text], UCS2_JOINED)


def plain(text: str) -> str:
    """The same text in the GSM alphabet; one that can't be (Cyrillic, emoji) stays whole, for nothing is saved."""
    simple = _MARKED_LATIN.sub(_base_letter, normalize("NFC", text).translate(_PLAIN))
    return simple if is_gsm(simple) else text


def _joined(sizes: list[int], capacity: int) -> list[int]:
    """Where each further part of so much begins; none breaks a letter in two."""
    found, left = [], capacity
    for at, size in enumerate(sizes):
        if size > left:
            found.append(at)
            left = capacity
        left -= size
    return found


def _base_letter(match: re.Match[str]) -> str:
    """`š` becomes `s`; `é` is in the alphabet, and `ə` is no letter with a mark: both stay."""
    base = normalize("NFD", match[0])[0]
    return base if not is_gsm(match[0]) and is_gsm(base) else match[0]
