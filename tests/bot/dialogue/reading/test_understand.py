"""Three lists of messages, read: nothing that changes something is ever read into them; and slips, and anything at all."""

import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from time import process_time
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.dialogue.reading.days import Reason
from bot.dialogue.reading.services import Services
from bot.dialogue.reading.understand import Meaning, understand
from bot.dialogue.reading.verdict import BARS, CHANGING
from bot.dialogue.reading.vocabulary import STOPPED_BY_PROVIDER, Intent
from bot.dialogue.reading.when import When
from bot.dialogue.reading.wordings import PHRASES
from tests.bot.dialogue.reading.test_when import TEXTS, written
from tests.examples import examples

HERE = Path(__file__).parent
MONDAY = datetime(2026, 10, 12, 9, 0, tzinfo=ZoneInfo("Europe/Warsaw"))
SERVICES = Services(
    {
        "psychologist": [
            "psycholog",
            "psychologa",
            "konsultacja psychologiczna",
            "психолог",
            "психолога",
            "psychologist",
        ],
        "career_adviser": [
            "doradca",
            "doradca zawodowy",
            "doradcy",
            "консультант",
            "career adviser",
            "adviser",
        ],
        "counselling": ["poradnictwo", "specjalista", "фахівець", "counselling"],
    }
)
CODES = {"psychologist", "career_adviser", "counselling"}


class Message(NamedTuple):
    language: str
    text: str
    intents: list[str]
    fields: dict[str, str]
    never: list[str]


def messages(name: str) -> list[Message]:
    found, language = [], ""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("@ "):
            language = line[2:]
        elif "\t" in line and not line.startswith("#"):
            text, meant, *never = line.split("\t")
            intents, *fields = meant.split(";")
            pairs = dict(field.strip().split("=") for field in fields)
            found.append(Message(language, text, named(intents), pairs, named(*never)))
    return found


def named(*cells: str) -> list[str]:
    return [name.strip() for cell in cells for name in cell.split(",")]


def read(text: str, language: str = "pl") -> Meaning:
    return understand(text, SERVICES, MONDAY, language=language)


def outcome(message: Message) -> str:
    """Right, asked back, or wrong."""
    meaning = read(message.text, message.language)
    if meaning.intent in {"unknown", "maybe_not", "decline"} and meaning.intent not in message.intents:
        return "right" if "unknown" in message.intents else "asked back"
    return "right" if meaning.intent in message.intents and has(meaning, message.fields) else "wrong"


def has(meaning: Meaning, fields: dict[str, str]) -> bool:
    values = {name: getattr(meaning, name) for name in fields}
    return fields == {
        name: written(value) if isinstance(value, When) else f"{value}" for name, value in values.items()
    }


LANGUAGES = ("pl", "uk", "en")
KINDS = ("right", "asked back", "wrong")
LISTS = ("messages.tsv", "messages_traps.tsv", "messages_holdout.tsv")


@pytest.mark.parametrize("name", LISTS)
def test_no_message_is_read_wrongly_and_most_are_understood(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    for message in messages(name):
        counts[message.language, outcome(message)] += 1
    report = [f"{name:>22}" + "".join(f"{kind:>12}" for kind in KINDS)]
    report += [
        f"{language:>22}" + "".join(f"{counts[language, kind]:>12}" for kind in KINDS)
        for language in LANGUAGES
    ]
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(report) + "\n")
    assert [message.text for message in messages(name) if outcome(message) == "wrong"] == []
    for language in LANGUAGES:
        assert counts[language, "right"] >= 0.85 * sum(counts[language, kind] for kind in KINDS)


@pytest.mark.parametrize("name", LISTS)
def test_nothing_is_changed_by_a_message_that_does_not_ask_for_it(name: str) -> None:
    for message in messages(name):
        intent = read(message.text, message.language).intent
        assert intent not in message.never, message.text
        assert intent in message.intents or intent not in CHANGING, message.text


