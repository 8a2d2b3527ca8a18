"""The words by which a question tells what kind of value it wants."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.lexicon.cues import Cues

# ISO 4217 codes that a number may be told in.
CURRENCIES = frozenset({"EUR", "GBP", "USD", "CHF", "PLN", "SEK", "DKK", "NOK", "CZK", "HUF"})
# What kind of value is asked for; a question may ask for several.
ASKED: Mapping[str, Cues] = {
    "size": Cues("""
        en how (?:large|big|high|great)
        fr quelle taille
        de wie (?:gross|hoch|stark)
        es que tamano
        it che dimensione
        nl hoe (?:groot|hoog)
        pt que tamanho
        pl jak duz\\w+
    """),
    "count": Cues("""
        en how (?:many|often) / how much(?! (?:money|does|did|is|was)) / number of / by how much
        fr combien(?! (?:cout|vaut)) / quel nombre
        de wie ?viele?(?! uhr) / wie oft / anzahl
        es cuant[oa]s? / que numero
        it quant[ieao] / che numero
        nl hoeveel / hoe vaak / aantal
        pt quant[oa]s? / que numero
        pl ile / ilu / liczba
    """),
    "money": Cues("""
        en budgets? / costs? / prices? / sums? / how much money / more money / salary / rent / fees? / funding / grant / subsid\\w+ / euros? / pounds / how much (?:does|did|money|is|was)
        fr budgets? / couts? / coute\\w* / prix / montant / somme / tarifs? / loyer / argent / pay(?:er|ent|e) / subvention\\w* / euros?
        de budgets? / \\w*kosten / kostete?n? / \\w*preise? / betrag / \\w*summe / \\w*beitrag / \\w*miete / geld / \\w*gebuhr\\w* / euro
        es presupuestos? / cuesta\\w* / costo / coste / pago / precios? / importe / alquiler / dinero / pagar / cuotas? / tarifas? / euros?
        it bilancio / costa\\w* / prezz[oi] / importo / somma / affitto / denaro / soldi / canone / euro
        nl begroting / budget / kost / kosten / gekost / prijs / bedrag / huur / geld / betalen / euro / economische waarde
        pt orcamentos? / cust\\w+ / precos? / valor / montante / aluguel / renda / dinheiro / pagar / taxas? / euros
        pl kosztuj\\w+ / koszt\\w* / budzet\\w* / cena / ceny / kwot\\w+ / czynsz\\w* / oplat\\w* / pieniedzy / euro
    """),
    "percent": Cues("""
        en what share / percentage / per ?cent / proportion
        fr quelle part / quel pourcentage / pourcentage / quelle proportion
        de anteil / prozent\\w*
        es porcentaje / que parte / proporcion
        it percentuale / quale quota / che quota / quale parte
        nl percentage / procent / welk deel
        pt porcentagem / percentagem / que parte
        pl procent\\w* / odsetek / jaka czesc
    """),
    "length": Cues("""
        en how (?:long|far|tall|wide|heavy|old) / co2 / distance
        fr quelle (?:longueur|hauteur|duree|distance|superficie) / co2
        de wie (?:lang|weit|alt|lange) / co2
        es longitud / que (?:distancia|altura|edad) / co2
        it altezza / lunghezza / distanza / co2
        nl hoe (?:lang|ver|oud|breed) / co2
        pt comprimento / altura / distancia / co2
        pl jak (?:dlug\\w+|wysok\\w+|daleko) / ile lat / co2
    """),
    "date": Cues("""
        en when(?= (?:and|is|are|was|were|did|does|do|will|has|have|should|can)\\b) / since when / (?:what|which) dates? / on what date / (?:what|which) (?:\\w+ ){0,2}days? / last day / (?:what|which) year / deadline
        fr quand / quelles? dates? / quels? jours? / quelle annee / depuis quand
        de wann / welche[mnrs]? (?:tag\\w*|jahr\\w*|datum) / seit wann
        es cuando / que (?:\\w+ )?(?:dias?|fechas?|ano) / en que ano
        it quando / (?:che|quale|quali|quel) (?:giorn[oi]|anno|data|date)
        nl wanneer / welke (?:dag\\w*|datum|data) / welk jaar / sinds wanneer
        pt quando / que (?:dias?|data|datas|ano)
        pl kiedy / ktorym roku / jakim dniu / jakich dniach / jakiego dnia / od kiedy
    """),
    "time": Cues("""
        en what time / (?:what|which) hours / opening hours
        fr quelle heure / quels horaires / horaires
        de uhrzeit / wie ?viel uhr / offnungszeiten
        es que hora / horario
        it che ora / orari[oo]?
        nl hoe laat / openingstijden
        pt que horas? / horario
        pl ktorej godzinie / godziny otwarcia
    """),
    "place": Cues("""
        en where / (?:in|at|on|from) (?:which|what) (?:\\w+ ){0,2}(?:city|town|country|place|district|square|street|municipality|neighbourhood|village)
        fr ou / quelle ville / quel (?:pays|lieu|quartier)
        de wo / welcher stadt / welchem (?:land|ort|viertel)
        es donde / que (?:ciudad|pais|lugar)
        it dove / (?:quale|che) (?:citta|paese|luogo)
        nl waar / welke (?:stad|plaats|gemeente) / welk land
        pt onde / que (?:cidade|pais|lugar)
        pl gdzie / jakim miescie / ktorym miescie / jakim kraju
    """),
    "person": Cues("""
        en who / whose / whom / what is the name of the (?:mayor|chair\\w*|director|president|head|founder|curator) / architect / director / founder / curator / mayor / which (?:company|person|party|member|newspaper|organi[sz]ation)
        fr qui / architecte / directeur / directrice / maire
        de wer / wem / wen / wessen / wie heisst (?:der|die) (?:\\w*burgermeister\\w*|leiter\\w*|vorsitzende\\w*)
        es quien(?:es)?
        it chi
        nl wie / wiens / hoe heet de (?:burgemeester|voorzitter|directeur)
        pt quem
        pl kto / kogo / kim / jak nazywa sie (?:burmistrz|prezydent|dyrektor|przewodniczacy)
    """),
    "reason": Cues("""
        en why / for what reason
        fr pourquoi
        de warum / weshalb / wieso
        es por que
        it perche
        nl waarom
        pt porque / por que
        pl dlaczego
    """),
    "phone": Cues("""
        en (?:tele)?phone(?: number)? / e-?mail(?: address)? / contact address
        fr telephone / e-?mail / courriel
        de telefon\\w* / e-?mail\\w*
        es telefono / correo electronico
        it telefono / e-?mail
        nl telefoon\\w* / e-?mail\\w*
        pt telefone / e-?mail
        pl telefon\\w* / e-?mail
    """),
}
# Verbs by which "how much" asks for an amount of money.
COSTS = Cues("""
    en how much (?:\\w+ ){0,8}?(?:cost|pay|paid|spend|spent|earn|money)
    fr combien (?:\\w+[ ']){0,8}?(?:cout\\w+|paye\\w*|depens\\w+|argent)
    de wie ?viel (?:\\w+ ){0,8}?(?:kostet\\w*|gekostet|zahl\\w+|bezahl\\w+|geld)
    es cuanto (?:\\w+ ){0,8}?(?:cuesta\\w*|costo|costado|pag\\w+|gasto|dinero)
    it quant[oi] (?:\\w+ ){0,8}?(?:costa\\w*|paga\\w*|speso|denaro|soldi)
    nl hoeveel (?:\\w+ ){0,10}?(?:kost\\w*|gekost|betaal\\w*|betalen|uitgegeven|geld)
    pt quanto (?:\\w+ ){0,8}?(?:cust\\w+|pag\\w+|gast\\w+|dinheiro)
    pl ile (?:\\w+ ){0,8}?(?:kosztuj\\w+|kosztowa\\w+|zaplac\\w+|placi\\w*|pieniedzy|wynosi \\w+ (?:czynsz|oplata))
""")
# Stems of words for any human being.
PEOPLE = Cues("""
    en people / peopl / person\\w*
    fr person\\w* / gens
    de person\\w* / mensch\\w* / leut\\w*
    es person\\w* / gent\\w*
    it person\\w* / gent\\w*
    nl person\\w* / mens\\w*
    pt pesso\\w*
    pl osob\\w* / osob / ludz\\w*
""")
# Asks for the day of the article, not of what it tells.
PUBLISHED = Cues("""
    en publish\\w* / posted / appeared / reported / announced / article / post
    fr publi\\w+ / paru\\w* / annonc\\w+ / article
    de veroffentlich\\w* / erschien\\w* / artikel / gemeldet / bericht\\w*
    es public\\w+ / aparec\\w+ / anunci\\w+ / articulo
    it pubblic\\w+ / usci\\w+ / annunci\\w+ / articolo
    nl gepubliceerd / verschen\\w+ / aangekondigd / artikel / bericht
    pt public\\w+ / saiu / anunci\\w+ / artigo
    pl opublikowa\\w+ / ukaza\\w+ / oglosz\\w+ / artykul\\w*
""")
# A way of deciding, and no amount: its name holds the word for money in most languages.
PARTICIPATORY_BUDGET = Cues("""
    en (?:participatory|participative|citizens'?|people's|youth|school|children's|liveability|neighbourhood) budget\\w*
    fr budgets? (?:participatifs?|citoyens?)
    de burgerhaushalt\\w* / burgerbudget\\w* / (?:partizipativ|beteiligungs)\\w*[ -]?(?:haushalt|budget)\\w*
    es presupuestos? participativos?
    it bilanc\\w+ partecipativ\\w+
    nl (?:burger|buurt|wijk|bewoners)(?:begroting|budget)\\w* / participatieve (?:begroting|budget\\w*) / leefbaarheidsbudget\\w*
    pt orcamentos? participativos?
    pl budzet\\w* (?:obywatelsk|partycypacyjn)\\w+
""")
# The word for a budget as a whole; prices and fees have others.
BUDGET = Cues("""
    en budgets? / funding / funded / in all / altogether
    fr budgets? / financement
    de budgets? / etat / haushalt\\w* / finanzierung
    es presupuestos? / financiacion
    it bilanci[o]? / budget / finanziamento
    nl begroting / budget / financiering
    pt orcamentos? / financiamento
    pl budzet\\w* / finansowani\\w+
""")
# Words for what has a budget, none of which says what else is paid for.
UNDERTAKING = Cues("""
    en projects? / programmes? / practices? / schemes? / initiatives? / much
    fr projets? / programmes? / pratiques? / initiatives?
    de projekte?\\w* / programme?\\w* / praxis / praktik\\w* / initiative\\w* / viel
    es proyectos? / programas? / practicas? / iniciativas?
    it progett[oi] / programm[ai] / pratic\\w+ / iniziativ[ae]
    nl projecten? / project / programma\\w* / praktijk\\w* / initiatie\\w+
    pt projetos? / programas? / praticas? / iniciativas?
    pl projekt\\w* / program\\w* / praktyk\\w* / inicjatyw\\w*
""")
# What joins two questions in one sentence.
AND = Cues("""
    en and
    fr et
    de und / sowie
    es y / e
    it e / ed
    nl en
    pt e
    pl i / a / oraz
""")
# Any question word.
ASKS = Cues("""
    en what / which / when / where / who / whom / whose / how / why
    fr combien / quel(?:le)?s? / quand / ou / qui / comment / pourquoi / que / qu / quoi
    de wie / wann / wo / wohin / woher / wer / wem / wen / was / welche[mnrs]? / warum / wofur / woraus
    es cuant[oa]s? / que / cuando / donde / quien(?:es)? / como / cual(?:es)?
    it quant[ieao] / quando / dove / chi / che / cosa / come / qual[ei]? / perche
    nl hoe / hoeveel / wanneer / waar / wie / wat / welke? / waarom
    pt quant[oa]s? / quando / onde / quem / como / qua(?:l|is) / que / o que
    pl ile / ilu / kiedy / gdzie / kto / kogo / kim / co / czym / jak\\w* / ktor\\w+ / dlaczego
""")
# Those that ask for a place, and what asks for it together with a preposition.
WHERE = Cues("""
    en where
    fr ou
    de wo
    es (?:en )?donde / adonde
    it dove
    nl waar
    pt (?:em )?onde
    pl gdzie
""")
# The question words among them that ask for things.
THINGS = Cues("""
    en what / which
    fr quel(?:le)?s? / que / quoi
    de was / welche[mnrs]?
    es que / cual(?:es)?
    it che / cosa / qual[ei]?
    nl wat / welke?
    pt qua(?:l|is) / que / o que
    pl co / czym / jaki\\w* / ktor\\w+
""")
# A question word that opens a second question, after a preposition or not. Words that as often
# open a relative clause ("and who", "y que") need their preposition.
ASKS_AGAIN = Cues("""
    en (?:(?:on|at|in|by|from|for|to|of|since|about|with|until|as) ){0,2}(?:(?:what|which) \\w+|what|when|where|how|why|who (?:was|is|were|are|did|has|won|runs?|made|paid|pays))
    fr (?:(?:a|en|de|par|pour|depuis|sur|dans|avec) ){0,2}(?:combien|quel(?:le)?s?|quand|comment|pourquoi) / qu'est-ce / que (?:fait|font)
    de (?:(?:an|am|auf|bei|in|im|mit|seit|um|von|zu|fur|aus|bis|nach|uber) ){0,2}(?:etwa |ungefahr |rund )?(?:wie|wann|wo|wohin|woher|wer|was|welche[mnrs]?|warum|wofur)
    es (?:(?:a|en|de|por|para|desde|con|sobre) )?(?:cuant[oa]s?|cuando|donde|quien(?:es)?|cual(?:es)?) / (?:a|en|de|por|para|desde|con) que
    it (?:(?:a|in|di|da|per|con|su|fra) )?(?:quant[ieao]|quando|dove|chi|qual[ei]?) / (?:a|in|di|da|per|con) che
    nl (?:(?:aan|op|in|met|sinds|om|van|voor|uit|bij|tot) )?(?:hoe|hoeveel|wanneer|waar|wie|wat|welke?|waarom)
    pt (?:(?:a|em|de|por|para|desde|com|sobre) )?(?:quant[oa]s?|quando|onde|quem|qua(?:l|is)) / (?:a|em|de|por|para|desde|com) que
    pl (?:(?:na|w|we|z|o|od|do|przez|za|po) )?(?:ile|ilu|kiedy|gdzie|kto|jak\\w*|ktor\\w+|dlaczego|co)
""")
