"""A phone that several people share: who is meant is asked only where it matters, by first names alone."""

from collections import Counter
from dataclasses import replace

from bot.dialogue.questions import Value
from bot.dialogue.reply import Choice, Reply, numbered
from bot.dialogue.turn import Turn
from scheduler.people import Person

KIND = "who"


def who(turn: Turn, then: Value) -> Reply:
    """Ask who it is for; once answered, the conversation goes on with `then`."""
    names = names_of(turn.people)
    choices = [
        Choice("which_person_option", {**then, "person_id": person.id}, {"first_name": names[person.id]})
        for person in turn.people
    ]
    return replace(turn.say("which_person", options=numbered(choices)), kind=KIND)


def names_of(people: tuple[Person, ...]) -> dict[int, str]:
    """What each is called here; two of one first name are told apart by the first letter of their last."""
    often = Counter(person.first_name for person in people)
    return {
        person.id: person.first_name
        if often[person.first_name] == 1
        else f"{person.first_name} {person.full_name.split()[-1][:1]}."
        for person in people
    }
