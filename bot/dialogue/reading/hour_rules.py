"""Decides which tokens say a time: "po 12", "od 9 do 11", "wpół do jedenastej", "10ta", "1430", "о 10 годині", "3pm"."""

from typing import NamedTuple

from bot.dialogue.reading import hour_words as say
from bot.dialogue.reading.day_rules import Tokens, is_glued, number_at, text_at
from bot.dialogue.reading.days import Found
from bot.dialogue.reading.hour_words import Lead, Part
from bot.dialogue.reading.hours import Clock, Said, shifted
from bot.dialogue.reading.phrases import Phrases

_PARTS = Phrases({phrase: part for part, phrases in say.PARTS.items() for phrase in phrases})
_NOON = Phrases(dict.fromkeys(say.NOON, True))
_SHIFTS = Phrases(say.SHIFTS)


class _Read(NamedTuple):
    clock: Clock
    end: int
    marked: bool  # something beside the number says that it is an hour


def part_at(tokens: Tokens, place: int) -> Found[Part] | None:
    """A part of the day, but not the "morning" of "good morning"."""
    if text_at(tokens, place - 1) in say.GREETING:
        return None
    return _PARTS.at(tokens, place)


def said_at(tokens: Tokens, place: int, *, beside_day: bool) -> Found[Said] | None:
    """The hours that begin here. Beside a day three digits are a time too ("jutro 930")."""
    lead, start = _lead(tokens, place)
    led = start > place
    first = _clock(tokens, start, led=led or beside_day)
    if first is None:
        return None
    joins = say.TO | say.AND if lead is Lead.BETWEEN else say.TO
    if lead is not Lead.UNTIL and text_at(tokens, first.end) in joins:
        last = _last(tokens, first.end + 1)
        if last and (led or _may_be_range(first, last)):
            return Found(place, last.end, Said(Lead.BETWEEN, first.clock, last.clock))
    if lead is Lead.BETWEEN or not (led or first.marked):
        return None
    return Found(place, first.end, Said(lead, first.clock))


def _lead(tokens: Tokens, place: int) -> tuple[Lead, int]:
    """What "po", "od godz.", "najwcześniej o" make of the hour, and where it begins."""
    lead = Lead.AT
    for _ in range(3):
        found = say.LEADS.get(text_at(tokens, place)) or _than(tokens, place)
        if found is None:
            break
        lead = found if lead is Lead.AT else lead
        place += 1
        place += is_glued(tokens, place, ".")
    return lead, place


def _than(tokens: Tokens, place: int) -> Lead | None:
    """ "Później niż o 10", "earlier than 10"."""
    if text_at(tokens, place) not in say.THAN:
        return None
    return Lead.UNTIL if text_at(tokens, place - 1) in say.EARLIER else Lead.SINCE


def _last(tokens: Tokens, place: int) -> _Read | None:
    while say.LEADS.get(text_at(tokens, place)) is Lead.AT:
        place += 1
        place += is_glued(tokens, place, ".")
    return _clock(tokens, place, led=True)


def _may_be_range(first: _Read, last: _Read) -> bool:
    """Whether two numbers with a dash are hours: "10-12" is, "1-3" might be anything."""
    return first.marked or last.marked or 7 <= first.clock.hour < last.clock.hour <= 20


def _clock(tokens: Tokens, place: int, *, led: bool) -> _Read | None:
    read = (
        _shifted_hour(tokens, place)
        or _noon(tokens, place)
        or _spelt_hour(tokens, place)
        or _minutes_in_digits(tokens, place, led=led)
        or _hour_in_digits(tokens, place)
    )
    if read is None:
        return None
    read = _with_meridiem(tokens, read)
    unit = text_at(tokens, read.end) in say.HOUR_UNITS
    if unit:
        read = read._replace(end=read.end + 1, marked=True)
    return None if _runs_on(tokens, read.end) else read


def _runs_on(tokens: Tokens, end: int) -> bool:
    """Whether the number goes on as something that is no hour ("1O", "10:7", "12345")."""
    if end >= len(tokens) or not tokens[end].glued:
        return False
    if tokens[end].text in ":.,;/":
        return end + 1 < len(tokens) and tokens[end + 1].glued
    return tokens[end].is_word or tokens[end].is_number


