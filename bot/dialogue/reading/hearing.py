"""Decides what a message contains: intents, services, days, doubts, and how much of it nobody could place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from rapidfuzz.distance import OSA

from bot.dialogue.reading import delays
from bot.dialogue.reading import vocabulary as say
from bot.dialogue.reading.board import GAP, Board
from bot.dialogue.reading.cuts import SENTENCE_MARKS, without_reason, without_replaced
from bot.dialogue.reading.day_rules import number_at, text_at
from bot.dialogue.reading.day_words import AHEAD, WEEKDAYS
from bot.dialogue.reading.days import Found, Unclear
from bot.dialogue.reading.letters import Token
from bot.dialogue.reading.lexicon import LEXICON
from bot.dialogue.reading.phrases import Phrases
from bot.dialogue.reading.polite_words import FILLERS
from bot.dialogue.reading.services import Services
from bot.dialogue.reading.vocabulary import Intent, Meant, Sign
from bot.dialogue.reading.when import FILLED, When, read_tokens
from bot.dialogue.reading.wordings import PHRASES

Read = When | Unclear | None

_PHRASES = Phrases(PHRASES)
CLAUSE_MARKS = SENTENCE_MARKS | {","}
MARKS_BESIDE_DIGIT = frozenset(".,)(!:#*\n") | {GAP.text}
REFUSED: frozenset[Meant] = frozenset({Intent.NO, Intent.GIVE_BACK, Sign.UNSUITED})
AGREED: frozenset[Meant] = frozenset({Intent.YES, Intent.OKAY})
ACTIONS = AGREED | {
    Sign.TALK,
    Sign.CANCEL,
    Intent.GIVE_BACK,
    Intent.UNDO,
    Intent.CALL_ME,
    Intent.BOOK,
    Intent.LATE,
}
AGAINST: frozenset[Meant] = REFUSED | AGREED | {Intent.CHANGE, Intent.UNDO, Sign.DOUBT, Sign.QUESTION}


@dataclass(slots=True)
class Heard:
    """What was found in a message.

    `when` is the day and time said; beside a refusal it is what cannot be, and `wish` is what is asked for instead.
    `unread` counts the words and numbers that nobody could place, `around` the small ones among them that say little.
    """

    meant: set[Meant] = field(default_factory=set)
    services: frozenset[str] = frozenset()
    when: Read = None
    wish: Read = None
    minutes: int | None = None
    digit: int | None = None
    line: int | None = None
    unread: int = 0
    around: int = 0
    only_bare_no: bool = False
    is_negated: bool = False
    is_asking: bool = False
    is_refused: bool = False  # in whole words, whatever stands beside them
    is_conditional: bool = False
    denied: set[Meant] = field(default_factory=set)  # what a "nie" stands right before

    def has(self, *meant: Meant) -> bool:
        """Whether any of these was meant."""
        return not self.meant.isdisjoint(meant)

    @property
    def is_refusal(self) -> bool:
        """Whether a time was refused, so that the day beside it is not the one wanted."""
        return self.has(*REFUSED)

    @property
    def language(self) -> str | None:
        """The one language that was asked for."""
        named = [say.LANGUAGES[meant] for meant in self.meant if meant in say.LANGUAGES]
        return named[0] if len(named) == 1 else None


def hear(tokens: Sequence[Token], services: Services, now: datetime, bare_no: frozenset[str]) -> Heard:
    """Read the message; of a reason ("bo mam lekarza") only what speaks against the rest of it."""
    rest, reason = without_reason(tokens)
    rest, is_replaced = without_replaced(rest, now)
    board = Board(rest)
    board.clear(_names(rest))
    board.take(FILLED.at)
    found = [*board.take(_PHRASES.at), *board.take(_emoji)]
    heard = Heard({one.value for one in found}, _services(board, services))
    heard.meant |= {Intent.CHANGE} if is_replaced else set()
    heard.line = _line(rest)
    heard.is_asking = any(token.text == "?" for token in tokens) or heard.has(Sign.QUESTION)
    _hear_bare_no(board, heard, found, [token.text for token in rest], bare_no)
    heard.denied = {one.value for one in found if _is_denied(board.tokens, one.start)}
    heard.is_conditional = any(token.text in say.CONDITIONS for token in tokens)
    denied_action = _denied_action(rest, found)
    heard.denied |= {denied_action} if denied_action else set()
    heard.denied |= {Intent.CALL_ME} if Sign.TALK in heard.denied else set()
    heard.is_negated = any(token.text in say.NOT for token in board.tokens) or denied_action is not None
    if heard.has(Intent.LATE, Sign.LATER):
        heard.minutes = delays.minutes(board)
    elif heard.has(*AGREED) and (past := board.take(delays.past_the_hour)):
        heard.meant.add(Intent.LATE)
        heard.minutes = past[0].value
    unread = _hear_when(board, heard, found, now)
    heard.digit = _digit(board, heard)
    if heard.line and any(token.text in say.LINE_WORDS for token in rest):
        heard.digit, heard.when = heard.line, None
    around = say.AROUND | (say.CHOOSING if heard.digit is not None or heard.when else frozenset())
    around |= say.RELATIVES if heard.has(Intent.ILL) else frozenset()
    heard.around = sum(text in around for text in unread)
    heard.unread = len(unread) - heard.around - (heard.digit is not None)
    heard.is_refused = any(one.value is Intent.NO and not _goes_on(rest, one, unread) for one in found)
    heard.is_refused |= heard.only_bare_no and heard.has(Sign.DOUBT)
    if _is_doubtful(board, heard, found):
        heard.meant.add(Sign.DOUBT)
    because = Board(reason).take(_PHRASES.at)
    against = {one.value for one in because} & AGAINST
    if not against <= heard.meant or any(_is_denied(reason, one.start) for one in because):
        heard.meant.add(Sign.DOUBT)
    return heard


def _line(tokens: Sequence[Token]) -> int | None:
    """The line of a list that the message names in a word, and says nothing else."""
    named = [token.text for token in tokens if token.text in say.LINES]
    around = FILLERS | say.CHOOSING | MARKS_BESIDE_DIGIT
    is_alone = all(token.text in around for token in tokens if token.text not in named)
    return say.LINES[named[0]] if len(named) == 1 and is_alone else None


def _names(tokens: Sequence[Token]) -> list[int]:
    """Who is spoken to ("pani Agnieszko") or speaks ("tu Anna"): words that mean nothing else."""
    return [
        place
        for place, token in enumerate(tokens)
        if token.is_word
        and token.text not in LEXICON
        and (
            (text_at(tokens, place - 1) in say.TITLES and token.text.endswith(("o", "u")))
            or text_at(tokens, place - 1) in say.INTRODUCING
        )
    ]


def _emoji(tokens: Sequence[Token], place: int) -> Found[Meant] | None:
    meant = say.EMOJI.get(tokens[place].text)
    return Found(place, place + 1, meant) if meant else None


def _services(board: Board, services: Services) -> frozenset[str]:
    """The codes of all services named; their words are read, with the small word before each."""
    named: list[frozenset[str]] = []
    for place, token in enumerate(board.tokens):
        codes = services.named_by(token.text) if token.is_word else frozenset[str]()
        if codes:
            named.append(codes)
            before = place - 1 if text_at(board.tokens, place - 1) in say.COMPANIONS else place
            board.clear({before, place})
    common = frozenset.intersection(*named) if named else frozenset()
    return common or frozenset().union(*named)


def _hear_bare_no(
    board: Board, heard: Heard, found: Iterable[Found[Meant]], words: Sequence[str], bare_no: frozenset[str]
) -> None:
    """ "Nie" is NIE if its clause says nothing else; the others stay, and make the message a negated one."""
    beside = {
        place
        for one in found
        if one.value in {Intent.MENU, Sign.HINDERED, Sign.DOUBT}
        or (one.value is Intent.NO and words[one.start] in say.NOT)
        for place in range(one.start, one.end)
    }
    bare = [
        place for clause in _clauses(board.tokens) for place in _bare_places(board, clause, beside, bare_no)
    ]
    if bare:
        heard.only_bare_no = Intent.NO not in heard.meant
        heard.meant.add(Intent.NO)
        board.clear(bare)


def _denied_action(tokens: Sequence[Token], found: Sequence[Found[Meant]]) -> Meant | None:
    """ "Nie mogę odwołać" is no NIE and gives nothing back: the verb behind "nie mogę" is what can't be done."""
    for one in found:
        if one.value is not Intent.NO or tokens[one.end - 1].text not in say.MODALS:
            continue
        for other in found:
            between = {token.text for token in tokens[one.end : other.start]}
            if other.start >= one.end and other.value in ACTIONS and not between & (say.OFFER | CLAUSE_MARKS):
                return other.value
    return None


