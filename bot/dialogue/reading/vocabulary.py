"""Remembers what people write for each of the closed intents, in Polish, Ukrainian and English; a new intent is a new row."""

from enum import StrEnum

from bot.dialogue.reading.letters import words


class Intent(StrEnum):
    """What a message wants."""

    DIGIT = "digit"
    YES = "yes"
    NO = "no"
    CHANGE = "change"
    MENU = "menu"
    BOOK = "book"
    WAIT = "wait"  # to be told once a time is free
    WAIT_NO_MORE = "wait_no_more"
    EARLIER = "earlier"  # than the visit that they have
    MINE = "mine"
    GIVE_BACK = "give_back"
    UNDO = "undo"
    CALL_ME = "call_me"
    ADVICE = "advice"
    ABOUT = "about"
    WORKS = "works"
    DATA = "data"
    ERASE = "erase"
    OBJECT = "object"
    NEW_NUMBER = "new_number"
    HELP = "help"
    LOST = "lost"  # whoever does not understand us
    NO_ANNOUNCEMENTS = "no_announcements"
    STOP = "stop"
    START = "start"
    WRONG_NUMBER = "wrong_number"
    LATE = "late"
    ACCOMPANIED = "accompanied"
    ILL = "ill"
    WHO = "who"
    DONT_WRITE = "dont_write"
    CRISIS = "crisis"  # outranks everything else in a message (crisis.py)
    THANKS = "thanks"
    OKAY = "okay"
    POLISH_LETTERS = "polish_letters"
    SELF_CHECK_VISITS = "self_check_visits"
    LANGUAGE = "language"
    DECLINE = "decline"  # none of what is offered; nothing that they have
    LINE = "line"  # of a list, in a word that may be an hour too
    MAYBE_NOT = "maybe_not"  # perhaps they can't come: asked about, never done
    UNKNOWN = "unknown"


class Sign(StrEnum):
    """What a phrase says about the rest of the message, wanting nothing by itself."""

    VISIT = "visit"  # names a visit: alone it asks for one
    UNSUITED = "unsuited"  # the time does not suit: another is wanted
    HINDERED = "hindered"  # something is in the way of coming
    CANCEL = "cancel"  # gives back what is named beside it; alone it is the provider's
    TALK = "talk"  # with a service it wants a visit, else a call
    OTHER_DAY = "other_day"  # another day is wanted, not only another hour
    DOUBT = "doubt"  # takes certainty from everything that would change something
    FORGOT = "forgot"  # the same, but fits a question for one's visits
    QUESTION = "question"
    HOW = "how"
    LATER = "later"  # late, if minutes stand beside it
    FAREWELL = "farewell"  # thanks; a day beside it asks for nothing
    POLISH = "pl"
    UKRAINIAN = "uk"
    ENGLISH = "en"


Meant = Intent | Sign

EMOJI: dict[str, Meant] = {
    **dict.fromkeys("👍👌✅🆗", Intent.OKAY),
    **dict.fromkeys("❤🙏😊🙂☺🥰💐🌹", Intent.THANKS),
    **dict.fromkeys("👎❌🚫", Sign.DOUBT),
}
LANGUAGES: dict[Meant, str] = {Sign.POLISH: "pl", Sign.UKRAINIAN: "uk", Sign.ENGLISH: "en"}

# Words that Twilio takes for itself when they are the whole message.
# https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out
STOPPED_BY_PROVIDER = frozenset(words("cancel end quit stop stopall unsubscribe revoke optout"))
TAKEN_BY_PROVIDER = STOPPED_BY_PROVIDER | frozenset(words("start unstop yes help info"))

