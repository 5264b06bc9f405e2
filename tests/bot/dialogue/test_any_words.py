"""Any words at any open question: nothing is given back or booked that a reader of the transcript would not have wished."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from hypothesis import HealthCheck, Phase, example, given, note, settings
from hypothesis import strategies as st

from scheduler.asking import prompt
from scheduler.booking import book
from storage.database import Database, Transaction
from tests.bot.dialogue.phone import Phone, Town
from tests.bot.dialogue.situations import NUMBER
from tests.bot.dialogue.test_situations import emptied, rows
from tests.bot.dialogue.transcript import Transcript, has
from tests.builders import on_sqlite, warsaw
from tests.examples import examples

VISITS = (("psychologist", "2026-10-14"), ("career_adviser", "2026-10-15"), ("psychologist", "2026-10-21"))
LISTED = sorted({row.text for row in rows()})
# What the list says of its own messages goes before the table of words.
DOES = {
    change: {row.text for row in rows() if any(change in one for one in row.must)}
    for change in ("given_back", "confirmed", "which")
}
# What leads on and what decides is drawn more often than the rest.
FREQUENT = (
    "1",
    "2",
    "3",
    "0",
    "tak",
    "nie",
    "odwolaj",
    "zmien",
    "psycholog",
    "doradca",
    "Anna",
    "Jan",
    "cofnij",
    "ok",
)
SALAD = sorted(
    {word for text in LISTED for word in text.split() if word.isalpha()} | {"1", "2", "10", "👍", "?"}
)


@dataclass(frozen=True)
class Step:
    """Words from the phone, or silence for a while."""

    text: str | None = None
    minutes: int = 0


texts = st.one_of(
    st.sampled_from(FREQUENT),
    st.sampled_from(FREQUENT),
    st.sampled_from(FREQUENT),
    st.sampled_from(LISTED),
    st.lists(st.sampled_from(SALAD), min_size=1, max_size=4).map(" ".join),
    st.text(alphabet="tniezak123 ?👍\n", max_size=6),
)
steps = st.one_of(
    st.builds(Step, texts),
    st.builds(Step, texts),
    st.builds(Step, minutes=st.sampled_from([1, 11, 40, 22 * 60, 24 * 60])),
)


@on_sqlite
@settings(
    max_examples=examples(15),
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to make a failure shorter takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    begin=st.sampled_from(["12 09:00", "13 10:00", "14 07:31", "14 10:30"]),
    happens=st.lists(steps, min_size=4, max_size=16),
)
@example("13 10:00", [Step("odwolaj"), Step(minutes=40), Step("odwolaj wszystko"), Step("odwolaj oba")])
@example("13 10:00", [Step("psycholog"), Step("Anna"), Step("nie"), Step("tak"), Step("ok")])
@example("12 09:00", [Step("ok"), Step("doradca"), Step("Anna"), Step("nie")])
@example("14 07:31", [Step("doradca"), Step("Jan"), Step("nie"), Step("1"), Step("nie moge")])
@example(
    "13 10:00",
    [Step("nie rozumiem"), Step("nie odwoluje"), Step("nie mam na bilet"), Step("chora"), Step("nie wiem")],
)
@example(
    "13 10:00",
    [Step("nie zabije sie"), Step("stop nie chce zyc"), Step("nie"), Step("cofnij"), Step("nie no jasne")],
)
def test_nothing_is_done_that_a_reader_of_the_transcript_would_not_have_wished(
    database: Database, begin: str, happens: list[Step]
) -> None:
    emptied(database)
    town = Town(database)
    two = [town.person(name, NUMBER) for name in ("Anna Nowak", "Jan Nowak")]
    for (service, day), person in zip(VISITS, [*two, two[0]], strict=True):
        town.do(partial(booked, town, person, service, day))
    phone, transcript = town.phone(NUMBER), Transcript()
    pass_time(town, begin)
    transcript.hear(town.now, phone.received())
    for step in happens:
        if step.text is None:
            town.later(minutes=step.minutes)
            town.do(lambda tx: prompt(tx, town.club.centre))
            town.deliver()
            transcript.hear(town.now, phone.received())
        elif not one_turn(town, phone, transcript, step.text):
            return


def booked(town: Town, person: int, service: str, day: str, tx: Transaction) -> None:
    book(tx, town.club.centre, person_id=person, service=service, starts_at=warsaw(day, "10:00"))


def pass_time(town: Town, until: str) -> None:
    """Up to then, with every reminder and morning check of these days."""
    day, clock = until.split()
    for at in ("11", "12", "13", "14"):
        if at <= day:
            town.at(warsaw(f"2026-10-{at}", "07:30" if at < day else clock))
            town.do(lambda tx: prompt(tx, town.club.centre))
            town.deliver()


def one_turn(town: Town, phone: Phone, transcript: Transcript, text: str) -> bool:
    """Send it, and hold what has changed against what could be wished; whether the talk goes on."""
    before, todos = {visit.id: visit for visit in town.visits()}, len(town.todos())
    said = phone.sends(text=text)
    note(f"{town.now:%d %H:%M} {text!r} -> {said.key if said else None}: {said.words[:60] if said else ''}")
    for visit in town.visits():
        check(before, visit, text, transcript, town)
    transcript.heard += [(town.now, said)] if said else []
    ended = said is not None and said.key in {"stop_done", "wrong_number_done"}
    assert said or len(town.todos()) > todos or has(text, "silent"), (
        "neither an answer nor a to-do, and no reason to be silent"
    )
    return not ended and not (said is None and "stop" in text.casefold())


def check(before: dict[int, Any], visit: Any, text: str, transcript: Transcript, town: Town) -> None:
    """Every change of this visit has its reason in what was said."""
    old = before.get(visit.id)
    if old is None:
        assert takes(transcript, text, town, "book", visit), "booked, and nobody chose it"
        return
    if old.starts_at != visit.starts_at:
        assert takes(transcript, text, town, "move", visit), "moved, and nobody chose it"
    if old.late_minutes != visit.late_minutes:
        assert has(text, "late")
    if old.accompanied != visit.accompanied:
        assert has(text, "company")
    is_reset = old.status == "confirmed" and visit.status == "booked" and old.starts_at != visit.starts_at
    if old.status != visit.status and not is_reset:
        reasons = {"given_back": may_give_back, "confirmed": may_confirm, "booked": may_undo}
        assert reasons[visit.status](before, old, text, transcript, town), (
            f"{visit.status}, and nobody wished it"
        )


def takes(transcript: Transcript, text: str, town: Town, do: str, visit: Any) -> bool:
    """Whether a number of the newest list, or a TAK to a question of the last minutes, means just that."""
    meant = [*transcript.chosen(text), *(transcript.agreed(town.now) if has(text, "yes") else ())]
    at = visit.starts_at.isoformat()
    return any(
        value.get("do") == do
        and (value.get("starts_at") == at if do in {"book", "move"} else _is_of(value, visit))
        for value in meant
    )


def _is_of(value: dict[str, Any], visit: Any) -> bool:
    return value.get("visit_id") == visit.id or visit.id in value.get("visits", ())


def means(text: str, word: str, change: str) -> bool:
    """Whether the message may make that change by itself."""
    if text not in LISTED or text in DOES["which"]:  # asked which of two it means: of one it is that
        return has(text, word)
    return text in DOES[change]


def may_give_back(before: dict[int, Any], visit: Any, text: str, transcript: Transcript, town: Town) -> bool:
    if any(takes(transcript, text, town, do, visit) for do in ("give_back", "not_today", "give_back_all")):
        return True
    coming = [
        one for one in before.values() if one.status in {"booked", "confirmed"} and one.starts_at > town.now
    ]
    is_named = has(text, "day") or has(text, "service")
    if has(text, "cancel"):
        own = [one for one in coming if one.participant_id == visit.participant_id]
        others = [] if transcript.somebody_speaks(town.now) else [one for one in coming if one not in own]
        return is_named or (len(own) == 1 and not others)
    rivals = [
        one for one in coming if one.id != visit.id and one.status == "booked" and transcript.told_of(one)
    ]
    return (
        means(text, "no", "given_back")
        and transcript.told_of(visit)
        and visit.starts_at > town.now
        and not transcript.list_is_open(town.now)
        and (is_named or not rivals)
    )


def may_confirm(before: dict[int, Any], visit: Any, text: str, transcript: Transcript, town: Town) -> bool:
    del before
    is_yes = means(text, "yes", "confirmed")
    return takes(transcript, text, town, "confirm", visit) or (is_yes and transcript.told_of(visit))


def may_undo(before: dict[int, Any], visit: Any, text: str, transcript: Transcript, town: Town) -> bool:
    """Said so, chosen so, or a TAK to the morning check of that day."""
    undone = any(value.get("do") in {"undo", "undo_last"} for value in transcript.chosen(text))
    return undone or has(text, "undo") or may_confirm(before, visit, text, transcript, town)
