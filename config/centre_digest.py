"""What the club's file says of the digest: at which hours staff get the day's list, and whether by SMS too."""

from config.centre_parts import LocalTime, Part


class DigestRules(Part):
    """Left out, an hour means that there is none; by SMS, which costs, whoever has no chat gets the numbers alone."""

    morning: LocalTime | None = None
    evening: LocalTime | None = None
    by_sms: bool = False
