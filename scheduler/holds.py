"""For how long the time of a visit that was given back stays held for whoever gave it back."""

from datetime import datetime, timedelta

from config.centre import Centre

HOLD = timedelta(minutes=15)
LEAST = timedelta(minutes=1)


def held_until(centre: Centre, starts_at: datetime, now: datetime) -> datetime:
    """Until when COFNIJ is sure to work for a visit given back at `now`; never past its start.

    Others can book it until the lead time before it. A hold takes at most half of what is left until then, or a time given
    back late would help nobody. Once nobody else can book it, a hold is in nobody's way.
    """
    left = starts_at - timedelta(minutes=centre.rules.lead_minutes) - now
    lasts = HOLD if left <= timedelta(0) else min(HOLD, max(LEAST, left / 2))
    return min(now + lasts, starts_at)
