"""Groups: who leads them, where and when they meet, who belongs to them; and nobody in two on one day unless staff say so."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, time
from typing import Any

from config.centre import Centre
from config.suggest import did_you_mean
from scheduler.calendar import local
from scheduler.errors import NoSuchRoom, Refused
from scheduler.names import name_key, tidy
from scheduler.people import person
from scheduler.series import Series, check
from scheduler.session_places import let_go
from scheduler.sessions import session_from
from scheduler.sessions_ahead import make_anew
from storage import audit, groups, sessions
from storage.database import Transaction
from storage.locks import lock_people

KINDS = ("workshop", "support", "other")


class NoSuchGroup(Refused):
    """No group has that name."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"there is no group '{name}'{did_you_mean(name, known)}")


class GroupExists(Refused):
    """A group has that name already."""

    def __init__(self, name: str) -> None:
        super().__init__(f"there is a group '{name}' already")


class Incomplete(Refused):
    """Not all of what a group needs to meet has been said."""

    def __init__(self, name: str, missing: Sequence[str]) -> None:
        super().__init__(f"the group {name} needs {', '.join(missing)} to meet")


class NotAParticipant(Refused):
    """Only participants who have not left belong to groups."""

    def __init__(self, full_name: str) -> None:
        super().__init__(f"{full_name} does not take part in the club")


class NotOfGroup(Refused):
    """The person is not in that group."""

    def __init__(self, full_name: str, group: str) -> None:
        super().__init__(f"{full_name} is not in the group {group}")


class TwoGroups(Refused):
    """The other group meets on the same day."""

    def __init__(self, full_name: str, group: str, beside: str, day: date) -> None:
        super().__init__(
            f"{full_name} is in the group {beside}, which meets on the same day as {group}, such as {day.isoformat()}; "
            "--although-two lets that be"
        )


