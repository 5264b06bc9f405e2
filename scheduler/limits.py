"""What one participant may have open at a time, and until when they may come."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from config.centre import Centre
from scheduler.calendar import local
from scheduler.errors import AlreadyYours, ContractEnded, OwnClash, TooManyVisits
from scheduler.visits import Visit


def check_contract(centre: Centre, contract_until: date | None, starts_at: datetime) -> None:
    """Refuse a day after the social contract's last (art. 108 of the Act of 12 March 2004, the condition of taking part)."""
    if contract_until is not None and local(starts_at, centre.zone).date() > contract_until:
        raise ContractEnded


def check_number(centre: Centre, service: str, own: Sequence[Visit]) -> None:
    """Refuse one open visit more than the Centre file allows, of that service or in all."""
    if sum(visit.service == service for visit in own) >= centre.rules.open_visits_per_service:
        raise TooManyVisits(centre.rules.open_visits_per_service)
    if len(own) >= centre.rules.open_visits:
        raise TooManyVisits(centre.rules.open_visits)


def check_own_time(
    own: Sequence[Visit], service: str, starts_at: datetime, lasts: timedelta, *, moving: int | None = None
) -> None:
    """Refuse a time at which the participant is elsewhere, or that is theirs already.

    Args:
        moving: the visit that is about to leave its time, and so is in nobody's way.
    """
    for visit in own:
        if visit.service == service and visit.starts_at == starts_at:
            raise AlreadyYours(visit)
        if visit.id != moving and visit.starts_at < starts_at + lasts and starts_at < visit.ends_at:
            raise OwnClash(visit)
