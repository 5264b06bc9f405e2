"""The pace as the database keeps it: whatever the arrivals, the processes and the pauses asked for."""

from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.channels import Pace, Receipt, SendFailed
from storage.database import Database
from storage.migrate import upgrade
from storage.tables import address, attempt
from tests.examples import examples
from tests.scheduler.posting import Office, Wire, a_notice

TELEGRAM = Pace(per_second=5, chat_seconds=1, group_a_minute=3)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)

STEPS = st.lists(
    st.tuples(
        st.sampled_from([0.0, 0.01, 0.1, 0.199, 0.202, 0.5, 1.0, 7.0, 20.0]),  # seconds until this look
        st.booleans(),  # which of two processes looks
        st.sampled_from([None, None, None, None, 0.5, 3.0]),  # the retry_after that the first call meets
        st.integers(0, 3),  # rows posted before it
    ),
    min_size=5,
    max_size=40,
)


@settings(max_examples=examples(8), deadline=None)
@given(steps=STEPS)
def test_no_second_no_minute_and_no_chat_has_more_than_its_limit(
    steps: list[tuple[float, bool, float | None, int]],
) -> None:
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'termin.db'}"
        upgrade(url)
        first, second = Database(url), Database(url)
        _look(Office(first, Wire("telegram", "7", TELEGRAM)), second, steps)
        first.close()
        second.close()


def _look(office: Office, other: Database, steps: list[tuple[float, bool, float | None, int]]) -> None:
    people = [office.person() for _ in range(5)]
    office.do(
        lambda tx: tx.connection.execute(address.update().where(address.c.id == 1).values(address="-100"))
    )
    one, rested_until = office.database, office.clock.real_time
    posted = 0
    for seconds, is_other, retry_after, more in steps:
        office.clock.pass_(seconds)
        office.database = one
        office.post(*(a_notice(f"{posted + n}", person_id=people[(posted + n) % 5]) for n in range(more)))
        posted += more
        office.database = other if is_other else one
        claimed = office.claim()
        assert not claimed.outgoing or office.clock.real_time >= rested_until
        for number, outgoing in enumerate(claimed.outgoing):
            if retry_after and number == 0:
                rested_until = office.clock.real_time + timedelta(seconds=retry_after)
                office.settle(outgoing.attempt_id, SendFailed("429", retry_after=retry_after))
            else:
                office.settle(outgoing.attempt_id, Receipt(f"{outgoing.attempt_id}"))
    _check(office)


def _check(office: Office) -> None:
    starts: dict[int, list[datetime]] = defaultdict(list)
    rows = office.rows(attempt)
    for row in rows:
        starts[row.address_id].append(row.started_at)
    assert _most([row.started_at for row in rows], SECOND) <= 5
    assert all(_most(times, SECOND) <= 1 for times in starts.values())
    assert _most(starts[1], MINUTE) <= 3


def _most(times: list[datetime], span: timedelta) -> int:
    """The most of them in any span of that length, its end not counted."""
    return max((sum(begin <= at < begin + span for at in times) for begin in times), default=0)
