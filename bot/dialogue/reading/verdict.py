"""Decides which one intent stands when a message holds several, and how sure it must be."""

from dataclasses import dataclass

from bot.dialogue.reading.days import Reason, Unclear
from bot.dialogue.reading.hearing import Heard
from bot.dialogue.reading.vocabulary import Intent, Meant, Sign
from bot.dialogue.reading.when import When


@dataclass(frozen=True, slots=True)
class Bar:
    """What a message may hold beside the intent without casting doubt on it."""

    unread: int = 0
    question: bool = False
    doubt: bool = False
    negated: bool = False  # a "nie" somewhere; one right before its words always counts
    company: bool = True  # a day, a time, a service, small words that bind it to something


CERTAIN = Bar()
ALONE = Bar(company=False)
TALK = Bar(unread=3, question=True, doubt=True, negated=True)
BOUND = Bar(unread=1, question=True, doubt=True)
BARS = {
    Intent.YES: CERTAIN,
    Intent.OKAY: CERTAIN,
    Intent.NO: CERTAIN,
    Intent.GIVE_BACK: CERTAIN,
    Intent.UNDO: CERTAIN,
    Intent.DIGIT: CERTAIN,
    Intent.STOP: ALONE,
    Intent.START: ALONE,
    Intent.WRONG_NUMBER: ALONE,
    Intent.NO_ANNOUNCEMENTS: ALONE,
    Intent.POLISH_LETTERS: ALONE,
    Intent.SELF_CHECK_VISITS: ALONE,
    Intent.LANGUAGE: ALONE,
    Intent.THANKS: Bar(question=True),
    Intent.MENU: Bar(question=True),
    Intent.WORKS: TALK,
    Intent.CALL_ME: TALK,
    Intent.CHANGE: Bar(question=True, doubt=True),
    Intent.LATE: Bar(unread=2, question=True, doubt=True),
    Intent.ACCOMPANIED: BOUND,
    Intent.ILL: Bar(unread=3, question=True, doubt=True, negated=True),
    Intent.WHO: TALK,
    Intent.DONT_WRITE: ALONE,
    Intent.BOOK: Bar(unread=4, question=True, doubt=True),
    Intent.WAIT: Bar(unread=2, question=True),
    Intent.WAIT_NO_MORE: CERTAIN,
    Intent.EARLIER: Bar(unread=2, question=True, doubt=True),
    Intent.MINE: TALK,
    Intent.ADVICE: BOUND,
    Intent.ABOUT: Bar(unread=2, question=True, doubt=True, negated=True),
    Intent.DATA: BOUND,
    Intent.ERASE: BOUND,
    Intent.OBJECT: BOUND,
    Intent.NEW_NUMBER: Bar(unread=6, question=True, doubt=True),
    Intent.HELP: BOUND,
    Intent.LOST: TALK,
    Intent.DECLINE: Bar(question=True),
    Intent.LINE: CERTAIN,
}
REMINDING = frozenset(
    {Intent.MINE, Intent.HELP, Intent.LOST, Intent.ILL, Intent.ABOUT, Intent.WHO, Intent.CALL_ME}
)  # what fits "I have forgotten" and "I don't know"
DONE_SOMEHOW = frozenset(
    {Intent.GIVE_BACK, Intent.UNDO, Intent.STOP, Intent.NO_ANNOUNCEMENTS, Intent.LANGUAGE}
)
CHANGING = frozenset(intent for intent, bar in BARS.items() if not bar.question)

