"""Importing a list of participants: first what would become of each row, then the same file in earnest."""

from panel.asked import Act, Asked, Go, Page, Show
from panel.said import said
from scheduler.enrolment import Fate
from scheduler.import_columns import COLUMNS
from scheduler.import_file import Report, import_participants
from scheduler.rights import Right
from scheduler.spreadsheet import FileRefused
from scheduler.uploads import keep, take

KINDS = {Fate.ENROLLED: "good", Fate.CHANGED: "wait", Fate.REPEATED: "wait", Fate.REFUSED: "bad"}


def show(_: Asked) -> Page:
    """What a file has to hold, and the field for it."""
    return _form({})


def try_out(asked: Asked) -> Page:
    """What would become of each row; nothing is enrolled, and the file waits for its owner's second press."""
    upload = asked.files.get("file")
    if upload is None or not upload.content:
        return _form({"file": asked.say("import_choose")})
    try:
        upload_id, wishes = keep(asked.tx, asked.staff.person_id, upload.content)
    except FileRefused as refused:
        return _form({"file": said(asked.words, refused.remark)})
    report = import_participants(asked.tx, wishes, account=asked.account, dry_run=True)
    return _report(asked, report, upload_id)


def bring_in(asked: Asked) -> Page | Go:
    """The same file, in earnest."""
    wishes = take(asked.tx, asked.staff.person_id, asked.path["upload"])
    report = import_participants(asked.tx, wishes, account=asked.account)
    return _report(asked, report, None)


def _report(asked: Asked, report: Report, upload_id: int | None) -> Page:
    rows = [
        {
            "row": row,
            "kind": KINDS.get(row.fate, "quiet"),
            "remarks": [said(asked.words, one) for one in row.remarks],
        }
        for row in report.rows
    ]
    counts = [(fate, count) for fate, count in report.counts.items() if count]
    can_be = any(row.fate in (Fate.ENROLLED, Fate.CHANGED, Fate.KNOWN) for row in report.rows)
    values = {"rows": rows, "counts": counts, "upload_id": upload_id, "can_be": can_be}
    return Page("import_rows.html", values)


def _form(errors: dict[str, str]) -> Page:
    return Page("import.html", {"errors": errors, "columns": tuple(COLUMNS)}, 422 if errors else 200)


PAGES = (
    Show("/people/import", show, Right.GROUPS),
    Act("/people/import", try_out, Right.GROUPS),
    Act("/people/import/{upload:int}", bring_in, Right.GROUPS),
)
