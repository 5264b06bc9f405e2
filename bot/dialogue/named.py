"""Who of a shared phone a message is about: "Anna nie przyjdzie" is what Anna would write herself."""

from collections.abc import Mapping
from dataclasses import replace

from bot.dialogue import visits
from bot.dialogue.questions import Question
from bot.dialogue.reading.letters import fold, split, words
from bot.dialogue.reply import Reply
from bot.dialogue.shared import names_of
from bot.dialogue.turn import Turn
from scheduler.people import Person

# What is said of somebody, as they would say it of themselves.
AS_I: Mapping[str, str] = {
    **dict.fromkeys(words("przyjdzie przyjedzie będzie"), "przyjdę"),
    **dict.fromkeys(words("może da rady"), "mogę"),
    **dict.fromkeys(words("прийде приїде буде придет приедет"), "прийду"),
    **dict.fromkeys(words("може зможе сможет"), "зможу"),
    **dict.fromkeys(words("will"), "i will"),
    **dict.fromkeys(words("is"), "i am"),
    **dict.fromkeys(words("cant cannot wont"), "i cant"),
    **dict.fromkeys(words("ma"), "mam"),
    **dict.fromkeys(words("spóźni"), "spóźnię"),
    **dict.fromkeys(words("запізниться"), "запізнюся"),
}


def spoken_for(turn: Turn, text: str) -> str:
    """The text as the one person of this shared phone would write it whom it names; they speak from now on."""
    if not turn.is_shared:
        return text
    tokens = split(text)
    named = {token.text: person for token in tokens for person in called(turn, token.text)}
    if len({person.id for person in named.values()}) != 1 or len(tokens) == 1:
        return text
    person = next(iter(named.values()))
    turn.speak_as(person.id)
    turn.talk = replace(turn.talk, unasked=tuple(one for one in turn.talk.unasked if _is_of(one, person)))
    return " ".join(AS_I.get(token.text, token.text) for token in tokens if token.text not in named)


def _is_of(question: Question, person: Person) -> bool:
    """Whether the question was put to them: what was asked of another is not theirs to answer."""
    return question.person_id in {None, person.id}


def visits_of(turn: Turn, person: Person) -> Reply:
    """Somebody says who they are, and nothing else."""
    turn.speak_as(person.id)
    return visits.mine(turn)


def called(turn: Turn, word: str) -> list[Person]:
    """Who of this phone has that folded first name."""
    names = names_of(turn.people)
    return [person for person in turn.people if fold(names[person.id]) == word]
