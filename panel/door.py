"""At the door: what to do when somebody shows signs of an infectious disease, and who covers mouth and nose. Nobody is named."""

from panel.asked import Act, Asked, Go, Page, Show
from scheduler.door import card, isolate, mask_rule
from scheduler.rights import Right


def show(asked: Asked) -> Page:
    """The card of the four steps, the duty to cover mouth and nose, and a button that calls whoever is on duty."""
    composer, language = asked.words.composer, asked.words.language
    day = asked.words.local(asked.tx.now).date()
    values = {
        "steps": card(asked.tx, asked.centre, composer, language).splitlines(),
        "masks": mask_rule(asked.tx, asked.centre, composer, day, language),
        "rooms": [("", asked.say("door_reception")), *((one.code, one.number) for one in asked.centre.rooms)],
    }
    return Page("door.html", values)


def call(asked: Asked) -> Go:
    """Whoever is on duty is asked to come."""
    told = isolate(asked.tx, asked.centre, asked.form.get("room") or None, by=asked.staff.person_id)
    return Go("/panel/door", "done_door_called" if told else "done_door_nobody")


PAGES = (Show("/door", show, Right.DOOR), Act("/door/call", call, Right.DOOR))
