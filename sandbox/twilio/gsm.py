"""How many parts an SMS takes: the GSM 7-bit alphabet, or UCS-2 as soon as one letter is not in it."""

# 3GPP TS 23.038, 6.2.1: the default alphabet, and its extension table, whose characters take two places.
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("\f^{}\\[~]|€")


def segments(text: str) -> int:
    """160 characters in one part, 153 in each of several; in UCS-2 70 and 67."""
    if all(letter in BASIC or letter in EXTENSION for letter in text):
        return _gsm(text)
    return _ucs2(text)


def _gsm(text: str) -> int:
    sizes = [2 if letter in EXTENSION else 1 for letter in text]
    return 1 if sum(sizes) <= 160 else _fill(sizes, 153)


def _ucs2(text: str) -> int:
    sizes = [2 if ord(letter) > 0xFFFF else 1 for letter in text]
    return 1 if sum(sizes) <= 70 else _fill(sizes, 67)


def _fill(sizes: list[int], room: int) -> int:
    """A character of two places is never split over two parts."""
    parts, used = 1, 0
    for size in sizes:
        if used + size > room:
            parts, used = parts + 1, 0
        used += size
    return parts