# Of two wishes the one that loses nothing stands; a pair that is not here is asked back.
_PAIRS: dict[frozenset[Intent], Intent] = {
    frozenset(pair): stands
    for stands, pairs in {
        Intent.YES: [(Intent.YES, Intent.OKAY)],
        Intent.LATE: [(Intent.YES, Intent.LATE), (Intent.OKAY, Intent.LATE), (Intent.ABOUT, Intent.LATE)],
        Intent.ACCOMPANIED: [(Intent.YES, Intent.ACCOMPANIED), (Intent.OKAY, Intent.ACCOMPANIED)],
        Intent.ILL: [
            (Intent.ILL, Intent.YES),
            (Intent.ILL, Intent.OKAY),
            (Intent.ILL, Intent.ADVICE),
            (Intent.ILL, Intent.HELP),
        ],
        Intent.NO: [(Intent.NO, Intent.ILL), (Intent.NO, Intent.DECLINE)],
        Intent.DECLINE: [(Intent.DECLINE, Intent.OKAY)],
        Intent.ABOUT: [(Intent.ABOUT, Intent.HELP), (Intent.ABOUT, Intent.OKAY)],
        Intent.CHANGE: [
            (Intent.NO, Intent.CHANGE),
            (Intent.GIVE_BACK, Intent.CHANGE),
            (Intent.GIVE_BACK, Intent.BOOK),
            (Intent.BOOK, Intent.CHANGE),
            (Intent.YES, Intent.CHANGE),
            (Intent.OKAY, Intent.CHANGE),
            (Intent.MINE, Intent.CHANGE),
            (Intent.ILL, Intent.CHANGE),
            (Intent.DECLINE, Intent.CHANGE),
        ],
        Intent.GIVE_BACK: [
            (Intent.NO, Intent.GIVE_BACK),
            (Intent.MINE, Intent.GIVE_BACK),
            (Intent.ILL, Intent.GIVE_BACK),
        ],
        Intent.WAIT: [(Intent.WAIT, Intent.BOOK), (Intent.WAIT, Intent.OKAY)],
        Intent.WAIT_NO_MORE: [(Intent.WAIT_NO_MORE, Intent.NO), (Intent.WAIT_NO_MORE, Intent.GIVE_BACK)],
        Intent.EARLIER: [
            (Intent.EARLIER, Intent.BOOK),
            (Intent.EARLIER, Intent.CHANGE),
            (Intent.EARLIER, Intent.WAIT),
        ],
        Intent.UNDO: [(Intent.GIVE_BACK, Intent.UNDO), (Intent.YES, Intent.UNDO)],
        Intent.CALL_ME: [
            (Intent.CALL_ME, other)
            for other in (
                Intent.NO,
                Intent.GIVE_BACK,
                Intent.CHANGE,
                Intent.BOOK,
                Intent.MINE,
                Intent.HELP,
                Intent.LOST,
                Intent.YES,
                Intent.OKAY,
                Intent.ILL,
                Intent.WHO,
            )
        ],
        Intent.MINE: [
            (Intent.BOOK, Intent.MINE),
            (Intent.OKAY, Intent.MINE),
            (Intent.ILL, Intent.MINE),
            (Intent.ABOUT, Intent.MINE),
        ],
        Intent.WHO: [(Intent.WHO, Intent.ABOUT), (Intent.WHO, Intent.HELP), (Intent.WHO, Intent.LOST)],
        Intent.BOOK: [
            (Intent.BOOK, other)
            for other in (
                Intent.OKAY,
                Intent.YES,
                Intent.ADVICE,
                Intent.HELP,
                Intent.ABOUT,
                Intent.ACCOMPANIED,
                Intent.ILL,
            )
        ],
    }.items()
    for pair in pairs
}
MAYBE_NOT = frozenset({Intent.NO, Intent.OKAY, Intent.THANKS, Intent.MENU, Intent.BOOK})
WEAK = frozenset({Intent.MENU, Intent.THANKS})
AROUND_DIGIT: frozenset[Meant] = WEAK | {Intent.YES, Intent.OKAY, Sign.VISIT}


def verdict(heard: Heard) -> Intent:
    """The one intent that stands, or UNKNOWN."""
    if heard.digit is not None and heard.meant <= AROUND_DIGIT:
        return Intent.DIGIT
    if heard.line is not None and heard.meant <= AROUND_DIGIT:
        return Intent.LINE
    intents = _intents(heard)
    intent = _one_of(intents, heard)
    if intent in CHANGING and heard.has(Sign.HOW):
        intent = Intent.HELP if intent in DONE_SOMEHOW else Intent.UNKNOWN
    if _is_sure(intent, heard):
        return intent
    if Intent.ILL in intents and _is_sure(Intent.ILL, heard):
        return Intent.ILL
    return Intent.MAYBE_NOT if intents <= MAYBE_NOT and _is_perhaps_a_no(heard) else Intent.UNKNOWN


