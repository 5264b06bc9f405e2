import tomllib
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import config
from config.centre import Centre, CentreError, load_centre
from config.centre_check import faults

FIRST_CLUB = Path(config.__file__).parent / "centres" / "kedzierzyn-kozle.toml"

Change = Callable[[dict[str, Any]], object]


def the_table() -> dict[str, Any]:
    return tomllib.loads(FIRST_CLUB.read_text("utf-8"))


def first_fault(change: Change) -> str:
    table = the_table()
    change(table)
    return next(faults(Centre.model_validate(table)), "")


def refusal(tmp_path: Path, old: str, new: str) -> str:
    text = FIRST_CLUB.read_text("utf-8")
    assert old in text
    path = tmp_path / "club.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(CentreError) as refused:
        load_centre(path)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def a_row(**change: object) -> dict[str, object]:
    row = {"weekday": 6, "starts": "09:00", "ends": "12:00", "service": "psychologist", "specialist": "anna"}
    return {**row, "station": "104-1", **change}


def test_the_first_club_is_whole() -> None:
    centre = load_centre(FIRST_CLUB)

    assert centre.name == "Klub Integracji Społecznej w Kędzierzynie-Koźlu"
    assert centre.contact.name == "Agnieszka Jarońska"
    assert (centre.contact.phone, centre.contact.extension) == ("77 483 77 23", "103")
    assert (centre.contact.street, centre.contact.room, centre.contact.floor) == (
        "ul. Mikołaja Reja 2a",
        "102",
        1,
    )
    assert [service.code for service in centre.enabled_services] == [
        "psychologist",
        "career_adviser",
        "specialist",
    ]
    assert centre.has_service("lawyer")
    assert centre.timetable_is_example
    assert centre.rules.reminder_days == (3, 1)
    assert (centre.rules.quiet_from, centre.rules.quiet_until) == (time(20), time(8))
    assert centre.zone.key == "Europe/Warsaw"


def test_the_first_club_has_an_hour_with_two_psychologists_and_an_adviser_who_is_away() -> None:
    hours = load_centre(FIRST_CLUB).timetable
    wednesday = [row for row in hours if row.weekday == 3 and row.service == "psychologist"]

    assert len({row.specialist for row in wednesday if row.starts <= time(10) < row.ends}) == 2
    assert {row.mode for row in hours if row.service == "career_adviser"} == {"in_person", "phone", "remote"}


def test_the_works_programme_is_told_as_the_clubs_own_text_has_it() -> None:
    works = load_centre(FIRST_CLUB).works

    assert (works.year, works.places, works.hours_a_week, works.hours_a_month) == (2020, 31, 10, 40)
    assert len(works.units) == 22
    assert works.rate(date(2020, 9, 1)).zloty_an_hour == Decimal("8.50")
    assert works.rate(date(2026, 10, 5)).since == date(2023, 6, 1)
    assert works.rate(date(2019, 1, 1)) == works.rates[0]


def test_somebody_in_despair_is_told_of_112_and_of_lines_that_exist() -> None:
    crisis = load_centre(FIRST_CLUB).crisis

    assert (crisis.emergency, [line.phone for line in crisis.lines]) == (
        "112",
        ["116 123", "800 70 2222", "116 111"],
    )


def test_the_office_is_open_as_its_hours_say() -> None:
    spans = {(span.weekday, span.starts, span.ends) for span in load_centre(FIRST_CLUB).contact.open}

    assert spans == {(day, time(7, 30), time(15, 30)) for day in range(1, 6)}


def test_things_are_found_by_their_codes() -> None:
    centre = load_centre(FIRST_CLUB)

    assert centre.service("career_adviser").name.in_language("uk") == "кар'єрний радник"
    assert centre.station("103-2").name == "biurko przy drzwiach"
    assert centre.room_of("103-2").number == "103"
    assert centre.specialist("anna").initials == "AP"
    assert not centre.has_station("999-1")
    with pytest.raises(KeyError):
        centre.service("dentist")


