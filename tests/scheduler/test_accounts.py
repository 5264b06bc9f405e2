import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pyotp import TOTP
from sqlalchemy import select

from scheduler.accounts import (
    NoSuchSession,
    NotOnStaff,
    OneTime,
    PasswordMoved,
    Signed,
    change_password,
    form_token,
    is_form_token,
    log_out,
    log_out_everywhere,
    open_account,
    session_of,
    sessions,
    touch,
)
from scheduler.codes_from_phone import CodeDoesNotFit, CodesAreOn, begin_codes, confirm_codes, end_codes
from scheduler.knocking import (
    MustWait,
    halfway,
    knock,
    knock_halfway,
    knock_signed,
    let_in,
    note_failure,
)
from scheduler.own_password import Compared, present, renew_password
from scheduler.passwords import Cost, PasswordRefused, checked, draw, fits, hash_of
from scheduler.staff import Colleague, Role, add_staff
from storage import people
from storage.database import Database, Transaction
from storage.tables import audit, staff_session
from tests.builders import NOW, Club

KEY = b"a long random text that stays secret"
CHEAP = Cost(rounds=1, kib=8)
HERE = "192.0.2.1"


class Office:
    """A club with one receptionist, and what she does at the log-in page."""

    def __init__(self, database: Database) -> None:
        self.club = Club(database)
        self.anna = self.hire("Anna Przykładowa")
        self.given = self.issue(self.anna)

    def hire(self, name: str, role: Role = Role.RECEPTION) -> int:
        return int(self.club.do(lambda tx: add_staff(tx, Colleague(name, role))))

    def issue(self, person_id: int) -> OneTime:
        given: OneTime = self.club.do(lambda tx: open_account(tx, person_id, draw(CHEAP)))
        return given

    def tries(
        self, password: str, *, login: str = "anna.przykladowa", origin: str = HERE, after: float = 0
    ) -> str | None:
        """In the three steps of the page; `after` so many seconds."""
        now = NOW + timedelta(seconds=after)
        found = self.club.do(lambda tx: knock(tx, login, origin, KEY), now)
        if fits(password, found.password_hash, CHEAP):
            return self.club.do(lambda tx: let_in(tx, found, KEY), now)  # type: ignore[no-any-return]
        self.club.do(lambda tx: note_failure(tx, found), now)
        return None

    def enters(self) -> str:
        token = self.tries(self.given.password)
        assert token is not None
        return token

    def who(self, token: str, *, after: timedelta = timedelta(0), key: bytes = KEY) -> Signed | None:
        return self.club.do(lambda tx: session_of(tx, token, key), NOW + after)  # type: ignore[no-any-return]


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


def test_an_account_is_called_after_its_owner_and_let_in_with_its_one_time_password(office: Office) -> None:
    assert office.given.login == "anna.przykladowa"
    signed = office.who(office.enters())
    assert signed is not None
    assert (signed.person_id, signed.full_name, signed.role) == (
        office.anna,
        "Anna Przykładowa",
        Role.RECEPTION,
    )
    assert (signed.language, signed.must_change, signed.to_touch) == ("pl", True, False)


@pytest.mark.parametrize(
    ("name", "login"),
    [
        ("Żaneta Ćwik-Łąka", "zaneta.cwiklaka"),
        ("Щербак Олена", "shcherbak.olena"),
        ("Anna Maria Nowa", "anna.nowa"),
        ("Cher", "cher"),
        ("李 明", "staff"),
    ],
)
def test_a_login_can_be_typed_on_any_keyboard(office: Office, name: str, login: str) -> None:
    assert office.issue(office.hire(name)).login == login


def test_two_of_one_name_have_two_logins(office: Office) -> None:
    office.club.do(
        lambda tx: people.add_person(
            tx, kind="staff", full_name="Anna Przykładowa", name_key="anna przykladowa", phone="+48501000009"
        )
    )
    other = office.club.do(lambda tx: people.namesakes(tx, "staff", "anna przykladowa"))[1].id
    office.club.do(lambda tx: people.add_role(tx, other, Role.RECEPTION))
    assert office.issue(other).login == "anna.przykladowa2"


