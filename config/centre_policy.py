"""The epidemic rules as the club's file sets them, until a dated record says otherwise, and the numbers to call."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from config.centre_parts import Count, LocalTime, Minutes, Part, Phone

SelfCheck = Literal["off", "visits", "daily"]
CheckChannel = Literal["telegram", "sms"]


class PolicyRules(Part):
    """What holds where no record does; the first seven can be changed from a day on, the rest say how it is done.

    The buffer after a visit stands with the club's other numbers, under [rules].
    """

    group_limit: Count
    group_gap_minutes: Minutes
    distance_m: Annotated[float, Field(ge=0.5, le=5)]
    masks: bool
    self_check: SelfCheck
    self_check_channels: Annotated[tuple[CheckChannel, ...], Field(min_length=1)]
    ask_at: LocalTime
    early_before: LocalTime
    ask_early_at: LocalTime
    nudge_minutes: Annotated[int, Field(ge=30, le=300)]
    silent_days: Count


class Health(Part):
    """Whom to call in case of symptoms, and what asking costs by SMS."""

    doctor_phone: Phone
    sanitary_station_phone: Phone
    sms_part_zloty: Annotated[Decimal, Field(ge=0)]
