"""/ogloszenie: text, for whom, how urgent, what would happen, TAK; then undo, progress, pause and stop, by buttons.

What was written stands in the announcement's own row and nowhere else; buttons carry its number. Each step is allowed anew.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.dialogue.questions import Value
from bot.dialogue.reply import Choice, Reply
from bot.dialogue.staff_said import ask, button, leave, line, say, who
from bot.dialogue.turn import Turn
from scheduler import announcements as use
from scheduler import drafts
from scheduler.announced import (
    Announcement,
    Draft,
    NobodyToTell,
    NoSuchAnnouncement,
    NotAsItStands,
    SecondPerson,
    Status,
    TooLateToUndo,
    announcement,
)
from scheduler.announcing import LONGEST, NothingSaid, TooLong, worded
from scheduler.audience import Audience, NoSuchGroup
from scheduler.errors import Refused
from scheduler.preview import preview
from scheduler.preview_lines import audience, lines
from scheduler.progress import OnChannel, progress
from scheduler.purposes import Purpose
from storage import groups

NAME = "ogloszenie"
GROUPS = 30  # as many buttons as can be looked through
SEEN_FOR = timedelta(hours=1)  # then whoever it is for, and what it costs, may be others
HOWS = {"info": Purpose.ANNOUNCEMENT, "urgent": Purpose.URGENT}
REFUSED: tuple[tuple[type[Refused], str], ...] = (
    (NothingSaid, "announcing_text"),
    (TooLong, "announcing_too_long"),
    (NobodyToTell, "announcing_nobody"),
    (NoSuchGroup, "announcing_no_group"),
    (SecondPerson, "announcing_not_you"),
    (TooLateToUndo, "announcing_too_late"),
    (NotAsItStands, "announcing_not_now"),
    (NoSuchAnnouncement, "announcing_unknown"),
)


def open_(turn: Turn, said: str) -> Reply:
    """With a text it begins; with a number it shows how that one goes; with nothing it asks for the text."""
    if not said:
        return ask(turn, "announcing_text", [leave(NAME)])
    if said.isdecimal() and len(said) < 10:
        return how_it_goes(turn, {"number": int(said)})
    return written(turn, said)


def written(turn: Turn, said: str) -> Reply:
    """The text is there: for whom?"""

    def work() -> Reply:
        known = drafts.begin(turn.tx, Draft(worded({"pl": said}, asks=False), Audience()), by=who(turn))
        names = list(groups.ids_by_name(turn.tx))[:GROUPS]
        everybody = _button(known, "to", "btn_announcing_all", "1", group=None)
        of_groups = [
            _button(known, "to", "btn_announcing_group", str(mark), params={"group": name}, group=name)
            for mark, name in enumerate(names, 2)
        ]
        options = [everybody, *of_groups, _leave(known)]
        return say(turn, "announcing_to_whom", options, number=known.id)

    return _or_why(turn, work)


def to(turn: Turn, value: Value) -> Reply:
    """It is known for whom: how urgent is it?"""

    def work() -> Reply:
        whom = Audience(group=value["group"])
        known = drafts.amend(turn.tx, value["number"], by=who(turn), audience=whom)
        options = [
            _button(known, "how", "btn_announcing_info", "1", how="info"),
            _button(known, "how", "btn_announcing_urgent", "2", how="urgent"),
            _leave(known),
        ]
        return say(turn, "announcing_how", options, number=known.id)

    return _or_why(turn, work)


def how(turn: Turn, value: Value) -> Reply:
    """All is known: what would happen, and whether it is to be sent."""

    def work() -> Reply:
        known = drafts.amend(turn.tx, value["number"], by=who(turn), purpose=HOWS[value["how"]])
        seen = preview(turn.tx, turn.centre, turn.club.composer, known.draft)
        options = [
            _button(known, "send", "btn_announcing_send", "TAK"),
            _button(known, "drop", "btn_announcing_drop", "NIE"),
        ]
        listed = [audience(known.draft.audience.group), *lines(turn.centre, seen)]
        shown = say(turn, "announcing_preview", options, number=known.id, lines=listed)
        return replace(shown, expires_at=turn.tx.now + SEEN_FOR)

    return _or_why(turn, work)


def send(turn: Turn, value: Value) -> Reply:
    """TAK: it goes, or waits for a second person."""
    return _or_why(turn, lambda: _gone(turn, use.submit(turn.tx, turn.centre, value["number"], by=who(turn))))


def second(turn: Turn, value: Value) -> Reply:
    """The second person's TAK."""
    return _or_why(
        turn, lambda: _gone(turn, use.confirm(turn.tx, turn.centre, value["number"], by=who(turn)))
    )


