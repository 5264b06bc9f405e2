"""Who is on the staff: roles, log-ins and one-time passwords, the code that links a Telegram chat."""

from collections.abc import Callable

from panel.asked import Act, Answer, Asked, Go, Page, Show
from scheduler.accounts import OneTime, login_of, open_account
from scheduler.errors import Refused
from scheduler.linking import new_code
from scheduler.passwords import Drawn, draw
from scheduler.phones import PhoneRefused, mobile
from scheduler.rights import Right
from scheduler.staff import (
    AlreadyStaff,
    Colleague,
    Member,
    NobodyOnStaff,
    NoName,
    Role,
    add_staff,
    change_role,
    end_staff,
    members,
)

HERE = "/panel/staff"


class Oneself(Refused):
    """Whoever took their own right away could not give it back."""


def show(asked: Asked, errors: dict[str, str] | None = None) -> Page:
    """Everybody, and a form for one more."""
    values = {
        "members": members(asked.tx),
        "roles": _roles(asked),
        "errors": errors or {},
        "form": asked.form,
    }
    return Page("staff.html", values, 422 if errors else 200)


def show_one(asked: Asked) -> Page:
    """One of them, and what can be changed."""
    return Page("colleague.html", {"one": _one(asked), "roles": _roles(asked), "is_me": _is_me(asked)})


def add(asked: Asked) -> Answer:
    """With a log-in and a one-time password, unless they have one."""
    name, phone = asked.form.get("name", ""), asked.form.get("phone", "").strip()
    try:
        colleague = Colleague(name, _role(asked), mobile(phone) if phone else None)
        person_id = add_staff(asked.tx, colleague, asked.account)
    except NoName:
        return show(asked, {"name": asked.say("staff_no_name")})
    except AlreadyStaff:
        return show(asked, {"name": asked.say("staff_already")})
    except PhoneRefused:
        return show(asked, {"phone": asked.say("staff_no_mobile")})
    if login_of(asked.tx, person_id):
        return Go(f"{HERE}/{person_id}", done="done_staff_changed")
    return _given(name, open_account(asked.tx, person_id, asked.found))


def role(asked: Asked) -> Answer:
    """Another role, from their next page on."""
    one = _another(asked)
    change_role(asked.tx, one.person_id, _role(asked))
    return Go(f"{HERE}/{one.person_id}", done="done_staff_changed")


def password(asked: Asked) -> Answer:
    """For who forgot it, or lost the phone."""
    one = _another(asked)
    return _given(one.full_name, open_account(asked.tx, one.person_id, asked.found))


def code(asked: Asked) -> Answer:
    """For their chat with the bot; an earlier one is no longer good."""
    one = _one(asked)
    return Page(
        "given.html",
        {"name": one.full_name, "given": None, "code": new_code(asked.tx, one.person_id, "staff")},
    )


def end(asked: Asked) -> Answer:
    """They are out at once."""
    one = _another(asked)
    return Go(HERE, done="done_staff_ended" if end_staff(asked.tx, one.person_id) else "done_staff_shut_out")


def drawn(_asked: Asked) -> Callable[[], Drawn]:
    """A one-time password, should one be needed."""
    return draw


def _given(name: str, given: OneTime) -> Page:
    """Shown once, and never to be seen again."""
    return Page("given.html", {"name": name, "given": given, "code": None})


def _one(asked: Asked) -> Member:
    person_id = asked.path["person_id"]
    for member in members(asked.tx):
        if member.person_id == person_id:
            return member
    raise NobodyOnStaff(str(person_id), 0)


def _another(asked: Asked) -> Member:
    if _is_me(asked):
        raise Oneself
    return _one(asked)


def _is_me(asked: Asked) -> bool:
    return bool(asked.path["person_id"] == asked.staff.person_id)


def _role(asked: Asked) -> Role:
    known = [one for one in Role if one == asked.form.get("role")]
    return known[0] if known else Role.RECEPTION


def _roles(asked: Asked) -> list[tuple[str, str]]:
    return [(one.value, asked.say(f"role_{one}")) for one in Role]


PAGES = (
    Show("/staff", show, Right.STAFF),
    Show("/staff/{person_id:int}", show_one, Right.STAFF),
    Act("/staff/add", add, Right.STAFF, drawn),
    Act("/staff/{person_id:int}/role", role, Right.STAFF),
    Act("/staff/{person_id:int}/password", password, Right.STAFF, drawn),
    Act("/staff/{person_id:int}/code", code, Right.STAFF),
    Act("/staff/{person_id:int}/end", end, Right.STAFF),
)
