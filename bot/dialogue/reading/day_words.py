"""Remembers the words for days, weeks and months in Polish, Ukrainian and English, with the slips often made in them."""

from enum import StrEnum

from bot.dialogue.reading.letters import words


class Which(StrEnum):
    """Which of several such days or weeks is meant."""

    BARE = "bare"
    THIS = "this"
    NEAREST = "nearest"
    NEXT = "next"


def _numbered(*lines: str, start: int = 1) -> dict[str, int]:
    return {word: number for number, line in enumerate(lines, start) for word in words(line) if word != "|"}


def _set(line: str) -> frozenset[str]:
    return frozenset(words(line)) - {"|"}


WEEKDAYS = _numbered(
    "poniedziałek poniedziałku poniedziałkiem poniedziałki pon pn poniedz | "
    "понеділок понеділка понеділку понеділком пон пн понедельник понедельника | monday mon",
    "wtorek wtorku wtorkiem wtorki wto wt | вівторок вівторка вівторку вівторком вів вт вторник вторника | tuesday tues tue",
    "środa środę środy środzie śr śrd | середа середу середи середою сер ср среда среду | "
    "wednesday wednesdey wensday wendsday wednsday weds wed",
    "czwartek czwartku czwartkiem czwartki czwart czw | четвер четверга четвергу четвергом четв чт четверг | thursday thurs thur thu",
    "piątek piątku piątkiem piątki piat pt | п'ятниця п'ятницю п'ятниці п'ятницею пятн пт пятница | friday fri",
    "sobota sobotę soboty sobotą sobocie sob sb | субота суботу суботи суботою сб суббота субботу | saturday sat",
    "niedziela niedzielę niedzieli niedzielą niedz nd | неділя неділю неділі неділею нед нд воскресенье | sunday sun",
)
MONTHS = _numbered(
    "styczeń stycznia styczniu stycz sty | січень січня січні січ | january jan",
    "luty lutego lutym lut | лютий лютого лютому лют | february feb",
    "marzec marca marcu mar | березень березня березні бер | march",
    "kwiecień kwietnia kwietniu kwiec kwi | квітень квітня квітні квіт | april apr",
    "maj maja maju | травень травня травні трав | may",
    "czerwiec czerwca czerwcu czerw cze | червень червня червні черв | june jun",
    "lipiec lipca lipcu lip | липень липня липні лип | july jul",
    "sierpień sierpnia sierpniu sierp | серпень серпня серпні серп | august aug",
    "wrzesień września wrześniu wrzes wrz | вересень вересня вересні вер | september sept sep",
    "październik października październiku paźdz paź | жовтень жовтня жовтні жовт | october oct",
    "listopad listopada listopadzie listop lis | листопад листопада листопаді лист | november nov",
    "grudzień grudnia grudniu grud gru | грудень грудня грудні груд | december dec",
)
ROMAN_MONTHS = _numbered(
    "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", start=2
)  # "i" is also "and"

# These are never guessed from a slip: "dziesiatej" is near "dzisiaj". The slips that people do make are written down.
AHEAD = _numbered(
    "dziś dzisiaj dzisaj dzisja dziśiaj dzisiejszy dzisiejsza dzisiejszą dzisiejsze dzisiejszego dzisiejszej | "
    "сьогодні сьогодня сегодня сьодні | today",
    "jutro jutra jurto jutor jutrp jutrzejszy jutrzejsza jutrzejszą jutrzejsze jutrzejszego jutrzejszej | "
    "завтра завтро завтар завтрашній завтрашнього | tomorrow tommorow tommorrow tomorow tmrw tmr",
    "pojutrze pojutrzę pojurtze | післязавтра послезавтра",
    start=0,
)
TWO_WORDS_AHEAD = {
    words("po jutrze"): 2,
    words("po jutro"): 2,
    words("після завтра"): 2,
    words("day after tomorrow"): 2,
}
BEHIND = _set(
    "wczoraj wczorajszy wczorajsza wczorajszą przedwczoraj | вчора учора вчера позавчора | yesterday"
)

