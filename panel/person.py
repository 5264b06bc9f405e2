"""A participant's page: facts, visits, where words reach them, and what was done about them."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from panel.asked import Act, Asked, Go, Page, Show
from panel.log_words import Done, in_words
from scheduler.attendance import coming_seats
from scheduler.groups import all_groups
from scheduler.ledger_view import LedgerRow, ledger_rows
from scheduler.people import Person
from scheduler.person_change import are_two
from scheduler.person_page import PastOrComing, about, log, participant, visits
from scheduler.rights import Right
from scheduler.roll import groups_of
from scheduler.todo_list import Todo, open_todos
from words.compose import Say, Style

PLAIN = Style(buttons=False, plain=False)
MESSAGES, MESSAGES_SINCE = 30, timedelta(days=60)
KINDS = {
    "waiting": "wait",
    "sending": "wait",
    "unknown": "wait",
    "sent": "good",
    "delivered": "good",
    "failed": "bad",
}


def show(asked: Asked) -> Page:
    """All of it that the reader's role may see."""
    who = whose(asked)
    found = visits(asked.tx, asked.centre, who.id)
    coming = [one for one in found if one.is_open and one.starts_at > asked.tx.now]
    details = asked.may(Right.DETAILS)
    values = {
        "about": about(asked.tx, who.id),
        "someone": who,
        "today": asked.words.local(asked.tx.now).date(),
        "coming": [_visit(asked, one) for one in reversed(coming)],
        "past": [_visit(asked, one) for one in found if one not in coming],
        "todos": _todos(asked, who.id),
        "messages": _messages(asked, who.id) if details else (),
        "done_before": _log(asked, who.id) if details else (),
        **(_groups(asked, who.id) if asked.may(Right.GROUPS) else {"groups": (), "others": ()}),
    }
    return Page("person.html", values)


def two(asked: Asked) -> Go:
    """Somebody on the staff has looked: they are two people."""
    who = whose(asked)
    are_two(asked.tx, who.id)
    return Go(f"/panel/people/{who.id}", "done_are_two")


def whose(asked: Asked) -> Person:
    """The participant whom the address names.

    Raises:
        NoSuchPerson, Erased.
    """
    return participant(asked.tx, asked.path["id"])


def _visit(asked: Asked, one: PastOrComing) -> dict[str, Any]:
    """In words; what it is about for whoever may know it alone, and so whom it is with."""
    say, language = asked.words.composer.label, asked.words.language
    place = Say("door_room", {"room": one.room}) if one.room else Say(f"place_{one.mode}")
    day = one.starts_at.date()
    may_know = asked.may(Right.DETAILS)
    known = asked.centre.has_service(one.service)
    named = asked.centre.service(one.service).name.in_language(language) if known else one.service
    return {
        "visit": one,
        "place": say(language, place, PLAIN, day),
        "status": say(language, Say(f"door_status_{one.status}"), PLAIN, day),
        "service": named if may_know else "",
        "specialist": one.specialist if may_know else "",
    }


def _groups(asked: Asked, person_id: int) -> dict[str, Any]:
    """Theirs, each with when it next meets them; and those that they could join."""
    next_at: dict[int, Any] = {}
    for seat in coming_seats(asked.tx, [person_id]):
        next_at.setdefault(seat.session.group_id, seat.starts_at)
    today = asked.words.local(asked.tx.now).date()
    known = [one for one in all_groups(asked.tx) if not one.is_over(today)]
    theirs = groups_of(asked.tx, person_id)
    return {
        "groups": [{"group": one, "next_at": next_at.get(one.id)} for one in known if one.name in theirs],
        "others": [(one.id, one.name) for one in known if one.name not in theirs],
    }


def _todos(asked: Asked, person_id: int) -> Sequence[Todo]:
    if not asked.may(Right.TODOS):
        return ()
    return open_todos(
        asked.tx,
        asked.centre,
        asked.words.composer,
        language=asked.words.language,
        details=asked.may(Right.DETAILS),
        about=person_id,
    )


def _messages(asked: Asked, person_id: int) -> list[Mapping[str, Any]]:
    """The latest, the newest first; what waits for its day among them."""
    since = asked.tx.now - MESSAGES_SINCE
    rows = ledger_rows(asked.tx, asked.centre, asked.words.composer, since, person_id)
    rows.sort(key=lambda row: (row.send_after, row.id), reverse=True)
    return [_message(row) for row in rows[:MESSAGES]]


def _message(row: LedgerRow) -> Mapping[str, Any]:
    channel = row.attempts[-1].channel if row.attempts else ""
    return {"row": row, "channel": channel, "kind": KINDS.get(row.status, "quiet")}


def _log(asked: Asked, person_id: int) -> list[Done]:
    return [in_words(asked.words, line) for line in log(asked.tx, person_id)]


PAGES = (
    Show("/people/{id:int}", show, Right.PEOPLE),
    Act("/people/{id:int}/two", two, Right.PEOPLE),
)