def test_a_new_one_time_password_ends_the_old_one_and_every_session(office: Office) -> None:
    token, old = office.enters(), office.given.password
    again = office.issue(office.anna)
    assert again.login == office.given.login
    assert office.who(token) is None
    assert office.tries(old) is None
    assert office.tries(again.password) is not None


def test_only_who_works_here_gets_an_account(office: Office) -> None:
    jan = office.club.person()
    with pytest.raises(NotOnStaff):
        office.issue(jan)
    office.club.do(lambda tx: people.change_person(tx, office.anna, ended_at=NOW))
    with pytest.raises(NotOnStaff):
        office.issue(office.anna)


def test_who_left_the_staff_is_in_no_longer_and_comes_in_no_more(office: Office) -> None:
    token = office.enters()
    office.club.do(lambda tx: people.change_person(tx, office.anna, ended_at=NOW))
    assert office.who(token) is None
    assert office.tries(office.given.password) is None


def test_a_session_ends_when_idle_when_old_and_with_another_key(office: Office) -> None:
    token = office.enters()
    assert office.who(token, key=b"another") is None
    assert office.who("no token at all") is None
    assert office.who(token, after=timedelta(hours=10, seconds=-1)) is not None
    assert office.who(token, after=timedelta(hours=10)) is None
    for hours in range(9, 5 * 24, 9):
        signed = office.who(token, after=timedelta(hours=hours))
        assert signed is not None
        assert signed.to_touch
        office.club.do(lambda tx, one=signed.session_id: touch(tx, one), NOW + timedelta(hours=hours))
    assert office.who(token, after=timedelta(days=5, seconds=-1)) is not None
    assert office.who(token, after=timedelta(days=5)) is None


def test_that_a_session_is_in_use_is_noted_once_a_minute_and_never_by_looking(office: Office) -> None:
    token = office.enters()
    half, whole = timedelta(seconds=59), timedelta(minutes=1)
    signed = office.who(token, after=half)
    assert signed is not None
    assert not signed.to_touch
    seen = select(staff_session.c.seen_at)
    office.club.do(lambda tx: touch(tx, signed.session_id), NOW + half)
    assert office.club.do(lambda tx: tx.connection.execute(seen).scalar_one()) == NOW
    office.club.do(lambda tx: touch(tx, signed.session_id), NOW + whole + half)
    assert office.club.do(lambda tx: tx.connection.execute(seen).scalar_one()) == NOW + whole + half
    with office.club.database.transaction(NOW + whole, read_only=True) as tx:
        assert session_of(tx, token, KEY)


def test_the_cookie_is_not_in_the_database_nor_in_the_audit_and_no_password_is(office: Office) -> None:
    token = office.enters()

    def all_of_it(tx: Transaction) -> str:
        tables = staff_session, audit
        return str([tx.connection.execute(select(table)).all() for table in tables])

    told = office.club.do(all_of_it)
    assert token not in told
    assert office.given.password not in told
    noted = select(audit.c.action).order_by(audit.c.id)
    actions = office.club.do(lambda tx: tx.connection.execute(noted).scalars().all())
    assert actions[-2:] == ["password_given", "logged_in"]


def test_logging_out_ends_one_session_and_only_ones_own(office: Office) -> None:
    first, second = office.enters(), office.enters()
    ids = [one.id for one in office.club.do(lambda tx: sessions(tx, office.anna))]
    assert len(ids) == 2
    ewa = office.hire("Ewa Nowa")
    with pytest.raises(NoSuchSession):
        office.club.do(lambda tx: log_out(tx, ewa, ids[1]))
    office.club.do(lambda tx: log_out(tx, office.anna, ids[1]))
    assert office.who(first) is None
    assert office.who(second) is not None
    with pytest.raises(NoSuchSession):
        office.club.do(lambda tx: log_out(tx, office.anna, ids[1]))
    third = office.enters()
    assert office.club.do(lambda tx: log_out_everywhere(tx, office.anna)) == 2
    assert office.who(second) is office.who(third) is None
    assert office.club.do(lambda tx: sessions(tx, office.anna)) == []


