"""Days and times as people say them, short for an SMS and long for a chat."""

from datetime import date, datetime, timedelta


def _names(words: str) -> tuple[str, ...]:
    return tuple(words.split())


# Monday first; months in the case that follows a day's number. The tests hold them against CLDR: to read them from
# there at every start would be a fifth of the start.
WEEKDAYS = {
    "pl": _names("poniedziałek wtorek środa czwartek piątek sobota niedziela"),
    "uk": _names("понеділок вівторок середа четвер п'ятниця субота неділя"),
    "en": _names("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
}
MONTHS = {
    "pl": _names(
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"
    ),
    "uk": _names("січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня"),
    "en": _names("January February March April May June July August September October November December"),
}
TODAY_TOMORROW = {"pl": ("dziś", "jutro"), "uk": ("сьогодні", "завтра"), "en": ("today", "tomorrow")}


def say_day(day: date, language: str, *, long: bool) -> str:
    """`środa 14.10`, or long `środa 14 października`; English always names the month, for 3.12 could be March."""
    weekday = WEEKDAYS[language][day.weekday()]
    if long or language == "en":
        return f"{weekday} {day.day} {MONTHS[language][day.month - 1]}"
    return f"{weekday} {day.day}.{day.month:02}"


def say_date(day: date, language: str) -> str:
    """`1.06.2023`, `1 June 2023`: of something that holds since then."""
    if language == "en":
        return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"
    return f"{day.day}.{day.month:02}.{day.year}"


def say_moment(local: datetime, language: str, *, long: bool, today: date | None) -> str:
    """`jutro, środa 14.10 godz. 10:00`; with no `today` neither today nor tomorrow is named."""
    day = say_day(local.date(), language, long=long)
    return f"{_near(local.date(), language, today)}{day}{_hour(local, language, long=long)}"


def say_time(local: datetime) -> str:
    """`09:00`, as on a button."""
    return f"{local.hour:02}:{local.minute:02}"


def _near(day: date, language: str, today: date | None) -> str:
    if today is None or not today <= day <= today + timedelta(days=1):
        return ""
    return f"{TODAY_TOMORROW[language][(day - today).days]}, "


def _hour(local: datetime, language: str, *, long: bool) -> str:
    clock = f"{local.hour}:{local.minute:02}"
    if language == "pl":
        return f", godz. {clock}" if long else f" godz. {clock}"
    if language == "uk":
        return f" об {clock}" if local.hour == 11 else f" о {clock}"  # об одинадцятій
    return f" at {clock}"
