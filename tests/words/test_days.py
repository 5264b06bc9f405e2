from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from babel import Locale

from words.catalogue import LANGUAGES
from words.days import MONTHS, WEEKDAYS, say_day, say_moment, say_time

WARSAW = ZoneInfo("Europe/Warsaw")
WEDNESDAY = datetime(2026, 10, 14, 10, tzinfo=WARSAW)
LONG_BEFORE, DAY_BEFORE, SAME_DAY = date(2026, 10, 1), date(2026, 10, 13), date(2026, 10, 14)


@pytest.mark.parametrize(
    ("language", "short", "long"),
    [
        ("pl", "środa 14.10 godz. 10:00", "środa 14 października, godz. 10:00"),
        ("uk", "середа 14.10 о 10:00", "середа 14 жовтня о 10:00"),
        ("en", "Wednesday 14 October at 10:00", "Wednesday 14 October at 10:00"),
    ],
)
def test_a_moment_as_people_say_it(language: str, short: str, long: str) -> None:
    assert say_moment(WEDNESDAY, language, long=False, today=LONG_BEFORE) == short
    assert say_moment(WEDNESDAY, language, long=True, today=LONG_BEFORE) == long


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (SAME_DAY, "dziś, środa 14.10 godz. 10:00"),
        (DAY_BEFORE, "jutro, środa 14.10 godz. 10:00"),
        (LONG_BEFORE, "środa 14.10 godz. 10:00"),
        (date(2026, 10, 15), "środa 14.10 godz. 10:00"),
        (None, "środa 14.10 godz. 10:00"),
    ],
)
def test_today_and_tomorrow_stand_beside_the_date(today: date | None, expected: str) -> None:
    assert say_moment(WEDNESDAY, "pl", long=False, today=today) == expected


def test_hours_have_no_leading_zero_and_months_do() -> None:
    ninth = datetime(2027, 2, 3, 9, 5, tzinfo=WARSAW)

    assert say_moment(ninth, "pl", long=False, today=None) == "środa 3.02 godz. 9:05"
    assert say_time(ninth) == "09:05"


def test_ukrainian_says_eleven_with_its_own_word() -> None:
    eleven = WEDNESDAY.replace(hour=11)

    assert say_moment(eleven, "uk", long=False, today=None) == "середа 14.10 об 11:00"
    assert say_day(eleven.date(), "uk", long=True) == "середа 14 жовтня"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_names_are_those_of_cldr(language: str) -> None:
    names = Locale.parse(language)
    apostrophe = str.maketrans("ʼ’", "''")
    weekdays = [names.days["format"]["wide"][number].translate(apostrophe) for number in range(7)]
    months = [names.months["format"]["wide"][number] for number in range(1, 13)]

    assert list(WEEKDAYS[language]) == weekdays
    assert list(MONTHS[language]) == months


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_day_of_a_year_is_said_in_its_own_words(language: str) -> None:
    days = [date(2028, 1, 1) + timedelta(days=ahead) for ahead in range(366)]

    assert len({say_day(day, language, long=True) for day in days}) == 366
    assert len({say_day(day, language, long=False) for day in days}) == 366
