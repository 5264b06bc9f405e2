"""Trials: everybody writes at once, the product dies at one point (or at a second one while it recovers), and starts again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sandbox.trouble import PROVIDERS, Kind, Trouble, Troubles
from soak import door, gate
from soak.callers import Caller
from soak.lane import SETTLES_WITHIN, Lane
from soak.points import MOMENTS

CYCLE = ("sms", "sms", "sms", "telegram", "telegram", "telegram", "telegram")
TROUBLED_CALLS = 2
WITHIN = 180.0  # seconds after the restart: the promise
SILENT = ("sms", "sms", "telegram", "telegram")  # these are only written to


@dataclass(frozen=True)
class Trial:
    """Where it dies, and where again before it has recovered; and what the providers do meanwhile.

    Attributes:
        hits: at the so-manieth time it comes there.
        trouble: of the next calls at both providers; without a point it dies once they have had it.
        no_receipts: Twilio loses them, so that it has to be asked what it took.
        repeated: every webhook and every receipt comes twice.
        unbrought: no webhook brings what is said by SMS: it has to be fetched.
        unlisted_seconds: so much later than it took a message, Twilio lists it.
    """

    point: str = ""
    hits: int = 1
    again: str = ""
    trouble: Kind | None = None
    no_receipts: bool = False
    repeated: bool = False
    unbrought: bool = False
    unlisted_seconds: float = 0

    @property
    def name(self) -> str:
        """The point as the counts name it."""
        return self.point or f"after {self.trouble}"


def inside(changes: Iterable[str]) -> Iterator[str]:
    """Every point of those changes."""
    return (f"{moment} {change}" for change in changes for moment in MOMENTS)


def calls(*names: str) -> Iterator[str]:
    """Every point of those calls to a provider."""
    return (f"{name} {stage}" for name in names for stage in gate.STAGES)


def webhooks(*names: str) -> Iterator[str]:
    """Every point of those webhooks."""
    return (f"{name} {stage}" for name in names for stage in door.STAGES)


async def begin(lane: Lane) -> None:
    """Callers at every stage of their cycle, on the phone and in a chat, and the product at work."""
    callers = await lane.enrol(*CYCLE)
    await lane.enrol(*SILENT)
    await lane.start()
    for lead in range(1, CYCLE.count("telegram")):
        await lane.say(*(one for channel in set(CYCLE) for one in _of(callers, channel)[lead:]))
        await lane.settled()


def _of(callers: Sequence[Caller], channel: str) -> list[Caller]:
    return [one for one in callers if one.channel == channel]


async def run(lane: Lane, trial: Trial, *, patient: bool = False) -> None:
    """Let everybody write; kill once or twice; start, and wait until nothing is owed.

    Args:
        patient: wait for leases and grace times as they are, rather than let them pass.

    Raises:
        NotReached, NotSettled: see there.
    """
    callers, world = lane.callers.everybody, lane.outside.world
    for trouble in _troubles(trial):
        world.troubles.add(trouble)
    if trial.point:
        lane.trap.set(trial.point, trial.hits)
    await lane.say(*callers[: len(CYCLE)])
    if trial.point:
        await lane.dies(trial.point)
    else:
        await lane.suffered(trial.trouble)
        await lane.kill(trial.name)
    _end(world.troubles, trial.trouble)
    await lane.post(*callers[len(CYCLE) :])
    if trial.again:
        await _die_again(lane, trial.again, patient=patient)
    await recover(lane, patient=patient)


async def recover(lane: Lane, *, patient: bool = False) -> None:
    """Start what lies dead, and wait until nothing is owed."""
    if not patient:
        await lane.age()
    await lane.start()
    await lane.settled(WITHIN if patient else SETTLES_WITHIN)
    lane.outside.world.troubles.lift()


async def _die_again(lane: Lane, point: str, *, patient: bool) -> None:
    if not patient:
        await lane.age()
    lane.trap.set(point)
    await lane.start()
    await lane.dies(point)


def _end(troubles: Troubles, kind: Kind | None) -> None:
    """What the product lived to see of it is enough: after the restart it would have to wait a lease's time again."""
    for trouble in [one for one in troubles.waiting if one.kind is kind]:
        troubles.lift(trouble.id)


def _troubles(trial: Trial) -> Iterator[Trouble]:
    if trial.trouble:
        yield from (Trouble(provider, trial.trouble, calls=TROUBLED_CALLS) for provider in PROVIDERS)
    if trial.repeated:
        for provider, method in (("twilio", "webhook"), ("twilio", "receipt"), ("telegram", "webhook")):
            yield Trouble(provider, Kind.REPEAT, calls=None, method=method)
    if trial.unbrought:
        yield Trouble("twilio", Kind.LOSE, calls=None, method="webhook")
    if trial.no_receipts:
        yield Trouble("twilio", Kind.LOSE, calls=None, method="receipt")
    if trial.unlisted_seconds:
        yield Trouble("twilio", Kind.UNLISTED, calls=None, seconds=trial.unlisted_seconds)
