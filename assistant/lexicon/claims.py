"""The small words that turn a statement round: not, all, only, may, more, less.

Tables only, as in assistant.lexicon: one row a language, cues on text folded by
:func:`corpus.words.fold`. Used to compare a sentence with the quotes it cites, so a word that only
sometimes has the meaning is left out where it would be met often.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.lexicon.cues import Cues

NEGATION = Cues("""
    en not / cannot / \\w+n't / no(?! longer than\\b| \\d)(?!\\. ?\\d) / never / none / nobody / nothing / nowhere / neither / nor / without / fail(?:s|ed)? to / lack(?:s|ed|ing)? / refus(?:e|es|ed|al) / unable / refrain\\w* / absen(?:t|ce) / instead of / rather than
    fr ne(?! \\w+ que\\b) / n'\\w+(?! que\\b) / pas / jamais / aucune?s? / rien / personne ne / ni / sans / non / refus\\w* / manqu\\w+ / nulle part / plutot que / au lieu de
    de nicht / keine?[rnms]? / nie / niemals / niemand\\w* / nichts / ohne / weder / nirgends / fehl(?:t|en|te|ten|ende[rns]?) / verweiger\\w+ / anstatt / statt(?= (?:de[rsm]|eine[rsm]?|nur|auf|in|zu)\\b) / mangels
    es no / nunca / jamas / ningun[ao]?s? / nadie / nada / ni / sin / tampoco / falta(?:n|ba|ban)? / en lugar de / en vez de
    it non / mai / nessun[oa]?'? / nulla / niente / senza / neppure / nemmeno / manca(?:no|va|vano)? / invece di / anziche
    nl niet / geen / nooit / niemand / niets / nergens / zonder / noch / ontbre\\w+ / in plaats van
    pt nao / nunca / jamais / nenhum(?:a|as)? / ninguem / nada / nem / sem / falta(?:m|va|vam)? / em vez de
    pl nie / nigdy / zaden / zadn\\w+ / nikt / nic / nigdzie / bez / ani / brak\\w* / zamiast
