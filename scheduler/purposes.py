"""What each purpose of a message allows: how soon, for how long, at what hours, and which evil is the lesser."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Purpose(StrEnum):
    """Why a message is sent."""

    REPLY = "reply"
    ADVICE = "advice"
    URGENT = "urgent"
    HEALTH = "health"
    REMINDER = "reminder"
    OFFER = "offer"
    NOTICE = "notice"  # of taking part itself: a welcome, a new number, the last word
    ANNOUNCEMENT = "announcement"
    STAFF = "staff"  # to those who work here, in their own hours


class Evil(StrEnum):
    """What is risked where nobody can say whether a message has arrived, and nothing can be looked up."""

    REPEAT = "repeat"
    GAP = "gap"


class Stopped(StrEnum):
    """What becomes of a message whose address has asked for silence."""

    GOES = "goes"  # it answers what they have just written
    DROPPED = "dropped"  # staff were told when silence was asked for
    TOLD = "told"  # a to-do: somebody has to say it


@dataclass(frozen=True, slots=True)
class Rules:
    """One line of the table.

    Attributes:
        priority: the lower goes first.
        useful_for: from `send_after` on, unless the message itself says until when.
        evil: the lesser one, on a channel where nothing can be looked up.
        stopped: what STOP does to it.
        held: quiet hours, Sundays and holidays hold it back.
        capped: its SMS parts count against the club's caps.
        asked: the person asked for it by writing: what becomes of the visit does not withdraw it.
        missed: somebody waits for it, so that staff are told where it could not be sent in time.
        forgotten: its parameters and its body are dropped once it is sent.
    """

    priority: int
    useful_for: timedelta
    evil: Evil
    stopped: Stopped
    held: bool = True
    capped: bool = True
    asked: bool = False
    missed: bool = False
    forgotten: bool = False


HOUR = timedelta(hours=1)

# By the purpose or by its name, as the ledger has it.
RULES: Mapping[str, Rules] = {
    Purpose.REPLY: Rules(
        0, HOUR, Evil.REPEAT, Stopped.GOES, held=False, capped=False, asked=True, missed=True
    ),
    Purpose.ADVICE: Rules(
        0, HOUR, Evil.REPEAT, Stopped.GOES, held=False, capped=False, asked=True, missed=True, forgotten=True
    ),
    Purpose.URGENT: Rules(1, 12 * HOUR, Evil.REPEAT, Stopped.TOLD, held=False, capped=False, missed=True),
    Purpose.HEALTH: Rules(2, 3 * HOUR, Evil.GAP, Stopped.DROPPED, held=False),
    Purpose.STAFF: Rules(2, 3 * HOUR, Evil.GAP, Stopped.DROPPED, held=False, forgotten=True),
    Purpose.REMINDER: Rules(3, 24 * HOUR, Evil.REPEAT, Stopped.DROPPED),
    Purpose.OFFER: Rules(4, 3 * HOUR, Evil.REPEAT, Stopped.DROPPED),
    Purpose.NOTICE: Rules(4, 72 * HOUR, Evil.GAP, Stopped.DROPPED),
    Purpose.ANNOUNCEMENT: Rules(5, 72 * HOUR, Evil.GAP, Stopped.DROPPED),
}

ASKED = tuple(purpose for purpose, rules in RULES.items() if rules.asked)
FORGOTTEN = tuple(purpose for purpose, rules in RULES.items() if rules.forgotten)


def priorities(*, quiet: bool, capped: bool) -> tuple[int, ...]:
    """The priorities that may go out now, the first first.

    Args:
        quiet: it is a quiet hour, a Sunday or a holiday.
        capped: the club's SMS parts are used up.
    """
    return tuple(
        sorted(
            {
                rules.priority
                for rules in RULES.values()
                if not (quiet and rules.held) and not (capped and rules.capped)
            }
        )
    )
