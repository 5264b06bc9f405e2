"""What a club's file tells for the asking: whom to call in a crisis, where advice can be read, its works programme."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from config.centre_parts import Count, Part, ShortNumber, Text, Texts, shaped

Address = Annotated[str, shaped(r"https://\S+", "must begin with https://")]
Zloty = Annotated[Decimal, Field(gt=0, decimal_places=2)]


class CrisisLine(Part):
    """A line that somebody in despair can call, and for whom or when it is there."""

    phone: ShortNumber
    who: Texts


class Crisis(Part):
    """Whom to call first, and then."""

    emergency: ShortNumber
    lines: Annotated[tuple[CrisisLine, ...], Field(min_length=1)]


class Advice(Part):
    """Where to read more than a message holds; never sent by SMS."""

    hand_washing: Address
    hand_disinfection: Address
    mask: Address
    gloves: Address


class Rate(Part):
    """What an hour of work is paid, from that day on."""

    since: date
    zloty_an_hour: Zloty


class Works(Part):
    """The programme of socially useful works. What is told of its numbers says how old they are.

    Attributes:
        year: of the contract that has so many places.
    """

    year: Annotated[int, Field(ge=2004, le=2100)]
    places: Count
    hours_a_week: Count
    hours_a_month: Count
    rates: Annotated[tuple[Rate, ...], Field(min_length=1)]
    units: tuple[Text, ...]

    def rate(self, day: date) -> Rate:
        """The one that holds on that day, or the first if none does yet."""
        held = [rate for rate in self.rates if rate.since <= day]
        return max(held, key=lambda rate: rate.since) if held else self.rates[0]
