"""A whole inbound SMS turn, from the signed webhook over HTTP to the committed answer, against the same statements bare."""

import asyncio
import pickle
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.children import a_child, answer_of
from bench.club import a_large_centre, as_toml
from bench.frame import Budget, Goal, Result, Run, in_turn, tell
from bench.recording import Recorder, Turn, count_ids_from_afar
from bench.replay import TASKS, THREADS, WRITER
from bench.stores import Store, a_copy
from bench.story import as_http, prepare, webhooks
from bench.web_product import termin

CONNECTIONS, WARM = 16, 64
PLAYERS = {"SQLite": (WRITER,), "PostgreSQL": (TASKS, THREADS)}


def measure(budget: Budget, stores: Sequence[Store]) -> Iterator[Result]:
    """Client, server and database share the processors; the client is a process of its own."""
    with tempfile.TemporaryDirectory(prefix="termin-bench-") as folder:
        for store in stores:
            people = budget.count(240) + WARM
            template = store.template(partial(prepare, people=people))
            yield _Turns(store, template, people, Path(folder)).hold(budget)
            store.drop(template)


@dataclass(frozen=True, slots=True)
class _Turns:
    store: Store
    template: str
    people: int
    folder: Path

    def hold(self, budget: Budget) -> Result:
        self._centre.write_text(as_toml(a_large_centre()), encoding="utf-8")
        turns = self._record()
        self._turns.write_bytes(pickle.dumps(turns))
        tried = {player: self._bare(player).figure for player in PLAYERS[self.store.name]}
        tell(f"  bare: {tried}")
        best = max(tried, key=lambda name: tried[name])
        mine, theirs = in_turn(budget, partial(self._bare, best), self._product)
        ask, book = (len(turn.statements) for turn in turns[-2:])
        note = f"half ask for a time ({ask} statements), half book it with TAK ({book}); baseline: Starlette, {best}"
        goal = Goal("ratio", ">=", 0.4)
        name = "inbound SMS turn, 16 connections"
        return Result(name, self.store.name, "a second", mine, theirs, goals=(goal,), notes=(note,))

    @property
    def _centre(self) -> Path:
        return self.folder / "centre.toml"

    @property
    def _turns(self) -> Path:
        return self.folder / f"{self.store.name}.turns"

    def _record(self) -> list[Turn]:
        """Each message by itself, through all but HTTP; the clockwork stands still, or its statements would be among them."""

        async def run(url: str) -> list[Turn]:
            edge = termin(url, str(self._centre), 1)
            with closing(edge.database):
                recorder = Recorder(edge.database.engine)
                with edge.database.engine.begin() as connection:
                    count_ids_from_afar(connection)
                recorder.forget()
                for webhook in webhooks(self.people):
                    await edge.sms.desk.sms(webhook)  # type: ignore[union-attr]
                return recorder.turns

        with a_copy(self.store, self.template) as url:
            turns = asyncio.run(run(url))
        if len(turns) != self.people:
            raise RuntimeError(f"{self.people} messages were {len(turns)} transactions")
        return turns

    def _product(self) -> Run:
        with (
            a_copy(self.store, self.template) as url,
            a_child("bench.web_product", url, str(self._centre)) as server,
        ):
            return asked(server["port"], self._requests(), "200")

    def _bare(self, player: str) -> Run:
        with a_copy(self.store, self.template) as url:
            arguments = (player, url, str(self._turns), str(CONNECTIONS))
            with a_child("bench.web_bare", *arguments) as server:
                return asked(server["port"], self._requests(), "200")

    def _requests(self) -> list[bytes]:
        return [as_http(webhook) for webhook in webhooks(self.people)]


def asked(port: int, requests: list[bytes], status: str) -> Run:
    """Send them all over so many connections; every answer has to have that status."""
    seen = answer_of("bench.load", str(port), str(CONNECTIONS), str(WARM), told=pickle.dumps(requests))
    if set(seen["statuses"]) != {status}:
        raise RuntimeError(f"the server answered {seen['statuses']}")
    return Run(seen["rate"], seen["latencies"])
