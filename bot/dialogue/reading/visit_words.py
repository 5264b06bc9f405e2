"""Remembers what people write about visits: booking, changing, giving back, being late, ill or accompanied."""

from collections.abc import Mapping

from bot.dialogue.reading.vocabulary import Intent, Meant, Sign

# A comma ends a phrase.
WRITTEN: Mapping[Meant, str] = {
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
    Intent.CHANGE: """
        zmień, zmiana, zmianę, zmienić, zmiany, inny termin, inny dzień, inna godzina, inną godzinę, inna data, inny czas, innego dnia,
        przełóż, przełożyć, przełóżcie, przełożenie, przesuń, przesunąć, przesuńcie, przenieść, przenieście,
        змінити, змініть, зміна, інший час, інший день, інша дата, інший термін, іншу дату, перенести, перенесіть,
        change, reschedule, move it, move my, move the, another day, another time, different day, different time, other day, other time""",
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
    Intent.LATE: """
        spóźnię, spóźnię się, spuźnię, spuźnię się, spóźnimy się, spóźnienie, spóźnienia, spóźniony, spóźniona, opóźnienie,
        запізнюсь, запізнюся, запізнююсь, запізнююся, запізнимось, спізнюсь, спізнюся, запізнення,
        late, running late, delayed""",
    Sign.LATER: "później, пізніше, later",
    Intent.ACCOMPANIED: """
        z córką, z synem, z dzieckiem, z dziećmi, z mężem, z żoną, z mamą, z osobą towarzyszącą, nie sama, nie sam,
        з дитиною, з дітьми, з донькою, з сином, з чоловіком, з дружиною, з мамою,
        with my daughter, with my son, with my child, with my children, with my kids, with my husband, with my wife""",
    Intent.ILL: """
        chory, chora, choroba, jestem chory, jestem chora, gorączka, gorączkę, mam gorączkę, kaszel, przeziębiony, przeziębiona, źle się czuję,
        хвора, хворий, захворіла, захворів, температура, гарячка, кашель,
        sick, i am sick, i am ill, im sick, im ill, fever""",
}
