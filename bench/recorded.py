"""The product's transactions against their own statements, recorded once and played by the bare driver."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from bench.clients import closed_loop
from bench.club import NOW
from bench.frame import Budget, Run, Spread, in_turn, tell
from bench.recording import Recorder, Turn, count_ids_from_afar
from bench.replay import FORMS, Form
from bench.stores import Store, a_copy
from storage.database import Database, Transaction

Work = Callable[[Transaction], Any]


@dataclass(frozen=True, slots=True)
class Contest:
    """So many clients share the works, a transaction each, on a fresh copy of the template each time.

    Attributes:
        warm: how many works are done before the clock starts.
        look: what else to find out on the product's database when a run is over.
    """

    store: Store
    template: str
    works: Sequence[Work]
    clients: int
    warm: int
    look: Callable[[Database], dict[str, float]] = lambda _: {}

    def hold(self, budget: Budget) -> tuple[Spread, Spread, str]:
        """The product's runs, the bare driver's, and a note on the latter."""
        turns = self._record()
        name, bare = self._fastest(turns)
        mine, theirs = in_turn(budget, lambda: self._bare(bare, turns), self._product)
        most = max(len(turn.statements) for turn in turns[self.warm :])
        return mine, theirs, f"at most {most} statements each; baseline: {name}"

    def _record(self) -> list[Turn]:
        with a_copy(self.store, self.template) as url, closing(Database(url)) as database:
            recorder = Recorder(database.engine)
            with database.engine.begin() as connection:
                count_ids_from_afar(connection)
            recorder.forget()
            for work in self.works:
                database.run(work, NOW)
            return recorder.turns

    def _fastest(self, turns: Sequence[Turn]) -> tuple[str, Form]:
        tried: dict[str, float] = {}
        for name, form in FORMS[self.store.name].items():
            tried[name] = self._bare(form, turns).figure
            tell(f"  bare, {name}: {tried[name]:,.0f} a second")
        best = max(tried, key=lambda name: tried[name])
        return best, FORMS[self.store.name][best]

    def _bare(self, form: Form, turns: Sequence[Turn]) -> Run:
        with a_copy(self.store, self.template) as url:
            return form(url, turns, self.clients, self.warm)

    def _product(self) -> Run:
        with a_copy(self.store, self.template) as url, closing(Database(url)) as database:
            jobs = [lambda work=work: database.write(work, NOW) for work in self.works]
            run = asyncio.run(closed_loop(self.clients, jobs, self.warm))
            return Run(run.figure, run.latencies, self.look(database))
