import pytest

from scheduler.names import first_name, name_key, tidy


@pytest.mark.parametrize(
    "other", ["JAN KOWALSKI", "jan  kowalski", " Jan\u00a0Kowalski ", "Ján Kowalski\u200b"]
)
def test_names_that_differ_in_case_accents_or_spaces_are_one(other: str) -> None:
    assert name_key(other) == name_key("Jan Kowalski")


def test_polish_letters_without_a_decomposition_lose_their_stroke_too() -> None:
    assert name_key("Łucja Gawłowska") == name_key("Lucja Gawlowska")


def test_names_in_cyrillic_stay_themselves() -> None:
    assert name_key("Оксана Бондар") == "оксана бондар"


def test_another_order_is_another_name() -> None:
    assert name_key("Kowalski Jan") != name_key("Jan Kowalski")


def test_a_tidy_text_has_single_spaces_and_nothing_unseen() -> None:
    assert tidy(" \ufeffAnna\t Maria\u200b  Test ") == "Anna Maria Test"


def test_the_first_name_is_the_first_word() -> None:
    assert first_name("Anna Maria Testowa") == "Anna"
