"""Remembers how people answer: yes, no, all right, thanks, and words that take certainty from them."""

from collections.abc import Mapping

from bot.dialogue.reading.vocabulary import Intent, Meant, Sign

# A comma ends a phrase.
WRITTEN: Mapping[Meant, str] = {
    Intent.YES: """
        tak, no tak, przyjdę, przyjde napewno, przyjadę, potwierdzam, potwierdzam obecność, potwierdzam swoją obecność, stawię się,
        так, прийду, приїду, підтверджую, да, обов'язково прийду,
        yes, yeah, yep, i will come, ill come, i am coming, im coming, i confirm, confirm, confirmed, coming, i [can|will|do] come, będziemy, stawię|stawimy się,
        sprawdzone, tak sprawdzone, przyjdziemy, pryjdu, pryidu, приду, приеду, подтверждаю, обязательно приду, обязательно,
        обов'язково, yes definitely, definitely""",
    Intent.OKAY: """
        ok, oki, okej, okey, dobrze, dobra, no dobrze, no dobra, będę, jasne, oczywiście, zgoda, w porządku, spoko, pamiętam,
        nie ma problemu, nie ma sprawy, nie zapomnę,
        ок, окей, добре, гаразд, буду, згода, звичайно, звісно, без проблем, немає проблем, нема проблем, не забуду, пам'ятаю,
        okay, sure, alright, all right, no problem, no worries, i wont forget, i will not forget, of course,
        i [will|ill] be there|coming, ill come, ill be coming, i [will] see you there|tomorrow, see you there|tomorrow|then,
        i will be there, ill be there, will be there,
        no jasne, pewnie, no pewnie, pewnie że będę, no ok, no oczywiście, będę pamiętać, będę pamiętała, będę pamiętał, jadę, już jadę, jadę już, już idę, idę już,
        budu, dobre, хорошо, обязательно буду, обов'язково буду, ладно, конечно, безусловно, вже їду, вже йду, on my way,
        nie mam gorączki, nie mam już gorączki, nie mam kaszlu, nie mam objawów, nie mam żadnych objawów, nie kaszlę, nie jestem chory, nie jestem chora, brak objawów, bez objawów, żadnych objawów,
        jestem zdrowy, jestem zdrowa, zdrowy, zdrowa, czuję się dobrze, dobrze się czuję, nic mi nie jest, nic mi nie dolega, wszystko ok, wszystko dobrze, wszystko w porządku,
        все добре, здоровий, здорова, я здорова, я здоровий, немає температури, нема температури, без симптомів, симптомів немає, почуваюся добре, все хорошо, здоров,
        no symptoms, no fever, no cough, i am fine, im fine, i feel fine, i am healthy, im healthy, all good, all fine, i am ok, im ok,
        zdrowa jestem, zdrowy jestem, na pewno będę, nic mi nie brakuje, nie mam temperatury, здорова я,
        jak najbardziej, oki doki, прийдемо, будемо""",
    Intent.NO: """
        nie przyjdę, nie przyjadę, nie dojadę, nie dojdę, nie dotrę, nie stawię się, nie mogę, nie będę, nie będę mogła, nie będę mógł,
        nie dam rady, nie uda mi się, nie uda się, nie będzie mnie, mnie nie będzie, nie ma mnie, nie chcę przyjść, niemogę, nieprzyjdę, niebędę, niedam rady,
        nei przyjdę, nei mogę, nei będę, nei dam rady,
        не прийду, не приїду, не можу, не зможу, не буду, не вийде, мене не буде, не буде мене, не смогу, не приду,
        nie dam|damy [jutro|dziś|dzisiaj] [już] rady [jutro|dziś|dzisiaj] [przyjść|dojechać|być], nie przyjdziemy, nie będziemy, nie możemy [przyjść], nie dojedziemy, nie doczekam,
        nie będę (mogła|mógł|w stanie) [przyjść|być|dojechać], musimy zrezygnować,
        не зможемо [прийти], не прийдемо, не сможем [прийти], не придем, [у мене] не виходить [прийти], не вийде прийти, не получается [прийти],
        [i am|im] [afraid|sorry] [but] [i] cant|cannot|wont|couldnt make|attend|come|be|manage [it|there],
        i am unable to come|attend, not able to come|attend|make it, wont|cant be there|coming,
        cant, cannot, can not, cant make it, cannot make it, can not make it, wont come, will not come, i am not coming, im not coming,
        not coming, unable to come, cant attend, cannot attend, wont be able to come, wont make it, wont be there, nope,
        nie pojawię się, nie zjawię się, przyjść nie mogę, już nie mogę przyjść, już nie dam rady przyjść, nie zdołam przyjść,
        ne pryjdu, ne pryidu, ne zmozhu, ne mozhu, не приеду, не получится, не можу прийти, не зможу прийти,
        will not be able to come, wont be able, will not be able, not be able to come, not be able to make it, i wont make it,
        rezygnuję, zrezygnuję, to rezygnuję, w takim razie rezygnuję,
        i am afraid i cant, im afraid i cant""",
    Sign.UNSUITED: """
        nie pasuje, nie odpowiada, nie pasuje mi, nie pasuje mi ten dzień, nie pasuje ten dzień, nie odpowiada mi, mi nie pasuje, nie pasują,
        [to] [mi] nie pasuje [mi] [ten|ta|to] [dzień|termin|godzina|pora], [mnie] [to] nie odpowiada [mnie], nie pasują [mi], niepasuje [mi], za wcześnie|późno [dla mnie|mi],
        [мені|мне] [це] не підходить [мені], не подходит, [за] рано|пізно [для мене|мені], [too] early|late for me, too early, too late,
        не підходить, не підходе, doesnt suit, does not suit, doesnt work, does not work""",
    Intent.THANKS: """
        dziękuję, dziękuje, dzięki, dziękujemy, dziękuję za pomoc, za pomoc, за допомогу, dziękuję za informację, dziękuję za przypomnienie, dziękuję za wiadomość,
        miłego dnia, pozdrawiam, pozdrowienia, super, świetnie, rozumiem, zrozumiałam, zrozumiałem,
        дякую, щиро дякую, дякуємо, спасибі, спасибо, гарного дня, зрозуміло, зрозуміла, зрозумів,
        thanks, thank you, for your help, for the help, thanks a lot, thank you very much, great, cheers, understood, got it, have a nice day,
        bóg zapłać, przekażę, wzajemnie, nawzajem, ślicznie dziękuję, pięknie dziękuję, z góry dziękuję,
        спасибо большое, большое спасибо, дуже дякую, diakuju, dyakuyu, diakuyu, djakuju, spasybo, thank you so much, thanks so much, many thanks,
        dzięki wielkie, wielkie dzięki, serdecznie dziękuję, dziena, щиро вдячна, щиро вдячний, вдячна, вдячний""",
    Sign.FAREWELL: "do widzenia, do zobaczenia, do jutra, do usłyszenia, до побачення, до зустрічі, до завтра, see you, bye, goodbye",
    Sign.FORGOT: """
        nie wiem, nie pamiętam, zapomniałam, zapomniałem, не знаю, не пам'ятаю, забула, забув,
        dont know, do not know, dont remember, do not remember, forgot""",
    Intent.DECLINE: """
        nie dziękuję, nie dzięki, [mi] żaden|żadna|żadne|żadnego|żadną [z tych|nich] [mi] [nie pasuje|odpowiada], nic z tego [nie pasuje|odpowiada], nic nie pasuje, [to] [ja] podziękuję, nie chcę żadnego,
        [ja] [się] [jeszcze] [się] zastanowię [się], [jeszcze] [się] pomyślę, [muszę] [się] zastanowić, może później, nie trzeba,
        ні дякую, ні спасибі, нічого [з цього] не підходить|підійде, ничего не подходит, жоден|жодна|жодне [з них|цих] [не] [підходить], [я] [ще] подумаю, не треба, не потрібно, нет спасибо, не надо,
        no thanks, no thank you, none of these|those|them [work|works|suit|suits] [for] [me], [i] [will|ill] think about it, let me think, not needed""",
    Sign.HINDERED: """
        nie wiem czy (dam radę|przyjdę|będę|dojadę),
        nie mam z kim [zostawić] [dziecka|dzieci] [zostawić], nie mam na bilet|autobus|dojazd, nie mam jak|czym [do was] dojechać|przyjechać|dojść|przyjść|dotrzeć,
        nie mam pieniędzy na bilet|autobus|dojazd, odpada, odpadam, wypadło mi coś, coś mi wypadło, [już] nie potrzebuję [już], [już] nieaktualne, something came up, something has come up, jestem w pracy, idę do pracy, mam [wtedy|jutro|dziś|dzisiaj] [inne] pogrzeb|sprawę|komisję|rozprawę|lekarza|pracę,
        немає|нема з ким залишити [дитину|дітей], немає|нема грошей на квиток|проїзд|автобус, [я] на роботі, не с кем оставить [ребенка|детей],
        nobody|noone to look after [the|my] [kids|children|child], [i] have to work, no money for the|a bus|ticket, [i] have no money for [the|a] bus|ticket""",
    Sign.DOUBT: """
        chyba, raczej, nie jestem pewna, nie jestem pewny, nie teraz, nie tak, zobaczę, zobaczymy, postaram, spróbuję,
        jeśli, jeżeli, gdyby, moja pomyłka, przepraszam pomyłka, pomyłka przepraszam, sorry pomyłka, tak czy nie, tak sobie,
        мабуть, напевно, якщо, не впевнена, не впевнений, моя помилка, вибачте помилка,
        not sure, perhaps, probably, if, whether, no idea,
        już nie mogę, nie mogę już, już nie dam rady, nie dam już rady, більше не можу, вже не можу, не можу більше, больше не могу, cant anymore, cannot anymore, can not anymore,
        nie mam pojęcia, не маю уявлення,
        czekam na, czekam pod, czekam przed, czekam aż, czekam już, poczekam na, poczekam pod, poczekam aż, чекаю на, чекаю під, чекаю біля, жду на, i will wait for, ill wait for, wait for""",
    Sign.QUESTION: "czy, чи",
    Sign.HOW: "jak, як, how, how do i, how can i",
}