def _shifted_hour(tokens: Tokens, place: int) -> _Read | None:
    shift = _SHIFTS.at(tokens, place)
    hour = shift and (say.HOURS.get(text_at(tokens, shift.end)) or number_at(tokens, shift.end))
    return _Read(shifted(Clock(hour), shift.value), shift.end + 1, marked=True) if shift and hour else None


def _noon(tokens: Tokens, place: int) -> _Read | None:
    noon = _NOON.at(tokens, place)
    return _Read(Clock(12, exact=True), noon.end, marked=True) if noon else None


def _spelt_hour(tokens: Tokens, place: int) -> _Read | None:
    """ "dziesiątej", "dziesiąta trzydzieści", "o czternastej czterdzieści pięć"."""
    text = text_at(tokens, place)
    hour = say.HOURS.get(text)
    if hour is None or (text in say.NEED_LEAD and text_at(tokens, place - 1) not in say.ENGLISH_LEADS):
        return None
    minute = say.MINUTES.get(text_at(tokens, place + 1), 0)
    end = place + 1 + bool(minute)
    if minute >= 20 and say.MINUTES.get(text_at(tokens, end)) == 5:
        minute, end = minute + 5, end + 1
    return _Read(Clock(hour, minute), end, marked=True)


def _minutes_in_digits(tokens: Tokens, place: int, *, led: bool) -> _Read | None:
    """ "10:30", "10.30", "1430"; "10 30" and "930" only where a word or a day says that a time comes."""
    hour, text = number_at(tokens, place), text_at(tokens, place)
    if hour is None:
        return _run_together(tokens, place, led=led)
    exact = text.startswith("0") and len(text) == 2
    if text_at(tokens, place + 1) in {":", ".", ",", ";"} and tokens[place + 1].glued:
        minute = number_at(tokens, place + 2)
        if minute is None or not tokens[place + 2].glued or len(text_at(tokens, place + 2)) != 2:
            return None
        if minute % 5 and text_at(tokens, place + 1) != ":":
            return None  # "10,11" and "10.11" are two hours, or a day, sooner than such a minute
        return _Read(Clock(hour, minute, exact, digits=True), place + 3, marked=True)
    if led and text_at(tokens, place + 1) in {"00", "15", "30", "45"} and not tokens[place + 1].glued:
        return _Read(Clock(hour, int(text_at(tokens, place + 1)), exact, digits=True), place + 2, marked=True)
    return None


def _run_together(tokens: Tokens, place: int, *, led: bool) -> _Read | None:
    number, text = number_at(tokens, place, 4), text_at(tokens, place)
    if number is None or number % 100 not in {0, 15, 30, 45} or not 600 <= number <= 2000:
        return None
    clock = Clock(number // 100, number % 100, exact=text.startswith("0"), digits=True)
    return _Read(clock, place + 1, marked=True) if led or len(text) == 4 else None


def _hour_in_digits(tokens: Tokens, place: int) -> _Read | None:
    hour, text = number_at(tokens, place), text_at(tokens, place)
    if hour is None:
        return None
    end = place + 1
    dash = is_glued(tokens, end, "-")
    ending = text_at(tokens, end + dash)
    if ending in say.HOUR_ENDINGS and tokens[end + dash].glued and not is_glued(tokens, end + dash + 1, "."):
        return _Read(Clock(hour), end + dash + 1, marked=True)
    return _Read(Clock(hour, exact=text.startswith("0") and len(text) == 2), end, marked=False)


def _with_meridiem(tokens: Tokens, read: _Read) -> _Read:
    """ "9 am", "3p.m."; "13pm" is an hour that no clock shows."""
    text, end = text_at(tokens, read.end), read.end + 1
    if text in {"a", "p"} and text_at(tokens, end) == "." and text_at(tokens, end + 1) == "m":
        text, end = text + "m", end + 2 + is_glued(tokens, end + 2, ".")
    if text not in say.AM | say.PM:
        return read
    hour = read.clock.hour % 12 + (12 if text in say.PM else 0) if 1 <= read.clock.hour <= 12 else 99
    return _Read(Clock(hour, read.clock.minute, exact=True), end, marked=True)
