import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from words.sms import is_gsm, parts, plain, second_part


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 151, 2),  # the euro's two septets do not fit behind the 152nd
        ("a" * 152 + "€" + "a" * 152, 3),
        ("ą" * 70, 1),
        ("ą" * 71, 2),
        ("ą" * 134, 2),
        ("ą" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("ж" * 66 + "😀" + "ж" * 66, 3),  # an emoji is two units, and is never cut in two
        ("[]{}\\~^|€\f" * 8, 1),
        ("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà" * 3, 1),
    ],
)
def test_parts_at_their_boundaries(text: str, expected: int) -> None:
    assert parts(text) == expected


LETTERS = st.text(st.sampled_from("aż€[ж😀\n"), max_size=330) | st.text(max_size=200)
GSM_LETTERS = st.text(st.sampled_from("ab€[é\n"), min_size=120, max_size=480)


@given(LETTERS | GSM_LETTERS)
@example("a" * 152 + "€" * 77)
def test_parts_are_the_fewest_that_break_no_letter(text: str) -> None:
    assert parts(text) == fewest_parts(text)


def fewest_parts(text: str) -> int:
    """By definition: try every place at which the text could be cut."""
    if is_gsm(text):
        sizes, alone, joined = [2 if letter in "\f^{}\\[~]|€" else 1 for letter in text], 160, 153
    else:
        sizes, alone, joined = [2 if ord(letter) > 0xFFFF else 1 for letter in text], 70, 67
    if sum(sizes) <= alone:
        return 1
    fewest = [0] + [len(text)] * len(text)
    for end in range(1, len(text) + 1):
        start, held = end, 0
        while start > 0 and held + sizes[start - 1] <= joined:
            start -= 1
            held += sizes[start]
            fewest[end] = min(fewest[end], fewest[start] + 1)
    return fewest[-1]


def test_the_alphabet_has_128_places_one_of_them_the_escape() -> None:
    letters = [chr(number) for number in range(0x10000) if is_gsm(chr(number))]

    assert len(letters) == 127 + 10


def test_a_polish_letter_costs_the_whole_text() -> None:
    assert not is_gsm("Zażółć")
    assert not is_gsm("ó")
    assert is_gsm("Zazolc")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zażółć gęślą jaźń, ZAŻÓŁĆ GĘŚLĄ JAŹŃ", "Zazolc gesla jazn, ZAZOLC GESLA JAZN"),
        ("„Tak” – napisała… ‘ok’ • 5 m", "\"Tak\" - napisala... 'ok' - 5 m"),
        ("Dvořák, Šťastný, Müller, André", "Dvorak, Stastny, Müller, André"),
        ("Z\u0307ako\u0301w", "Zakow"),  # as some programs write ż and ó: a letter and a mark
        ("Надія, п'ятниця", "Надія, п'ятниця"),
        ("Żółć 👍", "Żółć 👍"),  # it goes out in UCS-2 anyway: let it be read well
    ],
)
def test_plain_letters(text: str, expected: str) -> None:
    assert plain(text) == expected


@given(st.text(max_size=200))
def test_plain_text_is_never_more_parts_and_stays_plain(text: str) -> None:
    once = plain(text)

    assert plain(once) == once
    assert is_gsm(once) or once == text


@given(st.text(st.sampled_from("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ abc.,-\n„”–"), max_size=160))
def test_polish_always_fits_the_alphabet_letter_for_letter(text: str) -> None:
    assert is_gsm(plain(text))
    assert len(plain(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a" * 160, None),
        ("a" * 161, 153),
        ("ż" * 70, None),
        ("ż" * 71, 67),
        ("a" * 152 + "€" + "a" * 151, 152),
    ],
)
def test_where_the_second_part_begins(text: str, expected: int | None) -> None:
    assert second_part(text) == expected
