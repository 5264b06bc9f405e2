"""Says in the reader's language what the scheduler says of a row, a cell or a file."""

from datetime import date

from panel.speech import Words
from scheduler.people import Person
from scheduler.phones import readable
from scheduler.remarks import Remark


def said(words: Words, remark: Remark) -> str:
    """A text `remark_` and its key; of several cells, each with its column's name."""
    if remark.key == "cells":
        faults = (
            (words.say(f"column_{name}"), said(words, fault)) for name, fault in remark.values["faults"]
        )
        return " ".join(f"{name}: {fault}" for name, fault in faults)
    return words.say(
        f"remark_{remark.key}", **{name: _value(words, one) for name, one in remark.values.items()}
    )


def _value(words: Words, value: object) -> object:
    if isinstance(value, date):
        return words.date(value)
    if isinstance(value, Person):
        return f"{value.full_name} ({readable(value.phone) or value.id})"
    return value
