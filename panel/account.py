"""One's own account: the password, codes from a phone, where one is logged in, the language; and the way out."""

from collections.abc import Callable

import segno
from markupsafe import Markup

from config.centre import LANGUAGES
from panel.asked import Act, Answer, Asked, Go, Page, Show
from scheduler.accounts import log_out, log_out_everywhere, login_of, sessions
from scheduler.codes_from_phone import (
    CodeDoesNotFit,
    Codes,
    begin_codes,
    codes_begun,
    confirm_codes,
    end_codes,
    has_codes,
)
from scheduler.own_password import Compared, compare, present, renew_password, speak
from scheduler.passwords import AT_LEAST, PasswordRefused

HERE = "/panel/account"


def show(asked: Asked, errors: dict[str, str] | None = None) -> Page:
    """Whoever came with a one-time password sees the new password's form alone."""
    me = asked.staff.person_id
    begun = codes_begun(asked.tx, me, asked.centre.name)
    values = {
        "login": login_of(asked.tx, me),
        "at_least": AT_LEAST,
        "sessions": sessions(asked.tx, me),
        "has_codes": has_codes(asked.tx, me),
        "begun": begun,
        "qr": _qr(begun),
        "errors": errors or {},
    }
    return Page("account.html", values, 422 if errors else 200)


def compared(asked: Asked) -> Callable[[], Compared]:
    """The look at the password that there is, and at the new one."""
    known, current, new = (
        present(asked.tx, asked.staff),
        asked.form.get("current", ""),
        asked.form.get("new", ""),
    )
    return lambda: compare(known, current, new)


def change(asked: Asked) -> Answer:
    """The password, said twice so that no slip locks anybody out."""
    if asked.form.get("new", "") != asked.form.get("again", ""):
        return show(asked, {"again": asked.say("account_not_the_same")})
    try:
        if not renew_password(asked.tx, asked.staff, asked.found):
            return show(asked, {"current": asked.say("account_wrong")})
    except PasswordRefused as refused:
        return show(asked, {"new": asked.say(f"account_{refused.why}", at_least=AT_LEAST)})
    return Go("/panel/" if asked.staff.must_change else HERE, done="done_password")


def begin(asked: Asked) -> Answer:
    """A secret for their phone, to be shown as a QR."""
    begin_codes(asked.tx, asked.staff.person_id, asked.centre.name)
    return Go(f"{HERE}#codes")


def confirm(asked: Asked) -> Answer:
    """From the next log-in on the phone is asked for."""
    try:
        confirm_codes(asked.tx, asked.staff.person_id, asked.form.get("code", ""))
    except CodeDoesNotFit:
        return show(asked, {"code": asked.say("account_code_wrong")})
    return Go(HERE, done="done_codes_on")


def end(asked: Asked) -> Answer:
    """On the word of the phone itself."""
    try:
        end_codes(asked.tx, asked.staff.person_id, asked.form.get("code", ""))
    except CodeDoesNotFit:
        return show(asked, {"code": asked.say("account_code_wrong")})
    return Go(HERE, done="done_codes_off")


def end_session(asked: Asked) -> Answer:
    """One browser, perhaps one that was left open somewhere."""
    log_out(asked.tx, asked.staff.person_id, asked.path["session_id"])
    return Go(HERE, done="done_session_ended")


def language(asked: Asked) -> Answer:
    """In which the panel speaks to them."""
    wanted = asked.form.get("language", "")
    if wanted in LANGUAGES:
        speak(asked.tx, asked.staff.person_id, wanted)
    return Go(HERE, done="done_language")


def leave(asked: Asked) -> Answer:
    """The cookie that stays behind is worth nothing."""
    log_out(asked.tx, asked.staff.person_id, asked.staff.session_id)
    return Go("/panel/enter")


def leave_everywhere(asked: Asked) -> Answer:
    """Wherever they are logged in, here too: a computer of somebody else's, or a phone that is lost."""
    log_out_everywhere(asked.tx, asked.staff.person_id)
    return Go("/panel/enter", done="done_out_everywhere")


def _qr(codes: Codes | None) -> Markup:
    """Drawn black on white whatever the page looks like: phones read nothing else."""
    if codes is None:
        return Markup()
    drawn = segno.make(codes.uri, error="l").svg_inline(scale=4, dark="#000", light="#fff", omitsize=False)
    return Markup(drawn)  # noqa: S704  segno's drawing; the secret is in its pattern alone


PAGES = (
    Show("/account", show, None),
    Act("/account/password", change, None, compared),
    Act("/account/codes/begin", begin, None),
    Act("/account/codes/confirm", confirm, None),
    Act("/account/codes/end", end, None),
    Act("/account/sessions/{session_id:int}/end", end_session, None),
    Act("/account/language", language, None),
    Act("/leave", leave, None),
    Act("/leave/everywhere", leave_everywhere, None),
)
