"""Remembers what people write about visits: booking, changing, giving back, being late, ill or accompanied."""

from collections.abc import Mapping

from bot.dialogue.reading.vocabulary import Intent, Meant, Sign

# A comma ends a phrase.
WRITTEN: Mapping[Meant, str] = {
    Intent.BOOK: """
        zapisz, zapiszcie, zapisać, umów, umówić, umówcie, umówmy, rejestracja, zarejestrować, rezerwacja, zarezerwować,
        wolne terminy, wolny termin, wolne, wolne godziny, najbliższy termin, jak najszybciej, najszybciej, najwcześniejszy termin,
        записатися, записатись, запишіть, запиши, записати, вільний час, вільні години, вільні місця, якнайшвидше,
        book, booking, sign up, make an appointment, free times, earliest, as soon as possible, asap,
        wpisać, wpisz, wpiszcie, wpisać mnie, записаться, запишите, zapysatysia, zapysatys, zapyshit""",
    Sign.VISIT: """
        nie ma wolnych, nie ma wolnych terminów, nie ma wolnego terminu, nie ma nic wolnego, немає вільних, немає вільного часу, no free times, nothing free,
        zapis, zapisu, zapisy, termin, terminu, terminy, terminów, terminie, wizyta, wizytę, wizyty, wizycie, spotkanie, spotkania, spotkaniu, konsultacja, konsultację, konsultacji, konsultacje,
        термін, візит, візиту, візити, зустріч, зустрічі, консультація, консультацію, консультації, прийом, запис, запису,
        appointment, appointments, an appointment, see someone|somebody, visit, visits, meeting""",
    Intent.WAIT: """
        lista oczekujących, listę oczekujących, liście oczekujących, lista rezerwowa, listę rezerwową, liście rezerwowej, w kolejce, do kolejki,
        poczekam, zaczekam, czekam, chcę czekać, chcę poczekać, wolę poczekać, mogę poczekać, czekam na termin, poczekam na termin, czekam na wolny termin, poczekam na wolny termin, чекаю на вільний час, чекаю на час,
        dajcie znać jak się zwolni, dajcie znać gdy się zwolni, dajcie znać jak się coś zwolni, dajcie znać gdy się coś zwolni, dajcie znać jak coś się zwolni, dajcie znać gdy coś się zwolni,
        jak się zwolni, gdy się zwolni, jak się coś zwolni, gdy się coś zwolni, jak coś się zwolni, gdy coś się zwolni, jeśli się coś zwolni, jeśli coś się zwolni, gdyby się coś zwolniło, gdyby coś się zwolniło, jakby się coś zwolniło, jakby coś się zwolniło, jak będzie wolny termin, nie ma wolnych poczekam, nie ma wolnych to poczekam,
        список очікування, список очікування, у чергу, в чергу, почекаю, зачекаю, чекаю, я почекаю, коли звільниться, як звільниться, якщо звільниться, якщо щось звільниться, коли щось звільниться, повідомте коли звільниться, повідомте якщо звільниться, дайте знати коли звільниться, дайте знати якщо звільниться,
        подожду, если освободится, когда освободится, список ожидания, pochekaiu, pochekayu,
        waiting list, wait list, waitlist, i will wait, ill wait, i can wait, i want to wait, let me know if something is free, let me know when something is free, let me know if something frees up, let me know when something frees up, if something frees up, when something frees up, if something comes up, if a time comes up, if there is a cancellation""",
    Intent.WAIT_NO_MORE: """
        nie czekam, już nie czekam, nie czekam już, nie chcę czekać, nie chcę już czekać, już nie chcę czekać, rezygnuję z czekania, rezygnuję z listy, wypisz z listy oczekujących, wypiszcie z listy oczekujących, wypiszcie mnie z listy oczekujących, proszę wypisać z listy oczekujących, usuńcie z listy oczekujących, usuńcie mnie z listy oczekujących,
        не чекаю, вже не чекаю, більше не чекаю, не хочу чекати, вже не хочу чекати, не жду, ne chekaiu, ne chekayu,
        not waiting, i am not waiting, im not waiting, stop waiting, no longer waiting, i dont want to wait, i do not want to wait, take me off the waiting list, off the waiting list, not wait""",
    Intent.EARLIER: """
        wcześniej, coś wcześniej, wcześniejszy, wcześniejszy termin, wcześniejszy dzień, wcześniejsza godzina, wcześniejszą godzinę, termin wcześniej, przyspieszyć, przyspieszyć termin, szybszy termin, coś szybciej, szybciej,
        czy jest coś wcześniej, nie ma nic wcześniej, nic wcześniej, jest coś wcześniej, może być wcześniej,
        раніше, щось раніше, раніший, раніший час, раніший термін, швидше, щось швидше, чи є щось раніше, пораньше, раньше, что нибудь раньше,
        earlier, something earlier, an earlier time, earlier time, earlier date, an earlier date, earlier appointment, an earlier appointment, something sooner, sooner""",
    Intent.MINE: """
        (kiedy|na kiedy|kiedy ja|o której|na którą) [godzinie|godzinę] jestem|mam|mamy [zapisana|zapisany|umówiona|umówiony|zapisani|umówieni|być|przyjść|iść|spotkanie|wizytę|termin],
        [na] jakiej|jaką|jaka godzinie|godzinę|godzina, kiedy jest to|moje|moja|mój|nasze [spotkanie|wizyta|termin], [czy] [moje|moja|mój] spotkanie|wizyta|termin [jest] [nadal] aktualne|aktualna|aktualny, z kim [to] [jest|mam] [to] [spotkanie|wizyta|wizytę], u kogo [mam|mamy], ile mam spotkań|wizyt, jaki|który [to] [jest] dzień, kiedy [to] było, co [ja] mam [zapisane|umówione],
        [на] котру|яку|якій|котрій [годину|годині] [мені|я|в мене|у мене] [записана|записаний|прийти|приходити|бути], [а] з ким зустріч, до кого [мені|я] [йти|записана|записаний], коли [є|буде] зустріч, коли [у мене] запис, коли [мені] бути, [на] какое время, когда [мне] приходить|прийти|моя|моя встреча, [во] сколько [мне] [приходить|прийти],
        what day|time [am|is|was|do] [i|it|my] [booked|come|appointment], do i have anything|something|any|a [appointment|appointments|meeting|booked|visit], am i [still] booked, is my appointment still [on], have i got [an|anything|a] [appointment|booked|meeting], when [is|was] it, when [is|was] the|my appointment|meeting|visit, who am i seeing,
        przypomnieć [kiedy|termin|godzinę], [o] przypomnienie [terminu|kiedy], яке число, яка година, моєї зустрічі, котрого [числа], какого числа, when my|the appointment|meeting|visit is,
        moje, moja wizyta, mój termin, moje wizyty, moje terminy, moje spotkania, moje spotkanie, kiedy mam, kiedy ja mam, o której mam,
        o której, na którą, na którą mam, na kiedy mam, na kiedy, jaki mam termin, jakie mam terminy, którego mam, kiedy moja wizyta,
        kiedy jest moja wizyta, gdzie mam, kiedy następna wizyta, kiedy następne spotkanie, kiedy spotkanie, kiedy wizyta,
        kiedy mam następne spotkanie, kiedy mam następną wizytę, kiedy mam następny termin, jakie mam wizyty, jakie mam spotkania, przypomnijcie, przypomnij,
        мої, мій візит, мої візити, мої записи, коли мій, коли в мене, коли у мене, коли я маю, о котрій, на котру, на коли, коли наступний,
        коли наступна, коли зустріч, коли візит, нагадайте,
        mine, my visits, my visit, my appointments, my appointment, my bookings, my booking, when is my, when do i have, what time, when am i,
        mam jakieś spotkanie, mam jakąś wizytę, mam jakiś termin, czy mam spotkanie, czy mam wizytę, kiedy dokładnie, do kogo mam iść, do kogo idę, o której to, kiedy to jest,
        koly v mene, koly u mene, koly zustrich, когда у меня, во сколько, во сколько мне, do i have an appointment, who is it with,
        коли моя, коли мої, коли мені приходити, коли мені прийти, kiedy mam przyjść, na którą godzinę, o jakiej godzinie, when do i come, when should i come""",
    Intent.CHANGE: """
        [na] [coś] później [można], [można|może być|coś|da się] później, [na] późniejszą|późniejsza|późniejszy [godzinę|godzina|termin|dzień], przepisać [mnie], zamienić, zamieńcie, zmieniać, przekładam, przesuwam, przesunięcie,
        [щось] пізніше [можна], [можна|щось] пізніше, позже [можно], [можно] позже, [щось|можна] пізніший час, [something|anything] later [in the day|on], [a] later time|slot, instead, swap, rearrange, postpone, switch,
        zmień, zmiana, zmianę, zmienić, zmiany, inny termin, inna godzina, inną godzinę, inna data, inny czas,
        przełóż, przełożyć, przełóżcie, przełożenie, przesuń, przesunąć, przesuńcie, przenieść, przenieście,
        змінити, змініть, зміна, інший час, інша дата, інший термін, іншу дату, перенести, перенесіть,
        change, reschedule, move it, move my, move the, another time, different time, other time,
        змінити час, перенести на, поменять, другое время, perenesty, pereneseno""",
    Sign.CANCEL: "cancel, wypisać, wypiszcie, wypisz, skreślić, skreślcie, wykreślić, usunąć [mnie], zrezygnować z, rezygnuję z, викресліть, выпишите",
    Sign.OTHER_DAY: """
        [na|w] [jakiś] inny|innego|innym dzień|dnia|dniu, [w] inne dni, kiedy indziej, innym razem, [w] (inny|innym|innego|kolejny|kolejnym) tydzień|tygodniu|tygodnia, [в|на] інший|іншому|іншого тиждень|тижні|тижня, [in] another|different|other week,
        [на|в] [якийсь] інший|іншого день|дня, [в] інші дні, іншим разом, [на|в] другой день, inshyj|inshyi|inshiy den|den,
        [on] another|different|other|some|any day|days, some other day, other days""",
    Intent.GIVE_BACK: """
        odwołaj, odwołać, odwołuję, odwołajcie, odwołanie, rezygnuję z wizyty, rezygnuję ze spotkania, rezygnuję z terminu, rezygnacja, zrezygnować, anuluj, anulować, anuluję,
        скасувати, скасуйте, скасуй, скасовую, скасування, відмінити, відмініть, відміняю,
        cancel my, cancel the, cancel it, cancel this, cancel visit, cancel appointment, please cancel, to cancel, cancel please,
        give back, call off,
        отменить, отмените, отменяю, відмініть, skasuvaty, skasujte, cancel both, cancel all, cancel everything, cancel them""",
    Intent.UNDO: """
        cofnij, cofnąć, cofam, odwołuję odwołanie, anuluj odwołanie, anuluję odwołanie, скасувати скасування, cofnijcie, przywróć, przywrócić, jednak przyjdę, jednak przyjadę, jednak będę, przez pomyłkę, odwołałam przez pomyłkę,
        odwołałem przez pomyłkę, przez pomyłkę odwołałam, przez pomyłkę odwołałem,
        повернути, поверніть, верніть, помилково, все ж прийду, все таки прийду, все-таки прийду,
        undo, restore, by mistake, cancelled by mistake""",
    Intent.LATE: """
        trochę|chwilę|nieco|chwilkę później [będę|przyjdę|dojadę], będę|dotrę|dojadę później, przyjdę trochę|chwilę|nieco|chwilkę później, zaśpię, zaspałam|zaspałem, nie zdążę [na czas], [autobus|pociąg] mi uciekł [autobus], uciekł mi [autobus|pociąg],
        [буду|прийду] трохи|трошки пізніше [буду|прийду], буду пізніше, буду позже, [я] немного опоздаю, не встигаю [вчасно], не успеваю, bit late, [a] [bit|little] late, [will|ill|i will] be late, [will|ill|i will] be [a] [bit|little] late, missed [my|the] bus, not on time,
        spóźnię, spóźnię się, spuźnię, spuźnię się, spóźnimy się, spóźnienie, spóźnienia, spóźniony, spóźniona, opóźnienie,
        запізнюсь, запізнюся, запізнююсь, запізнююся, запізнимось, спізнюсь, спізнюся, запізнення,
        late, running late, delayed,
        опоздаю, опаздываю, опоздание, задержусь, затримаюсь, запізнюємось, zapiznius, zapizniusia, opozdaju, spóźniona będę, dojadę później""",
    Sign.LATER: "później, po czasie, opóźnienia, spóźnienia, пізніше, запізнення, later, delay",
    Intent.ACCOMPANIED: """
        z córką, z synem, z dzieckiem, z dziećmi, z mężem, z żoną, z mamą, z osobą towarzyszącą, nie sama, nie sam,
        з дитиною, з дітьми, з донькою, з сином, з чоловіком, з дружиною, з мамою,
        with my daughter, with my son, with my child, with my children, with my kids, with my husband, with my wife,
        z córeczką, z synkiem, z wnuczką, z wnukiem, z dzieciakami, z bratem, z siostrą, z matką, z ojcem, z tatą, z babcią, z koleżanką, z kolegą, z przyjaciółką, z opiekunem, z opiekunką, z partnerem, z partnerką, z asystentem, z tłumaczem,
        z kimś, z psem, przyprowadzić dziecko, zabrać dziecko, zabrać córkę, zabrać syna, wziąć dziecko, nie mam z kim zostawić dziecka, nie mam z kim zostawić,
        з дочкою, з донечкою, з синочком, з малим, з малою, з сестрою, з братом, з подругою, z dytynoju, с ребенком, с детьми, с дочкой, с сыном, с мужем, с женой,
        bring my daughter, bring my son, bring my child, bring my children, bring my kids, bring my husband, bring my wife, bring my baby, with my baby, with my mother, with my friend, bring someone, not alone,
        z wnuczkiem, z wnusiem, z maluchem, z niemowlakiem, z wózkiem, z synową, z zięciem, z teściową, z sąsiadką, z sąsiadem, з онуком, з онучкою, з немовлям, з маленькою дитиною,
        nie mam z kim dziecka zostawić, nie mam gdzie zostawić dziecka""",
    Intent.ILL: """
        gorączką, kaszlem, grypą, katarem, chorobą, chorym, chorą, leżę chora|chory, z temperaturą, mam temperaturę, rozłożyło mnie, хворою, температурою,
        chory, chora, choroba, jestem chory, jestem chora, gorączka, gorączkę, mam gorączkę, kaszel, przeziębiony, przeziębiona, źle się czuję,
        хвора, хворий, захворіла, захворів, температура, гарячка, кашель,
        sick, i am sick, i am ill, im sick, im ill, fever,
        chore, chorować, choruję, rozchorowałam się, rozchorowałem się, rozchorowało, rozchorowała się, rozchorował się, rozchorowało się, gorączki, gorączkuję, kaszlę, kaszlu, kaszle, katar, grypa, grypę, angina, anginę, covid, kowid, przeziębienie,
        przeziębiłam się, przeziębiłem się, zachorowałam, zachorowałem, zachorowała, zachorował, zachorowało, źle się czuję, nie czuję się dobrze, nie najlepiej się czuję, nie za dobrze się czuję, słabo się czuję, czuję się źle, czuję się słabo,
        wymiotuję, wymioty, biegunka, biegunkę, jestem w szpitalu, w szpitalu, na zwolnieniu, mam zwolnienie, jestem na l4, na l4, 37 stopni, 38 stopni, 39 stopni, 40 stopni, stan podgorączkowy,
        хворію, хворіє, хворіємо, захворів, захворіло, захворіла дитина, погано почуваюся, погано себе почуваю, нежить, температуру, грип, кашляю, в лікарні, у лікарні, лікарняний,
        болею, заболела, заболел, болен, больна, простудилась, простудился, грипп, в больнице, плохо себя чувствую,
        im ill, feeling ill, feel ill, am ill, is ill, feel sick, feeling sick, is sick, not feeling well, dont feel well, unwell, a cough, coughing, the flu, flu, a cold, in hospital, in the hospital, temperature,
        boli mnie gardło, gardło mnie boli, ból gardła, straciłam węch, straciłem węch, brak węchu, nie czuję zapachów, nie mam węchu, duszności, mam dreszcze, болить горло, в мене температура, захворіли, sore throat, lost my smell""",
}