def test_the_list_is_long_enough() -> None:
    assert len(messages("messages.tsv")) >= 150


def test_every_intent_has_its_bar() -> None:
    assert set(BARS) == set(Intent) - {Intent.UNKNOWN, Intent.CRISIS, Intent.MAYBE_NOT}


@pytest.mark.parametrize("language", ["pl", "uk"])
def test_no_is_a_refusal_only_in_english(language: str) -> None:
    assert read("no", language).intent is Intent.UNKNOWN
    assert read("no", "en").intent is Intent.NO


@pytest.mark.parametrize("word", sorted(STOPPED_BY_PROVIDER))
def test_a_word_by_which_the_provider_stops_us_stops_everything(word: str) -> None:
    assert read(f" {word.upper()}\n") == Meaning(Intent.STOP, taken_by_provider=True)


@pytest.mark.parametrize(
    ("word", "intent"),
    [("YES", Intent.YES), ("HELP", Intent.HELP), ("INFO", Intent.UNKNOWN), ("UNSTOP", Intent.START)],
)
def test_a_word_that_the_provider_also_takes_is_marked(word: str, intent: Intent) -> None:
    assert read(word) == Meaning(intent, taken_by_provider=True)


def test_beside_a_refusal_stands_the_day_that_cannot_be() -> None:
    meaning = read("nie moge jutro")

    assert meaning.intent is Intent.NO
    assert meaning.when == When(MONDAY.date().replace(day=13), MONDAY.date().replace(day=13))


def test_two_wishes_in_one_message_lose_nothing() -> None:
    meaning = read("nie moge jutro moze piatek")

    assert meaning.intent is Intent.CHANGE
    assert meaning.when == When(MONDAY.date().replace(day=16), MONDAY.date().replace(day=16))


def test_a_doubtful_day_is_handed_on_with_its_reason() -> None:
    meaning = read("psycholog w poniedzialek")

    assert (meaning.intent, meaning.service, meaning.when) == (Intent.BOOK, "psychologist", None)
    assert meaning.unclear is not None
    assert meaning.unclear.reason is Reason.WHICH_DAY
    assert [day.day for day in meaning.unclear.choices] == [12, 19]


@pytest.mark.parametrize("text", ["odwołaj poniedziałek", "nie przyjdę w poniedziałek"])
def test_a_doubtful_day_is_a_no_that_is_asked_about_never_a_giving_back(text: str) -> None:
    meaning = read(text)

    assert meaning.intent is Intent.NO
    assert meaning.unclear is not None


def test_a_no_about_a_day_that_has_been_means_nothing() -> None:
    assert read("nie przyjdę wczoraj").intent is Intent.UNKNOWN


@pytest.mark.parametrize(
    "text", ["nie przyjde", "odwolaj", "tak", "ok", "stop", "pomylka", "cofnij", "bez ogloszen"]
)
@pytest.mark.parametrize("doubt", ["nie wiem", "chyba", "czy", "jak", "kto", "lekarz", "?"])
def test_a_word_of_doubt_keeps_everything_as_it_is(text: str, doubt: str) -> None:
    for written_so in (f"{doubt} {text}", f"{text} {doubt}"):
        intent = read(written_so).intent
        assert intent not in CHANGING, written_so


LATIN, CYRILLIC = "abcdefghijklmnoprstuwyz", "абвгдежзиклмнопрстуфхцчшщьюяієґ"
WANTED = sorted(phrase for phrase, meant in PHRASES.items() if isinstance(meant, Intent))
LONE = {phrase[0]: meant for phrase, meant in PHRASES.items() if len(phrase) == 1}