@dataclass(frozen=True, slots=True)
class Group:
    """A group as it is: `room` is a code, `leader_id` a member of staff, the rest its series. None: not said yet."""

    id: int
    name: str
    kind: str
    room: str | None = None
    leader_id: int | None = None
    rule: str | None = None
    first_day: date | None = None
    starts: time | None = None
    minutes: int | None = None
    ended_on: date | None = None
    members: int = 0

    @property
    def meets(self) -> bool:
        return self.rule is not None

    def is_over(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.ended_on is not None and self.ended_on <= today


def all_groups(tx: Transaction) -> list[Group]:
    """Every group, by name."""
    return [_group(row) for row in groups.all_groups(tx)]


def group_of(tx: Transaction, group_id: int) -> Group:
    """That group.

    Raises:
        NoSuchGroup.
    """
    found = next((one for one in all_groups(tx) if one.id == group_id), None)
    if found is None:
        raise NoSuchGroup(str(group_id)[:9], ())
    return found


def group_called(tx: Transaction, name: str) -> Group:
    """The group of that name, in whatever case and with whatever accents it is written.

    Raises:
        NoSuchGroup.
    """
    known = all_groups(tx)
    found = next((one for one in known if name_key(one.name) == name_key(name)), None)
    if found is None:
        raise NoSuchGroup(name, [one.name for one in known])
    return found


def add(tx: Transaction, name: str, kind: str, *, by: int | None = None) -> Group:
    """Write a new group, without a series yet.

    Raises:
        GroupExists.
    """
    name = tidy(name)
    _check_name(tx, name)
    groups.add(tx, name, kind)
    _note(tx, "group_added", by, group=name)
    return group_called(tx, name)


def change(
    tx: Transaction, centre: Centre, group: Group, values: Mapping[str, Any], *, by: int | None = None
) -> Group:
    """Let the group have those values; its sessions to come follow, and whoever comes at other times is told once.

    Raises:
        NoSuchRoom, BadSeries, Incomplete, NotAParticipant, GroupExists.
    """
    after = replace(group, **values)
    _check(tx, centre, after)
    _check_name(tx, after.name, but=group.id)
    room_id = None if after.room is None else groups.room_id(tx, after.room)
    kept = {name: value for name, value in values.items() if name != "room"}
    groups.change(tx, group.id, room_id=room_id, **kept)
    _note(tx, "group_set", by, group=group.id, what=sorted(values))
    make_anew(tx, centre, group.id)
    return group_called(tx, after.name)


def join(
    tx: Transaction,
    centre: Centre,
    group: Group,
    person_id: int,
    *,
    together: str | None = None,
    although_two: bool = False,
    by: int | None = None,
) -> bool:
    """Make that person a member; False if they were one, though what is said now is kept.

    Args:
        together: who share a word want the same shift.
        although_two: staff say that they may be in two groups on one day.

    Raises:
        NoSuchPerson, NotAParticipant. TwoGroups: they are in another that meets on the same day.
    """
    who = person(tx, person_id)
    if who.kind != "participant" or who.ended_at is not None:
        raise NotAParticipant(who.full_name)
    _lock(tx, group, person_id)
    if not although_two:
        _check_other_groups(tx, group, who)
    joined = groups.join(tx, person_id, group.id)
    said = ({"together": together} if together else {}) | ({"although_two": True} if although_two else {})
    groups.change_member(tx, person_id, group.id, leaves_on=None, **said)
    _note(tx, "group_joined", by, person_id, group=group.id)
    make_anew(tx, centre, group.id)
    return joined


def leave(
    tx: Transaction,
    centre: Centre,
    group: Group,
    person_id: int,
    *,
    on: date | None = None,
    by: int | None = None,
) -> None:
    """The person belongs to the group no more: the time of its sessions to come is theirs.

    Args:
        on: from that day of its series on; None or today means at once.

    Raises:
        NoSuchPerson, NotOfGroup.
    """
    who = person(tx, person_id)
    _lock(tx, group, person_id)
    is_later = on is not None and on > local(tx.now, centre.zone).date()
    if not (
        groups.change_member(tx, person_id, group.id, leaves_on=on)
        if is_later
        else groups.leave(tx, person_id, group.id)
    ):
        raise NotOfGroup(who.full_name, group.name)
    for row in sessions.sessions_with(tx, [person_id], tx.now):
        if row.group_id != group.id or row.starts_at <= tx.now:
            continue
        if not is_later or row.series_day >= on:
            let_go(tx, session_from(row), person_id)
    _note(tx, "group_left", by, person_id, group=group.id)
    make_anew(tx, centre, group.id)


def _group(row: Any) -> Group:
    return Group(**{name: getattr(row, name) for name in Group.__dataclass_fields__})


def _check_name(tx: Transaction, name: str, but: int | None = None) -> None:
    if any(name_key(one.name) == name_key(name) and one.id != but for one in all_groups(tx)):
        raise GroupExists(name)


def _check(tx: Transaction, centre: Centre, after: Group) -> None:
    if after.room is not None and not centre.has_room(after.room):
        raise NoSuchRoom(after.room)
    if after.leader_id is not None and person(tx, after.leader_id).kind != "staff":
        raise NotAParticipant(person(tx, after.leader_id).full_name)
    if after.rule is None:
        return
    needs = ("room", "leader_id", "first_day", "starts", "minutes")
    if missing := [name.removesuffix("_id") for name in needs if getattr(after, name) is None]:
        raise Incomplete(after.name, missing)
    known = asdict(after)
    check(Series(after.rule, known["first_day"], known["starts"], known["minutes"]))


def _lock(tx: Transaction, group: Group, person_id: int) -> None:
    """Everybody at once: who joins, who is there, who leads."""
    people = {one.person_id for one in sessions.members(tx, group.id)} | {person_id}
    lock_people(tx, people | ({group.leader_id} if group.leader_id else set()))


def _check_other_groups(tx: Transaction, group: Group, who: Any) -> None:
    """Refuse where another group of theirs has a session on a day on which this one has."""
    beside = groups.same_days(tx, who.id, group.id, tx.now)
    if beside is not None:
        raise TwoGroups(who.full_name, group.name, beside.name, beside.series_day)


def _note(tx: Transaction, action: str, by: int | None, person_id: int | None = None, **details: Any) -> None:
    audit.note(tx, "staff", action, actor_id=by, person_id=person_id, details=details)
