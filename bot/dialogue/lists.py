"""Free times as they are shown: a list, the hours of a day, days as buttons, or the one time that fits."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.dialogue.binding import NO, YES
from bot.dialogue.questions import Value
from bot.dialogue.reply import Choice, Reply, numbered
from bot.dialogue.turn import Turn
from bot.dialogue.wish import Wish
from scheduler.calendar import local
from scheduler.visits import FreeTime


def times(turn: Turn, wish: Wish, found: Sequence[FreeTime]) -> Reply:
    """The times to choose from, and `0` for more; of one day that was named only the hours."""
    options = _options(wish, found, "option_hour" if _is_one_day(turn, wish, found) else "option_time")
    if _is_one_day(turn, wish, found):
        return _said(turn, wish, "day_times", options, asked_day=wish.day)
    return _said(turn, wish, "move_times" if wish.visit_id else "times", options)


def instead(turn: Turn, text: str, wish: Wish, found: Sequence[FreeTime], **asked: date | None) -> Reply:
    """Why a wish can't be had, and times that can; they go on without its days and hours. It can be waited for."""
    options = (*_options(wish.any_time(), found, "option_time"), _waiting(wish, "wait"))
    return _said(turn, wish, text, options, **asked)


def days(turn: Turn, wish: Wish, found: Sequence[date], *, further: bool) -> Reply:
    """Days as buttons, each leading to its hours."""
    choices = [
        Choice("option_day", wish.on(day).as_value("hours"), {"on_day": day.isoformat()}) for day in found
    ]
    later = Choice("btn_other_days", wish.as_value("days", after=found[-1].isoformat()), mark="0")
    return _said(turn, wish, "days", (*numbered(choices), *[later][: int(further)]))


def just_one(turn: Turn, wish: Wish, one: FreeTime) -> Reply:
    """The one time that fits: asked, for it has not been seen before. NIE leads to others."""
    other = wish.any_time().as_value("others", starts_at=one.starts_at.isoformat())
    answers = (
        Choice("btn_move_there" if wish.visit_id else "btn_book", _taking(wish, one), _shown(one), YES),
        Choice("btn_more", other, mark=NO),
    )
    text = "confirm_move" if wish.visit_id else "confirm_time"
    asked = _said(turn, wish, text, answers, starts_at=one.starts_at, place=one.place)
    return replace(asked, kind="confirm")


def none(turn: Turn, wish: Wish) -> Reply:
    """Nothing can be had now: it is asked whether they want to wait."""
    return to_wait(turn, "times_none", wish)


def earlier(turn: Turn, wish: Wish, found: Sequence[FreeTime]) -> Reply:
    """Earlier times for a visit; or whether they want to wait for one."""
    if not found:
        return to_wait(turn, "earlier_none", wish, earlier=True)
    options = (*_options(wish.any_time(), found, "option_time"), _waiting(wish, "wait", earlier=True))
    return _said(turn, wish, "move_times", options)


def to_wait(turn: Turn, text: str, wish: Wish, *, earlier: bool = False) -> Reply:
    """Ask whether they want to be told once there is such a time."""
    answers = (_waiting(wish, YES, earlier=earlier), Choice("btn_no", {"do": "leave"}, mark=NO))
    return replace(_said(turn, wish, text, answers), kind="confirm")


def _waiting(wish: Wish, mark: str, *, earlier: bool = False) -> Choice:
    more = {"earlier": True} if earlier else {}
    return Choice("btn_wait", wish.as_value("wait", **more), mark=mark)


def _options(wish: Wish, found: Sequence[FreeTime], key: str) -> tuple[Choice, ...]:
    choices = [Choice(key, _taking(wish, one), _shown(one)) for one in found]
    further = Choice("btn_more", wish.as_value("more", after=found[-1].starts_at.isoformat()), mark="0")
    return (*numbered(choices), further)


def _taking(wish: Wish, one: FreeTime) -> Value:
    """What choosing that time means: booking it, or moving the visit there."""
    taken = wish.any_time()
    return taken.as_value("move" if wish.visit_id else "book", starts_at=one.starts_at.isoformat())


def _shown(one: FreeTime) -> dict[str, str]:
    at = one.starts_at.isoformat()
    return {"starts_at": at, "starts_time": at}


def _is_one_day(turn: Turn, wish: Wish, found: Sequence[FreeTime]) -> bool:
    return all(local(one.starts_at, turn.centre.zone).date() == wish.day for one in found)


def _said(turn: Turn, wish: Wish, text: str, options: tuple[Choice, ...] = (), **params: object) -> Reply:
    assert wish.service is not None
    values = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in params.items()
        if value is not None
    }
    return turn.say(text, options=options, service=turn.named(wish.service), **values)
