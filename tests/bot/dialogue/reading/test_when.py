"""Two lists of phrases, read: none wrongly, four of five at least; and anything at all, read without harm."""

import sys
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from time import process_time
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.reading.days import Reason, Unclear
from bot.dialogue.reading.when import When, read_when

WARSAW = ZoneInfo("Europe/Warsaw")
HERE = Path(__file__).parent
MONDAY = datetime(2026, 10, 12, 9, 0, tzinfo=WARSAW)


class Phrase(NamedTuple):
    now: datetime
    language: str
    text: str
    meaning: str


def phrases(name: str) -> list[Phrase]:
    found, now, language = [], MONDAY, ""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("@ "):
            day, clock, language = line[2:].split()
            now = datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=WARSAW)
        elif "\t" in line and not line.startswith("#"):
            found.append(Phrase(now, language, *line.split("\t")))
    return found


def written(read: When) -> str:
    """A reading as the lists write it down."""
    hours = f" {clock(read.from_time)}-{clock(read.until_time)}" if read.from_time or read.until_time else ""
    return days_written(read) + (f" {clock(read.at)}" if read.at else hours)


def days_written(read: When) -> str:
    if read.first_day is None or read.last_day is None:
        return "*"
    if read.first_day == read.last_day:
        return f"{read.first_day}"
    is_open = (read.last_day - read.first_day).days > 60
    return f"{read.first_day}.." + ("" if is_open else f"{read.last_day}")


def clock(moment: time | None) -> str:
    return f"{moment:%H:%M}" if moment else ""


def outcome(phrase: Phrase) -> str:
    """Right, refused (nothing read, asked back, or words left that nobody could place) or wrong."""
    read = read_when(phrase.text, phrase.now)
    if isinstance(read, When) and not read.leftover:
        return "right" if written(read) == phrase.meaning else "wrong"
    if phrase.meaning == "-":
        return "right" if read is None else "wrong"
    return "rightly refused" if phrase.meaning == "?" else "refused"


LANGUAGES = ("pl", "uk", "en")
KINDS = ("right", "refused", "wrong", "rightly refused")


@pytest.mark.parametrize("name", ["when_phrases.tsv", "when_holdout.tsv"])
def test_no_phrase_is_read_wrongly_and_four_of_five_are_read(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    wrong = []
    for phrase in phrases(name):
        counts[phrase.language, outcome(phrase)] += 1
        if outcome(phrase) == "wrong":
            wrong.append((phrase.text, phrase.meaning, read_when(phrase.text, phrase.now)))
    report = [f"{name:>22}" + "".join(f"{kind:>17}" for kind in KINDS)]
    report += [
        f"{language:>22}" + "".join(f"{counts[language, kind]:>17}" for kind in KINDS)
        for language in LANGUAGES
    ]
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(report) + "\n")
    assert wrong == []
    for language in LANGUAGES:
        right, refused = counts[language, "right"], counts[language, "refused"]
        assert right >= 0.8 * (right + refused), f"{language}: {right} of {right + refused}"


def test_the_lists_are_long_enough() -> None:
    assert len(phrases("when_phrases.tsv")) >= 240
    assert len(phrases("when_holdout.tsv")) >= 80


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("przyszły czwartek", ["2026-10-15", "2026-10-22"]),
        ("poniedziałek", ["2026-10-12", "2026-10-19"]),
        ("w środę lub piątek", ["2026-10-14", "2026-10-16"]),
        ("next friday", ["2026-10-16", "2026-10-23"]),
    ],
)
def test_a_doubtful_day_comes_with_the_days_it_could_be(text: str, days: list[str]) -> None:
    read = read_when(text, MONDAY)

    assert isinstance(read, Unclear)
    assert read.reason is Reason.WHICH_DAY
    assert [f"{day}" for day in read.choices] == days


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("wczoraj", Reason.PAST),
        ("dziś o 8", Reason.PAST),
        ("31.02", Reason.NO_SUCH_DAY),
        ("jutro o 25", Reason.NO_SUCH_HOUR),
        ("jutro o 6", Reason.MORNING_OR_EVENING),
        ("jutro o 3 w nocy", Reason.NIGHT),
        ("nie w czwartek", Reason.DENIED),
        ("25.10.2026 02:30", Reason.CLOCK_CHANGE),
        ("28.03.2027 02:30", Reason.CLOCK_CHANGE),
        ("czwartek 13.11", Reason.DAYS_DISAGREE),
        ("czwartek 15", Reason.DAY_OR_HOUR),
        ("co tydzień w czwartek", Reason.RECURRING),
        ("3.12.2036", Reason.TOO_FAR),
    ],
)
def test_a_refusal_says_why(text: str, reason: Reason) -> None:
    read = read_when(text, MONDAY)

    assert isinstance(read, Unclear)
    assert read.reason is reason


def test_words_that_are_no_day_and_no_time_are_handed_back() -> None:
    read = read_when("psycholog w czwartek po 12", MONDAY)

    assert isinstance(read, When)
    assert read.leftover == "psycholog"


WRITTEN = """
jutro dziś czwartek pn 3.12 9:00 o po od do za tydzień 2 10 15 31.02 wpół rano nie może lub - . , : / 12 2026
завтра у четвер після наступного тижня грудня next thursday at half past december 3rd pm week in
"""
PIECES = st.sampled_from(WRITTEN.split())
TEXTS = st.one_of(
    st.text(max_size=1600),
    st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=60).map(" ".join),
    st.lists(PIECES, max_size=20).map("".join),
)
MINUTES = st.integers(0, 5 * 365 * 24 * 60)
MOMENTS = MINUTES.map(
    lambda minutes: (MONDAY.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(WARSAW)
)


@given(TEXTS, MOMENTS)
def test_whatever_is_written_no_day_in_the_past_comes_of_it(text: str, now: datetime) -> None:
    read = read_when(text, now)

    if isinstance(read, When) and read.first_day:
        assert read.last_day is not None
        assert now.date() <= read.first_day <= read.last_day
    if isinstance(read, When) and read.first_day == read.last_day == now.date() and read.at:
        assert read.at > now.time()
    if isinstance(read, When) and read.from_time and read.until_time:
        assert read.from_time < read.until_time


@pytest.mark.parametrize(
    "text", ["9", "9.", "od ", "1 ", "czwartek ", "'a", "\0", "😀", "ﷺ", "a'", "w ", "3.12 ", "do 3 "]
)
def test_the_longest_message_takes_no_longer_for_being_odd(text: str) -> None:
    began = process_time()
    read_when((text * 1600)[:1600], MONDAY)

    assert process_time() - began < 0.1
