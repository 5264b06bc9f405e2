"""A phone that several people share: who is meant is asked only where it matters, by first names alone."""

from collections import Counter
from dataclasses import replace

from bot.dialogue.questions import Value
from bot.dialogue.reply import Choice, Reply, numbered
from bot.dialogue.turn import Turn
from scheduler import secret_word
from scheduler.people import Person

KIND = "who"
WORD = "word"


def who(turn: Turn, then: Value) -> Reply:
    """Ask who it is for; once answered, the conversation goes on with `then`."""
    names = names_of(turn.people)
    choices = [
        Choice("which_person_option", {**then, "person_id": person.id}, {"first_name": names[person.id]})
        for person in turn.people
    ]
    return replace(turn.say("which_person", options=numbered(choices)), kind=KIND)


def veiled(turn: Turn, then: Value) -> Reply | None:
    """What is asked before visits are read out on a phone where somebody has a word; None if they may be."""
    if turn.is_anybodys:
        return who(turn, then) if any(person.has_word for person in turn.people) else None
    return None if turn.is_open else _ask_word(turn, then)


def _ask_word(turn: Turn, then: Value) -> Reply:
    """Ask whoever speaks for their word; the right one goes on with `then`."""
    assert turn.speaker is not None
    if secret_word.is_locked(turn.tx, turn.speaker):
        return turn.say("word_locked")
    out = Choice("btn_menu", {"do": "menu", "person_id": turn.speaker.id, "then": dict(then)}, mark="menu")
    name = names_of(turn.people)[turn.speaker.id]
    return replace(turn.say("word_ask", options=(out,), first_name=name), kind=WORD)


def names_of(people: tuple[Person, ...]) -> dict[int, str]:
    """What each is called here; two of one first name are told apart by the first letter of their last."""
    often = Counter(person.first_name for person in people)
    return {
        person.id: person.first_name
        if often[person.first_name] == 1
        else f"{person.first_name} {person.full_name.split()[-1][:1]}."
        for person in people
    }
