"""A measure's statements, recorded from the product once, and the bare form that plays them fastest."""

from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Any

from bench.club import NOW
from bench.frame import Run, tell
from bench.recording import Recorder, Turn, count_ids_from_afar
from bench.replay import FORMS, Replay
from bench.stores import Store, a_copy
from storage.database import Database, Transaction

Work = Callable[[Transaction], Any]


def record(store: Store, template: str, works: Sequence[Work]) -> list[Turn]:
    """Do the works one by one on a copy; return what each sent, a transaction each."""
    with a_copy(store, template) as url, closing(Database(url)) as database:
        recorder = Recorder(database.engine)
        with database.engine.begin() as connection:
            count_ids_from_afar(connection)
        recorder.forget()
        for work in works:
            database.run(work, NOW)
        return recorder.turns


def fastest(
    store: Store, template: str, turns: Sequence[Turn], clients: int, warm: int
) -> tuple[str, Replay]:
    """Try each bare form once; return the name and the form of the fastest."""
    tried: dict[str, float] = {}
    for name, form in FORMS[store.name].items():
        with a_copy(store, template) as url:
            tried[name] = form(url, turns, clients, warm).figure
        tell(f"  bare, {name}: {tried[name]:,.0f} a second")
    best = max(tried, key=lambda name: tried[name])
    return best, FORMS[store.name][best]


def on_a_copy(store: Store, template: str, run: Callable[[str], Run]) -> Run:
    """Run on a fresh copy, dropped afterwards."""
    with a_copy(store, template) as url:
        return run(url)
