"""Every text as long as the club's file, the calendar and people's names can make it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache, partial
from itertools import product
from typing import Any

from tests.words.builders import (
    LONGEST_FIRST_NAME,
    an_instant,
    longest_day,
    numbered,
    the_catalogue,
    the_centre,
    the_composer,
)
from words.compose import Option, Say, Style

CHOICES = {
    "which_service": "option_service",
    "which_person": "which_person_option",
    "which_day": "option_day",
    "day_times": "option_hour",
    "yes_no_which": "which_visit_option_named",
    "digit_which_list": "option_time_of",
    "which_visit": "which_visit_option",
    "not_today_which": "which_visit_option",
}
# What stands at {visits}, where it is not the person's own list.
LINES = {
    **dict.fromkeys(("check_visit_list", "check_early_list", "declared_visits"), ("check_line",)),
    "club_called_off_many": ("changed_day",),
    "club_new_places": ("changed_day",),
}
Said = Callable[[str, str, int], tuple[str, ...]]
AT_NINE_UTC = 9  # 11:00 in summer: two digits, and the longer of the two Ukrainian words for "at"


def longest_texts(language: str, key: str, style: Style) -> Iterator[str]:
    """The text for each service and place, where it says anything of them, today and the day before."""
    said = cache(partial(_said, language, key, style))
    services = [service.code for service in the_centre().services]
    stations = [room.stations[0].code for room in the_centre().rooms]  # all of a room are said alike
    places = [*stations, "phone", "remote"]
    if all(
        len({said(service, place, 0) for place in places}) == 1 for service in (services[0], services[-1])
    ):
        places = places[:1]
    if all(len({said(service, place, 0) for service in services}) == 1 for place in (places[0], places[-1])):
        services = services[:1]
    for (service, place), ahead in product(_pairs(services, places, said), (0, 1)):
        yield from said(service, place, ahead)


def _pairs(services: list[str], places: list[str], said: Said) -> list[tuple[str, str]]:
    """Each service with the longest place and each place with the longest service: neither changes the other's words."""
    service = max(services, key=lambda one: max(map(len, said(one, places[0], 0))))
    place = max(places, key=lambda one: max(map(len, said(services[0], one, 0))))
    return list(dict.fromkeys([*product(services, [place]), *product([service], places)]))


def _said(language: str, key: str, style: Style, service: str, place: str, ahead: int) -> tuple[str, ...]:
    """Whichever way the visits are listed, if they are."""
    values = longest_values(language, service, place)
    today = longest_day(language) - timedelta(days=ahead)
    lists = LINES.get(key.removesuffix("_named"), ("mine_line", "mine_shared_line"))
    lists = lists if "{visits}" in the_catalogue().template(language, key) else lists[:1]
    options = choices(language, key, values)
    return tuple(
        the_composer().text(language, key, values | {"visits": listed(visits, values)}, style, today, options)
        for visits in lists
    )


def listed(visits: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"key": visits, "params": values}] * (2 if visits == "check_line" else 3)


def longest_values(language: str, service: str, place: str) -> dict[str, Any]:
    day = longest_day(language)
    instant = an_instant(day, AT_NINE_UTC)
    return {
        "starts_at": instant,
        "starts_time": instant,
        "asked_day": day.isoformat(),
        "on_day": day.isoformat(),
        "asked_at": instant,
        "undo_time": instant,
        "ends_time": instant,
        "until_time": instant,
        "until_day": day.isoformat(),
        "offered_at": instant,
        **dict.fromkeys(("was_at", "meets_at", "beside_at"), instant),
        **dict.fromkeys(("first_day", "last_day"), day.isoformat()),
        **dict.fromkeys(("group", "beside"), "Grupa warsztatowa we wtorki po południu"),
        "session": 1000,
        "members": 19,
        "most": 10,
        "shifts": 3,
        "first_name": LONGEST_FIRST_NAME[language],
        "person": f"{LONGEST_FIRST_NAME[language]} Brzęczyszczykiewicz-Niedźwiedzka",
        "other": f"{LONGEST_FIRST_NAME[language]} Brzęczyszczykiewicz-Niedźwiedzka",
        "reference": "0a1b2c3d",
        "room": "102a",
        "doctor": "77 483 77 23",
        "sanitary_station": "77 483 77 23",
        "from_at": instant,
        "until_at": instant,
        "used": 2999,
        "cap": 3000,
        "number": 1000,
        "notes": "potwierdzone, sprawdzone",
        "command": "/zamkniete",
        "times": "10:00, 11:00",
        "text": "Prośba o telefon: Anna Testowa. Prosimy zadzwonić.",
        "ends": "503",
        "what": "zamknąć Klub",
        "minutes": 120,
        **dict.fromkeys(
            ("answer_day", "on_date", "today_date", "since_date", "until_date", "ends_date"), day.isoformat()
        ),
        "names": "Grupa A, Grupa B",
        **dict.fromkeys(("meetings", "confirmed", "unanswered", "sessions", "urgent"), 99),
        "lines": "10:00 Brzęczyszczykiewicz",
        **dict.fromkeys(("addresses", "parts", "left", "arrived", "failed", "seconds"), 999),
        **dict.fromkeys(("cost_zloty", "about"), "999.99"),
        "language": "pl",
        "body": "Klub: " + "a" * 350,
        "goes_at": instant,
        "status": "odwołane",
        "wish": "ogłoszenia wyłączone",
        "channel": "Telegram",
        "purpose": "przypomnienie",
        "version": "2026-11",
        "count": 120,
        "words": "W piątek 16.10 Klub jest czynny do godz. 12:00. Prosimy o telefon w innych sprawach.",
        "call_at": instant,
        "hours_a_week": 10,
        "hours_a_month": 40,
        "hour_zloty": "10.90",
        "since_date": "2023-12-31",
        "places": 31,
        "year": 2020,
        "units": [{"key": "works_unit", "params": {"name": name}} for name in the_centre().works.units],
        "rates": [{"key": "works_rate", "params": {"hour_zloty": "10.90", "since_date": "2023-12-31"}}] * 2,
        **the_centre().advice.model_dump(),
        "service": service,
        "place": place,
    }


def choices(language: str, key: str, values: dict[str, Any]) -> list[Option]:
    """What stands at {options}: three times or days, all services in the menu, two visits to choose from."""
    if "{options}" not in the_catalogue().template(language, key):
        return []
    if key == "mistake_which":
        return numbered(Say("option_undo"), Say("option_wrong_number"))
    if key == "menu":
        services = [Say("option_service", {"service": service.code}) for service in the_centre().services]
        return numbered(*services, Say("option_my_visits"))
    option = Say(CHOICES.get(key, "option_time"), values)
    none = [Say("option_none")] if key in ("yes_no_which", "which_visit") else []
    return numbered(*[option] * (2 if key in ("yes_no_which", "digit_which_list") else 3), *none)
