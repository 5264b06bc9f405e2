"""Remembers what people write to the club itself: greetings, a call, what it is, who writes, and silence."""

from collections.abc import Mapping

from bot.dialogue.reading.vocabulary import Intent, Meant, Sign

# A comma ends a phrase.
WRITTEN: Mapping[Meant, str] = {
    Intent.MENU: """
        menu, cześć, hej, hejka, siema, halo, witam, witajcie, dzień dobry, dobry wieczór, dobra wieczór,
        dobryj den, dobryi den, dobryy den, pryvit, здравствуйте, добрый день, привет, меню, привіт, вітаю, добрий день, доброго дня, добрий вечір, доброго вечора, доброго ранку, добрий ранок, добридень, алло,
        hi, hi there, hello, hello there, hey, good morning, good afternoon, good evening, good day""",
    Intent.HELP: """
        pomoc, pomocy, instrukcja, komendy, co mogę napisać, co mam napisać, co napisać, co pisać, jak to działa,
        допомога, допоможіть, довідка, що писати, що можна написати, як це працює,
        help, commands, what can i write, what can i do, how does it work, how does this work""",
    Intent.LOST: """
        [ja] [nic|nadal|dalej|przepraszam] nie [bardzo] rozumiem [nic|tego|was|wiadomości|smsa|sms] [o co] [tu|w tym] [chodzi], [co] [ja] mam zrobić|robić, co dalej, jak to zrobić, jak [się] odpisać|odpowiedzieć, nie umiem [tego|odpisać],
        [я] [нічого] не розумію [нічого|вас|що робити], [я] не понимаю [ничего|вас], [i] dont|do|cant not understand, [i] dont|cant understand [anything|this|you], що [мені] робити, что [мне] делать, what [should|do] i do, what now, confused, nie wiem jak to (działa|obsługiwać|obsłużyć|napisać|zrobić), nie wiem co (robić|pisać|napisać|mam zrobić|mam napisać), [я] не зрозуміла|зрозумів""",
    Intent.CALL_ME: """
        rozmawiać|pogadać|porozmawiać z kimś|człowiekiem [żywym],
        oddzwoni, [niech] [ktoś|pani|pan] [do] [mnie] zadzwoni|oddzwoni, [proszę] o [pilny] kontakt|telefon, nie umiem [pisać|czytać], nie widzę [dobrze|liter], nie mam kasy|środków|pieniędzy|doładowania na koncie, brak środków [na koncie],
        nie mam [już] gdzie|dokąd spać|mieszkać|iść|nocować|pójść|wrócić, nie mam [się] gdzie [się] podziać, śpię|mieszkam|nocuję na|w dworcu|ulicy|klatce|altanie|działkach|aucie|piwnicy|pustostanie|noclegowni, jestem [teraz] bezdomny|bezdomna, bez dachu nad głową, без даху над головою, nie mam [już] co jeść, nie mam [już] na jedzenie|chleb|leki,
        eksmisja|eksmisję, wyrzucili mnie [z] [domu|mieszkania], немає|нема|нет де|где|куди жити|спати|ночувати|йти|жить|спать|ночевать, нічого їсти, нечего есть, [i] [am] [im] homeless, nowhere to sleep|live|go|stay, no food, nothing to eat,
        [можна|можете] [мені] зателефонувати|подзвонити|передзвонити, [можно|можете] [мне] позвонить, give me a call|ring, can|could someone|anybody|anyone|you|somebody call|ring|phone [me], call please, please call,
        oddzwoń, oddzwońcie, oddzwonić, oddzwonienie, o telefon, zadzwoń, zadzwońcie, zadzwonić, dzwonić, o kontakt, o kontakt telefoniczny,
        o rozmowę, porozmawiać z człowiekiem, rozmowa z człowiekiem,
        передзвоніть, передзвони, зателефонуйте, подзвоніть, перезвоніть, наберіть, зв'яжіться,
        call me, call me back, call back, callback, phone me, ring me, talk to someone, speak to someone, talk to a person,
        porozmawiać z żywym człowiekiem, z człowiekiem, z żywym człowiekiem, a nie z automatem, nie z automatem, nie z botem, nie mogę się dodzwonić, nie mogę się do was dodzwonić, nie da się dodzwonić, nikt nie odbiera,
        перезвонить, перезвони, перезвоните, позвоните, позвоните мне, перезвоните мне, наберите, perezvonit, podzvonit, peredzvonit,
        dzwońcie, zatelefonujcie, proszę dzwonić""",
    Sign.TALK: "rozmawiać [z], porozmawiać [z], pogadać [z], rozmowa [z], rozmowę [z], поговорити [з], порозмовляти [з], поговорить [с], talk [to|with], speak [to|with]",
    Intent.ADVICE: """
        porady, porada, porad, zasady, higiena, zasady higieny, zdrowie, mycie rąk, jak myć ręce, dezynfekcja, maseczka, maseczki, maska, ręce, rękawiczki,
        поради, порада, правила, гігієна, руки, маска, рукавички, advice, rules, hygiene, tips, hands, mask, gloves""",
    Intent.ABOUT: """
        gdzie, dokąd, gdzie [to] [jest|się] [znajduje|mieści] [klub|biuro], [na] które|którym piętro|piętrze, jaki|który [to] pokój|numer pokoju, czynne, otwarte, [do|od] której [jest|są|jesteście] czynne|otwarte|czynni, [a] ile [to|się za to] kosztuje|płacę|płaci, [to] [jest] płatne|bezpłatne, za darmo,
        [як] [до вас] доїхати|дійти|дістатися|потрапити|добратися, как [к вам] доехать|дойти|добраться, how [do|can] [i] get [there|to you],
        де знаходиться|знаходитесь|знаходитеся, куди, куди [мені] [треба] приходити|прийти|йти|іти, яка [у вас] адреса, [який|на якому] поверх|поверсі, який кабінет, скільки [це] коштує, безкоштовно, куда [мне] [приходить|идти|прийти], какой адрес, сколько стоит, бесплатно, до котрої [ви] [працюєте],
        where, where [is|are] [the|your|you] [office|club|place|address|located], [what] [is] [the] address, which room|floor, what room|floor, how much [is|does] [it] [cost], is it free|paid, are you open, when are you open, what time do you close|open,
        o klubie, klub, klubie, kis, co to za klub, co to jest za klub, gdzie jesteście, gdzie to jest, adres, jaki adres, godziny otwarcia,
        godziny pracy, kontakt, o was,
        про клуб, клуб, адреса, де ви, де ви знаходитесь, години роботи, контакти,
        about, about the club, club, address, opening hours, where are you, contact,
        jak dojechać, jak dojść, jak trafić, jak do was trafić, jak do was dojechać, gdzie to, де це, де це знаходиться, де вас знайти, где это, где вы, где находится, where is it, where is the club, how do i get there""",
    Intent.WORKS: """
        prace, praca, prace społeczne, prace społecznie użyteczne, prace publiczne, roboty publiczne,
        роботи, робота, громадські роботи, суспільно корисні роботи, works, public works, works programme""",
    Intent.DATA: """
        dane, moje dane, mojedane, dane osobowe, moje dane osobowe, rodo, ochrona danych, klauzula, prywatność,
        дані, мої дані, персональні дані, мої персональні дані, my data, mydata, privacy, gdpr""",
    Intent.ERASE: """
        usuń moje dane, usuńcie moje dane, usunąć moje dane, usunięcie danych, usunięcie moich danych, usuńcie dane, skasuj moje dane,
        skasujcie moje dane, wykasujcie moje dane, proszę usunąć moje dane, prawo do usunięcia danych, zapomnijcie o mnie, usuńcie mnie,
        usuń mnie, usuńcie mnie z listy, proszę mnie usunąć, wykreślcie mnie,
        видаліть мої дані, видалити мої дані, видалення даних, видаліть мене, видалить мої дані, удалите мои данные,
        delete my data, erase my data, remove my data, delete me, remove me, forget me""",
    Intent.OBJECT: """
        sprzeciw, wnoszę sprzeciw, zgłaszam sprzeciw, składam sprzeciw, sprzeciwiam się, nie zgadzam się na przetwarzanie,
        nie zgadzam się na przetwarzanie danych, nie zgadzam się na przetwarzanie moich danych, cofam zgodę, wycofuję zgodę,
        заперечення, заперечую, проти обробки даних, відкликаю згоду,
        i object, objection, i withdraw my consent, i object to processing""",
    Intent.NEW_NUMBER: """
        nowy numer, mam nowy numer, mój nowy numer, mój nowy numer to, zmieniłam numer, zmieniłem numer, zmiana numeru, mam inny numer,
        zmieniam numer, zmienić numer, zmienić numer telefonu, nowy numer telefonu, nowy telefon, mam nowy telefon, zmiana telefonu,
        новий номер, мій новий номер, змінила номер, змінив номер, зміна номера, у мене новий номер, в мене новий номер,
        new number, my new number, my number changed, i changed my number, i have a new number, new phone number""",
    Intent.WHO: """
        who is texting|writing|messaging [me|to me], who [is] wrote|sent [this|me|to me], kto [to] [do mnie] [wysłał|wysyła|napisał],
        kto to, kto to jest, kto pisze, co to za numer, skąd macie mój numer, skąd mój numer,
        хто це, хто пише, що це за номер, звідки у вас мій номер,
        who is this, whos this, who are you, what number is this, how did you get my number,
        kim jesteście, kim państwo jesteście, kim państwo są, kim pani jest, kim pan jest, kto do mnie pisze, kto to pisze, kto dzwoni, od kogo to, od kogo ta wiadomość, co to za sms, co to za wiadomość, co to za smsy, skąd państwo mają mój numer, skąd mają państwo mój numer,
        skąd państwo macie mój numer, skąd masz mój numer, skąd mój numer macie, хто ви, хто ви такі, від кого це, звідки ви маєте мій номер, звідки маєте мій номер, кто это, кто вы, кто пишет, откуда у вас мой номер, chto ce, khto tse, whats this number,
        хто мені пише, хто до мене пише, від кого повідомлення, who texted me, who sent this, od kogo to przyszło,
        o co chodzi, w jakiej sprawie, kto mnie umówił, kto mnie zapisał, про що мова, в чому справа, what is this about""",
    Intent.WRONG_NUMBER: """
        [to] [już] nie [jest] [już] mój numer|telefon [pomyłka], nie ma tu [już] [kogoś] takiego|takiej [osoby], nie mieszka tu [już] [nikt] [taki|taka],
        [це] [вже] не [є] мій номер, [this] [is] not my number [anymore|any more],
        pomyłka, to pomyłka, nie mój numer, to nie mój numer, zły numer, błędny numer, nie ten numer, to nie ten numer,
        pomyłka numeru, pomylił numer, pomyliła numer, pomylił pan numery, pomyliła pani numery, pomylili państwo numery, pomyliliście numery,
        помилка, це помилка, не мій номер, це не мій номер, не той номер, ви помилилися номером, ви помилились номером,
        помилилися номером, помилились номером, неправильний номер,
        wrong number, not my number, this is not my number, wrong person,
        to nie do mnie, nie do mnie, nie znam takiej osoby, nie znam tej osoby, nie ma tu takiej osoby, nie ma takiej osoby, taka osoba tu nie mieszka, złe numery, не туди потрапили, ви не туди потрапили, не мой номер, это не мой номер, ошиблись номером, вы ошиблись номером, вы ошиблись,
        nie znam żadnego klubu, nie znam tego klubu, pomyłka to nie ja""",
    Intent.DONT_WRITE: """
        nie pisać, nie pisać do mnie, proszę nie pisać, nie piszcie, nie piszcie do mnie, proszę do mnie nie pisać,
        не пишіть, не пишіть мені, не писати мені,
        dont write, dont write to me, dont text me, stop texting me, stop writing to me,
        nie piszcie więcej, nie piszcie do mnie więcej, nie pisz, nie pisz do mnie, nie pisać więcej, proszę nie pisać więcej, nie pisać do mnie więcej, proszę nie pisać do mnie, proszę więcej nie pisać, przestańcie pisać, przestańcie do mnie pisać,
        nie chcę wiadomości, nie chcę smsów, nie chcę więcej wiadomości, nie wysyłać, nie wysyłajcie, nie wysyłać smsów, nie wysyłajcie smsów,
        не пишите, не пишите мне, не пишите больше, не пишіть більше, не пишіть мені більше, більше не пишіть, не надсилайте, не присилайте,
        dont write me, do not write, do not write to me, do not text me, dont message me, stop messaging me, no more messages, dont text me anymore,
        nie chcę dostawać smsów, nie chcę dostawać wiadomości, nie chcę więcej smsów, proszę nie wysyłać, proszę mi nie wysyłać, не хочу отримувати повідомлення, не хочу повідомлень, не хочу получать сообщения, i dont want messages, i dont want texts""",
    Intent.NO_ANNOUNCEMENTS: """
        bez ogłoszeń, nie chcę ogłoszeń, stop ogłoszenia, stop ogłoszeniom, koniec ogłoszeń, żadnych ogłoszeń, nie wysyłać ogłoszeń,
        nie wysyłajcie ogłoszeń,
        без оголошень, не хочу оголошень, стоп оголошення, не надсилайте оголошень,
        no announcements, without announcements, stop announcements, no more announcements""",
    Intent.STOP: "stop, stopall, stop all, unsubscribe, revoke, optout, opt out, стоп",
    Intent.START: "start, unstop, старт, wznów",
    Intent.SELF_CHECK_VISITS: """
        rzadziej, rzadziej proszę, tylko w dni spotkań, tylko w dniu spotkania, tylko w dni wizyt, tylko w dniu wizyty, tylko gdy mam spotkanie, tylko jak mam spotkanie,
        pytać tylko w dni spotkań, proszę pytać tylko w dni spotkań, nie codziennie, proszę nie codziennie,
        рідше, лише в дні зустрічей, тільки в дні зустрічей, лише в день зустрічі, тільки в день зустрічі, не щодня, не кожного дня,
        less, less often, only on days with a meeting, only on meeting days, only on days with a visit, on days with a meeting only, not every day""",
    Intent.POLISH_LETTERS: """
        polskie litery, polskie znaki, z polskimi znakami, z polskimi literami, ogonki, z ogonkami,
        польські літери, polish letters, polish characters""",
    Sign.POLISH: "po polsku, mówię po polsku, polski, język polski, польською, польська, in polish, polish",
    Sign.UKRAINIAN: """
        po ukraińsku, mówię po ukraińsku, ukraiński, język ukraiński, українською, по-українськи, по українськи, українська, українська мова,
        in ukrainian, ukrainian""",
    Sign.ENGLISH: "po angielsku, mówię po angielsku, angielski, język angielski, англійською, англійська, in english, i speak english, english",
}