def _is_denied(tokens: Sequence[Token], place: int) -> bool:
    """Whether a "nie" stands before that place, with nothing but small words between."""
    before = place - 1
    while text_at(tokens, before) in FILLERS:
        before -= 1
    return text_at(tokens, before) in say.NOT


def _goes_on(tokens: Sequence[Token], one: Found[Meant], unread: Sequence[str]) -> bool:
    """Whether "nie mogę" runs on into a word that nobody knows: perhaps that alone can't be done."""
    return tokens[one.end - 1].text in say.MODALS and text_at(tokens, one.end) in unread


def _is_doubtful(board: Board, heard: Heard, found: Iterable[Found[Meant]]) -> bool:
    """Whether there is a "maybe", or a yes may be a no with a slip in it ("sie przyjde")."""
    if heard.wish is None and any(token.text in say.MAYBE for token in board.tokens):
        return True
    before = [text_at(board.tokens, one.start - 1) for one in found if one.value in AGREED]
    return any(OSA.distance(text, denial, score_cutoff=1) <= 1 for text in before for denial in say.DENIALS)


def _clauses(tokens: Sequence[Token]) -> list[list[int]]:
    clauses: list[list[int]] = [[]]
    for place, token in enumerate(tokens):
        if token.text in CLAUSE_MARKS or (token.text == "-" and not token.glued):
            clauses.append([])
        else:
            clauses[-1].append(place)
    return clauses


