"""Changing what is known of a participant: name, contract, wishes, a new number, the secret word, groups."""

from collections.abc import Mapping
from typing import Any

from config.centre import LANGUAGES
from panel.asked import Act, Answer, Asked, Go, Page, Show
from panel.code_sheet import code_sheet
from panel.enrol import read_cell
from panel.fields import Fields
from panel.person import whose
from scheduler.group_undo import undo_group
from scheduler.groups import NoSuchGroup, TwoGroups, all_groups, join, leave
from scheduler.new_phone import NotMoved, new_phone
from scheduler.people import Person
from scheduler.person_change import NameTaken, Wanted, change
from scheduler.person_page import about
from scheduler.rights import Right
from scheduler.secret_word import looks_like_word, set_word

CHECKS = ("daily", "visits", "never")


def show(asked: Asked) -> Page:
    """The forms, filled with what is known."""
    return _page(asked, whose(asked), {})


def put(asked: Asked) -> Page | Go:
    """It is as the form says."""
    who, fields = whose(asked), Fields(asked)
    wanted = Wanted(
        full_name=str(read_cell(fields, "full_name") or ""),
        language=fields.one_of("language", LANGUAGES) or who.language,
        contract_until=read_cell(fields, "contract_until"),
        polish_letters="polish_letters" in asked.form,
        writes_only="writes_only" in asked.form,
        self_check=fields.one_of("self_check", CHECKS) or CHECKS[0],
    )
    if not fields.errors:
        try:
            change(asked.tx, who.id, wanted)
        except NameTaken:
            fields.wrong("full_name", "person_name_taken")
        else:
            return Go(f"/panel/people/{who.id}", "done_person_changed")
    return _page(asked, who, fields.errors, asked.form)


def phone(asked: Asked) -> Page | Go:
    """They have another number; what waits goes there."""
    who, fields = whose(asked), Fields(asked)
    number = read_cell(fields, "phone")
    if number is None:
        fields.wrong("phone", "field_missing")
    else:
        try:
            with asked.tx.savepoint():
                new_phone(asked.tx, who.id, number, asked.account)
        except NotMoved:
            fields.wrong("phone", "person_phone_not_moved")
        else:
            return Go(f"/panel/people/{who.id}", "done_person_phone")
    return _page(asked, who, fields.errors, asked.form)


def word(asked: Asked) -> Page | Go:
    """Four digits before visits are read out on a shared phone, or none any more."""
    who, fields = whose(asked), Fields(asked)
    if "clear" in asked.form:
        set_word(asked.tx, who.id, None)
        return Go(f"/panel/people/{who.id}", "done_word_cleared")
    digits = asked.form.get("word", "").strip()
    if not looks_like_word(digits):
        fields.wrong("word", "person_word_wrong")
        return _page(asked, who, fields.errors)
    set_word(asked.tx, who.id, digits)
    return Go(f"/panel/people/{who.id}", "done_word_set")


def code(asked: Asked) -> Page:
    """A new code for Telegram, with the page to take home; an earlier one is no longer any good."""
    return Page("person_code.html", {"is_new": False, **code_sheet(asked, whose(asked))})


def join_group(asked: Asked) -> Answer:
    """They belong to it; its sessions to come are theirs too."""
    who, wanted = whose(asked), asked.form.get("group", "")
    group = next((one for one in all_groups(asked.tx) if str(one.id) == wanted), None)
    if group is None:
        raise NoSuchGroup(wanted[:9], ())
    try:
        with asked.tx.savepoint():
            join(asked.tx, asked.centre, group, who.id, although_two="although_two" in asked.form)
    except TwoGroups:
        return Page("person_two_groups.html", {"someone": who, "group": group}, 422)
    return Go(f"/panel/people/{who.id}", "done_person_joined", who.id)


def leave_group(asked: Asked) -> Answer:
    """They belong to it no more."""
    who = whose(asked)
    group = next((one for one in all_groups(asked.tx) if one.id == asked.path["group"]), None)
    if group is None:
        raise NoSuchGroup(str(asked.path["group"])[:9], ())
    leave(asked.tx, asked.centre, group, who.id)
    return Go(f"/panel/people/{who.id}", "done_person_left_group", who.id)


def undo(asked: Asked) -> Answer:
    """The last change of their groups is taken back."""
    who = whose(asked)
    undo_group(asked.tx, asked.centre, who.id)
    return Go(f"/panel/people/{who.id}", "done_groups_as_before")


def _page(asked: Asked, who: Person, errors: dict[str, str], given: Mapping[str, Any] | None = None) -> Page:
    """What was typed stands in the form that it was typed into; the others have what is known."""
    known = _known(asked, who)
    typed = dict(given or {})
    is_main = "full_name" in typed
    shown = known | typed if is_main or "phone" in typed else known
    ticks = typed if is_main else known
    values = {
        "someone": who,
        "given": shown,
        "ticks": ticks,
        "number_typed": typed.get("phone", ""),
        "errors": errors,
    }
    return Page("person_change.html", values, 422 if errors else 200)


def _known(asked: Asked, who: Person) -> dict[str, Any]:
    ticks = {name: "on" for name in ("writes_only", "polish_letters") if getattr(who, name)}
    return {
        "full_name": who.full_name,
        "language": who.language,
        "contract_until": who.contract_until.isoformat() if who.contract_until else "",
        "self_check": about(asked.tx, who.id).self_check,
        **ticks,
    }


PAGES = (
    Show("/people/{id:int}/change", show, Right.PEOPLE),
    Act("/people/{id:int}/change", put, Right.PEOPLE),
    Act("/people/{id:int}/phone", phone, Right.PEOPLE),
    Act("/people/{id:int}/word", word, Right.PEOPLE),
    Act("/people/{id:int}/code", code, Right.PEOPLE),
    Act("/people/{id:int}/join", join_group, Right.GROUPS),
    Act("/people/{id:int}/groups/undo", undo, Right.GROUPS),
    Act("/people/{id:int}/groups/{group:int}/leave", leave_group, Right.GROUPS),
)
