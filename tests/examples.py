"""How many examples a property is tried with: few and always the same ones here, many and new ones in the soak."""

import os

# Set by the soak: so many times as many, drawn anew in every run.
FACTOR = int(os.environ.get("TERMIN_TEST_EXAMPLES", "1"))
IS_SOAK = FACTOR > 1


def examples(few: int, most: int | None = None) -> int:
    """So many, or that many times as many in the soak, but no more than `most`."""
    return min(few * FACTOR, most or few * FACTOR)
