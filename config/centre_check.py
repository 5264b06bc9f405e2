"""What the parts of a club owe each other; each check yields sentences that name what is wrong."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import time
from itertools import combinations
from typing import Protocol
from unicodedata import combining, normalize

from config.centre_model import LANGUAGES, Centre, Hours, Service
from config.suggest import did_you_mean

# The provider answers these itself, or stops every message on them (Twilio, Advanced Opt-Out).
STOPPING = {"cancel", "end", "optout", "quit", "revoke", "stop", "stopall", "unsubscribe"}
PROVIDERS_WORDS = STOPPING | {"help", "info", "start", "unstop", "yes"}


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


def faults(centre: Centre) -> Iterator[str]:
    """Everything wrong between the parts, in the order of the file."""
    for check in (
        _codes,
        _words,
        _stretches,
        _timetable,
        _clashes,
        _unserved,
        _closures,
        _opening,
        _works,
        _rules,
    ):
        yield from check(centre)


def _codes(centre: Centre) -> Iterator[str]:
    kinds: tuple[tuple[str, Sequence[_Coded]], ...] = (
        ("service", centre.services),
        ("room", centre.rooms),
        ("station", [station for room in centre.rooms for station in room.stations]),
        ("specialist", centre.specialists),
    )
    for kind, things in kinds:
        for code in _repeated(thing.code for thing in things):
            yield f"{kind} '{code}' is listed twice"


def _words(centre: Centre) -> Iterator[str]:
    owners: dict[str, str] = {}
    for service in centre.services:
        for language in LANGUAGES:
            if not service.words.get(language):
                yield f"service '{service.code}' has no word in '{language}'"
        for word in sorted({_bare(word) for words in service.words.values() for word in words}):
            owner = owners.setdefault(word, service.code)
            if owner != service.code:
                yield f"services '{owner}' and '{service.code}' share the word '{word}'"
            if word in PROVIDERS_WORDS:
                yield f"service '{service.code}' has the word '{word}', which the SMS provider takes for itself"


def _stretches(centre: Centre) -> Iterator[str]:
    """A grid must leave room for the visit and, where a room is used, for airing and cleaning it."""
    in_rooms = {hours.service for hours in centre.timetable if hours.mode == "in_person"}
    for service in centre.services:
        buffer = centre.rules.buffer_minutes if service.code in in_rooms else 0
        if service.minutes + buffer > service.every_minutes:
            yield (
                f"service '{service.code}': {service.minutes} minutes and a buffer of {buffer} do not fit into "
                f"every_minutes = {service.every_minutes}"
            )


def _timetable(centre: Centre) -> Iterator[str]:
    services = {service.code: service for service in centre.services}
    specialists = [specialist.code for specialist in centre.specialists]
    for number, hours in enumerate(centre.timetable, start=1):
        row = f"timetable row {number}: "
        if hours.specialist not in specialists:
            yield (
                row
                + f"specialist '{hours.specialist}' is not listed{did_you_mean(hours.specialist, specialists)}"
            )
        if hours.service not in services:
            yield row + f"service '{hours.service}' is not listed{did_you_mean(hours.service, services)}"
        yield from (row + fault for fault in _place(centre, hours))
        yield from (row + fault for fault in _span(hours, services.get(hours.service)))


def _place(centre: Centre, hours: Hours) -> Iterator[str]:
    if hours.mode == "in_person" and hours.station is None:
        yield "a visit in person needs a station"
    elif hours.mode != "in_person" and hours.station is not None:
        yield f"a visit by '{hours.mode}' takes no station"
    elif hours.station is not None and not centre.has_station(hours.station):
        yield f"station '{hours.station}' is in no room"


def _span(hours: Hours, service: Service | None) -> Iterator[str]:
    length = _minutes(hours.ends) - _minutes(hours.starts)
    if length <= 0:
        yield "it ends before it starts"
    elif service and length < service.minutes:
        yield f"{length} minutes are too short for one visit of {service.minutes}"


def _clashes(centre: Centre) -> Iterator[str]:
    numbered = enumerate(centre.timetable, start=1)
    for (one, first), (two, second) in combinations(numbered, 2):
        if not _meet(first, second):
            continue
        if first.specialist == second.specialist:
            yield f"timetable rows {one} and {two}: specialist '{first.specialist}' is in two places at once"
        if first.station is not None and first.station == second.station:
            yield f"timetable rows {one} and {two}: station '{first.station}' is taken twice at once"


def _meet(first: Hours, second: Hours) -> bool:
    return first.weekday == second.weekday and first.starts < second.ends and second.starts < first.ends


def _unserved(centre: Centre) -> Iterator[str]:
    served = {hours.service for hours in centre.timetable}
    for service in centre.enabled_services:
        if service.code not in served:
            yield f"service '{service.code}' is enabled, but no timetable row serves it"


def _closures(centre: Centre) -> Iterator[str]:
    for number, closure in enumerate(centre.closures, start=1):
        if closure.last < closure.first:
            yield f"closures row {number}: it ends before it starts"


def _opening(centre: Centre) -> Iterator[str]:
    for number, opening in enumerate(centre.contact.open, start=1):
        if opening.ends <= opening.starts:
            yield f"contact, open row {number}: it ends before it starts"


def _works(centre: Centre) -> Iterator[str]:
    for unit in _repeated(centre.works.units):
        yield f"works, units: '{unit}' is listed twice"


def _rules(centre: Centre) -> Iterator[str]:
    days = centre.rules.reminder_days
    if _repeated(days):
        yield "rules, reminder_days: a day is listed twice"
    if centre.rules.sms_parts_a_month < centre.rules.sms_parts_a_day:
        yield "rules: sms_parts_a_month is below sms_parts_a_day"


def _repeated(values: Iterable[object]) -> list[object]:
    return [value for value, times in Counter(values).items() if times > 1]


def _minutes(value: time) -> int:
    return value.hour * 60 + value.minute


def _bare(word: str) -> str:
    """As a word is compared when somebody types it: small, without accents."""
    letters = normalize("NFD", word.casefold().replace("ł", "l"))
    return "".join(letter for letter in letters if not combining(letter))
