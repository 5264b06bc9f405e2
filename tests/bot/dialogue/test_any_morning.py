"""Whatever two people on one phone and one in a chat answer to their mornings: nothing breaks, no visit goes without a no."""

from datetime import timedelta
from functools import partial
from typing import Any

from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from scheduler import booking
from scheduler.asking import prompt
from storage.database import Database, Transaction
from tests.bot.dialogue.phone import Phone, Town
from tests.bot.dialogue.test_any_conversation import emptied
from tests.bot.dialogue.transcript import Transcript
from tests.builders import MONDAY, on_sqlite, warsaw
from tests.examples import examples

SHARED, OWN = "+48501000001", "+48501000002"
DAYS = [MONDAY + timedelta(days=ahead) for ahead in (1, 1, 1, 2, 3)]
HOURS = ("10:00", "12:00", "11:00", "09:00", "10:00")
SERVICES = ("career_adviser", "specialist", "career_adviser", "psychologist", "career_adviser")

NOS = ("nie", "no", "odwolaj", "nie przyjde")
WORDS = (
    "tak", "ok", "👍", "zmien", "moje", "psycholog", "1", "2", "3", "4", "0", "Anna", "Jan", "cofnij", "rzadziej",
    "nie wiem", "dziekuje", "nie, w srode", "mam goraczke", "menu", "spoznie sie 10 min", "hgfjhgf", "",
)  # fmt: skip
steps = st.one_of(
    st.tuples(st.integers(0, 2), st.sampled_from((*NOS, *WORDS, *NOS))),
    st.tuples(st.just(2), st.sampled_from(("TAK", "NIE", "INNE"))),
    st.tuples(st.just(-1), st.sampled_from((5, 90, 12 * 60, 24 * 60))),
)


@on_sqlite
@settings(
    max_examples=examples(10),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(happens=st.lists(steps, min_size=4, max_size=20))
def test_no_visit_is_given_back_on_any_morning_without_a_no(database: Database, happens: list[Any]) -> None:
    emptied(database)
    town = a_town(database)
    phones = [town.phone(SHARED), town.phone(SHARED), town.chat()]
    phones[2].sends(contact=OWN)
    ask(town, warsaw(MONDAY + timedelta(days=1), "07:30") - town.now)
    refused = False
    for who, what in happens:
        note(f"{who}: {what}")
        if who < 0:
            ask(town, timedelta(minutes=what))
            refused = False
            continue
        before = {row.id for row in town.open_visits()}
        refused = refused or what in NOS or what in {"NIE", "nie, w srode", "mam goraczke", "zmien"}
        refused = refused or gives_back(phones[who], what)
        said(phones[who], what)
        gone = before - {row.id for row in town.open_visits()}
        assert refused or not gone, (what, gone)


def gives_back(phone: Phone, what: str) -> bool:
    """Whether that is said in the newest list, be it one of yesterday evening that a no had opened."""
    heard = Transcript([(phone.town.now, said) for said in phone.received()])
    return any(value.get("do") in {"give_back", "not_today"} for value in heard.chosen(what))


def a_town(database: Database) -> Town:
    town = Town(database, warsaw(MONDAY, "06:00"))
    people = [
        town.person("Anna Nowak", SHARED),
        town.person("Jan Nowak", SHARED),
        town.person("Ewa Sama", OWN),
    ]
    for number, (day, hour) in enumerate(zip(DAYS, HOURS, strict=True)):
        visit = {"person_id": people[number % 3], "service": SERVICES[number], "starts_at": warsaw(day, hour)}
        town.do(partial(_book, town, visit))
    return town


def _book(town: Town, visit: dict[str, Any], tx: Transaction) -> None:
    booking.book(tx, town.club.centre, **visit)


def ask(town: Town, span: timedelta) -> None:
    """Time passes, and the job of the prompts runs."""
    town.later(minutes=span.total_seconds() / 60)
    town.do(lambda tx: prompt(tx, town.club.centre))
    town.deliver()


def said(phone: Phone, what: str) -> None:
    """Press that answer of the newest message that has it, or write the word."""
    with_it = [one for one in phone.received() if what in one.choices] if phone.buttons else []
    if what in {"TAK", "NIE", "INNE"} and with_it:
        phone.sends(press=with_it[-1].token(what))
    else:
        phone.sends(text=what)
