"""Announcements: those that were written, what one would do, how it goes, and who has to be called."""

from collections.abc import Callable
from typing import Any

from panel.asked import Act, Asked, Go, Page, Show
from scheduler import announcements as use
from scheduler.announced import (
    Announcement,
    NobodyToTell,
    NoSuchAnnouncement,
    Status,
    announcement,
    newest,
)
from scheduler.preview import preview
from scheduler.preview_lines import lines
from scheduler.progress import missed, progress
from scheduler.rights import Right
from storage.todos import names
from words.compose import Style

ON_SCREEN = Style(buttons=True, plain=False)
KINDS = {
    Status.DRAFT: "wait",
    Status.CONFIRMED: "wait",
    Status.RUNNING: "wait",
    Status.PAUSED: "bad",
    Status.DONE: "good",
}
CALLS = 200  # as many as a day has time for; the list goes on as they are done


def show(asked: Asked) -> Page:
    """The newest first."""
    known = newest(asked.tx)
    people = names(asked.tx, {one.written_by_id for one in known if one.written_by_id})
    return Page("announcements.html", {"known": known, "people": people, "kinds": KINDS})


def one(asked: Asked) -> Page:
    """Before it goes what would happen, afterwards how it goes."""
    known = _known(asked)
    values: dict[str, Any] = {"one": known, "said": [], "nobody": False}
    if known.status in (Status.BEGUN, Status.DRAFT):
        values |= _before(asked, known)
    else:
        values |= _after(asked, known)
    return Page("announcement.html", values)


def part(asked: Asked) -> Page:
    """How it goes, for the page that is open."""
    known = _known(asked)
    return Page("announcement_goes.html", {"one": known, **_after(asked, known)})


def send(asked: Asked) -> Go:
    """It goes, or waits for a second person."""
    known = use.submit(asked.tx, asked.centre, _known(asked).id, by=asked.staff.person_id)
    done = "done_announcement_waits" if known.status is Status.DRAFT else "done_announcement_goes"
    return Go(f"/panel/announcements/{known.id}", done, known.id)


def confirm(asked: Asked) -> Go:
    """The second person's word."""
    known = use.confirm(asked.tx, asked.centre, _known(asked).id, by=asked.staff.person_id)
    return Go(f"/panel/announcements/{known.id}", "done_announcement_goes", known.id)


def go_on(asked: Asked) -> Go:
    """What was held back goes; with `with_new`, also to those who have joined since."""
    number, with_new = _known(asked).id, "with_new" in asked.form
    use.go_on(asked.tx, asked.centre, number, with_new=with_new, by=asked.staff.person_id)
    return Go(f"/panel/announcements/{number}", "done_announcement_goes_on")


def undo(asked: Asked) -> Go:
    """Nobody gets it."""
    use.undo(asked.tx, _known(asked).id, by=asked.staff.person_id)
    return Go("/panel/announcements", "done_announcement_undone")


def _step(use_case: Callable[..., object], done: str) -> Callable[[Asked], Go]:
    """An act that is one use case, said by `done`."""

    def act(asked: Asked) -> Go:
        use_case(asked.tx, _known(asked).id, by=asked.staff.person_id)
        return Go(f"/panel/announcements/{asked.path['id']}", done)

    return act


def _known(asked: Asked) -> Announcement:
    """What its writer has not sent yet is nobody else's."""
    known = announcement(asked.tx, asked.path["id"])
    if known.status is Status.BEGUN and known.written_by_id != asked.staff.person_id:
        raise NoSuchAnnouncement(known.id)
    return known


def _before(asked: Asked, known: Announcement) -> dict[str, Any]:
    composer, language = asked.words.composer, asked.words.language
    try:
        seen = preview(asked.tx, asked.centre, composer, known.draft)
    except NobodyToTell:
        return {"nobody": True}
    day = asked.words.local(asked.tx.now).date()
    said = [
        composer.text(language, line["key"], line.get("params", {}), ON_SCREEN, day)
        for line in lines(asked.centre, seen)
    ]
    return {"said": said}


def _after(asked: Asked, known: Announcement) -> dict[str, Any]:
    to_call = missed(asked.tx, known.id)
    return {
        "progress": progress(asked.tx, known.id),
        "missed": to_call[:CALLS],
        "more": max(0, len(to_call) - CALLS),
        "kind": KINDS.get(known.status, "quiet"),
        "can_undo": known.begins_at is not None
        and asked.tx.now < known.begins_at
        and known.status is not Status.UNDONE,
        "texts": known.draft.words.texts,
    }


PAGES = (
    Show("/announcements", show, Right.ANNOUNCE),
    Show("/announcements/{id:int}", one, Right.ANNOUNCE),
    Show("/announcements/{id:int}/part", part, Right.ANNOUNCE),
    Act("/announcements/{id:int}/send", send, Right.ANNOUNCE),
    Act("/announcements/{id:int}/confirm", confirm, Right.ANNOUNCE),
    Act("/announcements/{id:int}/undo", undo, Right.ANNOUNCE),
    Act("/announcements/{id:int}/pause", _step(use.pause, "done_announcement_paused"), Right.ANNOUNCE),
    Act("/announcements/{id:int}/stop", _step(use.stop, "done_announcement_stopped"), Right.ANNOUNCE),
    Act("/announcements/{id:int}/go-on", go_on, Right.ANNOUNCE),
)
