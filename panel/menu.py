"""The panel's pages as its menu lists them."""

from dataclasses import dataclass

from scheduler.accounts import Signed
from scheduler.rights import Right, may


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu; its text is `menu_` and the name. `also`: addresses that are reached from its page."""

    name: str
    path: str
    right: Right
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """The same for a reader: whether it leads to where they are."""

    name: str
    path: str
    is_here: bool


ENTRIES = (
    Entry("today", "/panel/", Right.DAY, ("/panel/visits", "/panel/sheet")),
    Entry("book", "/panel/book", Right.VISITS),
    Entry("people", "/panel/people", Right.PEOPLE),
    Entry("todos", "/panel/todos", Right.TODOS),
    Entry("week", "/panel/week", Right.DAY, ("/panel/absences", "/panel/closures", "/panel/hours")),
    Entry("groups", "/panel/groups", Right.GROUPS, ("/panel/sessions",)),
    Entry("waiting", "/panel/waiting", Right.GROUPS),
    Entry("announcements", "/panel/announcements", Right.ANNOUNCE),
    Entry("messages", "/panel/messages", Right.DETAILS),
    Entry("door", "/panel/door", Right.DOOR, ("/panel/contacts",)),
    Entry("policies", "/panel/policies", Right.POLICIES),
    Entry("figures", "/panel/figures", Right.FIGURES),
    Entry("staff", "/panel/staff", Right.STAFF),
)


def menu(staff: Signed, path: str) -> tuple[Shown, ...]:
    """What that member of staff may open."""
    return tuple(
        Shown(entry.name, entry.path, any(_is_here(one, path) for one in (entry.path, *entry.also)))
        for entry in ENTRIES
        if may(staff.role, entry.right)
    )


def _is_here(entry: str, path: str) -> bool:
    return path == entry or (entry != "/panel/" and path.startswith(f"{entry}/"))
