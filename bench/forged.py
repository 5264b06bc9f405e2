"""A forged webhook is refused as fast as an endpoint refuses it that does nothing else; no database is touched."""

import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from bench.children import a_child
from bench.club import a_large_centre, as_toml, settle
from bench.frame import Budget, Goal, Result, in_turn
from bench.inbound import WARM, asked
from bench.stores import Store, a_copy
from bench.story import as_http, webhooks


def measure(budget: Budget, stores: Sequence[Store]) -> Iterator[Result]:
    """Both servers stand all the time and are asked in turn."""
    store = next(store for store in stores if store.name == "SQLite")
    template = store.template(partial(settle, centre=a_large_centre(), participants=1))
    requests = [as_http(webhook) for webhook in webhooks(budget.count(1500) + WARM, forged=True)]
    with tempfile.TemporaryDirectory(prefix="termin-bench-") as folder, a_copy(store, template) as url:
        centre = Path(folder) / "centre.toml"
        centre.write_text(as_toml(a_large_centre()), encoding="utf-8")
        with (
            a_child("bench.web_product", url, str(centre)) as product,
            a_child("bench.web_bare", "", "", "", "") as bare,
        ):
            mine, theirs = in_turn(
                budget,
                lambda: asked(bare["port"], requests, "403"),
                lambda: asked(product["port"], requests, "403"),
            )
    store.drop(template)
    goal = Goal("ratio", ">=", 0.9)
    note = "baseline: Starlette with twilio's RequestValidator and nothing else"
    yield Result(
        "forged SMS refused, 16 connections", "", "a second", mine, theirs, goals=(goal,), notes=(note,)
    )