def _is_perhaps_a_no(heard: Heard) -> bool:
    """Whether it was said in whole words that they can't come, beside a story or a doubt."""
    return (heard.is_refused or heard.has(Sign.HINDERED)) and not (
        heard.is_asking
        or heard.is_negated
        or heard.is_conditional
        or heard.has(Sign.FORGOT)
        or _is_unclear(heard)
    )


def _intents(heard: Heard) -> set[Intent]:
    intents = {meant for meant in heard.meant if isinstance(meant, Intent)}
    if heard.has(Sign.UNSUITED, Sign.OTHER_DAY):
        intents.add(Intent.CHANGE)
    if heard.has(Sign.CANCEL) and (heard.when or heard.services or heard.has(Sign.VISIT)):
        intents.add(Intent.GIVE_BACK)
    if heard.has(Sign.TALK):
        intents.add(Intent.BOOK if heard.services else Intent.CALL_ME)
    if heard.language:
        intents.add(Intent.LANGUAGE)
    if heard.has(Sign.LATER) and heard.minutes:
        intents.add(Intent.LATE)
    if _is_other_time_wanted(heard):
        intents -= {Intent.NO, Intent.GIVE_BACK, Intent.YES, Intent.OKAY, Intent.BOOK}
        intents.add(Intent.CHANGE)
    return intents | _implied(intents - WEAK, heard)


def _is_other_time_wanted(heard: Heard) -> bool:
    """Whether another time is offered, or only the hour refused ("nie mogę o 10")."""
    hour_alone = isinstance(heard.when, When) and heard.when.first_day is None
    return heard.wish is not None or (hour_alone and heard.has(Intent.NO))


def _implied(strong: set[Intent], heard: Heard) -> set[Intent]:
    """What the rest of the message means by itself: a service, a visit or a day wants booking, a farewell is thanks."""
    if heard.services and strong <= {Intent.OKAY, Intent.ADVICE}:
        return {Intent.BOOK}
    if strong or heard.has(Sign.HINDERED):
        return set()
    if heard.has(Sign.FAREWELL):
        return {Intent.THANKS}
    return {Intent.BOOK} if heard.when or heard.has(Sign.VISIT) else set()


def _one_of(intents: set[Intent], heard: Heard) -> Intent:
    strong = intents - WEAK or intents - {Intent.MENU} or intents
    if Intent.YES in strong:
        strong = strong - {Intent.OKAY}
    if heard.only_bare_no and Intent.THANKS in intents and Intent.NO in strong:
        return Intent.DECLINE  # "nie, dziekuje" says no to an offer and nothing to a visit
    intent = next(iter(strong)) if len(strong) == 1 else _PAIRS.get(frozenset(strong), Intent.UNKNOWN)
    if intent is Intent.GIVE_BACK and isinstance(heard.when, Unclear):
        return Intent.NO  # which day is doubtful: asked about, where a giving back might take the wrong one
    return intent


def _is_sure(intent: Intent, heard: Heard) -> bool:
    bar = BARS.get(intent)
    if bar is None or (heard.is_negated and not bar.negated):
        return False
    if intent in heard.denied and intent is not Intent.ILL:
        return False
    wanted = heard.has(intent) or heard.services or intent is not Intent.BOOK
    company = heard.when or heard.wish or heard.services or heard.has(Sign.VISIT) or heard.around
    return (
        heard.unread <= (bar.unread if wanted else 0)
        and (bar.question or not (heard.is_asking or heard.has(Sign.LATER)))
        and (bar.doubt or not heard.has(Sign.DOUBT))
        and (bar.company or not company)
        and not (heard.has(Sign.FORGOT) and intent not in REMINDING)
        and not (intent in {Intent.NO, Intent.GIVE_BACK} and _is_unclear(heard))
    )


def _is_unclear(heard: Heard) -> bool:
    """Whether a day was spoken of that can't be known; one of two weeks is asked back."""
    return isinstance(heard.when, Unclear) and heard.when.reason is not Reason.WHICH_DAY
