"""Why something asked for can't be had: each becomes words in the dialogue or the panel, in the same transaction."""

from datetime import date

from scheduler.visits import FreeTime, Visit


class Refused(Exception):
    """The root of this family. Nothing was changed."""


class _Instead(Refused):
    """A time that can't be had, and the nearest that can."""

    def __init__(self, nearest: tuple[FreeTime, ...] = ()) -> None:
        super().__init__()
        self.nearest = nearest


class SlotTaken(_Instead):
    """Somebody was faster."""


class OutOfHours(_Instead):
    """Nobody serves at that time: no such hour, an absence, or a time between two."""


class ClubClosed(_Instead):
    """A holiday, a Sunday without hours, or a closure."""

    def __init__(self, day: date, nearest: tuple[FreeTime, ...] = ()) -> None:
        super().__init__(nearest)
        self.day = day


class SlotInPast(Refused):
    """The time has begun or is over."""


class TooSoon(Refused):
    """Less than the lead time is left."""


class TooFar(Refused):
    """Beyond the booking horizon."""

    def __init__(self, last_day: date) -> None:
        super().__init__()
        self.last_day = last_day


class OwnClash(Refused):
    """The participant is elsewhere then: `visit` if it is one of theirs, else None."""

    def __init__(self, visit: Visit | None) -> None:
        super().__init__()
        self.visit = visit


class AlreadyYours(Refused):
    """The participant has that very time already."""

    def __init__(self, visit: Visit) -> None:
        super().__init__()
        self.visit = visit


class TooManyVisits(Refused):
    """As many visits are open as one person may have, of this service or in all."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit


class NotEnrolled(Refused):
    """No such participant, or one who has left."""


class ContractEnded(Refused):
    """The social contract, the condition of taking part, ends before that day."""


class NoSuchService(Refused):
    """No such service, or one that is off."""


class NoSuchVisit(Refused):
    """No visit has that id."""


class _OfVisit(Refused):
    def __init__(self, visit: Visit) -> None:
        super().__init__()
        self.visit = visit


class VisitOver(_OfVisit):
    """The visit has begun, or staff have closed it: it can no longer be changed from outside."""


class AlreadyGivenBack(_OfVisit):
    """The visit was given back before."""


class NotNow(_OfVisit):
    """This can't be said of the visit yet, or not after what was said of it before."""


class NotAllowed(Refused):
    """That member of staff, or whoever is none, may not do this."""


class NothingToUndo(Refused):
    """The person has given nothing back of late, or the club did it."""


class NoSuchRoom(Refused):
    """The club's file names no such room."""

    def __init__(self, code: str) -> None:
        super().__init__(f"the club's file has no room {code}")


class NothingStandsIn(Refused):
    """The club is closed then: no visit can keep its time."""

    def __init__(self) -> None:
        super().__init__(
            "the club is closed then, so no visit can keep its time; offer another time or give back"
        )


class NoSuchClosure(Refused):
    """Staff have entered no closure of that number."""

    def __init__(self, closure_id: int) -> None:
        super().__init__(
            f"staff have entered no closure number {closure_id}; 'termin closures list' shows them, "
            "and the club's file has its own"
        )


class NotAway(Refused):
    """No absence holds then."""

    def __init__(self) -> None:
        super().__init__("no absence is recorded for then")


class NotASpecialist(Refused):
    """Nobody of that id works here."""
