"""What is asked for at an address: silence, no announcements, everything again, or never that person. Visits stand.

Whoever asks for silence in one place must not be written to in another: what is asked for holds for that address and for
those that lead to the same people and to nobody else. A number that others share keeps what it has.
"""

from scheduler.ledger import reroute
from scheduler.people import Address, AddressState, people_at
from scheduler.todos import open_todo
from storage import addresses, audit
from storage.database import Transaction


def stop(tx: Transaction, address: Address) -> None:
    """No more messages, whatever they are about. Staff are told: from now on they have to phone."""
    asked = None
    for one in addresses.own_addresses(tx, address.id):
        if one.state == AddressState.ACTIVE:
            addresses.change_address(tx, one.id, state=AddressState.STOPPED)
            asked = addresses.log_consent(tx, one.id, "all", allowed=False)
    for someone in people_at(tx, address.id) if asked else ():
        open_todo(tx, key=f"stopped:{asked}:{someone.id}", text="todo_stopped", person_id=someone.id)


def start(tx: Transaction, address: Address) -> None:
    """Messages and announcements begin again, what waits among them. A number that is somebody else's stays so."""
    opened = False
    for one in addresses.own_addresses(tx, address.id):
        if one.state == AddressState.STOPPED or (one.state == AddressState.ACTIVE and not one.announcements):
            addresses.change_address(tx, one.id, state=AddressState.ACTIVE, announcements=True)
            addresses.log_consent(tx, one.id, "all", allowed=True)
            opened = True
    for someone in people_at(tx, address.id) if opened else ():
        reroute(tx, someone.id)


def wrong_number(tx: Transaction, address: Address) -> None:
    """It is somebody else's: nothing more goes there, and whoever writes from there is a stranger.

    Staff find out the right number; what waits goes to the person's other addresses. On a phone that several share it holds
    for all of them: whoever has it now must not be told their names to choose from.
    """
    if address.state is AddressState.WRONG:
        return
    addresses.change_address(tx, address.id, state=AddressState.WRONG)
    for someone in people_at(tx, address.id):
        key = f"wrong_number:{address.id}:{someone.id}:{tx.now.date().isoformat()}"
        open_todo(
            tx, key=key, text="todo_wrong_number", params={"people": [someone.id]}, person_id=someone.id
        )
        audit.note(tx, "participant", "wrong_number", person_id=someone.id)
        reroute(tx, someone.id)


def no_announcements(tx: Transaction, address: Address) -> None:
    """Announcements end; reminders and answers go on."""
    for one in addresses.own_addresses(tx, address.id):
        if one.announcements:
            addresses.change_address(tx, one.id, announcements=False)
            addresses.log_consent(tx, one.id, "announcements", allowed=False)
