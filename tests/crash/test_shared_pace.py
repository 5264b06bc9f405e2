"""The pace of an account that several processes share: counted in every sliding second, minute and chat.

Time is simulated, and so are the processes: each looks when it likes. What they share is real: the account's row and the
attempts in the database.
"""

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from scheduler.channels import Pace, SendFailed
from scheduler.ledger import Notice
from scheduler.purposes import Purpose
from scheduler.settling import outcome, settle
from storage.addresses import change_address
from storage.database import Database
from storage.tables import attempt, person_address
from tests.scheduler.posting import Office, Wire, a_notice

# Telegram's limits (its FAQ): so many in any second, one a second in a chat, twenty a minute in a group.
PACE = Pace(per_second=5, chat_seconds=1, group_a_minute=20)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
SIMULATED = timedelta(seconds=80)
PEOPLE, GROUPS = 6, 2


@dataclass
class Grant:
    """One attempt that was claimed."""

    at: datetime
    address_id: int


class Crowd:
    """A busy account: words for people and groups come at random, and the provider asks for silence now and then."""

    def __init__(self, database: Database, seed: int) -> None:
        self.dice = random.Random(seed)
        self.office = Office(database, Wire("telegram", "7", PACE, buttons=True))
        self.people = [self.office.person() for _ in range(PEOPLE + GROUPS)]
        self.addresses = {
            row.person_id: row.address_id
            for row in self.office.do(lambda tx: tx.connection.execute(person_address.select()).all())
        }
        self.groups = {self.addresses[one] for one in self.people[PEOPLE:]}
        # A group's address begins with a minus.
        self.office.do(lambda tx: [change_address(tx, one, address=f"-{one}") for one in self.groups])
        self.grants: list[Grant] = []
        self.silences: list[tuple[datetime, datetime]] = []
        self._keys = iter(range(1_000_000))

    def run(self) -> None:
        clock = self.office.clock
        end = clock.wall + SIMULATED
        while clock.wall < end:
            clock.pass_(self.dice.expovariate(14))
            if self.dice.random() < 0.4:
                self.office.post(*(self._words() for _ in range(self.dice.randint(1, 4))))
            self._look(room=self.dice.choice([1, 3, 500]))

    def _words(self) -> Notice:
        who = self.dice.choice(self.people + self.people[PEOPLE:] * 2)
        return a_notice(
            f"k{next(self._keys)}", self.dice.choice([Purpose.REPLY, Purpose.URGENT]), person_id=who
        )

    def _look(self, room: int) -> None:
        """What any process does: claim, call, settle; one call in fifty is refused with a silence."""
        office, real = self.office, self.office.clock.real_time
        for outgoing in office.claim(room=room).outgoing:
            row = office.rows(attempt, id=outgoing.attempt_id)[0]
            self.grants.append(Grant(real, row.address_id))
            if self.dice.random() < 0.02:
                silence = self.dice.randint(1, 6)
                failed = outcome(outgoing.attempt_id, SendFailed("429", retry_after=silence))
                office.do(lambda tx, one=failed: settle(tx, office.clock, office.lanes[0].key, [one]))
                self.silences.append((real, real + silence * SECOND))


def test_no_second_no_minute_and_no_chat_has_more_than_its_limit(database: Database) -> None:
    crowd = Crowd(database, seed=1 if database.is_sqlite else 2)
    crowd.run()
    instants = [one.at for one in crowd.grants]
    assert len(instants) > 150
    assert all(later - earlier >= SECOND for earlier, later in zip(instants, instants[5:], strict=False))
    by_chat = defaultdict(list)
    for grant in crowd.grants:
        by_chat[grant.address_id].append(grant.at)
    for chat, times in by_chat.items():
        assert all(later - earlier >= SECOND for earlier, later in pairwise(times))
        if chat in crowd.groups:
            assert all(later - earlier >= MINUTE for earlier, later in zip(times, times[20:], strict=False))
    assert any(len(times) > 20 for chat, times in by_chat.items() if chat in crowd.groups)
    for begins, ends in crowd.silences:
        assert not any(begins < at < ends for at in instants)
