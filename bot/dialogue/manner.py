"""How somebody wants to be written to: in which language, and with Polish letters or without."""

from dataclasses import replace

from bot.dialogue.reply import Reply
from bot.dialogue.turn import Turn
from storage import people


def language(turn: Turn, chosen: str) -> Reply:
    """Everybody of this address is written to in that language from now on."""
    _change(turn, language=chosen)
    return replace(turn.say("language_set"), language=chosen)


def polish_letters(turn: Turn) -> Reply:
    """SMS with Polish letters from now on, and asked again without."""
    wanted = not all(person.polish_letters for person in turn.people)
    _change(turn, polish_letters=wanted)
    return turn.say("polish_letters_done" if wanted else "polish_letters_off")


def self_check_visits(turn: Turn) -> Reply:
    """The morning's health prompt comes on days with a visit only."""
    _change(turn, self_check="visits")
    return turn.say("self_check_visits_done")


def _change(turn: Turn, **values: object) -> None:
    for person in turn.people:
        people.change_person(turn.tx, person.id, **values)
