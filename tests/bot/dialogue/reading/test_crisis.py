"""Words of crisis are read wherever they stand, and what only looks like them mostly is not."""

import sys
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.reading.crisis import is_crisis
from bot.dialogue.reading.vocabulary import Intent
from tests.bot.dialogue.reading.test_understand import messages, read
from tests.examples import examples

HERE = Path(__file__).parent
MOST = 0.9


def lines(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"yes": [], "no": []}
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if "\t" in line and not line.startswith("#"):
            is_one, text = line.split("\t")
            found[is_one].append(text)
    return found


CRIES = lines("crisis.tsv")["yes"]


def test_every_cry_of_the_list_is_heard_and_no_look_alike() -> None:
    assert [text for text in CRIES if not is_crisis(text)] == []
    assert [text for text in lines("crisis.tsv")["no"] if is_crisis(text)] == []
    assert len(CRIES) >= 60
    assert len(lines("crisis.tsv")["no"]) >= 60


def test_most_cries_of_the_hold_out_are_heard(capsys: pytest.CaptureFixture[str]) -> None:
    kept = lines("crisis_holdout.tsv")
    heard, taken = ([text for text in kept[kind] if is_crisis(text)] for kind in ("yes", "no"))
    with capsys.disabled():
        sys.stdout.write(
            f"\ncries heard: {len(heard)} of {len(kept['yes'])}, look-alikes taken for one: {len(taken)}\n"
        )

    assert len(heard) >= MOST * len(kept["yes"])
    assert len(taken) <= (1 - MOST) * len(kept["no"])


@pytest.mark.parametrize("text", CRIES)
def test_a_cry_outranks_whatever_else_is_said(text: str) -> None:
    for around in (f"tak {text}", f"{text} 1", f"nie przyjde {text} odwolaj", f"stop, {text}!", text.upper()):
        assert read(around).intent is Intent.CRISIS, around


def test_no_ordinary_message_is_taken_for_a_cry() -> None:
    lists = ("messages.tsv", "messages_holdout.tsv", "messages_traps.tsv")
    ordinary = [one for name in lists for one in messages(name) if one.intents != ["crisis"]]

    assert [one.text for one in ordinary if is_crisis(one.text)] == []


@given(st.sampled_from(CRIES), st.integers(0, 4000), st.integers(0, 4000))
@settings(max_examples=examples(30), deadline=None)
def test_a_cry_is_heard_in_the_middle_of_a_long_message(text: str, before: int, after: int) -> None:
    story = "dzien dobry pisze bo mam klopoty w domu i nie wiem do kogo isc. " * 70

    assert is_crisis(f"{story[:before]}. {text}. {story[:after]}")


@pytest.mark.parametrize("text", ["nie chce ", "zabije ", "a ", "sie ", "😀", "nie mam ", "ą"])
def test_the_longest_message_is_read_quickly(text: str) -> None:
    began = process_time()
    is_crisis(text * 4096)

    assert process_time() - began < 0.25
