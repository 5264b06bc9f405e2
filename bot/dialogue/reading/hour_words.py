"""Remembers the words for hours and parts of the day in Polish, Ukrainian and English."""

from datetime import time
from enum import StrEnum

from bot.dialogue.reading.letters import words


class Lead(StrEnum):
    """What a word before an hour makes of it."""

    AT = "at"
    SINCE = "since"
    UNTIL = "until"
    ABOUT = "about"
    BETWEEN = "between"


class Part(StrEnum):
    """A part of the day."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


def _phrases(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(words(phrase) for phrase in text.split(","))


def _set(line: str) -> frozenset[str]:
    return frozenset(words(line)) - {"|"}


def _numbered(*lines: str, start: int = 1) -> dict[str, int]:
    return {word: number for number, line in enumerate(lines, start) for word in words(line) if word != "|"}


PART_HOURS = {
    Part.MORNING: (None, time(12)),
    Part.AFTERNOON: (time(12), None),
    Part.EVENING: (time(17), None),
}
PARTS = {
    Part.MORNING: _phrases(
        "rano,z rana,od rana,z samego rana,rankiem,ranek,przed południem,przedpołudniem,do południa,"
        "вранці,уранці,зранку,ранком,ранку,до обіду,до полудня,утром,morning,in the morning,before noon"
    ),
    Part.AFTERNOON: _phrases(
        "po południu,popołudniu,popołudnie,popołudniem,popoludnui,po południ,"
        "після обіду,пополудні,після полудня,по обіді,после обеда,afternoon,in the afternoon,after noon"
    ),
    Part.EVENING: _phrases(
        "wieczorem,wieczór,wieczorkiem,ввечері,увечері,вечором,вечора,вечером,evening,in the evening"
    ),
    Part.NIGHT: _phrases("w nocy,nocą,o północy,północ,вночі,уночі,ночі,опівночі,at night,night,midnight"),
}
NOON = _phrases("w południe,południe,południa,опівдні,полудень,noon,midday")
GREETING = _set(
    "dobry dobrego dobra | добрий доброго добре доброї | good"
)  # "good morning" is no time of day

LEADS = {
    **dict.fromkeys(
        _set("o na godz godzina godzinę godzinie godziny godzinach g | о об на в у годині годину | at")
        | {"@"},
        Lead.AT,
    ),
    **dict.fromkeys(_set("po od najwcześniej | після з із від с | after from since"), Lead.SINCE),
    **dict.fromkeys(_set("przed do najpóźniej | перед до | before by until till"), Lead.UNTIL),
    **dict.fromkeys(
        _set("koło około ok gdzieś | близько біля десь приблизно коло | around about approximately") | {"~"},
        Lead.ABOUT,
    ),
    **dict.fromkeys(_set("między pomiędzy | між | between"), Lead.BETWEEN),
}
THAN = _set("niż ніж чем than")
EARLIER = _set("wcześniej раніше раньше earlier")
ONLY_HOURS = _set("o godz godzina godzinę godzinie godziny g | о об годині | at") | {"@"}
AND = _set("a i | і та й | and") | {"-"}
TO = _set("do to till until | до по") | {"-"}
HOUR_ENDINGS = _set("ta tej a ej h | та тій тої ій ї | oclock")
HOUR_UNITS = _set("godz godzina godzinie godzinę h | год година годині годину | oclock")
AM = _set("am")
PM = _set("pm")

HOURS = {
    **_numbered(
        "pierwsza pierwszej | перша першу першій першої | one", "druga drugiej drugą | друга другу другій другої | two",
        "trzecia trzeciej trzecią | третя третю третій третьої | three", "czwarta czwartej czwartą | четверта четверту четвертій четвертої | four",
        "piąta piątej piątą | п'ята п'яту п'ятій п'ятої | five", "szósta szóstej szóstą | шоста шосту шостій шостої | six",
        "siódma siódmej siódmą | сьома сьому сьомій сьомої | seven", "ósma ósmej ósmą | восьма восьму восьмій восьмої | eight",
        "dziewiąta dziewiątej dziewiątą | дев'ята дев'яту дев'ятій дев'ятої | nine",
        "dziesiąta dziesiątej dziesiątą | десята десяту десятій десятої | ten",
        "jedenasta jedenastej jedenastą | одинадцята одинадцяту одинадцятій одинадцятої | eleven",
        "dwunasta dwunastej dwunastą | дванадцята дванадцяту дванадцятій дванадцятої | twelve",
        "trzynasta trzynastej trzynastą | тринадцята тринадцяту тринадцятій тринадцятої",
        "czternasta czternastej czternastą | чотирнадцята чотирнадцяту чотирнадцятій чотирнадцятої",
        "piętnasta piętnastej piętnastą | п'ятнадцята п'ятнадцяту п'ятнадцятій п'ятнадцятої",
        "szesnasta szesnastej szesnastą | шістнадцята шістнадцяту шістнадцятій шістнадцятої",
        "siedemnasta siedemnastej siedemnastą | сімнадцята сімнадцяту сімнадцятій сімнадцятої",
        "osiemnasta osiemnastej osiemnastą | вісімнадцята вісімнадцяту вісімнадцятій вісімнадцятої",
        "dziewiętnasta dziewiętnastej dziewiętnastą | дев'ятнадцята дев'ятнадцяту дев'ятнадцятій дев'ятнадцятої",
        "dwudziesta dwudziestej | двадцята двадцяту двадцятій",
    ),
}  # fmt: skip
NEED_LEAD = _set("one two three four five six seven eight nine ten eleven twelve")  # Polish "ten" is "this"
ENGLISH_LEADS = _set("at after from since before by until till around about between past to and")
MINUTES = {
    **dict.fromkeys(words("pięć п'ять five"), 5),
    **dict.fromkeys(words("dziesięć десять ten"), 10),
    **dict.fromkeys(words("piętnaście п'ятнадцять fifteen"), 15),
    **dict.fromkeys(words("dwadzieścia двадцять twenty"), 20),
    **dict.fromkeys(words("trzydzieści тридцять thirty"), 30),
    **dict.fromkeys(words("czterdzieści сорок forty"), 40),
    **dict.fromkeys(words("pięćdziesiąt п'ятдесят fifty"), 50),
}
# What stands before an hour and shifts it: minutes after the hour, or before it if negative.
SHIFTS = {
    **dict.fromkeys(_phrases("wpół do,w pół do,pół do,пів на,пів до"), -30),
    **dict.fromkeys(_phrases("half past"), 30),
    **dict.fromkeys(_phrases("kwadrans po,чверть по,quarter past,a quarter past"), 15),
    **dict.fromkeys(_phrases("za kwadrans,за чверть,без чверті,quarter to,a quarter to"), -15),
    **dict.fromkeys(_phrases("za pięć,за п'ять,five to"), -5),
    **dict.fromkeys(_phrases("za dziesięć,за десять,ten to"), -10),
    **dict.fromkeys(_phrases("za piętnaście,за п'ятнадцять"), -15),
    **dict.fromkeys(_phrases("za dwadzieścia,за двадцять,twenty to"), -20),
    **dict.fromkeys(_phrases("pięć po,п'ять по,five past"), 5),
    **dict.fromkeys(_phrases("dziesięć po,десять по,ten past"), 10),
    **dict.fromkeys(_phrases("piętnaście po"), 15),
    **dict.fromkeys(_phrases("dwadzieścia po,twenty past"), 20),
}