def _bare_places(board: Board, clause: Sequence[int], beside: set[int], bare_no: frozenset[str]) -> list[int]:
    texts = {place: board.tokens[place].text for place in clause}
    is_of_day = any(text in AHEAD or place in beside for place, text in texts.items())
    bare = [place for place, text in texts.items() if text in bare_no or (is_of_day and text == "not")]
    others = (text for place, text in texts.items() if place not in beside and place not in bare)
    is_bare = all(text in say.BESIDE_BARE_NO or text in AHEAD for text in others)
    return bare if is_bare else []


def _hear_when(board: Board, heard: Heard, found: Iterable[Found[Meant]], now: datetime) -> list[str]:
    """Read days and times; what could not be placed is returned."""
    for place in _openings(board, heard, found):
        heard.wish, unread = _read(board.tokens[place + 1 :], now)
        if heard.wish and not isinstance(heard.wish, Unclear):
            heard.when, before = _read(board.tokens[:place], now)
            return before + unread
    heard.when, unread = _read(board.tokens, now)
    return unread


def _openings(board: Board, heard: Heard, found: Iterable[Found[Meant]]) -> list[int]:
    """Where a wish may begin behind a refusal ("może", "zmień na") or, with "ale", behind a yes."""
    decided = [one.end for one in found if one.value in REFUSED | AGREED] or [
        one.end for one in found if one.value is Intent.CHANGE
    ]
    if not decided:
        return []
    wanted = {one.end - 1 for one in found if one.value in {Intent.BOOK, Intent.CHANGE}}
    texts = say.OFFER if heard.has(*REFUSED, Intent.CHANGE) else say.ADVERSATIVE
    places = range(max(decided), len(board.tokens))
    openings = [place for place in places if place in wanted or board.tokens[place].text in texts]
    if heard.has(Intent.CHANGE):  # "przełożyć środę na piątek"
        onto = [place for place in places if board.tokens[place].text in say.ONTO]
        openings = [place for place in onto if _days_before(board.tokens[max(decided) : place])] + openings
    return openings


def _days_before(tokens: Sequence[Token]) -> bool:
    return any(token.text in WEEKDAYS or token.text in AHEAD for token in tokens)


def _read(tokens: Sequence[Token], now: datetime) -> tuple[Read, list[str]]:
    read = read_tokens(tokens, now)
    if read is not None:
        return read, read.leftover.split()
    return None, [tokens[place].text for place in Board(tokens).left() if tokens[place].text not in FILLERS]


def _digit(board: Board, heard: Heard) -> int | None:
    """The number, in figures or in words, if the message says little else."""
    texts = [board.tokens[place].text for place in board.left()]
    numbers = [number_at(board.tokens, place) for place in board.left() if board.tokens[place].is_number]
    numbers = numbers or [say.ORDINALS[text] for text in texts if text in say.ORDINALS]
    if len(numbers) != 1 or heard.when or heard.wish or heard.services or heard.is_asking or heard.is_negated:
        return None
    around = FILLERS | say.CHOOSING | MARKS_BESIDE_DIGIT | say.ORDINALS.keys()
    is_alone = all(token.is_number or token.text in around for token in board.tokens)
    return numbers[0] if is_alone else None
