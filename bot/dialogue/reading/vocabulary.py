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
    MINE = "mine"
    GIVE_BACK = "give_back"
    UNDO = "undo"
    CALL_ME = "call_me"
    ADVICE = "advice"
    ABOUT = "about"
    WORKS = "works"
    DATA = "data"
    HELP = "help"
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
    LANGUAGE = "language"
    UNKNOWN = "unknown"


class Sign(StrEnum):
    """What a phrase says about the rest of the message, wanting nothing by itself."""

    VISIT = "visit"  # names a visit: alone it asks for one
    UNSUITED = "unsuited"  # the time does not suit: another is wanted
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

# A comma ends a phrase. "Nie" alone is not here: what stands around it decides (hearing.py).
_WRITTEN: dict[Meant, str] = {
    Intent.YES: """
        tak, no tak, przyjdę, przyjde napewno, przyjadę, potwierdzam, potwierdzam obecność, potwierdzam swoją obecność, stawię się,
        так, прийду, приїду, підтверджую, да, обов'язково прийду,
        yes, yeah, yep, i will come, ill come, i am coming, im coming, i confirm, confirm, confirmed""",
    Intent.OKAY: """
        ok, oki, okej, okey, dobrze, dobra, no dobrze, no dobra, będę, jasne, oczywiście, zgoda, w porządku, spoko, pamiętam,
        nie ma problemu, nie ma sprawy, nie zapomnę,
        ок, окей, добре, гаразд, буду, згода, звичайно, звісно, без проблем, немає проблем, нема проблем, не забуду, пам'ятаю,
        okay, sure, alright, all right, no problem, no worries, i wont forget, i will not forget, of course,
        i will be there, ill be there, will be there""",
    Intent.NO: """
        nie przyjdę, nie przyjadę, nie dojadę, nie dojdę, nie dotrę, nie stawię się, nie mogę, nie będę, nie będę mogła, nie będę mógł,
        nie dam rady, nie uda mi się, nie uda się, nie będzie mnie, mnie nie będzie, nie ma mnie, nie chcę przyjść, niemogę, nieprzyjdę, niebędę, niedam rady,
        nei przyjdę, nei mogę, nei będę, nei dam rady,
        не прийду, не приїду, не можу, не зможу, не буду, не вийде, мене не буде, не буде мене, не смогу, не приду,
        cant, cannot, can not, cant make it, cannot make it, can not make it, wont come, will not come, i am not coming, im not coming,
        not coming, unable to come, cant attend, cannot attend, wont be able to come, wont make it, wont be there, nope""",
    Intent.CHANGE: """
        zmień, zmiana, zmianę, zmienić, zmiany, inny termin, inny dzień, inna godzina, inną godzinę, inna data, inny czas, innego dnia,
        przełóż, przełożyć, przełóżcie, przełożenie, przesuń, przesunąć, przesuńcie, przenieść, przenieście,
        змінити, змініть, зміна, інший час, інший день, інша дата, інший термін, іншу дату, перенести, перенесіть,
        change, reschedule, move it, move my, move the, another day, another time, different day, different time, other day, other time""",
    Sign.UNSUITED: """
        nie pasuje, nie odpowiada, nie pasuje mi, nie pasuje mi ten dzień, nie pasuje ten dzień, nie odpowiada mi, mi nie pasuje, nie pasują,
        не підходить, не підходе, doesnt suit, does not suit, doesnt work, does not work""",
    Intent.MENU: """
        menu, cześć, hej, hejka, siema, halo, witam, witajcie, dzień dobry, dobry wieczór, dobra wieczór,
        меню, привіт, вітаю, добрий день, доброго дня, добрий вечір, доброго вечора, доброго ранку, добрий ранок, добридень, алло,
        hi, hi there, hello, hello there, hey, good morning, good afternoon, good evening, good day""",
    Intent.BOOK: """
        zapisz, zapiszcie, zapisać, umów, umówić, umówcie, umówmy, rejestracja, zarejestrować, rezerwacja, zarezerwować,
        wolne terminy, wolny termin, wolne, wolne godziny, najbliższy termin, jak najszybciej, najszybciej, najwcześniejszy termin,
        записатися, записатись, запишіть, запиши, записати, вільний час, вільні години, вільні місця, якнайшвидше,
        book, booking, sign up, make an appointment, free times, earliest, as soon as possible, asap""",
    Sign.VISIT: """
        zapis, zapisu, zapisy, termin, terminu, terminy, terminów, terminie, wizyta, wizytę, wizyty, wizycie, spotkanie, spotkania, spotkaniu, konsultacja, konsultację, konsultacji, konsultacje,
        термін, візит, візиту, візити, зустріч, зустрічі, консультація, консультацію, консультації, прийом, запис, запису,
        appointment, appointments, an appointment, visit, visits, meeting""",
    Intent.MINE: """
        moje, moja wizyta, mój termin, moje wizyty, moje terminy, moje spotkania, moje spotkanie, kiedy mam, kiedy ja mam, o której mam,
        o której, na którą, na którą mam, na kiedy mam, na kiedy, jaki mam termin, jakie mam terminy, którego mam, kiedy moja wizyta,
        kiedy jest moja wizyta, gdzie mam, kiedy następna wizyta, kiedy następne spotkanie, kiedy spotkanie, kiedy wizyta,
        kiedy mam następne spotkanie, kiedy mam następną wizytę, kiedy mam następny termin, jakie mam wizyty, jakie mam spotkania, przypomnijcie, przypomnij,
        мої, мій візит, мої візити, мої записи, коли мій, коли в мене, коли у мене, коли я маю, о котрій, на котру, на коли, коли наступний,
        коли наступна, коли зустріч, коли візит, нагадайте,
        mine, my visits, my visit, my appointments, my appointment, my bookings, my booking, when is my, when do i have, what time, when am i""",
    Intent.GIVE_BACK: """
        odwołaj, odwołać, odwołuję, odwołajcie, odwołanie, rezygnuję, rezygnacja, zrezygnować, anuluj, anulować, anuluję,
        скасувати, скасуйте, скасуй, скасовую, скасування, відмінити, відмініть, відміняю,
        cancel my, cancel the, cancel it, cancel this, cancel visit, cancel appointment, please cancel, to cancel, cancel please,
        give back, call off""",
    Intent.UNDO: """
        cofnij, cofnąć, cofam, odwołuję odwołanie, anuluj odwołanie, anuluję odwołanie, скасувати скасування, cofnijcie, przywróć, przywrócić, jednak przyjdę, jednak przyjadę, jednak będę, przez pomyłkę, odwołałam przez pomyłkę,
        odwołałem przez pomyłkę, przez pomyłkę odwołałam, przez pomyłkę odwołałem,
        повернути, поверніть, верніть, помилково, все ж прийду, все таки прийду, все-таки прийду,
        undo, restore, by mistake, cancelled by mistake""",
    Intent.CALL_ME: """
        oddzwoń, oddzwońcie, oddzwonić, oddzwonienie, o telefon, zadzwoń, zadzwońcie, zadzwonić, dzwonić, o kontakt, o kontakt telefoniczny,
        o rozmowę, porozmawiać, porozmawiać z człowiekiem, rozmowa z człowiekiem,
        передзвоніть, передзвони, зателефонуйте, подзвоніть, перезвоніть, наберіть, поговорити, зв'яжіться,
        call me, call me back, call back, callback, phone me, ring me, talk to someone, speak to someone, talk to a person""",
    Intent.ADVICE: """
        porady, porada, porad, zasady, higiena, zasady higieny, zdrowie, mycie rąk, jak myć ręce, dezynfekcja, maseczka, maseczki,
        поради, порада, правила, гігієна, advice, rules, hygiene, tips""",
    Intent.ABOUT: """
        o klubie, klub, klubie, kis, co to za klub, co to jest za klub, gdzie jesteście, gdzie to jest, adres, jaki adres, godziny otwarcia,
        godziny pracy, kontakt, o was,
        про клуб, клуб, адреса, де ви, де ви знаходитесь, години роботи, контакти,
        about, about the club, club, address, opening hours, where are you, contact""",
    Intent.WORKS: """
        prace, praca, prace społeczne, prace społecznie użyteczne, prace publiczne, roboty publiczne,
        роботи, робота, громадські роботи, суспільно корисні роботи, works, public works, works programme""",
    Intent.DATA: """
        dane, moje dane, mojedane, dane osobowe, moje dane osobowe, rodo, ochrona danych, klauzula, prywatność,
        дані, мої дані, персональні дані, мої персональні дані, my data, mydata, privacy, gdpr""",
    Intent.HELP: """
        pomoc, pomocy, instrukcja, komendy, co mogę napisać, co mam napisać, co napisać, co pisać, jak to działa,
        допомога, допоможіть, довідка, що писати, що можна написати, як це працює,
        help, commands, what can i write, what can i do, how does it work, how does this work""",
    Intent.NO_ANNOUNCEMENTS: """
        bez ogłoszeń, nie chcę ogłoszeń, stop ogłoszenia, stop ogłoszeniom, koniec ogłoszeń, żadnych ogłoszeń, nie wysyłać ogłoszeń,
        nie wysyłajcie ogłoszeń,
        без оголошень, не хочу оголошень, стоп оголошення, не надсилайте оголошень,
        no announcements, without announcements, stop announcements, no more announcements""",
    Intent.STOP: "stop, stopall, stop all, unsubscribe, revoke, optout, opt out, стоп",
    Intent.START: "start, unstop, старт, wznów",
    Intent.WRONG_NUMBER: """
        pomyłka, to pomyłka, nie mój numer, to nie mój numer, zły numer, błędny numer, nie ten numer, to nie ten numer,
        pomyłka numeru, pomylił numer, pomyliła numer, pomylił pan numery, pomyliła pani numery, pomylili państwo numery, pomyliliście numery,
        помилка, це помилка, не мій номер, це не мій номер, не той номер, ви помилилися номером, ви помилились номером,
        помилилися номером, помилились номером, неправильний номер,
        wrong number, not my number, this is not my number, wrong person""",
    Intent.LATE: """
        spóźnię, spóźnię się, spuźnię, spuźnię się, spóźnimy się, spóźnienie, spóźnienia, spóźniony, spóźniona, opóźnienie,
        запізнюсь, запізнюся, запізнююсь, запізнююся, запізнимось, спізнюсь, спізнюся, запізнення,
        late, running late, delayed""",
    Intent.ACCOMPANIED: """
        z córką, z synem, z dzieckiem, z dziećmi, z mężem, z żoną, z mamą, z osobą towarzyszącą, nie sama, nie sam,
        з дитиною, з дітьми, з донькою, з сином, з чоловіком, з дружиною, з мамою,
        with my daughter, with my son, with my child, with my children, with my kids, with my husband, with my wife""",
    Intent.ILL: """
        chory, chora, choroba, jestem chory, jestem chora, gorączka, gorączkę, mam gorączkę, kaszel, przeziębiony, przeziębiona, źle się czuję,
        хвора, хворий, захворіла, захворів, температура, гарячка, кашель,
        sick, i am sick, i am ill, im sick, im ill, fever""",
    Intent.WHO: """
        kto to, kto to jest, kto pisze, co to za numer, skąd macie mój numer, skąd mój numer,
        хто це, хто пише, що це за номер, звідки у вас мій номер,
        who is this, whos this, who are you, what number is this, how did you get my number""",
    Intent.DONT_WRITE: """
        nie pisać, nie pisać do mnie, proszę nie pisać, nie piszcie, nie piszcie do mnie, proszę do mnie nie pisać,
        не пишіть, не пишіть мені, не писати мені,
        dont write, dont write to me, dont text me, stop texting me, stop writing to me""",
    Sign.LATER: "później, пізніше, later",
    Intent.THANKS: """
        dziękuję, dziękuje, dzięki, dziękujemy, dziękuję za pomoc, za pomoc, за допомогу, dziękuję za informację, dziękuję za przypomnienie, dziękuję za wiadomość,
        miłego dnia, pozdrawiam, pozdrowienia, super, świetnie, rozumiem, zrozumiałam, zrozumiałem,
        дякую, щиро дякую, дякуємо, спасибі, спасибо, гарного дня, зрозуміло, зрозуміла, зрозумів,
        thanks, thank you, for your help, for the help, thanks a lot, thank you very much, great, cheers, understood, got it, have a nice day""",
    Sign.FAREWELL: "do widzenia, do zobaczenia, do jutra, do usłyszenia, до побачення, до зустрічі, до завтра, see you, bye, goodbye",
    Intent.POLISH_LETTERS: """
        polskie litery, polskie znaki, z polskimi znakami, z polskimi literami, ogonki, z ogonkami,
        польські літери, polish letters, polish characters""",
    Sign.POLISH: "po polsku, mówię po polsku, polski, język polski, польською, польська, in polish, polish",
    Sign.UKRAINIAN: """
        po ukraińsku, mówię po ukraińsku, ukraiński, język ukraiński, українською, по-українськи, по українськи, українська, українська мова,
        in ukrainian, ukrainian""",
    Sign.ENGLISH: "po angielsku, mówię po angielsku, angielski, język angielski, англійською, англійська, in english, i speak english, english",
    Sign.FORGOT: """
        nie wiem, nie pamiętam, zapomniałam, zapomniałem, не знаю, не пам'ятаю, забула, забув,
        dont know, do not know, dont remember, do not remember, forgot""",
    Sign.DOUBT: """
        chyba, raczej, nie rozumiem, nie jestem pewna, nie jestem pewny, nie dziękuję, nie teraz, nie tak, zobaczę, zobaczymy, postaram, spróbuję,
        jeśli, jeżeli, gdyby, moja pomyłka, przepraszam pomyłka, pomyłka przepraszam, sorry pomyłka, tak czy nie, tak sobie,
        не розумію, мабуть, напевно, якщо, не впевнена, не впевнений, ні дякую, моя помилка, вибачте помилка,
        not sure, dont understand, do not understand, perhaps, probably, if, whether, no thanks, no thank you, no idea""",
    Sign.QUESTION: "czy, чи",
    Sign.HOW: "jak, як, how, how do i, how can i",
}
PHRASES: dict[tuple[str, ...], Meant] = {
    words(phrase.strip()): meant for meant, text in _WRITTEN.items() for phrase in text.split(",")
}

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
BESIDE_BARE_NO = frozenset(words("niestety przepraszam jednak sorry на жаль нажаль unfortunately pan pani"))
NOT = frozenset(words("nie nei не ні not no dont wont cant never bez без nigdy"))
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
    words("nr numer opcja opcję wybieram biorę pozycja номер варіант беру number option choose")
)
AROUND = frozenset(
    words(
        "ktoś хтось jednak нажаль unfortunately o do u z za dla od ten ta tę to tym tej godzina data ale але but moją moja mój mojej swoją мій моя мою моє до з про my the your at with so"
    )
)
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
        "chory chora jutru dzisiejsza sobotka niedzielny czwarta piąta mogą może możesz możecie moim dama damy "
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
