"""What follows a message, as it can be seen: what changed in the database, and which text was answered."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from bot.dialogue.answer import answer
from bot.dialogue.incoming import Incoming
from storage.database import Transaction
from storage.tables import address, appointment, message, person, todo
from tests.bot.dialogue.situations import Scene

CHANGES = frozenset(
    [
        "given_back",
        "confirmed",
        "booked",
        "moved",
        "late",
        "accompanied",
        "undone",
        "stopped",
        "started",
        "muted",
        "wrong",
        "language",
        "letters",
    ]
)

# What each text says, in the words of the list; a text that is not here is "other".
TEXTS: Mapping[str, str] = {
    text: said
    for said, texts in {
        "list": "times day_times days times_none times_none_then times_none_at times_none_so move_times no_more_times "
        "slot_taken closed_day too_far",
        "one": "confirm_time confirm_move",
        "service": "which_service",
        "asked": "check_unsure not_understood not_understood_again only_text too_long nothing_to_answer digit_without_list "
        "digit_out_of_list digit_which_list which_day when_not_understood out_of_hours mistake_which",
        "asked sure": "give_back_sure",
        "asked which": "which_visit yes_no_which which_person",
        "mine": "mine mine_one",
        "stands": "kept already_booked visit_over",
        "none": "nothing_changed mine_none nothing_to_undo",
        "done": "booked booked_soon confirmed moved given_back given_back_today late_noted late_noted_open late_too_long "
        "accompanied_noted accompanied_rule stop_done start_done no_announcements_done language_set polish_letters_done",
        "who": "who_writes",
        "data": "data_short",
        "office": "ask_office",
        "help": "help lost",
        "callback": "callback_noted callback_noted_at",
        "menu": "menu",
        "about": "about",
        "works": "works",
        "crisis": "crisis",
        "ill advice": "advice_steps advice_rules",
        "dont_write": "dont_write",
        "wrong": "wrong_number_done",
        "accompanied": "accompanied_rule",
    }.items()
    for text in texts.split()
}


class Undone(Exception):
    """Leaves a transaction without a trace, with what followed in it."""

    def __init__(self, followed: frozenset[str]) -> None:
        super().__init__()
        self.followed = followed


def followed(scene: Scene, text: str) -> frozenset[str]:
    """What follows when this is written; the scene is left as it was."""
    try:
        scene.town.do(lambda tx: _play(tx, scene, text))
    except Undone as undone:
        return undone.followed
    raise AssertionError


def _play(tx: Transaction, scene: Scene, text: str) -> None:
    phone = scene.phone
    before = _state(tx)
    answer(
        tx, scene.town.dialogue, Incoming(phone.channel, phone.account, phone.address, "in-last", text=text)
    )
    raise Undone(_labels(before, _state(tx)))


def _state(tx: Transaction) -> dict[str, dict[int, Any]]:
    tables = (appointment, address, person, todo, message)
    return {
        table.name: {row.id: row for row in tx.connection.execute(select(table).order_by(table.c.id))}
        for table in tables
    }


def _labels(before: dict[str, dict[int, Any]], after: dict[str, dict[int, Any]]) -> frozenset[str]:
    labels: set[str] = set()
    for visit in after["appointment"].values():
        labels |= _of_visit(before["appointment"].get(visit.id), visit)
    for one in after["address"].values():
        labels |= _of_address(before["address"][one.id], one)
    for one in after["person"].values():
        old = before["person"][one.id]
        labels |= {"language"} if old.language != one.language else set()
        labels |= {"letters"} if old.polish_letters != one.polish_letters else set()
    labels |= {"todo"} if _new("todo", before, after) else set()
    answers = [one for one in _new("message", before, after) if one.purpose in {"reply", "advice"}]
    assert len(answers) <= 1
    return frozenset(labels | (_of_text(answers[0]) if answers else {"silence"}))


def _new(table: str, before: dict[str, dict[int, Any]], after: dict[str, dict[int, Any]]) -> list[Any]:
    return [row for key, row in after[table].items() if key not in before[table]]


def _of_visit(old: Any, new: Any) -> set[str]:
    if old is None:
        return {"booked"}
    labels = {new.status if old.status != "given_back" else "undone"} if old.status != new.status else set()
    labels |= {"moved"} if old.starts_at != new.starts_at else set()
    labels |= {"late"} if old.late_minutes != new.late_minutes else set()
    return labels | ({"accompanied"} if old.accompanied != new.accompanied else set())


def _of_address(old: Any, new: Any) -> set[str]:
    labels = {"started" if new.state == "active" else new.state} if old.state != new.state else set()
    return labels | ({"muted"} if old.announcements and not new.announcements else set())


def _of_text(said: Any) -> set[str]:
    """What was said; a page of advice is told by its first part, which is all that is kept of it."""
    parts = said.params.get("advice") or said.params.get("pages")
    key = parts[0]["key"] if parts else said.text
    return set(TEXTS.get(key, f"other:{key}").split())
