"""A club's file for torture: one service and so many specialists that no hour is ever full."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

REAL = Path(__file__).parent.parent / "config" / "centres" / "kedzierzyn-kozle.toml"
SPECIALISTS = 24


def write_centre(path: Path, specialists: int = SPECIALISTS) -> Path:
    """Write the file; visits all day on every day, no caps that a flood of messages would meet."""
    known = tomllib.loads(REAL.read_text("utf-8"))
    numbers = range(specialists)
    service = known["services"][0]
    known["services"] = [service]
    known["rooms"] = [known["rooms"][0] | {"stations": [{"code": f"s{n}", "name": str(n)} for n in numbers]}]
    known["specialists"] = [
        {"code": f"p{n}", "full_name": f"Osoba {_letters(n)}", "initials": "O"} for n in numbers
    ]
    known["timetable"] = [_day(service["code"], n, weekday) for n in numbers for weekday in range(1, 8)]
    known["rules"] |= {
        "lead_minutes": 1,
        "horizon_days": 60,
        "open_visits": 90,
        "open_visits_per_service": 90,
    }
    known["rules"] |= {"sms_parts_a_day": 1_000_000, "sms_parts_a_month": 1_000_000}
    path.write_text("\n".join(f"{name} = {_toml(value)}" for name, value in known.items()), "utf-8")
    return path


def _day(service: str, number: int, weekday: int) -> dict[str, Any]:
    where = {"service": service, "specialist": f"p{number}", "station": f"s{number}"}
    return where | {"weekday": weekday, "starts": "06:00", "ends": "22:00"}


def _letters(number: int) -> str:
    return chr(ord("A") + number // 26) + chr(ord("a") + number % 26)


def _toml(value: object) -> str:
    """A value as TOML has it on one line."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{name} = {_toml(one)}" for name, one in value.items()) + " }"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)
