"""One process in which APScheduler drains as many date jobs, one a reminder, out of its SQLAlchemyJobStore."""

import asyncio
import pickle
import sys
import time
from datetime import UTC, datetime, timedelta

from apscheduler.job import Job
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from sqlalchemy import make_url

from bench.children import peak_mb, ready
from bench.jobs import RAN, nothing


async def drain(url: str, number: int) -> dict[str, float]:
    """From the start of the scheduler until the last job has run; nothing is too late for it."""
    store = SQLAlchemyJobStore(url)
    scheduler = AsyncIOScheduler(jobstores={"default": store}, timezone=UTC)
    scheduler.start(paused=True)
    _fill(scheduler, store, number)
    begun = time.perf_counter()
    scheduler.resume()
    first = 0.0
    while len(RAN) < number:
        await asyncio.sleep(0.002)
        if RAN and not first:
            first = time.perf_counter() - begun
    took = time.perf_counter() - begun
    scheduler.shutdown(wait=False)
    return {"seconds": took, "first_ms": first * 1000, "peak_mb": peak_mb()}


def _fill(scheduler: AsyncIOScheduler, store: SQLAlchemyJobStore, number: int) -> None:
    """As `add_job` would write them, in one transaction instead of one each."""
    at = datetime.now(UTC) - timedelta(minutes=1)
    common = {"func": nothing, "executor": "default", "args": (), "kwargs": {}}
    common |= {"misfire_grace_time": None, "coalesce": True, "max_instances": 1, "next_run_time": at}
    rows = []
    for one in range(number):
        job = Job(scheduler, id=str(one), name="nothing", trigger=DateTrigger(at), **common)
        state = pickle.dumps(job.__getstate__(), pickle.HIGHEST_PROTOCOL)
        rows.append({"id": str(one), "next_run_time": at.timestamp(), "job_state": state})
    with store.engine.begin() as connection:
        connection.execute(store.jobs_t.insert(), rows)


if __name__ == "__main__":
    address = make_url(sys.argv[1])
    if address.get_backend_name() == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    ready(**asyncio.run(drain(address.render_as_string(hide_password=False), int(sys.argv[2]))))