BARE_NO = frozenset(words("nie n nei ні нет nope"))
ENGLISH_NO = frozenset({"no"})  # in Polish "no" says "well, yes"
BESIDE_BARE_NO = frozenset(
    words(
        "też również także теж також тоже also either niestety przepraszam jednak sorry на жаль нажаль unfortunately pan pani"
    )
)
NOT = frozenset(words("nie nei не ні not no dont wont cant never bez без nigdy"))
CONDITIONS = frozenset(words("jeśli jeżeli gdyby gdybym jak jakby якщо якби як если if whether how"))
BECAUSE = frozenset(words("bo ponieważ gdyż because бо адже"))
ADVERSATIVE = frozenset(words("ale lepiej wolę tylko але краще but rather instead"))
DENIALS = ("nie", "не")  # a yes behind a word one slip away from these may have been a no
MODALS = frozenset(
    words("mogę będę mogła mógł rady się niemogę niebędę можу зможу буду смогу вийде cant cannot not able")
)
OFFER = ADVERSATIVE | frozenset(
    words(
        "może mogę pasuje wolałbym wolałabym proszę poproszę można може можливо можу зможу можна прошу maybe can could please perhaps chcę chciałbym chciałabym хочу want"
    )
)
MAYBE = frozenset(words("może może możliwe може можливо maybe perhaps"))
CHOOSING = frozenset(
    words(
        "ten to one wezmę візьму take nr numer opcja opcję wybieram biorę pozycja номер варіант беру number option choose "
        "ta tę tą termin godzina godzinę data niech będzie давайте давай ill good fine is works okay time slot te wezme poproszę jednak все-таки clock o have can i the"
    )
)
AROUND = frozenset(
    words(
        "ktoś хтось możecie powiedzieć powiedzcie powiedz wszystko wszystkie wszystkich oba obie obydwa obydwie żadne żaden żadną obidwa обидва обидві всі все оба both all everything you kurwa kurde cholera jprdl pierdole блін блин damn fuck jednak нажаль unfortunately o do u z za dla od ten ta tę to tym tej godzina data ale але but moją moja mój mojej swoją мій моя мою моє до з про my the your at with so instead one tu ślicznie pięknie że punktualnie вчасно on time к сожалению пробачте давайте afraid"
    )
)
# "Pierwsza" and "druga" are hours too.
ORDINALS: dict[str, int] = {
    word: number
    for number, text in enumerate(
        (
            "jeden jedynka jedynkę pierwszy pierwsze перший перше один первый pershyj first",
            "dwa dwójka dwójkę drugi drugie другий друге два второй druhyj second two",
            "trzy trójka trójkę trzeci trzecie третій третє три третий tretij third three",
        ),
        1,
    )
    for word in words(text)
}
LINE_WORDS = frozenset(words("opcja opcję pozycja pozycję numer nr варіант номер option number"))
# The same in words that may be hours too; the last line is 0.
LINES = ORDINALS | {
    word: number
    for number, text in enumerate(
        (
            "ostatni ostatnia ostatnią ostatnie ostatniej останній остання останню последний последнюю last",
            "pierwsza pierwszą pierwszej перша першу першій первую первая",
            "druga drugą drugiej друга другу другій вторую вторая",
            "trzecia trzecią trzeciej третя третю третій третья третью",
        )
    )
    for word in words(text)
}
ONTO = frozenset(words("na на to do"))
IN_PLACE_OF = frozenset(words("zamiast замість вместо"))
# Who may be ill instead of whoever writes.
RELATIVES = frozenset(
    words(
        "córka córeczka córkę syn synek syna dziecko dzieci dziecka mąż męża żona żony mama mamę matka tata ojciec babcia dziadek brat siostra wnuk wnuczka mały mała ma od wczoraj "
        "дитина діти донька дочка син чоловік дружина мама тато бабуся в є ребенок дети сын муж жена son daughter child kid kids children husband wife mother father has got"
    )
)
TITLES = frozenset(words("pani panie"))
INTRODUCING = frozenset(words("tu"))
COMPANIONS = frozenset(
    words("do u z ze na w до у з to a with see")
)  # a small word that belongs to the service behind it

# Words one slip away from a word above that people really write and that mean something else.
TRAPS = frozenset(
    words(
        "dodzwonić dodzwonię odwołał odwołam odwoła odwołali odwołana odwołany odwołane odwołano oddzwoni oddzwonię zadzwoni zadzwonię zadzwonił "
        "przyjdź przyjdą przyjdzie przyjdziesz przyjedzie zmieni zmienia zmienił zmieniła zmieniam umówi umówił zapisał zapisała zapisane "
        "robota robotę roboty robocie worek worku środek środku środki piątka piątkę marka marta martę marty maria marsz "
        "prawda pracy prasa panie dobry dobrego dobranoc porządek termos minut pomylić pomyliłam pomylił pomylone cofnął cofnęła "
        "wypisać wypisz wypiszcie spisać jutru dzisiejsza sobotka niedzielny czwarta piąta mogą może możesz możecie moim dama damy "
        "скасував скасувала скасовано прийде прийди прийшла передзвонить зателефонує змінив змінила роботу завтрашня завтракати "
        "середина серед вторгнення четверта буде будемо будуть зможе може можеш "
        "match marsh money changed changes cancelled canceled comes came could month mother think worked"
    )
)

MINUTE_UNITS = frozenset(
    words("min minut minuty minutek minuta хв хвилин хвилини хвилинок minutes minute mins")
)
SPANS: dict[tuple[str, ...], int] = {
    **dict.fromkeys(
        map(words, ("pół godziny", "pół godz", "półgodziny", "півгодини", "пів години", "half an hour")), 30
    ),
    **dict.fromkeys(map(words, ("kwadrans", "чверть години", "quarter of an hour", "a quarter")), 15),
    **dict.fromkeys(
        map(words, ("godzinę", "godzinkę", "1 godzinę", "1 h", "годину", "an hour", "one hour", "1 hour")), 60
    ),
}