WHICH = {
    Which.THIS: _set("ten ta tę tą to tej tym tego bieżący bieżącym | цей ця цю цього цьому цієї | this"),
    Which.NEAREST: _set(
        "najbliższy najbliższa najbliższą najbliższe najbliższym | найближчий найближчу найближча найближчого | coming"
    ),
    Which.NEXT: _set(
        "przyszły przyszła przyszłą przyszłe przyszłym przyszłego przyszłej "
        "następny następna następną następne następnym następnego następnej kolejny kolejną kolejnym | "
        "наступний наступна наступну наступне наступного наступної наступному | next"
    ),
}
WEEK = _set("tydzień tygodniu tygodnia tydz tyg | тиждень тижня тижні тижню неделе | week")
WEEKEND = _set("weekend weekendzie łikend | вихідні вихідних вікенд вікенді | weekend")
MONTH = _set("miesiąc miesiącu miesiąca | місяць місяці місяця | month")
DAYS_UNIT = _set("dzień dni | день дні днів дня | day days")
WEEKS_UNIT = _set("tydzień tygodnie tygodni tyg | тиждень тижні тижнів | week weeks")
AFTER_WHILE = _set("za | через за | in")
IN_MONTH = _set("w we | в у | in")
AMOUNTS = {
    **_numbered(
        "jeden | один | one a",
        "dwa | два дві | two",
        "trzy | три | three",
        "cztery | чотири | four",
        "pięć | п'ять | five",
    ),
    **_numbered("sześć | шість | six", "siedem | сім | seven", "osiem | вісім | eight", start=6),
}

_FIRST_TO_19TH = (
    "pierwszego | першого | first", "drugiego | другого | second", "trzeciego | третього | third",
    "czwartego | четвертого | fourth", "piątego | п'ятого | fifth", "szóstego | шостого | sixth",
    "siódmego | сьомого | seventh", "ósmego | восьмого | eighth", "dziewiątego | дев'ятого | ninth",
    "dziesiątego | десятого | tenth", "jedenastego | одинадцятого | eleventh", "dwunastego | дванадцятого | twelfth",
    "trzynastego | тринадцятого | thirteenth", "czternastego | чотирнадцятого | fourteenth",
    "piętnastego | п'ятнадцятого | fifteenth", "szesnastego | шістнадцятого | sixteenth",
    "siedemnastego | сімнадцятого | seventeenth", "osiemnastego | вісімнадцятого | eighteenth",
    "dziewiętnastego | дев'ятнадцятого | nineteenth",
)  # fmt: skip
ORDINALS = _numbered(*_FIRST_TO_19TH)
ORDINAL_TENS = {
    **dict.fromkeys(words("dwudziestego двадцятого twentieth"), 20),
    **dict.fromkeys(words("trzydziestego тридцятого thirtieth"), 30),
}
BEFORE_UNITS = {
    **dict.fromkeys(words("dwudziestego двадцять twenty"), 20),
    **dict.fromkeys(words("trzydziestego тридцять thirty"), 30),
}
DAY_ENDINGS = _set("go ego tego | го ого | th st nd rd")
DAY_LEADS = _set("dnia | дня")
YEAR_WORDS = _set("r rok roku | р рік року")

RANGE = _set("do to till until по до through") | {"-"}
OR = _set("lub albo czy i oraz | або чи та і | or and") | {"/"}
BETWEEN = _set("między pomiędzy | між | between")
BETWEEN_AND = _set("a i | і та й | and") | {"-"}
FROM_DAY = _set("od począwszy | з із від с | from")
UNTIL_DAY = _set("do | до по | until till by")
BEFORE_DAY = _set("przed | перед | before")
AFTER_DAY = _set("po | після | after")
RECURRING = _set(
    "codziennie każdy każda każdą każde każdego każdej co | щодня щотижня кожен кожна кожну кожного кожної | every daily weekly each"
)
NOT = _set(
    "nie nei oprócz poza prócz byle | не ні крім окрім | not no except cant cannot dont wont didnt isnt doesnt never"
)  # a day beside one of these is a day that cannot be
INSTEAD = _set(
    "ale może tylko lepiej wolę wolałbym wolałabym raczej | але може можливо краще тільки лише | but maybe perhaps rather instead better"
)  # what stands after one of these is what is wished for
