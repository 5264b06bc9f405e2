"""Loads a club's file, or names in one sentence what is wrong with it."""

import tomllib
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError

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
    first = error.errors(include_url=False)[0]
    *outer, key = [step for step in first["loc"] if step != "[key]"]
    where = _where(outer)
    if first["type"] == "extra_forbidden":
        return f"{where}'{key}' is not known.{did_you_mean(str(key), _keys(outer))}"
    if first["type"] == "missing":
        return f"{where}the text in '{key}' is missing" if key in LANGUAGES else f"{where}'{key}' is missing"
    text = first["msg"].removeprefix("Value error, ").removeprefix("Input ").removeprefix("String ")
    return f"{where}'{key}' {text}"


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