def drop(turn: Turn, value: Value) -> Reply:
    """NIE: what was begun is let go."""

    def work() -> Reply:
        use.undo(turn.tx, value["number"], by=who(turn))
        return say(turn, "announcing_dropped", number=value["number"])

    return _or_why(turn, work)


def how_it_goes(turn: Turn, value: Value) -> Reply:
    """How it stands now, and what can be done with it."""
    return _or_why(turn, lambda: _shown(turn, announcement(turn.tx, value["number"])))


def pause(turn: Turn, value: Value) -> Reply:
    """What has not gone waits."""
    return _done(turn, value, lambda: use.pause(turn.tx, value["number"], by=who(turn)))


def go_on(turn: Turn, value: Value) -> Reply:
    """And goes on."""
    return _done(turn, value, lambda: use.go_on(turn.tx, turn.centre, value["number"], by=who(turn)))


def stop(turn: Turn, value: Value) -> Reply:
    """Whoever has not got it gets it no more."""
    return _done(turn, value, lambda: use.stop(turn.tx, value["number"], by=who(turn)))


STEPS = {
    "to": to,
    "how": how,
    "send": send,
    "second": second,
    "drop": drop,
    "undo": drop,
    "progress": how_it_goes,
    "pause": pause,
    "go_on": go_on,
    "stop": stop,
}


def _gone(turn: Turn, known: Announcement) -> Reply:
    if known.begins_at is None:
        most = turn.centre.announcements.second_person_above
        return say(turn, "announcing_waits", [_goes(known)], number=known.id, most=most)
    undo = _button(known, "undo", "btn_announcing_undo", "1")
    seconds = turn.centre.announcements.undo_seconds
    return say(turn, "announcing_goes", [undo, _goes(known, "2")], number=known.id, seconds=seconds)


def _done(turn: Turn, value: Value, work: Callable[[], object]) -> Reply:
    def and_show() -> Reply:
        work()
        return _shown(turn, announcement(turn.tx, value["number"]))

    return _or_why(turn, and_show)


def _shown(turn: Turn, known: Announcement) -> Reply:
    """What its writer has not sent yet is shown to nobody."""
    if known.status is Status.BEGUN:
        raise NoSuchAnnouncement(known.id)
    found = progress(turn.tx, known.id)
    told = [line(f"announcing_is_{known.status}"), *(_on_channel(one) for one in found.channels)]
    options = [_goes(known), *_doing(turn, known)]
    return say(turn, "announcing_progress", options, number=known.id, count=found.people, lines=told)


def _doing(turn: Turn, known: Announcement) -> list[Choice]:
    if known.begins_at is not None and turn.tx.now < known.begins_at and known.status is not Status.UNDONE:
        return [_button(known, "undo", "btn_announcing_undo", "2")]
    stop_it = _button(known, "stop", "btn_announcing_stop", "3")
    if known.status is Status.RUNNING:
        return [_button(known, "pause", "btn_announcing_pause", "2"), stop_it]
    if known.status is Status.PAUSED:
        return [_button(known, "go_on", "btn_announcing_go_on", "2"), stop_it]
    return []


def _on_channel(one: OnChannel) -> Value:
    if one.channel is None:
        return line("announcing_nowhere", count=one.messages)
    counts = {
        "count": one.messages,
        "left": one.left,
        "arrived": one.sent + one.delivered,
        "failed": one.failed,
    }
    return line("announcing_channel", channel={"telegram": "Telegram"}.get(one.channel, "SMS"), **counts)


def _button(known: Announcement, step: str, key: str, mark: str, **more: object) -> Choice:
    return button(NAME, step, key, mark=mark, number=known.id, **more)  # type: ignore[arg-type]


def _leave(known: Announcement) -> Choice:
    return _button(known, "drop", "btn_desk_leave", "0")


def _goes(known: Announcement, mark: str = "1") -> Choice:
    return _button(known, "progress", "btn_announcing_progress", mark)


def _or_why(turn: Turn, work: Callable[[], Reply]) -> Reply:
    """The reply, or why not; of a role that has gone meanwhile the table has spoken already."""
    try:
        with turn.tx.savepoint():
            return work()
    except Refused as error:
        text = next((text for kind, text in REFUSED if isinstance(error, kind)), "announcing_not_now")
        return say(turn, text, most=LONGEST)
