"""The columns of a day's table: the places at which something is on, room by room, and one for whoever phones."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from config.centre import Centre
from panel.board import Placed
from panel.day import Day, Meeting
from scheduler.gaps import Serving

APART = ""  # the column of visits by phone and remote: no station


@dataclass(frozen=True, slots=True)
class Column:
    """One place. `station` is empty for a room in which nothing but sessions is on, `room` for visits by phone and remote.

    `specialists` have hours here on that day; `name` tells stations of one room apart.
    """

    room: str
    station: str
    name: str
    specialists: tuple[str, ...]


class Places:
    """The columns of one day, and what stands in which."""

    def __init__(self, centre: Centre, day: Day) -> None:
        self.columns = tuple(_columns(centre, day))
        self._of_station = {
            one.station: number for number, one in enumerate(self.columns) if one.station or not one.room
        }
        self._centre = centre

    def place(self, day: Day) -> list[Placed]:
        """Everything of the day in its columns; a session goes across its room."""
        placed = [Placed(self._at(one.of.station), one) for one in day.visits]
        placed += [Placed(self._at(one.station), one) for one in day.gaps]
        return placed + [Placed(self._across(one), one) for one in day.sessions]

    def _at(self, station: str | None) -> range:
        number = self._of_station[station or APART]
        return range(number, number + 1)

    def _across(self, one: Meeting) -> range:
        room = room_of(self._centre, one)
        numbers = [number for number, column in enumerate(self.columns) if column.room == room]
        return range(numbers[0], numbers[-1] + 1)


def room_of(centre: Centre, one: Meeting) -> str:
    """The number on the door behind which that session is."""
    return centre.room(one.of.room).number if centre.has_room(one.of.room) else one.of.room


def _columns(centre: Centre, day: Day) -> Iterator[Column]:
    """In the order of the club's file; what the file no longer has comes after, visits by phone and remote last."""
    used = {one.station or APART: "" for one in day.serving}
    used |= {one.of.station or APART: one.of.room or "" for one in day.visits}
    meet = {room_of(centre, one) for one in day.sessions}
    rooms = {
        room.number: {one.code: one.name for one in room.stations if one.code in used}
        for room in centre.rooms
    }
    for code, room in used.items():
        if code != APART and not centre.has_station(code):
            rooms.setdefault(room, {})[code] = code
    for room in sorted(meet - rooms.keys()):
        rooms[room] = {}
    for room, stations in rooms.items():
        for code, name in stations.items():
            yield Column(room, code, name if len(stations) > 1 else "", _who(day.serving, code))
        if room in meet and not stations:
            yield Column(room, "", "", ())
    if APART in used:
        yield Column("", APART, "", _who(day.serving, APART))


def _who(serving: Iterable[Serving], station: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.specialist for one in serving if (one.station or APART) == station))