""")
# "Not only … but also" denies nothing.
NOT_ONLY = Cues("""
    en not (?:only|just|merely|solely) / no less than / nothing but / no doubt
    fr (?:ne |n')?(?:\\w+ )?pas (?:seulement|uniquement) / non (?:seulement|plus) / n(?:e |')\\w+(?: \\w+){0,6} qu(?:e|'\\w+)
    de nicht (?:nur|allein|bloss|zuletzt)
    es no (?:solo|solamente|unicamente|obstante) / sin (?:embargo|duda)
    it non (?:solo|soltanto|solamente|unicamente) / nonostante
    nl niet (?:alleen|enkel|slechts)
    pt nao (?:so|apenas|somente) / sem duvida
    pl nie tylko
""")
# How much of a whole is meant. A sentence's class must be told by what it cites.
QUANTIFIERS: Mapping[str, Cues] = {
    "all": Cues("""
        en all(?! (?:over|about|kinds?|sorts?|along|in all)\\b) / every(?!day)(?:one|body|thing)? / entire(?:ly)? / always / completely / fully / without exception / 100 ?%
        fr tou(?:s|tes?)(?! les (?:ans|jours|mois|deux)) / totalite / chaque / chacune? / toujours / ensemble des / entierement / integralement
        de alle[rsnm]? / jede[rsnm]? / samtliche[rnsm]? / immer / vollstandig / ganzlich
        es tod[oa]s? / cada / siempre / totalmente / completamente
        it tutt[oiae] / ogni / ciascun[oa]? / sempre / completamente / interamente
        nl alle / ieder(?:e|een)? / elke? / altijd / volledig / allemaal
        pt tod[oa]s? / cada / sempre / totalmente / completamente
        pl wszys[ct]\\w+ / kazd\\w+ / zawsze / calkowicie / w pelni
    """),
    "most": Cues("""
        en most(?= (?:of|\\w+s)\\b) / mostly / (?:the |a )?majority / mainly / predominantly / largely / primarily
        fr la plupart / majorit\\w+ / principalement / surtout / essentiellement
        de die meisten / meist(?:ens)? / mehrheit\\w* / uberwiegend\\w* / hauptsachlich / vor allem / grossteil\\w*
        es la mayoria / mayorit\\w+ / principalmente / sobre todo
        it la maggior parte / maggioranza / principalmente / perlopiu / soprattutto
        nl de meeste\\w* / meerderheid / vooral / hoofdzakelijk / voornamelijk / grotendeels
        pt a maioria / maior parte / principalmente / sobretudo / maioritari\\w+
        pl wiekszosc\\w* / glown\\w+ / przede wszystkim / przewazn\\w+
    """),
    "few": Cues("""
        en few(?:er)? / hardly / little / scarcely / rarely / seldom / minority / a handful / barely
        fr peu de / rarement / minorit\\w+ / a peine / une poignee
        de wenige[rn]? / selten / kaum / minderheit\\w* / eine handvoll
        es poc[oa]s? / raramente / minoria / apenas / un punado
        it poc(?:o|a|hi|he) / raramente / minoranza / a malapena / una manciata
        nl weinig(?:e|en)? / zelden / nauwelijks / minderheid / een handvol
        pt pouc[oa]s? / raramente / minoria / mal / um punhado
        pl niewiel\\w* / rzadko / mniejszosc\\w* / ledwie / garstk\\w+
    """),
    "some": Cues("""
        en some(?! \\d|times|one|thing|what) / several / a number of / various / certain / sometimes / occasionally / part of the
        fr certain(?:e?s) / quelques / plusieurs / parfois / une partie
        de einige[rnm]? / manche[rnms]? / mehrere[rnm]? / manchmal / teil(?:s|weise) / verschiedene[rnm]?
        es algun[ao]?s / varios / varias / a veces / una parte
        it alcun[ie] / vari[e]? / divers[ie] / talvolta / una parte / qualche
        nl sommige[n]? / enkele / verscheidene / verschillende / meerdere / soms / een deel
        pt algun?(?:s|as) / algumas / vari[oa]s / as vezes / uma parte
        pl niektor\\w+ / kilk[au]\\w* / czasami / czesc\\w*
    """),
    "many": Cues("""
        en many / numerous / a lot of / lots of / often / frequently / hundreds / thousands / dozens
        fr beaucoup / nombreu(?:x|ses) / souvent / centaines / milliers / dizaines
        de viele[rnm]? / zahlreiche[rnm]? / oft / haufig\\w* / hunderte\\w* / tausende\\w* / dutzende\\w*
        es much[oa]s / numeros[oa]s / a menudo / cientos / miles / decenas
        it molt[ie] / numeros[ie] / spesso / centinaia / migliaia / decine
        nl veel / vele / talrijke / vaak / honderden / duizenden / tientallen
        pt muit[oa]s / numeros[oa]s / frequentemente / centenas / milhares / dezenas
        pl wiel[ue]\\w* / liczn\\w+ / czesto / setki / tysiace / dziesiatki
    """),
    "only": Cues("""
        en only / solely / exclusively / merely / sole / nothing but
        fr seulement / seule?s? / uniquement / exclusivement / ne \\w+ que
        de nur / ausschliesslich\\w* / lediglich / allein(?:ige[rnms]?)? / einzige[rnms]? / bloss
        es solo / solamente / unicamente / exclusivamente / unic[oa]s?
        it sol[oa] / soltanto / solamente / esclusivamente / unic[oa]
        nl alleen / enkel / uitsluitend / slechts / enige
        pt so / apenas / somente / unicamente / exclusivamente / unic[oa]s?
        pl tylko / wylacznie / jedyni?e? / jedyn\\w+
    """),
    "half": Cues("""
        en half / halves / halved
        fr moitie
        de halfte / halbe[rnms]? / halbiert\\w*
        es mitad / medi[oa]
        it meta / mezz[oa]
        nl helft / halve
        pt metade / mei[oa]
        pl polow\\w+
    """),
    "double": Cues("""
        en doubl(?:e|es|ed|ing) / twice / twofold
        fr doubl\\w+ / deux fois
        de doppelt\\w* / verdoppel\\w+ / zweimal
        es dobl\\w+ / duplic\\w+ / dos veces
        it doppi\\w* / raddoppi\\w+ / due volte
        nl dubbel\\w* / verdubbel\\w+ / twee ?(?:keer|maal)
        pt dobr\\w+ / duplic\\w+ / duas vezes
        pl podwo\\w+ / dwukrotn\\w+ / dwa razy
    """),
    "triple": Cues("""
        en tripl(?:e|es|ed|ing) / threefold / three times
        fr tripl\\w+ / trois fois
        de dreifach\\w* / verdreifach\\w+ / dreimal
        es tripl\\w+ / tres veces
        it tripl\\w+ / tre volte
        nl driedubbel\\w* / verdrievoudig\\w+ / drie ?(?:keer|maal)
        pt tripl\\w+ / tres vezes
        pl potroj\\w+ / trzykrotn\\w+ / trzy razy
    """),
}
# What is not done yet, or not surely. A sentence that tells it as done says more than its quote.
UNSURE = Cues("""
    en might / could / would / plan(?:s|ned|ning)? (?:to|for) / planned / intend\\w* / hope[sd]? / hoping / want(?:s|ed)? to / wish(?:es|ed)? to / propos(?:e|es|ed|al|als) / expect(?:s|ed)? / aim(?:s|ed)? / should / will / possibly / perhaps / probably / is to / are to / considering / allegedly / reportedly / if / tri(?:es|ed) to / attempt(?:s|ed)? / potential(?:ly)? / candidate\\w* / draft / scheduled
    fr pourrai\\w+ / devrai\\w+ / prevoi\\w+ / prevu\\w* / souhait\\w+ / espere\\w* / veu(?:t|lent) / envisag\\w+ / peut-etre / projet de / tent(?:e|ent|ait) de / vis(?:e|ent|ait) a / sera / seront
    de soll(?:en|te|ten)? / konnte[n]? / durfte[n]? / plan(?:t|en|te|ten) / geplant\\w* / will / wollen / wollte[n]? / mochte[n]? / hoff(?:t|en|te|ten) / beabsichtig\\w+ / vorgeschlagen\\w* / vielleicht / moglicherweise
    es podri\\w+ / deberi\\w+ / preve\\w* / previst\\w+ / quier\\w+ / espera\\w* / pretend\\w+ / propon\\w+ / propuest\\w+ / quiza\\w* / tal vez / planea\\w*
    it potrebbe\\w* / dovrebbe\\w* / prevede\\w* / previst\\w+ / vuole / vogliono / spera\\w* / propon\\w+ / propost\\w+ / forse / sara / saranno
    nl zou(?:den)? / gepland\\w* / wil / willen / hoop\\w* / hopen / voorgesteld\\w* / misschien / mogelijk / zal / zullen / van plan
    pt poderia\\w* / deveria\\w* / preve\\w* / previst\\w+ / quer(?:em)? / espera\\w* / pretend\\w+ / propo\\w+ / talvez / planej\\w+ / sera / serao
    pl moze / moga / mog(?:l|li)\\w* / planuj\\w+ / planowan\\w+ / chc\\w+ / powinn\\w+ / byc moze / bedzie / beda / proponuj\\w+ / zamierz\\w+
""")
# What costs nothing.
FREE = Cues("""
    en free(?: of charge)? / gratis
    fr gratuit\\w*
    de kostenlos\\w* / kostenfrei\\w* / gratis / unentgeltlich\\w*
    es gratis / gratuit\\w+
    it gratis / gratuit\\w+
    nl gratis / kosteloos
    pt gratis / gratuit\\w+
    pl bezplatn\\w+ / darmow\\w+
""")

# Number words by rank, from the second on: "first" is an adverb as often.
ORDINALS: Mapping[int, Cues] = {
    2: Cues("""
        en second(?!s|ary|-hand) / 2nd
        fr deuxiemes? / second[es]?s? / 2e
        de zweite[rnms]?
        es segund[oa]s?
        it second[oaie]
        nl tweede
        pt segund[oa]s?
        pl drugi\\w* / druga
    """),
    3: Cues("""
        en third(?!s) / 3rd
        fr troisiemes? / 3e
        de dritte[rnms]?
        es tercer[oa]?s?
        it terz[oaie]
        nl derde
        pt terceir[oa]s?
        pl trzeci\\w*
    """),
    4: Cues("""
        en fourth / 4th
        fr quatriemes? / 4e
        de vierte[rnms]?
        es cuart[oa]s?
        it quart[oaie]
        nl vierde
        pt quart[oa]s?
        pl czwart\\w+
    """),
    5: Cues("""
        en fifth / 5th
        fr cinquiemes? / 5e
        de funfte[rnms]?
        es quint[oa]s?
        it quint[oaie]
        nl vijfde
        pt quint[oa]s?
        pl piat\\w+
    """),
    6: Cues("""
        en sixth / 6th
        fr sixiemes? / 6e
        de sechste[rnms]?
        es sext[oa]s?
        it sest[oaie]
        nl zesde
        pt sext[oa]s?
        pl szost\\w+
    """),
    7: Cues("""
        en seventh / 7th
        fr septiemes? / 7e
        de siebte[rnms]?
        es septim[oa]s?
        it settim[oaie]
        nl zevende
        pt setim[oa]s?
        pl siodm\\w+
    """),
    8: Cues("""
        en eighth / 8th
        fr huitiemes? / 8e
        de achte[rnms]?
        es octav[oa]s?
        it ottav[oaie]
        nl achtste
        pt oitav[oa]s?
        pl osm(?:y|a|e|ego|ej|ym)
    """),
    9: Cues("""
        en ninth / 9th
        fr neuviemes? / 9e
        de neunte[rnms]?
        es noven[oa]s?
        it non[oaie]
        nl negende
        pt non[oa]s?
        pl dziewiat\\w+
    """),
    10: Cues("""
        en tenth / 10th
        fr dixiemes? / 10e
        de zehnte[rnms]?
        es decim[oa]s?
        it decim[oaie]
        nl tiende
        pt decim[oa]s?
        pl dziesiat\\w+
    """),
}
# How a value is bounded, right before its number.
BOUNDS: Mapping[str, Cues] = {
    "more": Cues("""
        en (?:more|greater|higher|longer|older|larger) than / over / above / at least / upwards? of / exceed\\w* / no (?:less|fewer) than / a minimum of
        fr plus (?:de|d'\\w+) / au moins / au-dela d\\w+ / depass\\w+ / superieur\\w* a
        de mehr als / uber / mindestens / wenigstens / gut
        es mas de / al menos / por lo menos / superior\\w* a / super\\w+
        it piu di / oltre / almeno / superior\\w+ a / super\\w+
        nl meer dan / ruim / minstens / minimaal / ten minste / boven
        pt mais de / pelo menos / acima de / superior\\w* a
        pl ponad / wiecej niz / co najmniej / powyzej / przynajmniej
    """),
    "less": Cues("""
        en (?:less|fewer|lower|shorter|smaller) than / under / below / at most / as many as / (?<!add )(?<!adds )(?<!added )(?<!amounts )up to / no more than / a maximum of / nearly / almost / close to / not more than
        fr moins (?:de|d'\\w+) / au plus / au maximum / jusqu'a / pres de / presque / inferieur\\w* a
        de weniger als / unter / hochstens / maximal / bis zu / fast / knapp / beinahe / nahezu
        es menos de / como maximo / hasta / casi / inferior\\w* a
        it meno di / al massimo / fino a / quasi / inferior\\w+ a
        nl minder dan / onder / hooguit / maximaal / tot / bijna / hoogstens
        pt menos de / no maximo / ate / quase / inferior\\w* a
        pl mniej niz / ponizej / co najwyzej / do / prawie / niemal / maksymalnie
    """),
}
# Words that open another clause.
JOINS = Cues("""
    en and / but / while / whereas / which / who / whose / where / because / although / though / so / however / then / when / as well as
    fr et / mais / tandis / qui / que / dont / ou / parce / car / alors / puis / lorsque / quand
    de und / aber / wahrend / der / die / das / welche[rnms]? / weil / obwohl / sondern / sowie / wobei / dann
    es y / e / pero / mientras / que / quien(?:es)? / cuyo / donde / porque / aunque / sino / cuando
    it e / ed / ma / mentre / che / cui / dove / perche / sebbene / quando / poi
    nl en / maar / terwijl / die / dat / waar / omdat / hoewel / wanneer / toen
    pt e / mas / enquanto / que / cujo / onde / porque / embora / quando
    pl i / a / ale / lecz / podczas / ktor\\w+ / gdzie / poniewaz / choc / gdy / oraz
""")
# How often: what a count is told by.
PERIODS: Mapping[str, Cues] = {
    "h": Cues("""
        en hour(?:ly|s)?
        fr heures?
        de stund(?:e|en|lich)
        es horas?
        it or[ae]
        nl uur / uren
        pt horas?
        pl godzin\\w*
    """),
    "d": Cues("""
        en day / daily / days
        fr jours? / journ\\w+ / quotidien\\w*
        de tag(?:e|en|s)? / taglich\\w*
        es dias? / diari\\w+
        it giorn[oi] / giornat\\w+ / quotidian\\w+
        nl dag(?:en)? / dagelijks\\w*
        pt dias? / diari\\w+
        pl dzien\\w* / dni\\w* / codzien\\w+
    """),
    "wk": Cues("""
        en week(?:ly|s)?
        fr semaines? / hebdomadaire\\w*
        de woche[n]? / wochentlich\\w*
        es semanas? / semanal\\w*
        it settiman\\w+
        nl we(?:ek|ken|kelijks)\\w*
        pt semanas? / semanal\\w*
        pl tydzien / tygodni\\w*
    """),
    "mo": Cues("""
        en month(?:ly|s)?
        fr mois / mensuel\\w*
        de monat(?:e|en|s|lich)?\\w*
        es mes(?:es)? / mensual\\w*
        it mes[ei] / mensil\\w+
        nl maand(?:en|elijks)?\\w*
        pt mes(?:es)? / mensa\\w+
        pl miesi\\w+
    """),
    "yr": Cues("""
        en years? / yearly / annual(?:ly)?
        fr ans? / annees? / annuel\\w*
        de jahr(?:e|en|es|lich)?\\w*
        es anos? / anual\\w*
        it ann[oi] / annual\\w+ / annu\\w+
        nl ja(?:ar|ren|arlijks)\\w*
        pt anos? / anual\\w*
        pl rok\\w* / lat(?:a)? / roczn\\w+
    """),
}
# What makes a period a rate: "a day", "pro Tag".
RATE = Cues("""
    en an? / per / each / every
    fr par / chaque
    de pro / je / jede[rnms]? / im / am
    es por / al / cada
    it al / all'\\w* / ogni / per
    nl per / elke?
    pt por / ao / cada
    pl na / w / co / kazd\\w+
""")
# What only names where a statement comes from; no part of what is stated.
ATTRIBUTION = Cues("""
    en according to the (?:article|source|text|document|page|report|quotes?),? / as (?:the|its) (?:article|source) (?:says|puts it),?
    fr selon (?:l'article|la source|le texte|le document),? / d'apres (?:l'article|la source|le texte),?
    de (?:laut|nach|gemass)(?: de[rms]| dieser)? (?:artikels?|quelle|texte?s?|bericht|dokument)(?: gilt:)?
    es segun (?:el articulo|la fuente|el texto|el documento),?
    it secondo (?:l'articolo|la fonte|il testo|il documento),?
    nl volgens (?:het|de) (?:artikel|bron|tekst|document)(?: geldt:)?
    pt segundo (?:o artigo|a fonte|o texto|o documento),?
    pl (?:wedlug|zgodnie z) (?:artykulu|artykulem|zrodla|zrodlem|tekstu|tekstem),?
""")
# The second half of "neither … nor", which denies nothing more.
NOR = frozenset(["nor", "ni", "noch", "ne", "nem", "ani", "pas", "jamais", "rien", "non", "plus"])
