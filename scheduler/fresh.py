"""Values that are read when a text is worded: names, and what staff wrote, are in no row of the ledger."""

from collections.abc import Callable, Mapping
from typing import Any

from config.centre import Centre
from scheduler import digest_values, preview_lines
from storage.database import Transaction
from words.compose import Composer

Values = Mapping[str, Any]
Read = Callable[[Transaction, Centre, Composer, Values], Values]

# By the text's key; the row's own values are ids and days.
READ: Mapping[str, Read] = {
    "digest": lambda tx, centre, _, params: digest_values.values(tx, centre, params),
    "announcing_second": preview_lines.values,
}


def fresh(tx: Transaction, centre: Centre, composer: Composer, text: str, params: Values) -> dict[str, Any]:
    """The row's values with those that its text wants read now."""
    read = READ.get(text)
    return {**params, **read(tx, centre, composer, params)} if read else dict(params)
