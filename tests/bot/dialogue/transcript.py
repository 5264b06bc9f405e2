"""What a reader of the transcript would say that a message may do: a small table and a few rules, apart from the product's."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.bot.dialogue.phone import Said

FRESH = timedelta(minutes=10)
SPEAKS_FOR = timedelta(minutes=30)
UNASKED = ("reminder", "check_")

# Parts of words, without diacritics; what has none of these may change nothing.
MEANT: dict[str, str] = {
    "no": r"\b(nie\w*|n|ni|ne|no|nope|not|wont|cant|can't|unable|нет|ні|не|нє|niestety)\b",
    "cancel": r"odwol|rezygn|anuluj|cancel|skas|скас|отмен|відмін",
    "yes": r"\b(tak|yes|yeah|так|да|ok\w*|oki|sure|bede|będę|budu|буду|przyjd\w*|przyjdę|pryjdu|прийду|приду|potwierdzam|dobr\w*|добре|хорошо|согласен"
    r"|jasne|pewnie|oczywi\w*|pamietam|problem\w*|проблем|sprawy|zapomne|забуду|super|zdrow\w*|jestem|здоров\w*|objaw\w*|goraczki|kaszl\w*|fever|symptoms|cough"
    r"|fine|come|coming|there|jade|обязательно|обов'язково|спасибо|sprawdzone|nic|все|no)\b|👍|👌|✅",
    "undo": r"cofn|przywr|pomyl|undo|mistake|помил|верн|поверн|jednak|restore|все ж",
    "late": r"spo[zź]n|spu[zź]n|спізн|запізн|опозд|late|\bpo\b|p[oó][zź]niej|minut|pozniej|later|delay",
    "company": r"\bz\b|\bз\b|\bс\b|with|bring|accompan|zostawic|przyprowadz|zabrac|wziac|\bsam\w*|alone",
    "silent": r"dzi[eę]k|дяку|спасиб|thank|\bok\w*|👍|👌|❤|🙏|😊|bede|будь|dobrze|dobre|добре|rozumiem|see you|bye|zobacz|pozdr|super|jasne|bóg|budu|буду|pami[eę]tam|przeka"
    r"|dnia|problem|проблем|sprawy|zapomne|забуду|хорошо|sure|there|zdrow|fine|great|good|pewnie|oczywi|jade|objaw|goraczki|kaszl|symptoms|fever|stop|nic|обов|обяз|wzajem|diak|dobra|все|rozumi|зрозум|understood|got it|cheers|wietnie|mi[lł]ego|щиро|вдячн|spasyb|widzenia|\bdo\b|\bдо\b|way|їду|йду|здоров|температур|симптом|ладно|конечно|згода|zgoda|oczywi|звичайно|звісно|гаразд|окей|pewnie|temperatur|brakuje|dolega|\bid[eę]\b|ji\b|right|course|forget|worries",
    "day": r"jutr|dzis|środ|srod|czwart|piat|piąt|wtor|ponied|завтра|сьогодн|сегодня|середу|четвер|today|tomorrow|wednesday|thursday|friday|\d\d?\.\d|pazdz|paździer",
    "service": r"psych|dorad|advis|радник|психол|spec",
}
ORDINALS = {"1": r"pierw|jeden|jedyn|перш|один|first|перв|persh", "2": r"drug|dwa|dw[oó]j|друг|два|second|two|втор", "3": r"trzec|trzy|tr[oó]j|трет|три|third|three"}  # fmt: skip


def has(text: str, meant: str) -> bool:
    return re.search(MEANT[meant], text.casefold()) is not None


@dataclass
class Transcript:
    """All that came to one phone, with when it came."""

    heard: list[tuple[datetime, Said]] = field(default_factory=list)

    def hear(self, now: datetime, received: list[Said]) -> None:
        self.heard += [(now, said) for said in received[len(self.heard) :]]

    def told_of(self, visit: Any) -> bool:
        """Whether a message that nobody asked for spoke of it."""
        at, key = visit.starts_at.isoformat(), f"'visits': [{visit.id}"
        return any(
            said.key.startswith(UNASKED)
            and (at in str(said.params) or key in str(said.offers) or f", {visit.id}]" in str(said.offers))
            for _, said in self.heard
        )

    def list_is_open(self, now: datetime) -> bool:
        """Whether the last thing that was said is a list to choose from."""
        when, said = self.heard[-1]
        return when > now - FRESH and any(mark.isdigit() for mark in said.choices)

    def chosen(self, text: str) -> Iterator[dict[str, Any]]:
        """What the numbers in the text, or one of its own labels, mean in the newest list."""
        lists = [said for _, said in self.heard if any(mark.isdigit() for mark in said.choices)]
        numbers = set(re.findall(r"\d+", text)) | {
            number for number, words in ORDINALS.items() if re.search(words, text.casefold())
        }
        listed = zip(lists[-1].choices.items(), lists[-1].offers, strict=True) if lists else ()
        for (mark, label), value in listed:
            if mark in numbers or label.casefold() == text.strip().casefold():
                yield value

    def agreed(self, now: datetime) -> Iterator[dict[str, Any]]:
        """What a TAK takes of the questions of the last minutes."""
        for when, said in self.heard:
            if when > now - FRESH and "TAK" in said.choices:
                yield said.offers[list(said.choices).index("TAK")]

    def somebody_speaks(self, now: datetime) -> bool:
        """Whether it was said who of the phone's people writes."""
        return any(said.key == "which_person" and when > now - SPEAKS_FOR for when, said in self.heard)