def test_a_password_of_ones_own_ends_the_other_sessions_and_the_one_time_password(office: Office) -> None:
    elsewhere, token = office.enters(), office.enters()
    signed = office.who(token)
    assert signed is not None
    old = office.club.do(lambda tx: knock_signed(tx, signed)).password_hash
    new = hash_of("zielony rower pod oknem", CHEAP)
    office.club.do(lambda tx: change_password(tx, signed, old, new))
    assert office.who(elsewhere) is None
    after = office.who(token)
    assert after is not None
    assert not after.must_change
    assert office.tries(office.given.password) is None
    assert office.tries("zielony rower pod oknem") is not None
    with pytest.raises(PasswordMoved):
        office.club.do(lambda tx: change_password(tx, signed, old, new))


def test_a_right_password_that_others_guessed_at_meanwhile_changes_nothing(office: Office) -> None:
    signed = office.who(office.enters())
    assert signed is not None
    known = office.club.do(lambda tx: present(tx, replace(signed, must_change=False)))
    wrong = Compared(known.found)
    right = replace(wrong, new_hash=hash_of("zielony rower pod oknem", CHEAP))
    easy = replace(wrong, refused=PasswordRefused("short"))
    for _ in range(5):
        assert not office.club.do(lambda tx: renew_password(tx, signed, wrong))
    for one in (wrong, right, easy):
        with pytest.raises(MustWait):
            office.club.do(lambda tx, found=one: renew_password(tx, signed, found))
    later = NOW + timedelta(minutes=1)
    assert office.club.do(lambda tx: renew_password(tx, signed, right), later)
    with pytest.raises(PasswordMoved):
        office.club.do(lambda tx: renew_password(tx, signed, right), later)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("krotkie-11-", "short"),
        ("a" * 201, "long"),
        ("hahahahahaha", "plain"),
        ("moje-PRZYKŁADOWA-1", "name"),
        ("to.jest.anna.tu", "name"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused(password: str, why: str) -> None:
    with pytest.raises(PasswordRefused) as refused:
        checked(password, "anna.przykladowa", "Anna Przykładowa")
    assert refused.value.why == why
    assert checked("zielony rower pod oknem", "anna.przykladowa", "Anna Przykładowa")


def test_a_wrong_password_and_an_unknown_login_are_answered_alike_and_paced_alike(office: Office) -> None:
    for login in ("anna.przykladowa", "nobody.here"):
        for _ in range(5):
            assert office.tries("wrong", login=login) is None
        with pytest.raises(MustWait) as refused:
            office.tries("wrong", login=login)
        assert refused.value.until == NOW + timedelta(seconds=10)


def test_the_right_password_has_to_wait_too_and_then_counts_anew(office: Office) -> None:
    for _ in range(5):
        office.tries("wrong")
    with pytest.raises(MustWait):
        office.tries(office.given.password, origin="198.51.100.7", after=9)
    assert office.tries(office.given.password, after=10)
    for _ in range(5):
        assert office.tries("wrong", after=11) is None


def test_waits_double_up_to_a_quarter_of_an_hour_and_are_forgotten(office: Office) -> None:
    at, waits = 0.0, []
    for _ in range(4):
        office.tries("wrong")
    for number in range(9):
        office.tries("wrong", after=at, origin=f"192.0.2.{number + 10}")
        with pytest.raises(MustWait) as refused:
            office.tries("wrong", after=at, origin="192.0.2.99")
        waits.append(round((refused.value.until - NOW).total_seconds() - at))
        at += waits[-1]
    assert waits == [10, 20, 40, 80, 160, 320, 640, 900, 900]
    for _ in range(5):
        office.tries("wrong", after=at + 4 * 3600)


def test_one_address_is_paced_whatever_logins_it_tries_and_an_office_of_few_is_not(office: Office) -> None:
    for number in range(20):
        assert office.tries("wrong", login=f"nobody{number}") is None
    with pytest.raises(MustWait):
        office.tries("wrong", login="nobody.else")
    assert office.tries(office.given.password, origin="198.51.100.7") is not None


def test_no_more_than_five_of_many_tries_at_once_are_counted_and_none_gets_in(office: Office) -> None:
    club = office.club
    found = [club.do(lambda tx: knock(tx, "anna.przykladowa", HERE, KEY)) for _ in range(30)]
    told: list[str] = []

    def one(known: Any) -> None:
        try:
            club.do(lambda tx: note_failure(tx, known))
            told.append("counted")
        except MustWait:
            told.append("paced")

    threads = [threading.Thread(target=one, args=(known,)) for known in found]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["counted"] * 5 + ["paced"] * 25
    with pytest.raises(MustWait):  # the right password, looked at before, is too late now
        club.do(lambda tx: let_in(tx, found[0], KEY))


def test_a_password_changed_while_the_old_one_was_looked_at_lets_nobody_in(office: Office) -> None:
    found = office.club.do(lambda tx: knock(tx, "anna.przykladowa", HERE, KEY))
    office.issue(office.anna)
    assert office.club.do(lambda tx: let_in(tx, found, KEY)) is None


def test_who_logs_in_while_another_password_is_being_given_waits_and_is_refused(office: Office) -> None:
    found = office.club.do(lambda tx: knock(tx, "anna.przykladowa", HERE, KEY))
    tokens: list[str | None] = []
    late = threading.Thread(target=lambda: tokens.append(office.club.do(lambda tx: let_in(tx, found, KEY))))
    with office.club.database.transaction(NOW) as tx:
        open_account(tx, office.anna, draw(CHEAP))
        late.start()
        late.join(timeout=0.3)
        assert tokens == []
    late.join()
    assert tokens == [None]


def test_a_form_is_taken_with_the_token_of_its_own_session_alone(office: Office) -> None:
    first, second = office.enters(), office.enters()
    assert is_form_token(KEY, first, form_token(KEY, first))
    for forged in ("", "ż", form_token(KEY, second), form_token(b"other", first), first):
        assert not is_form_token(KEY, first, forged)


def with_codes(office: Office) -> TOTP:
    """A phone that makes codes; the first one has been used."""
    codes = office.club.do(lambda tx: begin_codes(tx, office.anna, "Klub"))
    phone = TOTP(codes.secret)
    office.club.do(lambda tx: confirm_codes(tx, office.anna, phone.at(NOW), NOW))
    return phone


def by_code(office: Office, code: str | None, *, after: int = 0) -> str | None:
    now = NOW + timedelta(seconds=after)
    found = office.club.do(lambda tx: knock(tx, office.given.login, HERE, KEY), now)
    assert found.needs_code
    assert fits(office.given.password, found.password_hash, CHEAP)
    return office.club.do(lambda tx: let_in(tx, found, KEY, code, now), now)  # type: ignore[no-any-return]


def test_codes_are_asked_for_once_the_first_has_been_shown(office: Office) -> None:
    first = office.club.do(lambda tx: begin_codes(tx, office.anna, "Klub Przykładowy"))
    assert first.uri.startswith("otpauth://totp/Klub%20Przyk%C5%82adowy:anna.przykladowa?secret=")
    second = office.club.do(lambda tx: begin_codes(tx, office.anna, "Klub"))
    assert office.tries(office.given.password)  # not confirmed yet
    for wrong in (
        "000000",
        "",
        "12345a",
        TOTP(first.secret).at(NOW),
        TOTP(second.secret).at(NOW, counter_offset=2),
    ):
        with pytest.raises(CodeDoesNotFit):
            office.club.do(lambda tx, code=wrong: confirm_codes(tx, office.anna, code, NOW))
    office.club.do(lambda tx: confirm_codes(tx, office.anna, TOTP(second.secret).at(NOW), NOW))
    with pytest.raises(CodesAreOn):
        office.club.do(lambda tx: begin_codes(tx, office.anna, "Klub"))
    assert by_code(office, None) is None
    for wrong in (TOTP(second.secret).at(NOW), "000000"):
        with pytest.raises(CodeDoesNotFit):
            office.club.do(lambda tx, code=wrong: end_codes(tx, office.anna, code, NOW))
    later = NOW + timedelta(minutes=1)
    office.club.do(lambda tx: end_codes(tx, office.anna, TOTP(second.secret).at(later), later))
    assert office.tries(office.given.password)


def test_a_code_is_good_for_its_half_minute_and_one_either_side_and_never_twice(office: Office) -> None:
    phone = with_codes(office)
    assert by_code(office, phone.at(NOW)) is None  # used when it was set up
    later = NOW + timedelta(minutes=5)
    assert by_code(office, phone.at(later, counter_offset=2), after=300) is None
    assert by_code(office, phone.at(later, counter_offset=-2), after=300) is None
    assert by_code(office, phone.at(later, counter_offset=1), after=300) is not None
    assert by_code(office, phone.at(later), after=300) is None  # older than the last that was taken
    code = phone.at(later, counter_offset=3)
    assert by_code(office, f" {code[:3]} {code[3:]} ", after=390) is not None
    assert by_code(office, code, after=391) is None


def test_one_code_used_twice_in_the_same_second_lets_one_in(office: Office) -> None:
    phone, later = with_codes(office), NOW + timedelta(minutes=5)
    found = office.club.do(lambda tx: knock(tx, office.given.login, HERE, KEY), later)
    code, tokens = phone.at(later), []

    def one() -> None:
        tokens.append(office.club.do(lambda tx: let_in(tx, found, KEY, code, later), later))

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(token is None for token in tokens) == [False, True, True, True]


def test_guesses_at_the_code_are_paced_as_guesses_at_the_password(office: Office) -> None:
    phone = with_codes(office)
    for _ in range(5):
        assert by_code(office, "000000", after=60) is None
    with pytest.raises(MustWait):
        by_code(office, phone.at(NOW + timedelta(minutes=1)), after=60)


def test_halfway_only_the_code_is_left_to_be_asked_for(office: Office) -> None:
    phone, club = with_codes(office), office.club
    found = club.do(lambda tx: knock(tx, office.given.login, HERE, KEY))
    ticket = club.do(lambda tx: halfway(tx, found, KEY))

    def shown(ticket: str, seconds: int = 60) -> Any:
        return club.do(lambda tx: knock_halfway(tx, ticket, HERE, KEY), NOW + timedelta(seconds=seconds))

    later = NOW + timedelta(minutes=1)
    assert shown(ticket) == found
    assert club.do(lambda tx: let_in(tx, found, KEY, phone.at(later), later), later)
    person, until, mark = ticket.split(".")
    ewa = office.hire("Ewa Nowa")
    office.issue(ewa)
    for forged in (
        "",
        "..",
        f"{person}.{until}",
        f"{ewa}.{until}.{mark}",
        f"{person}.{int(until) + 60}.{mark}",
        f"{person}.²{until}.{mark}",
    ):
        assert shown(forged) is None
    assert shown(ticket, seconds=300) is None
    office.issue(office.anna)
    assert shown(ticket) is None


def test_a_new_one_time_password_is_enough_for_who_lost_the_phone(office: Office) -> None:
    with_codes(office)
    again = office.issue(office.anna)
    assert office.tries(again.password) is not None


def test_the_audit_names_who_of_the_staff_did_what(office: Office) -> None:
    def work(tx: Transaction) -> None:
        tx.staff_id = office.anna
        open_account(tx, add_staff(tx, Colleague("Ewa Nowa", Role.RECEPTION)), draw(CHEAP))

    office.club.do(work)
    asked = select(audit.c.action, audit.c.actor_id).order_by(audit.c.id.desc()).limit(2)
    told = office.club.do(lambda tx: tx.connection.execute(asked).all())
    assert [tuple(row) for row in told] == [("password_given", office.anna), ("staff_added", office.anna)]
