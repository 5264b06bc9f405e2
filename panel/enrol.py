"""Enrolling somebody who stands at the desk, and what they take home."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from config.centre import LANGUAGES
from panel.asked import Act, Answer, Asked, Go, Page, Show
from panel.code_sheet import code_sheet
from panel.fields import Fields
from panel.said import said
from scheduler.admission import admit
from scheduler.enrolment import Enrolled, Fate, HasLeft, Newcomer
from scheduler.groups import TwoGroups, all_groups
from scheduler.import_columns import COLUMNS
from scheduler.people import person
from scheduler.remarks import Explained
from scheduler.rights import Right
from scheduler.spreadsheet import cell

EMPTY: Mapping[str, str] = {"full_name": "", "phone": "", "language": LANGUAGES[0], "contract_until": ""}


def show(asked: Asked) -> Page:
    """The empty form."""
    return _form(asked, {})


def enrol(asked: Asked) -> Answer:
    """Take them in; whoever was enrolled already is shown as they are."""
    fields = Fields(asked)
    newcomer = read_newcomer(fields)
    if fields.errors:
        return _form(asked, fields.errors)
    try:
        done = admit(
            asked.tx,
            asked.centre,
            newcomer,
            account=asked.account,
            writes_only="writes_only" in asked.form,
        )
    except HasLeft as left:
        on = asked.words.local(left.ended_at).date()
        fields.wrong("full_name", "enrol_has_left", on=asked.words.date(on))
    except TwoGroups:
        fields.wrong("groups", "enrol_two_groups")
    else:
        return _known(done) if done.fate is not Fate.ENROLLED else _welcomed(asked, done)
    return _form(asked, fields.errors)


def read_newcomer(fields: Fields) -> Newcomer:
    """Whom the form names, by the rules of the import; what is wrong stands in the fields' errors."""
    asked = fields.asked
    wanted = asked.many.get("groups", ()) if asked.may(Right.GROUPS) else ()
    return Newcomer(
        full_name=str(read_cell(fields, "full_name") or ""),
        phone=read_cell(fields, "phone"),
        language=fields.one_of("language", LANGUAGES),
        groups=wanted,
        contract_until=read_cell(fields, "contract_until"),
        polish_letters="polish_letters" in asked.form,
    )


def read_cell(fields: Fields, name: str) -> Any:
    """What was typed there, read as a cell of a participants' file."""
    try:
        return COLUMNS[name](cell(fields.given.get(name, ""), 1))
    except Explained as wrong:
        fields.errors.setdefault(name, said(fields.asked.words, wrong.remark))
        return None


def _known(done: Enrolled) -> Go:
    if done.kept_phone:
        return Go(f"/panel/people/{done.person_id}", "done_enrol_kept_phone")
    return Go(f"/panel/people/{done.person_id}", f"done_enrol_{done.fate}")


def _welcomed(asked: Asked, done: Enrolled) -> Page:
    someone = person(asked.tx, done.person_id)
    return Page(
        "person_code.html",
        {
            **code_sheet(asked, someone),
            "is_new": True,
            "may_be": done.may_be,
            "shares_with": done.shares_with,
            "is_over": _is_over(asked, someone.contract_until),
        },
    )


def _is_over(asked: Asked, until: date | None) -> bool:
    return until is not None and until < asked.words.local(asked.tx.now).date()


def _form(asked: Asked, errors: dict[str, str]) -> Page:
    today = asked.words.local(asked.tx.now).date()
    names = [one.name for one in all_groups(asked.tx) if not one.is_over(today)]
    values = {
        "given": {**EMPTY, **asked.form},
        "chosen": asked.many.get("groups", ()),
        "groups": names if asked.may(Right.GROUPS) else (),
        "errors": errors,
    }
    return Page("enrol.html", values, 422 if errors else 200)


PAGES = (
    Show("/people/new", show, Right.PEOPLE),
    Act("/people/new", enrol, Right.PEOPLE),
)