@pytest.mark.parametrize("language", ["pl", "uk", "en"])
def test_what_a_service_is_called_is_among_the_words_for_it(language: str) -> None:
    for service in load_centre(FIRST_CLUB).services:
        assert service.short.in_language(language) in service.words[language]  # type: ignore[index]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('name = "Klub Int', 'nam = "Klub Int', "'nam' is not known; did you mean 'name'?"),
        ('phone = "77', 'phne = "77', "contact: 'phne' is not known; did you mean 'phone'?"),
        ("weekday = 1", "wekday = 1", "timetable row 1: 'wekday' is not known; did you mean 'weekday'?"),
        ("\n[rules]", "\n[rule]", "'rule' is not known; did you mean 'rules'?"),
        (
            'code = "103-2", name',
            'code = "103-2", nam',
            "rooms row 1, stations row 2: 'nam' is not known; did you mean 'name'?",
        ),
        ("lead_minutes = 60", "", "rules: 'lead_minutes' is missing"),
        (', en = "career adviser"', "", "services row 2, name: the text in 'en' is missing"),
        ('uk = "радник"', 'uk = " "', "services row 2, short: 'uk' should have at least 1 character"),
        ('uk = ["радник"', 'ru = ["радник"', "services row 2, words: 'ru' should be 'pl', 'uk' or 'en'"),
        ("weekday = 1", "weekday = 8", "timetable row 1: 'weekday' should be less than or equal to 7"),
        ('"09:00"', '"9 o\'clock"', "timetable row 1: 'starts' must be a time such as \"09:00\""),
        ('"09:00"', '"09:00:30"', "timetable row 1: 'starts' must be a local time in whole minutes"),
        ('"09:00"', '"09:00Z"', "timetable row 1: 'starts' must be a local time in whole minutes"),
        (
            'mode = "phone"',
            'mode = "fax"',
            "timetable row 7: 'mode' should be 'in_person', 'phone' or 'remote'",
        ),
        ('"77 483 77 23"', '"77-4837723 wew. 103"', "contact: 'phone' must be written as 77 483 77 23"),
        ('extension = "103"', 'extension = "w103"', "contact: 'extension' must be digits only"),
        ('"47-224"', '"47224"', "contact: 'postcode' must be written as 47-224"),
        (
            '"psychologist"\nname',
            '"Psycholog 1"\nname',
            "services row 1: 'code' must be small letters, digits, - and _ only",
        ),
        (
            '"Europe/Warsaw"',
            '"Europe/Warszawa"',
            "'time_zone' is not a known time zone, such as Europe/Warsaw",
        ),
        (
            "reminder_days = [3, 1]",
            "reminder_days = [3, 0]",
            "rules, reminder_days row 2: should be greater than or equal to 1",
        ),
        (
            "horizon_days = 28",
            'horizon_days = "long"',
            "rules: 'horizon_days' must be a whole number",
        ),
        ('station = "104-1"', 'station = "104-9"', "timetable row 1: station '104-9' is in no room"),
    ],
)
def test_a_wrong_file_is_refused_in_one_sentence(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert refusal(tmp_path, old, new) == f"club.toml: {expected}"


def test_a_file_that_is_not_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    assert "(at line 7, column " in refusal(tmp_path, 'name = "Klub', "name = Klub")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b'name = "\xff"')

    with pytest.raises(
        CentreError, match=r"missing\.toml: the club's file can't be read \(No such file or directory\)$"
    ):
        load_centre(tmp_path / "missing.toml")
    with pytest.raises(CentreError, match=r"^binary\.toml: it is not UTF-8 text$"):
        load_centre(binary)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda t: t["services"].append(t["services"][0]), "service 'psychologist' is listed twice"),
        (
            lambda t: t["contact"]["open"].append({"weekday": 6, "starts": "10:00", "ends": "10:00"}),
            "contact, open row 6: it ends before it starts",
        ),
        (
            lambda t: t["works"]["units"].append("Urząd Miasta"),
            "works, units: 'Urząd Miasta' is listed twice",
        ),
        (lambda t: t["rooms"].append({**t["rooms"][0], "stations": []}), "room '103' is listed twice"),
        (
            lambda t: t["rooms"][1]["stations"].append(t["rooms"][0]["stations"][0]),
            "station '103-1' is listed twice",
        ),
        (lambda t: t["specialists"].append(t["specialists"][1]), "specialist 'piotr' is listed twice"),
        (lambda t: t["services"][0]["words"].pop("en"), "service 'psychologist' has no word in 'en'"),
        (lambda t: t["services"][3]["words"].update(uk=[]), "service 'lawyer' has no word in 'uk'"),
        (
            lambda t: t["services"][1]["words"]["pl"].append("PSYCHOLOŻKA"),
            "services 'psychologist' and 'career_adviser' share the word 'psycholozka'",
        ),
        (
            lambda t: t["services"][1]["words"]["en"].append("Help"),
            "service 'career_adviser' has the word 'help', which the SMS provider takes for itself",
        ),
        (
            lambda t: t["rules"].update(buffer_minutes=15),
            "service 'psychologist': 50 minutes and a buffer of 15 do not fit into every_minutes = 60",
        ),
        (
            lambda t: t["timetable"].append(a_row(specialist="ana")),
            "timetable row 12: specialist 'ana' is not listed; did you mean 'anna'?",
        ),
        (
            lambda t: t["timetable"].append(a_row(service="dentist")),
            "timetable row 12: service 'dentist' is not listed",
        ),
        (
            lambda t: t["timetable"].append(a_row(station=None)),
            "timetable row 12: a visit in person needs a station",
        ),
        (
            lambda t: t["timetable"].append(a_row(mode="phone")),
            "timetable row 12: a visit by 'phone' takes no station",
        ),
        (lambda t: t["timetable"].append(a_row(station="9")), "timetable row 12: station '9' is in no room"),
        (lambda t: t["timetable"].append(a_row(ends="09:00")), "timetable row 12: it ends before it starts"),
        (
            lambda t: t["timetable"].append(a_row(ends="09:30")),
            "timetable row 12: 30 minutes are too short for one visit of 50",
        ),
        (
            lambda t: t["timetable"].append(a_row(weekday=1, starts="12:00", ends="14:00", station="105-1")),
            "timetable rows 1 and 12: specialist 'anna' is in two places at once",
        ),
        (
            lambda t: t["timetable"].append(a_row(weekday=1, specialist="jan")),
            "timetable rows 1 and 12: station '104-1' is taken twice at once",
        ),
        (
            lambda t: t["services"][3].update(enabled=True),
            "service 'lawyer' is enabled, but no timetable row serves it",
        ),
        (
            lambda t: t["closures"].append(
                {"first": date(2026, 12, 31), "last": date(2026, 12, 28), "reason": "x"}
            ),
            "closures row 1: it ends before it starts",
        ),
        (lambda t: t["rules"].update(reminder_days=[3, 3]), "rules, reminder_days: a day is listed twice"),
        (
            lambda t: t["rules"].update(sms_parts_a_month=5),
            "rules: sms_parts_a_month is below sms_parts_a_day",
        ),
    ],
)
def test_parts_that_contradict_each_other_are_named(change: Change, expected: str) -> None:
    assert first_fault(change) == expected


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t["timetable"].append(
            a_row(weekday=1, starts="13:00", ends="14:00")
        ),  # the minute the other ends
        lambda t: t["timetable"].append(
            a_row(weekday=1, starts="09:00", ends="10:00", specialist="jan", station="105-1")
        ),
        lambda t: t["services"][3].update(minutes=60),  # nobody sees it in a room: no buffer
        lambda t: t["closures"].append(
            {"first": date(2026, 12, 28), "last": date(2026, 12, 28), "reason": "x"}
        ),
    ],
)
def test_what_only_looks_wrong_is_taken(change: Change) -> None:
    assert first_fault(change) == ""
