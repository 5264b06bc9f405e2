"""Remembers how despair, danger and farewell are written, and what only looks like them; in three languages and Russian.

A phrase is words in order. `*` ends a stem; `..` stands for up to four words between, `&` for the same in either order;
`a|b` is either. Latin letters for Ukrainian are how it is typed on a Polish keyboard.
"""


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in text.split(","))


POLISH = _phrases("""
    nie|odechc*|niechc*|niechcesz|ochoty & zyc|zycc|zycia, po co|nashto .. zyc|zyje, dosc|dosyc|sens*|sil*|zmecz* & zyc|zycia|zyciem|zycie, zyci* .. pieklo|koszmar|bez sensu, wszystko jedno .. zyje, nie warto & zyc,
    nienawidze .. zycia|siebie, nie & istniec, nie chc* .. byc na tym swiecie,
    dosc|dosyc & wszystkiego .., nie chce .. tego wszystkiego, juz|naprawde|tak mam tego dosc,
    chc*|wol*|pragn*|czas|lepiej|ochote|moge & umrzec|zdechnac|zginac, umre i, niedlugo .. umre, wole|chce smierc*, marz* .. smierci, smierc .. lepsza|lepsze|wybawieni*, mysl* .. smierci,
    zebym|zeby|jakbym|gdybym|bym|abym & umarl|umarla|zdechl|zdechla|zginal|zginela, zebym|jakbym|gdybym|obym|bym|wolalbym|wolalabym & nie zyl|zyla|zyc,
    gdyby|jakby|zeby|lepiej .. mnie .. nie bylo, mnie nie bylo .. lepiej, mnie juz nie bedzie, najlepiej .. mnie nie, lepiej .. beze mnie, lepiej bez mnie, beze mnie .. lepiej, nie .. na tym swiecie, nikt .. nie .. plakal*|zauwazyl*|tesknil*, nikomu .. nie .. potrzebn*, nikomu .. niepotrzebn*, nikomu .. potrzebn*,
    chc*|wol* .. zniknac .. na zawsze, zniknela|zniknal na zawsze, zniknac na zawsze, odejsc|odejde .. na zawsze, odejsc|odejde .. z tego swiata, tamten swiat, tamtym swiecie, mnie nie uratuj*|odratuj*, sie .. nie urodzil*,
    zabije|zabic|zabijam|zabil|zabila & sie|siebie, zabij*|zabic|zabil & mnie|nas, sie zabij*,
    samoboj*, samobuj*, samobojstwo, samobojstwie, samobojcze, samobojca, odebrac|odbiore & zycie, targn* sie na, skrocic .. zycie|meki,
    skoncz*|koncz* .. ze|z soba, ze soba .. skoncz*, skoncz* .. z tym .. wszystkim, z tym wszystkim .. skoncz*, chce|mysl*|zeby .. z tym skonczyc, zycia .. po dziurki, trzyma .. przy zyciu, nie zalezy .. zyciu, zycie .. zbrzydlo|obrzydlo|przeroslo|meczy, lepiej .. mnie nie, skoncz* .. swoje zycie, skoncz* z zyciem,
    skocz*|wyskocz*|skoczyc|rzuc*|skakac .. z|przez|ze mostu|wiaduktu|balkonu|okna|okno|dachu|wiezowca|pietra|skarpy, skocz*|rzuc*|wejd*|wejsc|wjad* .. pod|do pociag|auto|tir|tira|samochod|autobus|tramwaj|kola|rzeki|odry, ide|pojde|poszedlem|poszlam|stoje .. na tory|torach, ide|pojde na most, stoje na moscie i,
    powiesz*|powiesic|powiesil* & sie, sznur, petl*, ochote sie powiesic, utopi* sie, sie utopi*, zastrzel* sie, sie zastrzel*, otru* sie, sie otru*,
    podetn*|podcia*|podciel* & zyly, potne|pocielam|pocialem|cielam|cialem|ciac|tne & sie|rece|reke|nadgarst*|siebie,
    polkn*|lykn*|lyk*|nalyk*|wezm*|wziel*|wzial*|zjad* .. tabletk*|tabletek|leki|lekow|prochy|opakowanie .. wszystk*|cale|garsc|opakowanie|naraz, duzo|kilkanascie|kilkadziesiat|mnostwo .. tabletek|lekow|prochow, wszystkie|cale|garsc|opakowanie .. tabletk*|tabletek|leki|lekow, polkn* .. tabletk*|tabletek, przedawk*, nalyk* .. tabletek|tabletk*|lek*|proszk*,
    zegnajcie .. koniec, zegnajcie|zegnaj|zegnam .. na zawsze, koniec ze mna, ostatni* wiadomosc|sms ode mnie, to .. moja ostatnia wiadomosc, zrob* .. sobie .. krzywd*, cos sobie & zrob*, sobie .. cos .. zrob*, cos .. sobie .. zrob*, skrzywdz* sie, okalecz*,
    nie & obudzic|budzic .. sie, sie .. nie .. obudzic|budzic, nie .. sie .. budzic, zasnac na zawsze, nie .. dla mnie .. ratunku|nadziei|wyjscia, nie widze .. ratunku|nadziei|wyjscia, nie ma juz ratunku|nadziei|wyjscia, zadnej nadziei, nie widze .. sensu zyc|zycia,
    dluzej nie moge tak, dluzej tak nie moge, dluzej nie wytrzymam, nie wytrzymam dluzej|juz|tego, nie dam rady .. dluzej tak, nie dam .. rady tak dalej, nie moge tak dalej, juz tak nie moge, tak juz nie moge, juz nie mam sily, nie mam juz sily, nie mam wiecej sil*, brak mi sil zyc|juz,
    bije|bija|pobil|pobili|bil|dusi|dusil|kopie & mnie|nas .., maz|partner|chlopak|konkubent|ojciec|syn|on|brat|tata .. mnie|nas .. bije|bil|pobil|dusi|zabije|skrzywdzi, gwalc*, zgwalc*, znec* sie, boje sie .. zycie, ma noz, z nozem, grozi mi .. zabij*|smierc*|nozem|pob*
""")
UKRAINIAN = _phrases("""
    не & жити .. сенсу|хочу|хочеться|можу|хоч*|бачу, не хоч* .. жити|жить, жити|жить .. не хоч*, не можу|могу .. жити|жить, не бачу|вижу .. сенсу|смысла, немає|нема|нет .. сенсу|смысла .. жити|жить, сенсу|смысла .. жити|жить|життя|жизни, життя|жизнь .. не має|имеет, життя|жизнь .. немає .. сенсу|смысла, життя|жизнь .. втрат*|потерял* .. сенс|смысл, нащо|навіщо|чого|зачем|незачем|незачєм .. жити|жить,
    набрид*|втом*|надоел*|устал* & жити|життя|жить|жизнь|жизни|життям, сил .. жити|жить, хоч*|краще|лучше|хотіл*|хотел* & померти|вмерти|умерти|умереть|сдохнуть|здохнути, краще|лучше .. померла|помер|вмерла|вмер|умерла|умер|сдохла|сдох, щоб|чтобы|чтоб|якби|если|б|бы .. мене|меня .. не було|было, краще|лучше .. мене|меня .. не було|было, краще|лучше .. не .. народи*|родил*, вкоротити|вкорочу|укоротить .. віку|життя|жизнь, накласти руки, без мене|меня .. краще|лучше .. буде|будет|всім|всем, всім|всем|буде|будет .. краще|лучше .. без мене|меня,
    самогуб*, суїцид*, суицид*, самоубий*, вб'ю|вбити|уб'ю|убью|убить|вбиваю & себе|себя, накла*|налож* & руки, покінч*|покончу|покончить|закінчу & собою|життям|жизнью, покончу, ненавиджу|ненавижу .. себе|себя, хочу|хочеться|хочется .. зникнути|исчезнуть,
    поріз*|поріж*|порез*|порежу|ріжу|режу & вени|вены|себе|себя|руки, вип*|наковтал*|ковтну|выпил*|выпью|проковтн* .. всі|все|багато|жменю|пачку .. таблет*, вип*|выпил* .. таблет* .. всі|все, наковтал* таблет*, повішусь|повіситись|повіситися|повішуся|повешусь|повеситься|повісюсь, стрибн*|прыгн*|кинусь|кинуся|брошусь .. моста|мосту|вікна|окна|даху|крыши|балкона|потяг|поезд, прощавайте назавжди, прощайте навсегда, прощавайте|прощайте .. це|это кінець|конец, зроблю|сделаю .. з|с собою|собой, зроблю щось собі,
    більше|больше & так .. не можу|могу, так .. більше|больше .. не можу|могу, не можу|могу .. більше|больше так, сил .. більше|больше немає|нет, немає|нет .. сил більше|больше, не .. прокинутися|прокинутись|прокидатися|прокидатись|проснуться|просыпаться, вже все одно .. жити,
    мене|меня|нас & б'є|вб'є|бьет|убьет|бив|бил|побив|избил|душить|душит, ґвалт*, гвалт*, изнасил*,
    ne & hochu|khochu|chochu|chocu .. zhyt*|zyt*|zhit*|zyty|zhity, hochu|khochu|chochu .. pomerty|vmerty|umeret|pomerti, vbju sebe, ubju sebja, pokinchu z soboju
""")
ENGLISH = _phrases("""
    dont|not|never|no & want|wanna|reason|point|desire & live|living|alive, not want to live, dont wanna live, want to die, wanna die, feel like dying, wish i was|were dead, wish i .. never born, rather|id .. be dead, better off dead, better if i .. dead|died|die|gone, should be dead, if i died|die .., nobody|noone|one .. would miss me,
    kill & myself, killing myself, suicid*, end my life, ending my life, end|ending it all|tonight|now|today, going to end it, thinking|think .. ending it, take|taking .. my own life, no|nothing & reason|point|worth & living|live|life|on, nothing .. to live for, reason to go on, point .. going on, life .. pointless|meaningless|worthless, life .. not worth, life .. worth living, life .. no meaning, not worth living, take|stand this life, dont .. want .. wake up,
    tired|sick of living|life, hate my life, hate myself, better .. without me, cut|cutting|hurt|hurting|harm|harming myself, self harm, all .. pills .., take them all, too many pills, overdos*, hang myself, drown myself, shoot myself, jump .. off|from .. bridge|roof|building|window, jump in front, slit my, goodbye forever, last message .. from me,
    cant|cannot|not .. go on, cant|cannot .. live like this, cant|cannot .. live .. anymore, cant|cannot take it any*, cant|cannot do this any*, disappear forever, want to disappear, want .. to not exist, dont want to exist, dont want to be here any*, never wake up, not wake up, no way out, given|giving up on life, lost all hope, no hope left,
    he|husband|boyfriend|partner|father|son|she|wife .. kill|beat|beats|hits|hit|hurts|rapes|raped .. me, kill me .., beats me, beating me, raped me
""")
PHRASES = (*POLISH, *UKRAINIAN, *ENGLISH)

# What holds such words and means nothing by them.
HARMLESS = _phrases("""
    da sie zyc z, zyc bez kawy|papierosa|papierosow|telefonu|internetu|samochodu, zyc nie umierac, zyc z czego, wykupil*|przynies*|przynios* .. leki|lekow|tabletki, dusi .. kaszel|goraco|upal, mnie juz nie bedzie w|do|o|jutro|dzis|dzisiaj|wtedy, sznur* do, nie bije, nie zabij*, zabic|zabije|zabijam czas|nude, bije sie z myslami, bije rekord*, serce & bije,
    cant|cannot go on .. monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|today|foot|holiday|trip, cant|cannot go on the|that|this|my|foot|holiday, cant|cannot take it on, bus|traffic|heat|weather|stairs .. kill*|killing me, killing me haha|lol,
    краще|лучше без мене|меня почніть|починайте|начните|начинайте
""")
