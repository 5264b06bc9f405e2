"""Whatever people send, press or wait: nothing breaks, and nothing is booked or given back that nobody chose."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from scheduler.booking import book
from storage.database import Database, Transaction
from storage.tables import metadata
from tests.bot.dialogue.phone import Phone, Said, Town
from tests.builders import on_sqlite, warsaw
from tests.examples import examples

SHARED, OWN = "+48501000001", "+48501000002"

# A visit of each of the three, and a second of the first and the last.
SERVICES = ("psychologist", "career_adviser", "psychologist", "career_adviser", "psychologist")
TIMES = [
    warsaw(day, "11:00") for day in ("2026-10-07", "2026-10-08", "2026-10-09", "2026-10-13", "2026-10-12")
]

TEXTS = (
    "psycholog", "doradca", "termin", "psycholog jutro", "doradca jutro 10", "czwartek po 12", "menu", "moje", "zmien",
    "zmien na piatek", "nie moge jutro moze piatek", "odwolaj", "odwolaj czwartek", "tak", "nie", "ok", "👍", "nie wiem",
    "nie moge jutro", "dziekuje", "hgfjhgf", "", "😀", "\x00", "pomoc", "oddzwon", "українською", "po polsku", "Anna", "Jan",
    "start", "bez ogloszen", "cofnij", "spoznie sie 10 min", "a" * 1600, "yes", "no", "in english", "polskie litery",
)  # fmt: skip
GIVING_BACK = {"odwolaj", "odwolaj czwartek"}
THURSDAY = 4
REFUSING = {"nie", "nie moge jutro", "no"}


@dataclass(frozen=True)
class Step:
    """Something that happens: a text from a phone, a button of an earlier message, or time passing."""

    phone: int
    text: str | None = None
    button: int = 0
    minutes: int | None = None


# What moves the conversation on is drawn more often than what it has to withstand.
FREQUENT = (
    "1",
    "1",
    "2",
    "2",
    "3",
    "0",
    "tak",
    "nie",
    "nie",
    "odwolaj",
    "zmien",
    "psycholog",
    "doradca jutro 10",
)
texts = st.one_of(st.sampled_from(FREQUENT), st.sampled_from(FREQUENT), st.sampled_from(TEXTS))
steps = st.one_of(
    st.builds(Step, st.integers(0, 2), text=texts),
    st.builds(Step, st.integers(0, 2), text=texts),
    st.builds(Step, st.just(2), button=st.integers(0, 9)),
    st.builds(Step, st.just(0), minutes=st.sampled_from([1, 11, 45, 24 * 60, 3 * 24 * 60])),
)


@on_sqlite
@settings(
    max_examples=examples(10),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to make a failure shorter takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(happens=st.lists(steps, min_size=5, max_size=25), certain=st.booleans())
def test_nothing_is_booked_or_given_back_that_nobody_chose(
    database: Database, happens: list[Step], certain: bool
) -> None:
    emptied(database)
    town = Town(database)
    people = [
        town.person("Anna Nowak", SHARED),
        town.person("Jan Nowak", SHARED),
        town.person("Ewa Sama", OWN),
    ]
    for person, service, starts_at in zip(people * 2, SERVICES, TIMES, strict=False):
        town.do(partial(booked, town, person, service, starts_at))
    phones = [town.phone(SHARED), town.phone(OWN), town.chat()]
    phones[2].sends(contact=OWN)
    for step in happens:
        if step.minutes is not None:
            town.later(minutes=step.minutes)
        else:
            one_turn(town, phones[step.phone], step, "sent" if certain else "unknown")


def booked(town: Town, person: int, service: str, starts_at: datetime, tx: Transaction) -> None:
    book(tx, town.club.centre, person_id=person, service=service, starts_at=starts_at)


def one_turn(town: Town, phone: Phone, step: Step, status: str) -> None:
    """Send it, and hold what has changed against what could be chosen."""
    before, heard = {visit.id: visit for visit in town.visits()}, phone.received()
    message = choice_of(step, heard)
    note(f"{phone.address}: {message}")
    phone.sends(status=status, **message)
    after = {visit.id: visit for visit in town.visits()}
    changed = [visit for visit in after.values() if is_other(before.get(visit.id), visit)]
    assert len(changed) <= 1
    for visit in changed:
        check(before, visit, message, heard, town)


def choice_of(step: Step, heard: list[Said]) -> dict[str, Any]:
    pressable = [(said, mark) for said in heard for mark in said.choices]
    if step.text is not None or not pressable:
        return {"text": step.text or "menu"}
    said, mark = pressable[-1 - step.button % len(pressable)]
    return {"press": said.token(mark)}


def is_other(before: Any, visit: Any) -> bool:
    """Whether its time or its giving back is new; a confirmation loses nothing."""
    if before is None:
        return True
    return (before.starts_at, before.status == "given_back") != (
        visit.starts_at,
        visit.status == "given_back",
    )


def check(before: dict[int, Any], visit: Any, message: dict[str, Any], heard: list[Said], town: Town) -> None:
    """A change needs a choice that was shown: a time that a list named, a visit that was asked about, or the only one."""
    if visit.status != "given_back":
        if is_undone(before.get(visit.id), visit):
            return
        assert offered(visit.starts_at.isoformat(), heard), "a time that nobody was offered"
        assert (
            "press" in message or message["text"].isdigit() or message["text"] in {"tak", "ok", "👍", "yes"}
        )
        return
    text = message.get("text")
    reminded = {
        row.params["starts_at"] for row in town.club.messages(text="reminder") if row.status != "waiting"
    }
    if text in GIVING_BACK:
        assert is_only_one(before, visit, text, town.now)
    elif text in REFUSING:
        assert visit.starts_at.isoformat() in reminded
    else:
        asked = {"which_visit", "yes_no_which", "give_back_sure"}
        assert "press" in message or [said for said in heard if said.key in asked]
        assert text is None or text.isdigit() or text in {"tak", "ok", "👍", "yes"}


def is_undone(before: Any, visit: Any) -> bool:
    """Whether a visit that its owner gave back stands again as it was: by COFNIJ, its button, or "who?" after it."""
    return before is not None and before.status == "given_back" and before.starts_at == visit.starts_at


def offered(starts_at: str, heard: list[Said]) -> bool:
    return any(starts_at in str(said.offers) for said in heard)


def is_only_one(before: dict[int, Any], visit: Any, text: str, now: datetime) -> bool:
    """The only visit of that person still to come; where a Thursday was named, the only one on a Thursday."""
    others = [
        other
        for other in before.values()
        if other.participant_id == visit.participant_id
        and other.status in {"booked", "confirmed"}
        and other.starts_at > now
        and (text == "odwolaj" or other.starts_at.isoweekday() == THURSDAY)
    ]
    return [other.id for other in others] == [visit.id]


def emptied(database: Database) -> None:
    with database.transaction(warsaw("2026-10-05")) as tx:
        for table in reversed(metadata.sorted_tables):
            tx.connection.execute(table.delete())
