"""The waiting list as the club's file sets it: how a time that was given back reaches those who wait."""

from typing import Annotated

from pydantic import Field

from config.centre_parts import Count, Part


class WaitingRules(Part):
    """To how many a time is offered at once, how long each has to answer, and for how many days somebody waits."""

    at_once: Count
    answer_minutes: Annotated[int, Field(ge=5, le=24 * 60)]
    days: Count