@st.composite
def slipped(draw: st.DrawFn) -> tuple[str, str]:
    """A phrase, and the same with one letter wrong, missing, added or swapped with its neighbour."""
    phrase = list(draw(st.sampled_from(WANTED)))
    chosen = draw(st.integers(0, len(phrase) - 1))
    word = phrase[chosen]
    place = draw(st.integers(0, len(word) - 1))
    letter = draw(st.sampled_from(LATIN if word.isascii() else CYRILLIC))
    before, after = word[:place], word[place + 1 :]
    forms = [
        before + after,
        before + letter + after,
        before + letter + word[place:],
        before + after[:1] + word[place] + after[1:],
    ]
    mistyped = [*phrase[:chosen], draw(st.sampled_from(forms)), *phrase[chosen + 1 :]]
    return " ".join(phrase), " ".join(mistyped)


@given(slipped(), st.sampled_from(["pl", "uk", "en"]))
@settings(max_examples=examples(200), deadline=None)
def test_a_slip_of_one_letter_never_changes_what_is_done(pair: tuple[str, str], language: str) -> None:
    phrase, mistyped = pair

    meant, got = read(phrase, language).intent, read(mistyped, language).intent

    if " " not in phrase:
        assert got in {meant, Intent.UNKNOWN}
    assert got in {meant, Intent.UNKNOWN} or got not in CHANGING


def test_no_two_lone_words_of_different_intents_are_one_slip_apart() -> None:
    words = sorted(word for word, meant in LONE.items() if isinstance(meant, Intent))
    near = [
        (word, other)
        for place, word in enumerate(words)
        for other in words[place + 1 :]
        if LONE[word] is not LONE[other] and OSA.distance(word, other, score_cutoff=1) <= 1
    ]
    assert near == []


BETWEEN = "jutro piątek 10 o nie ? , . ! 2 bo może ale psycholog 👍 czy"
PIECES = st.sampled_from([*(" ".join(phrase) for phrase in PHRASES), *BETWEEN.split()])
HALVES = "nie moge jutro przyjde odwolac czy moze chyba bo ale tak prosze wiem zadzwonic ok dziekuje bede"


@given(st.one_of(TEXTS, st.lists(PIECES, max_size=12).map(" ".join)), st.sampled_from(["pl", "uk", "en"]))
@settings(max_examples=examples(150), deadline=None)
def test_whatever_is_written_something_is_meant(text: str, language: str) -> None:
    meaning = read(text, language)

    assert (meaning.digit is not None) == (meaning.intent is Intent.DIGIT)
    assert meaning.language is None or meaning.intent is Intent.LANGUAGE
    assert meaning.service is None or meaning.service in CODES
    assert meaning.minutes is None or 0 < meaning.minutes <= 180
    assert meaning.when is None or meaning.when.first_day is None or meaning.when.first_day >= MONDAY.date()


@given(st.lists(st.sampled_from(HALVES.split()), max_size=7))
@settings(max_examples=examples(200), deadline=None)
def test_a_visit_is_given_up_only_where_the_words_for_it_stand_together(words: list[str]) -> None:
    text = " ".join(words)
    intent = read(text).intent

    if intent is Intent.NO:
        assert any(
            phrase in text for phrase in ("nie moge", "nie przyjde", "nie bede", "jutro nie")
        ) or words[:1] == ["nie"]
        assert "tak" not in words
        assert "czy" not in words
        assert "chyba" not in words
    if intent is Intent.GIVE_BACK:
        assert "odwolac" in words
        assert "nie odwolac" not in text
        assert "czy" not in words


def test_understanding_takes_no_longer_than_a_person_notices() -> None:
    spent = []
    for message in messages("messages.tsv"):
        began = process_time()
        read(message.text)
        spent.append(process_time() - began)
    assert sorted(spent)[len(spent) // 2] < 0.001


@pytest.mark.parametrize("text", ["a ", "ą", "1.", "'a", "abcdefg ", "ﷺ", "\0", "😀", "nie ", "odwolac "])
def test_the_longest_message_takes_no_longer_for_being_odd(text: str) -> None:
    def seconds() -> float:
        began = process_time()
        read((text * 1600)[:1600])
        return process_time() - began

    assert min(seconds() for _ in range(4)) < 0.1  # the best of a few, or another process decides
