"""Loads a club's file, or names in one sentence what is wrong with it."""

import tomllib
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from config.centre_check import faults
from config.centre_model import (
    LANGUAGES,
    Centre,
    Closure,
    Contact,
    Hours,
    Language,
    Mode,
    Part,
    Room,
    Rules,
    Service,
    Specialist,
    Station,
    Texts,
)
from config.suggest import did_you_mean

__all__ = [
    "LANGUAGES",
    "Centre",
    "CentreError",
    "Closure",
    "Contact",
    "Hours",
    "Language",
    "Mode",
    "Room",
    "Rules",
    "Service",
    "Specialist",
    "Station",
    "Texts",
    "load_centre",
]


A_TIME = 'must be a time such as "09:00"'
A_DATE = "must be a date such as 2026-12-24"
SAID = {
    "time_parsing": A_TIME,
    "time_type": A_TIME,
    "date_parsing": A_DATE,
    "date_type": A_DATE,
    "int_parsing": "must be a whole number",
}


class CentreError(Exception):
    """The club's file is wrong; the text is one sentence that says where and what."""


def load_centre(path: Path) -> Centre:
    """Read a club's file and check all of it.

    Raises:
        CentreError: names the first thing that is wrong.
    """
    try:
        centre = Centre.model_validate(_table(path))
    except ValidationError as error:
        raise CentreError(f"{path.name}: {_sentence(error)}") from None
    for fault in faults(centre):
        raise CentreError(f"{path.name}: {fault}")
    return centre


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CentreError(f"{path.name}: {error}") from None
    except UnicodeDecodeError:
        raise CentreError(f"{path.name}: it is not UTF-8 text") from None
    except OSError as error:
        raise CentreError(f"{path}: the club's file can't be read ({error.strerror})") from None


def _sentence(error: ValidationError) -> str:
    """The first error; a key that is not known goes before one that is missing, for it may be that one misspelt."""
    errors = sorted(error.errors(include_url=False), key=lambda found: found["type"] != "extra_forbidden")
    kind, steps = errors[0]["type"], [step for step in errors[0]["loc"] if step != "[key]"]
    if isinstance(steps[-1], int):
        return f"{_where(steps)}{_said(errors[0])}"
    where, key = _where(steps[:-1]), steps[-1]
    if kind == "extra_forbidden":
        return f"{where}'{key}' is not known{did_you_mean(key, _keys(steps[:-1]))}"
    if kind == "missing":
        return f"{where}the text in '{key}' is missing" if key in LANGUAGES else f"{where}'{key}' is missing"
    return f"{where}'{key}' {_said(errors[0])}"


def _said(error: ErrorDetails) -> str:
    text = error["msg"].removeprefix("Value error, ").removeprefix("Input ").removeprefix("String ")
    return SAID.get(error["type"], text)


def _where(steps: list[str | int]) -> str:
    """As ("timetable", 6) is said by people: timetable row 7."""
    names: list[str] = []
    for step in steps:
        if isinstance(step, int):
            names[-1] += f" row {step + 1}"
        else:
            names.append(step)
    return ", ".join(names) + ": " if names else ""


def _keys(steps: list[str | int]) -> list[str]:
    """The keys that may stand where the steps lead."""
    part: type[Part] = Centre
    for name in (step for step in steps if isinstance(step, str)):
        annotation = part.model_fields[name].annotation
        part = next(kind for kind in (annotation, *get_args(annotation)) if _is_part(kind))
    return list(part.model_fields)


def _is_part(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Part)
