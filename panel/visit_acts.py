"""What staff do with a visit: give back, undo, confirm by phone, note who comes late or not alone."""

from panel.asked import Act, Asked, Go
from panel.times import number
from scheduler import booking, ways_of_coming
from scheduler.at_the_desk import call_off_for, give_back_for, unbook, undo_for
from scheduler.rights import Right

MOST_LATE = 120  # minutes


def give_back(asked: Asked) -> Go:
    """The participant does, by phone; or the club."""
    visit_id = asked.path["id"]
    do = call_off_for if asked.form.get("who") == "club" else give_back_for
    do(asked.tx, asked.centre, visit_id, by=asked.staff.person_id, told=_is_told(asked))
    return Go(f"/panel/visits/{visit_id}", "done_given_back", visit_id)


def undo(asked: Asked) -> Go:
    """It stands again."""
    visit_id = asked.path["id"]
    undo_for(asked.tx, asked.centre, visit_id, by=asked.staff.person_id, told=_is_told(asked))
    return Go(f"/panel/visits/{visit_id}", "done_undone", visit_id)


def take_back(asked: Asked) -> Go:
    """The booking was a slip."""
    done = unbook(asked.tx, asked.centre, asked.path["id"], by=asked.staff.person_id)
    return Go(f"/panel/book?person={done.visit.participant_id}", "done_unbooked")


def confirm(asked: Asked) -> Go:
    """They said by phone that they will come."""
    booking.confirm(asked.tx, visit_id=asked.path["id"], by=asked.staff.person_id)
    return Go(f"/panel/visits/{asked.path['id']}", "done_confirmed")


def late(asked: Asked) -> Go:
    """By so many minutes, or nobody knows by how many."""
    minutes = number(asked.form.get("minutes"))
    ways_of_coming.late(
        asked.tx,
        visit_id=asked.path["id"],
        minutes=min(minutes, MOST_LATE) if minutes else None,
        by=asked.staff.person_id,
    )
    return Go(f"/panel/visits/{asked.path['id']}", "done_noted", asked.path["id"])


def accompanied(asked: Asked) -> Go:
    """Somebody comes along, and that is agreed."""
    ways_of_coming.accompanied(asked.tx, visit_id=asked.path["id"], by=asked.staff.person_id)
    return Go(f"/panel/visits/{asked.path['id']}", "done_noted", asked.path["id"])


def as_usual(asked: Asked) -> Go:
    """Neither late nor accompanied."""
    ways_of_coming.as_usual(asked.tx, visit_id=asked.path["id"], by=asked.staff.person_id)
    return Go(f"/panel/visits/{asked.path['id']}", "done_noted_not")


def _is_told(asked: Asked) -> bool:
    """The tick of the form; an Undo beside a notice has none, and tells."""
    return "choice" not in asked.form or "told" in asked.form


ACTS: tuple[Act, ...] = (
    Act("/visits/{id:int}/give-back", give_back, Right.VISITS),
    Act("/visits/{id:int}/undo", undo, Right.VISITS),
    Act("/visits/{id:int}/unbook", take_back, Right.VISITS),
    Act("/visits/{id:int}/confirm", confirm, Right.VISITS),
    Act("/visits/{id:int}/late", late, Right.VISITS),
    Act("/visits/{id:int}/accompanied", accompanied, Right.VISITS),
    Act("/visits/{id:int}/as-usual", as_usual, Right.VISITS),
)
