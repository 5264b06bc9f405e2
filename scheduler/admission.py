"""Taking somebody in at the desk: as a file does, one person at a time, with what they ask for at once."""

from dataclasses import replace

from config.centre import Centre
from scheduler.enrolment import Enrolled, Fate, Newcomer, enrol
from scheduler.groups import all_groups, join
from scheduler.people import adopt_numbers
from scheduler.welcome import welcome
from storage import groups, people
from storage.database import Transaction


def admit(
    tx: Transaction,
    centre: Centre,
    newcomer: Newcomer,
    *,
    account: str | None = None,
    writes_only: bool = False,
) -> Enrolled:
    """Enrol somebody and welcome them where words reach them; whoever is enrolled already is brought up to date.

    Args:
        newcomer: `groups` are names of groups that there are; others are left out.
        account: the SMS sender, if there is one.
        writes_only: they asked to be written to, never called.

    Raises:
        HasLeft. TwoGroups: two of the groups meet on the same day, or one does with another of theirs.
    """
    people.lock_enrolment(tx)
    with tx.savepoint():
        if account:
            adopt_numbers(tx, account)
        done = enrol(tx, replace(newcomer, groups=()), account)
        theirs = {row.name for row in groups.names_of(tx, [done.person_id])}
        for group in all_groups(tx):
            if group.name in newcomer.groups and group.name not in theirs:
                join(tx, centre, group, done.person_id)
        if done.fate is Fate.ENROLLED:
            people.change_person(tx, done.person_id, writes_only=writes_only)
            welcome(tx, [done.person_id])
    return done
