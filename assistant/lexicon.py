"""The words by which a question tells what it wants, language by language.

Tables only: knows vocabulary, refuses to decide anything. Each row is one language; its cues
stand between slashes and are regular expressions on text folded by :func:`corpus.words.fold`
(lower case, no accents). Keeping languages apart matters: "of" is "or" in Dutch.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from corpus.words import fold, stem

# ISO 4217 codes that a number may be told in.
CURRENCIES = frozenset({"EUR", "GBP", "USD", "CHF", "PLN", "SEK", "DKK", "NOK", "CZK", "HUF"})
LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "pt", "pl")


class Cues:
    """One meaning's cues in every language, searched in the language of the question."""

    def __init__(self, table: str) -> None:
        self._cues: dict[str, str] = {}
        for row in table.strip().splitlines():
            language, _, cues = row.strip().partition(" ")
            self._cues[language] = "|".join(c.strip() for c in cues.split("/") if c.strip())
        self._patterns: dict[str, re.Pattern[str]] = {}

    def search(self, folded: str, language: str) -> re.Match[str] | None:
        """The first cue of ``language`` in ``folded``; English stands in for other languages."""
        return self._pattern(language).search(folded)

    def finditer(self, folded: str, language: str) -> list[re.Match[str]]:
        """Every cue of ``language`` in ``folded``, in order."""
        return list(self._pattern(language).finditer(folded))

    def opens(self, folded: str, language: str) -> re.Match[str] | None:
        """The cue that ``folded`` begins with, if it begins with one."""
        return self._pattern(language).match(folded)

    def _pattern(self, language: str) -> re.Pattern[str]:
        """Compiled when first asked for: a question is in one language of eight."""
        spoken = language if language in self._cues else "en"
        pattern = self._patterns.get(spoken)
        if pattern is None:
            pattern = re.compile(rf"(?<!\w)(?:{self._cues[spoken]})(?!\w)")
            self._patterns[spoken] = pattern
        return pattern


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
        en budgets? / costs? / prices? / how much money / more money / salary / rent / fees? / funding / grant / subsid\\w+ / euros? / pounds / how much (?:does|did|money|is|was)
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

# Orders to enumerate, at the start of a question.
LIST_ORDER = Cues("""
    en (?:please )?(?:name|list|give|enumerate|show)
    fr cite[zr]? / nomme[zr]? / liste[zr]? / enumere[zr]? / donne[zr]?
    de nenne[nt]? / liste[nt]? / zahle / gib
    es enumera / nombra / cita / lista / dime
    it elenca / nomina / cita / indica
    nl noem / geef / som
    pt enumere / nomeie / liste / cite / indique
    pl wymien / podaj / wylicz
""")
# Question words that are plural in themselves.
PLURAL_QUESTION = Cues("""
    en who are / who were / what are
    fr quels / quelles / lesquels / lesquelles
    de wer sind / wer waren / wem
    es cuales / quienes
    it quali
    nl welke (?:twee|drie|vier|vijf|zes|zeven|acht)
    pt quais
    pl ktorzy / jacy
""")
# Question words that a plural noun turns into a request for every member of a set.
WHICH = Cues("""
    en which / what / from which / in which
    fr quels / quelles
    de welche[nrm]?
    es que
    it quali / che
    nl welke
    pt que / quais
    pl ktore / jakie / ktorych / jakich
""")
# Plural nouns that name a set of things.
PLURAL_SETS = Cues("""
    en cities / towns / places / villages / municipalities / networks / associations / practices / events / projects / cases / countries / organi[sz]ations / people / companies / metropolises / regions / districts / meetings / conferences / initiatives / programmes / examples / processes / partners / members / workshops / groups / themes / topics / tools / services / men / women / children / platforms / categories / areas / fields / domains / sectors / institutions / bodies / donors / sponsors
    fr villes / communes / reseaux / pratiques / evenements / projets / personnes / pays / lieux / associations / organisations / entreprises / exemples / groupes / plateformes / themes / partenaires / membres / outils / domaines / categories / initiatives / institutions
    de stadten? / staedten? / stadtenetzwerken? / orten? / gemeinden / netzwerken? / veranstaltungen / projekten? / beispielen? / praktiken / firmen / vereinen? / landern? / personen / organisationen / unternehmen / gruppen / initiativen / plattformen / themen / partnern? / mitgliedern? / werkzeugen? / bereichen? / kategorien / einrichtungen
    es ciudades / municipios / redes / practicas / eventos / proyectos / personas / paises / lugares / pueblos / organizaciones / empresas / grupos / plataformas / temas / socios / miembros / herramientas / ambitos / areas / categorias / entidades / instituciones
    it citta / comuni / reti / pratiche / eventi / progetti / paesi / luoghi / persone / associazioni / organizzazioni / gruppi / piattaforme / temi / partner / membri / strumenti / ambiti / settori / categorie / iniziative / enti
    nl steden / gemeenten / dorpen / plaatsen / stedennetwerken / netwerken / praktijken / evenementen / projecten / landen / processen / wijken / organisaties / groepen / platforms / themas / thema's / partners / leden / terreinen / domeinen / instrumenten / categorieen / initiatieven / bedrijven / personen
    pt cidades / municipios / redes / praticas / eventos / projetos / pessoas / paises / lugares / organizacoes / grupos / plataformas / temas / parceiros / membros / ferramentas / areas / dominios / categorias / entidades / empresas
    pl miasta / miast / miastach / gminy / sieci / praktyki / praktyk / wydarzenia / projekty / kraje / miejsca / organizacje / osoby / grupy / platformy / tematy / partnerzy / czlonkowie / narzedzia / dziedziny / obszary / kategorie / firmy / instytucje
""")
# Plural nouns for places where people live.
TOWNS = Cues("""
    en cities / towns / villages / municipalities / metropolises
    fr villes / communes / villages
    de stadten? / staedten? / gemeinden / dorfern? / kommunen
    es ciudades / municipios / pueblos
    it citta / comuni / paesi
    nl steden / gemeenten / dorpen
    pt cidades / municipios
    pl miasta / miast / miastach / gminy / miejscowosci
""")
# Plural nouns for anything that lies somewhere: a row must then be a place.
PLACES = Cues("""
    en cities / towns / villages / municipalities / metropolises / places
    fr villes / communes / villages / lieux
    de stadten? / staedten? / gemeinden / dorfern? / kommunen / orten?
    es ciudades / municipios / pueblos / lugares
    it citta / comuni / paesi / luoghi
    nl steden / gemeenten / dorpen / plaatsen
    pt cidades / municipios / lugares
    pl miasta / miast / miastach / gminy / miejscowosci / miejsca
""")
# Plural nouns for things that articles are about and that have names of their own.
CASES = Cues("""
    en cases / projects / processes / initiatives / programmes / experiments / examples / campaigns / (?:which|what|whose) people / who
    fr cas / projets / processus / initiatives / programmes / experiences / exemples / personnes / qui
    de faelle / fallen? / projekten? / verfahren / prozessen? / initiativen / programmen? / beispielen? / personen / wer
    es casos / proyectos / procesos / iniciativas / programas / experiencias / ejemplos / personas / quienes
    it casi / progetti / processi / iniziative / programmi / esperienze / esempi / persone / chi
    nl gevallen / projecten / processen / initiatieven / programma's / experimenten / voorbeelden / personen / wie
    pt casos / projetos / processos / iniciativas / programas / experiencias / exemplos / pessoas / quem
    pl przypadki / projekty / procesy / inicjatywy / programy / eksperymenty / przyklady / osoby / kto
""")
# Singular nouns that, right after "which" or "what", ask for one member of a set.
SINGULAR_SETS = Cues("""
    en city / town / place / village / municipality / network / association / practice / event / project / case / country / organi[sz]ation / person / company / region / district / meeting / conference / initiative / programme / tool / party / newspaper / name / brand / slogan / year / month / festival / school / kind of
""")
# Where an English question's noun phrase ends and its verb begins.
ENGLISH_VERB = re.compile(
    r"(?<!\w)(?:is|are|was|were|did|do|does|has|have|had|can|could|will|would|should|may|might)(?!\w)"
)
ENGLISH_PLURAL = re.compile(r"\w{3,}[^s\W]s(?!\w)")

# The collection a question is about.
COLLECTIONS: Mapping[str, Cues] = {
    "network": Cues("""
        en (?:city|town|municipal|cities) (?:networks?|associations?) / (?:networks?|associations?|unions?) of (?:\\w+ ){0,3}?(?:cities|towns|municipalities) / networks? / city associations?
        fr reseaux? de villes / reseaux / associations? de villes
        de stadtenetzwerke?n? / staedtenetzwerke?n? / netzwerke? / stadteverband\\w*
        es redes? de ciudades / redes
        it reti? di citta / reti
        nl stedennetwerke?n? / netwerken
        pt redes? de cidades / redes
        pl sieci? miast / sieci
    """),
    "practice": Cues("""
        en (?:good|best)[ -]practices? / practices?
        fr bonnes? pratiques? / good[ -]practices?
        de gute[nr]? (?:praktik|praxis)\\w* / praxisbeispiele?n? / good[ -]practices?
        es buenas? practicas? / good[ -]practices?
        it buon[ae] pratic(?:a|he) / good[ -]practices?
        nl goede praktijk(?:en)? / goede voorbeelden / good[ -]practices?
        pt boas? praticas? / good[ -]practices?
        pl dobr(?:e|ych|a|ymi) prakty\\w+ / good[ -]practices?
    """),
    "event": Cues("""
        en events? / scheduled / taking place / what (?:else )?is on
        fr evenements? / se passe
        de veranstaltung(?:en)? / termine? / findet statt
        es eventos?
        it eventi?
        nl evenement(?:en)?
        pt eventos?
        pl wydarze\\w+
    """),
}

# Attributes of records that a condition or a comparison can be about.
ATTRIBUTES: Mapping[str, Cues] = {
    "budget": Cues("""
        en budgets? / costs? / money / euros? / eur / expensive / dearer / cheaper
        fr budgets? / couts? / coutent / euros?
        de budgets? / kosten / kosteten / teurer / euro
        es presupuestos? / cuestan? / costaron / euros?
        it bilanc[io]+ / budget / costano / euro
        nl begroting / budget / kosten / euro
        pt orcamentos? / custam / euros?
        pl budzet\\w* / kosztuj\\w* / euro
    """),
    "population": Cues("""
        en inhabitants / population / (?:people|residents|persons) (?:live|lives|living|lived) / populous
        fr habitants / population / vivent / habitent
        de einwohner\\w* / bevolkerung / wohnen / leben
        es habitantes / poblacion / viven / habitan
        it abitanti / popolazione / vivono / abitano
        nl inwoners / bevolking / wonen
        pt habitantes / populacao / vivem / moram
        pl mieszkanc\\w+ / ludnosc / mieszka
    """),
    "secretariat": Cues("""
        en secretariats? / seat / head offices? / headquarter\\w* / managed from / based in / run from
        fr secretariats? / siege / bureau central
        de sekretariat\\w* / sitz / haupt(?:sitz|buro) / geschaftsstelle
        es secretariado / secretaria / sede / oficina central
        it segretariat[oi] / sede
        nl secretariaat / zetel / hoofdkantoor
        pt secretariado / sede
        pl siedzib\\w+ / sekretariat\\w* / biur\\w+
    """),
    "started": Cues("""
        en start\\w* / began / begun / begin\\w* / launch\\w* / older / oldest / newer / newest / earlier / earliest / first / set up / got going / got under way / under way / created / founded / established / existed / existing / later / latest / younger / commenc\\w+
        fr commenc\\w+ / demarr\\w+ / lance\\w* / creee?s? / fonde\\w* / ancien\\w* / d'abord / premier\\w* / existai\\w+
        de begann\\w* / begonnen / gestartet / starte[nt]\\w* / entstand\\w* / gegrundet\\w* / grundung\\w* / alter\\w* / alteste\\w* / zuerst / fruher / bestand\\w*
        es empez\\w+ / comenz\\w+ / fund(?:ad|o|aron|ar|ada)\\w* / crea(?:d|ron|r)\\w* / antigu\\w+ / primero / antes / existi\\w+
        it inizi(?:at|o|aron|ar)\\w* / nat[aoei] / nacque\\w* / fondat\\w+ / creat[aoei] / avviat\\w+ / prima / antic\\w+ / esiste\\w+
        nl begon\\w* / gestart / opgericht / ouder / oudste / eerst / eerder / bestond\\w*
        pt comec\\w+ / inici(?:ad|ou|aram)\\w* / fund(?:ad|ou|aram)\\w* / criad\\w+ / antig\\w+ / primeiro / existi\\w+
        pl rozpocz\\w+ / zaloz\\w+ / starsz\\w+ / wczesniej / powsta\\w+ / istnia\\w+
    """),
    "keyword": Cues("""
        en keywords? / tagged / filed under / labelled
        fr mots?[- ]cles?
        de schlagwort\\w* / stichwort\\w*
        es palabras? clave / etiquet\\w+
        it parol[ae] chiave
        nl trefwoord\\w*
        pt palavras?[- ]chave
        pl slow\\w* kluczow\\w*
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

# How a value is compared with the one the question names.
MORE = Cues("""
    en more than / over / above / at least / exceed\\w* / (?:larger|bigger|higher) than
    fr plus de / plus d / au moins / superieur\\w* / au-dessus
    de mehr als / uber / mindestens
    es mas de / al menos / superior\\w*
    it piu di / oltre / almeno
    nl meer dan / minstens / boven
    pt mais de / acima de / pelo menos
    pl wiecej niz / ponad / co najmniej / powyzej
""")
LESS = Cues("""
    en (?:less|fewer|smaller|lower) than / under / below / at most
    fr moins de / moins d / au plus
    de weniger als / unter / hochstens
    es menos de / como mucho
    it meno di / sotto / al massimo
    nl minder dan / onder / hooguit
    pt menos de / abaixo de / no maximo
    pl mniej niz / ponizej / co najwyzej
""")
BEFORE = Cues("""
    en before / prior to / until / earlier than
    fr avant
    de vor
    es antes de / antes del
    it prima del? / prima
    nl voor
    pt antes de
    pl przed
""")
AFTER = Cues("""
    en after / later than
    fr apres
    de nach
    es despues de / despues del
    it dopo(?: il)?
    nl na
    pt depois de
    pl po
""")
FROM_ON = Cues("""
    en since / from / or (?:later|after(?:wards)?|newer) / onwards?
    fr depuis / a partir de / ou plus tard / ou apres
    de seit / ab / oder spater
    es desde / a partir de / o mas tarde / o despues
    it dal / a partire dal / o piu tardi / o dopo
    nl sinds / vanaf / of later
    pt desde / a partir de / ou mais tarde / ou depois
    pl od / lub pozniej
""")

AT_LEAST = Cues("""
    en at least / no (?:less|fewer) than / a minimum of
    fr au moins / au minimum
    de mindestens / wenigstens / nicht weniger als
    es al menos / por lo menos / como minimo
    it almeno / non meno di
    nl minstens / ten minste / minimaal
    pt pelo menos / no minimo
    pl co najmniej / przynajmniej
""")
AT_MOST = Cues("""
    en at most / no more than / up to / a maximum of
    fr au plus / au maximum / jusqu'a
    de hochstens / maximal / nicht mehr als / bis zu
    es como mucho / como maximo / hasta
    it al massimo / non piu di / fino a
    nl hooguit / maximaal / ten hoogste
    pt no maximo / ate
    pl co najwyzej / maksymalnie / nie wiecej niz
""")
# A range's two numbers: what stands before the first one, and between the two.
RANGE_OPENER = Cues("""
    en between / from / years
    fr entre / de / annees
    de zwischen / von / jahren?
    es entre / de / desde / anos
    it tra / fra / da / dal / anni
    nl tussen / van / jaren
    pt entre / de / anos
    pl miedzy / pomiedzy / od / lat
""")
RANGE_JOINER = Cues("""
    en and / to / until / through
    fr et / a
    de und / bis
    es y / a / hasta
    it e / a / al
    nl en / tot
    pt e / a / ate
    pl a / i / do
""")
UNTIL = Cues("""
    en to / until / through
    fr a
    de bis
    es a / hasta
    it a / al
    nl tot
    pt a / ate
    pl do
""")
# Before a decade's number: "the years 1990", "anni 1990"; English and German mark its end.
YEARS = Cues("""
    en (?!)
    fr annees
    de (?!)
    es anos
    it anni
    nl jaren
    pt anos
    pl latach / lat / lata
""")
# "Dates from 1990" names a year, where "from 1990" alone opens a period.
DATING = Cues("""
    en dat(?:es?|ed|ing) (?:from|back to)
    fr datent? de / remontent? a
    de stamm(?:t|en) aus
    es datan? de
    it risal\\w+ a\\w* / datan?o? d\\w+
    nl dater\\w+ uit / stam\\w+ uit
    pt dat(?:a|am) de
    pl pochodz\\w+ z
""")
# "By the end of 2016": that year too.
BY_END = Cues("""
    en (?:by|until)(?: the)?(?: (?:end|close) of)? / (?:end|close) of
    fr fin / d'ici(?: a)? / jusqu'(?:en|a)
    de bis(?: ende)? / ende
    es (?:a )?finales de / hasta / para
    it entro(?: la fine del| il)? / fino al / fine
    nl eind / tot(?: en met)? / uiterlijk
    pt (?:ao )?final de / ate
    pl do(?: konca)? / koncem
""")
ENDED = Cues("""
    en ended / ends? / finished / (?:come|came) to an end / completed / concluded / wound up
    fr termine\\w* / fini\\w* / acheve\\w* / pris fin
    de ende[nt]e?\\w* / beendet\\w* / abgeschlossen\\w*
    es termin\\w+ / finaliz\\w+ / acab\\w+ / concluy\\w+
    it termina\\w* / conclus\\w* / finit\\w*
    nl eindigd\\w* / beeindigd / afgelopen / afgerond
    pt termin\\w+ / acab\\w+ / conclui\\w+
    pl zakoncz\\w+ / skoncz\\w+
""")
# Something met more than once.
REPEATED = Cues("""
    en twice / more than once / more than one (?:\\w+ ){0,2}practices? / (?:two|several) (?:different )?(?:\\w+ )?practices / several times / two times
    fr deux fois / plus d'une fois / plusieurs fois / deux (?:bonnes )?pratiques / plusieurs (?:bonnes )?pratiques
    de zweimal / mehrmals / mehrfach / mehr als einmal / (?:zwei|mehrere)n? (?:verschiedenen? )?(?:guten? )?(?:praktiken|praxis\\w+|good[ -]practices)
    es dos veces / mas de una vez / varias veces / (?:dos|varias) (?:buenas )?practicas
    it due volte / piu di una volta / piu volte / due (?:buone )?pratiche / piu (?:di una )?(?:buon[ae] )?pratic\\w+
    nl twee ?(?:keer|maal) / meer dan eens / meermaals / (?:twee|meerdere) (?:goede )?praktijken / twee good[ -]practices
    pt duas vezes / mais de uma vez / varias vezes / (?:duas|varias) (?:boas )?praticas
    pl dwa razy / dwukrotnie / wiecej niz raz / kilka razy / (?:dwie|dwoma|kilka) (?:dobre |dobrymi )?prakty\\w+
""")
# The one that stands out among all: by what, and at which end.
SUPERLATIVES: Mapping[tuple[str | None, Literal["most", "least"]], Cues] = {
    ("started", "least"): Cues("""
        en oldest / earliest / longest[ -](?:running|established)
        fr (?:le|la|les) plus (?:ancien\\w*|vieux|vieille)
        de alteste\\w* / fruheste\\w* / am langsten
        es mas antigu\\w+
        it piu (?:antic|vecchi)\\w+
        nl oudste / vroegste
        pt mais antig\\w+
        pl najstarsz\\w+ / najwczesniej\\w*
    """),
    ("started", "most"): Cues("""
        en newest / youngest / latest / most recent(?:ly)?
        fr (?:le|la|les) plus (?:recent\\w*|jeunes?|recemment) / plus recemment
        de jungste\\w* / neue?ste\\w* / zuletzt / am spatesten
        es mas (?:reciente\\w*|nuev\\w+|joven)
        it piu (?:recent\\w+|nuov\\w+|giovan\\w+)
        nl nieuwste / jongste / recentste / meest recent\\w* / laatst
        pt mais (?:recent\\w+|nov\\w+|jove\\w+)
        pl najnowsz\\w+ / najmlodsz\\w+ / najpozniej / ostatnio
    """),
    (None, "most"): Cues("""
        en largest / biggest / highest / most expensive / most populous / greatest / dearest / (?:cost|spent|costs) (?:the )?most / most (?:money|inhabitants|people)
        fr (?:le|la|les|l[ea]) plus (?:grand\\w*|gros\\w*|eleve\\w*|haut\\w*|peuple\\w*|cher\\w*) / (?:plus (?:grand\\w*|gros\\w*|eleve\\w*|haut\\w*|peuple\\w*|cher\\w*)(?= (?:budget|ville|de tou|parmi))) / le plus (?:d'|de )
        de grosste\\w* / hochste\\w* / teuerste\\w* / meisten
        es (?:el|la|los|las) (?:\\w+ )?(?:mas (?:grande\\w*|alt\\w+|car\\w+|poblad\\w+)|mayor) / mayor presupuesto / mas (?:alt\\w+|car\\w+|grande) de tod\\w+
        it (?:il|la|i|le) (?:\\w+ )?(?:piu (?:grand\\w+|alt\\w+|car\\w+|popolos\\w+)|maggiore) / piu (?:alto|grande|elevato|popolosa)
        nl grootste / hoogste / duurste / meeste
        pt (?:o|a|os|as) (?:\\w+ )?(?:mais (?:alt\\w+|car\\w+|popul\\w+|elevad\\w+)|maior) / maior
        pl najwieksz\\w+ / najwyzsz\\w+ / najdrozsz\\w+ / najwiecej
    """),
    (None, "least"): Cues("""
        en smallest / lowest / cheapest / least / fewest
        fr (?:le|la|les) plus (?:petit\\w*|bas\\w*|faible\\w*) / le moins
        de kleinste\\w* / niedrigste\\w* / gunstigste\\w* / billigste\\w* / wenigsten / geringste\\w*
        es (?:mas (?:pequen\\w+|baj\\w+|barat\\w+)) / menor / (?:la|el) que menos
        it piu (?:piccol\\w+|bass\\w+) / minore / meno car\\w+
        nl kleinste / laagste / goedkoopste / minste
        pt mais (?:pequen\\w+|baix\\w+|barat\\w+) / menor
        pl najmniejsz\\w+ / najnizsz\\w+ / najtansz\\w+ / najmniej
    """),
}
# Before a place that what is asked for does not lie in.
OUTSIDE = Cues("""
    en outside(?: of)? / not (?:in|from|based in) / other than
    fr hors d[eu'] / hors / en dehors d[eu'] / pas en
    de ausserhalb / nicht (?:in|aus)
    es fuera de / no (?:en|de)
    it fuori / al di fuori / non (?:in|da)
    nl buiten / niet (?:in|uit)
    pt fora d[aeo] / nao (?:em|de)
    pl poza / spoza / nie w
""")
# Countries spoken of together, by their codes.
COUNTRY_GROUPS: Mapping[str, Cues] = {
    "DK FI IS NO SE": Cues("""
        en nordic / scandinavian
        fr nordiques? / scandinaves?
        de nordisch\\w* / skandinavisch\\w*
        es nordic\\w+ / escandinav\\w+
        it nordic\\w+ / scandinav\\w+
        nl noordse / noords / scandinavische?
        pt nordic\\w+ / escandinav\\w+
        pl nordyck\\w+ / skandynawsk\\w+
    """),
    "EE LV LT": Cues("""
        en baltic (?:states?|countr\\w+|republics)
        fr (?:etats|pays) baltes / baltes
        de baltisch\\w+ (?:staat\\w*|land\\w*)
        es (?:estados|paises|republicas) baltic\\w+
        it (?:stati|paesi|repubbliche) baltic\\w+
        nl baltische (?:staten|landen)
        pt (?:estados|paises) balticos
        pl (?:kraj\\w+|panstw\\w*) baltyck\\w+
    """),
    "BE LU NL": Cues("""
        en benelux
        fr benelux
        de benelux\\w*
        es benelux
        it benelux
        nl benelux\\w*
        pt benelux
        pl beneluks\\w*
    """),
    "ES PT": Cues("""
        en iberian
        fr iberiques?
        de iberisch\\w+
        es iberic\\w+
        it iberic\\w+
        nl iberische?
        pt iberic\\w+
        pl iberyjsk\\w+
    """),
}
# One place where people live.
TOWN = Cues("""
    en city / town / village / municipality
    fr ville / commune / village
    de stadt / gemeinde / dorf / kommune
    es ciudad / municipio / pueblo
    it citta / comune / paese
    nl stad / gemeente / dorp
    pt cidade / municipio
    pl miasto / gmina / miejscowosc
""")
# Spending, as a way to ask which budget is larger.
SPENT = Cues("""
    en spen[dt]\\w* / allocat\\w+ / invest\\w+ / earmark\\w+ / put aside
    fr depens\\w+ / alloue\\w* / investi\\w* / consacr\\w+
    de ausgegeben / ausgab\\w* / investier\\w* / bereitgestellt / gibt
    es gast\\w+ / destin\\w+ / invirti\\w+ / invert\\w+
    it stanzia\\w* / spes[oaei] / spend\\w+ / investi\\w*
    nl uitgegeven / geinvesteerd / uitgetrokken / besteed\\w*
    pt gast\\w+ / investi\\w* / destin\\w+
    pl wyda\\w+ / przeznacz\\w+ / zainwestowa\\w+
""")
# A question that points at what a sentence before it named: "Which is the older one?"
ONES = Cues("""
    en (?:which|what)(?: \\w+){0,4} (?:ones?|it|they|them|these|those) / which ones? / who are they / which (?:is|was|are|were)
    fr lequel / laquelle / lesquels / lesquelles / quels? sont-\\w+
    de welche[rs]? (?:ist|war|sind|waren|davon) / welche\\W*$ / wer ist das
    es cual(?:es)?
    it qual[ei] (?:e|sono|era|erano) / quali\\W*$
    nl welke (?:is|zijn|was|waren) / welke\\W*$
    pt qua(?:l|is)
    pl ktor\\w+ (?:z nich|jest|sa|byl\\w*) / ktor\\w+\\W*$
""")
# What has no amount at all, put aside.
ZERO = Cues("""
    en zero / nil / nought
    fr zero / nul\\w*
    de null\\w*
    es cero / nul\\w+
    it zero / null\\w+
    nl nul
    pt zero / nul\\w+
    pl zerow\\w+ / zero
""")

# Which side of a comparison wins.
LOWEST = Cues("""
    en first / older / oldest / earlier / earliest / smaller / smallest / less / fewer / lower / lowest / cheaper
    fr d'abord / premier / premiere / plus ancien\\w* / moins / en premier
    de alter\\w* / alteste\\w* / zuerst / fruher\\w* / weniger / kleiner\\w*
    es antes / primero / menos / menor / mas antigu\\w+
    it prima / meno / piu (?:vecchi|antic)\\w+ / minore
    nl ouder / oudste / eerst / eerder / minder / kleiner\\w*
    pt primeiro / antes / menos / menor / mais antig\\w+
    pl mniej\\w* / starsz\\w+ / wczesniej / pierw\\w+
""")
HIGHEST = Cues("""
    en more / most / larger / largest / bigger / biggest / higher / highest / later / latest / newer / newest / younger / longer
    fr plus (?:de|d|eleve\\w*|grand\\w*|haut\\w*|cher\\w*|tard) / le plus / davantage
    de mehr / grosser\\w* / grosste\\w* / hoher\\w* / hochste\\w* / spater\\w* / junger\\w*
    es mas / mayor
    it piu / maggiore
    nl meer / groter\\w* / grootste / hoger\\w* / later / jonger\\w*
    pt mais / maior
    pl wiecej / wieksz\\w+ / wyzsz\\w+ / pozniej
""")
CONTRAST = Cues("""
    en compare / compared (?:to|with) / comparison / differ\\w* / versus / vs / of the two / each
    fr compare[rz]? / differ\\w+ / difference / des deux
    de vergleich\\w* / unterschied\\w* / unterscheid\\w* / von beiden
    es compara\\w* / diferenci\\w* / de los dos / de las dos
    it confront\\w* / differenz\\w+ / dei due / delle due
    nl vergelijk\\w* / verschil\\w* / van de twee / van beide
    pt compara\\w* / diferenca\\w* / dos dois / das duas
    pl porowna\\w* / rozni\\w* / z dwoch
""")
# Points at two things named before.
OF_TWO = Cues("""
    en (?:of|between) (?:the|these|those) (?:two|three|four|five|six) / of them / which one / of both
    fr des (?:deux|trois|quatre|cinq|six) / de ces (?:deux|trois|quatre) / entre les deux / lequel / laquelle
    de von (?:den |diesen )?(?:beiden|dreien|drei|vieren|vier|funf) / der (?:drei|vier|funf) / der beiden / welche[rs]? der beiden
    es de (?:los|las) (?:dos|tres|cuatro|cinco) / de ambos / de ambas / cual de
    it (?:dei|delle) (?:due|tre|quattro|cinque) / tra i due / tra le due
    nl van (?:de|deze) (?:twee|drie|vier|vijf) / van beide
    pt d[ao]s (?:dois|duas|tres|quatro|cinco) / de ambos / de ambas
    pl z (?:tych )?(?:dwoch|trzech|czterech|pieciu) / z nich / z obu
""")
# Points at the month or year spoken of before.
SAME_TIME: Mapping[str, Cues] = {
    "month": Cues("""
        en (?:the same|that) month
        fr (?:le meme mois|ce mois-la)
        de (?:im selben|im gleichen|in diesem|in jenem) monat
        es (?:el mismo mes|ese mes)
        it (?:lo stesso mese|stesso mese|quel mese)
        nl (?:dezelfde|die) maand
        pt (?:o mesmo mes|mesmo mes|nesse mes)
        pl (?:tym samym|tym) miesiacu
    """),
    "year": Cues("""
        en (?:the same|that) year
        fr (?:la meme annee|cette annee-la)
        de (?:im selben|im gleichen|in diesem|in jenem) jahr
        es (?:el mismo ano|ese ano)
        it (?:lo stesso anno|stesso anno|quell'anno)
        nl (?:hetzelfde|dat) jaar
        pt (?:o mesmo ano|mesmo ano|nesse ano)
        pl (?:tym samym|tym) roku
    """),
}
OR = Cues("""
    en or / versus / vs
    fr ou
    de oder
    es o / u
    it o / oppure
    nl of
    pt ou
    pl czy / lub / albo
""")
PRONOUNS = Cues("""
    en it / its / they / them / their / this / that / these / those / there / he / she / his / her / the other one / other one / else
    fr il / elle / ils / elles / celui / celle / cela / leur / leurs / y / en
    de dort / dafur / davon / daran / dabei / sie / er / ihr / ihre / dieser / diese / dieses / damit
    es ello / esto / eso / sus / su / ella / ellos / ellas / \\w+rlo / alli
    it vi / ci / ne / suo / sua / suoi / loro / essa / esso / quello
    nl die / deze / dat / daar / hij / zij / zijn / haar / ervan / hun
    pt ele / ela / eles / elas / seu / sua / isso / disso / la
    pl tego / tam / jego / jej / ich / on / ona / ono
""")
# How a sentence opens that speaks of what the sentence before it named.
LEANING = Cues("""
    en it / its / they / their / he / she / his / her / this / these / that / those / both / here / there / such / the latter
    fr il / elle / ils / elles / celui-ci / celle-ci / ce / cette / ces / cela / c'est / son / sa / ses / leurs?
    de er / sie / es / dies\\w* / ihr\\w* / sein\\w* / dort / dabei / dafur / damit / daran / beide / diese\\w* / hier
    es este / esta / estos / estas / ello / ella / ellos / su / sus / alli / ambos / ambas
    it questo / questa / questi / queste / esso / essa / lui / lei / suo / sua / vi / cio / entramb\\w+
    nl deze / dit / dat / die / zij / hij / het / hun / zijn / haar / daar / daarmee / hier / beide
    pt este / esta / estes / estas / isso / isto / ele / ela / eles / seu / sua / ambos / ali
    pl ten / ta / to / te / ci / on / ona / oni / ich / jego / jej / tam / oba / obie
""")
FOLLOW_UP = Cues("""
    en and / but / so / what about / how about / what else
    fr et / mais
    de und / aber
    es y / e / pero
    it e / ed / ma
    nl en / maar
    pt e / mas
    pl a / i / ale
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

_FILLER_WORDS: Mapping[str, str] = {
    "en": "city town place village network association union good best practice case event collection "
    "corpus article list name mention described record recorded represented represent "
    "secretariat run based managed start started began launched founded set exist existed "
    "already created seat headquarters country european municipal municipality submit submitted "
    "filed tagged fewer award awarded hold held take announced scheduled come participate "
    "local stated given known recorded study money every each all any everywhere going according member counting year comes later afterwards before after since earlier more than less over under "
    "below above first two three four five six seven eight nine ten kind type organisation "
    "organization appear feature featured include included among count round urbact use used "
    "british have one calendar located set carry bear held collected fall figure state got way city-level among process scheme project programme initiative method approach",
    "fr": "viennent proviennent provient parmi calendrier recueil collection compter enregistrer métropole commune nombre situer chaque tous toutes ville pratique bon réseau trouve association pays article liste document siège secrétariat fondé créé "
    "lancé figurer figurent participer urbact",
    "de": "kommt kommen stammt stammen enthalten enthält sammlung kalender liegen stammen kommen welche good practice practices haben hat jede jeder alle stadt städte haben städtenetzwerk netzwerk land ort praktik beispiel artikel liste sitz sekretariat "
    "gegründet genannt gehören urbact",
    "es": "provienen proceden procede ficha fichas calendario colección contar proceder realizar según cada todas todos ciudad práctica buena tienen red país artículo lista sede secretariado fundada aparecen figuran urbact",
    "it": "provengono proviene vengono calendario raccolta figurare provenire contare svolgersi ogni tutte tutti città pratica buona rete hanno paese articolo elenco sede segretariato fondata figurano urbact",
    "nl": "komt komen afkomstig verzameling kalender komen tellen telt uit good practice practices heeft elke iedere alle stad steden hebben tellen stedennetwerk netwerk land gemeente praktijk goede artikel lijst secretariaat "
    "opgericht hun urbact",
    "pt": "provêm provém vêm vem calendário coleção realizaram constar provir cada todas todos cidade prática boa têm rede país artigo lista sede secretariado fundada aparecem urbact",
    "pl": "pochodzi pochodzą zbiorze zbiór kalendarz pochodzi pochodzą liczy liczą znajduje good practice każde każdy wszystkie miasto miasta miast mają praktyk praktyki dobrych dobre sieć kraj artykuł lista siedziba wśród roku "
    "urbact",
}
# Stems that only point at a collection or hold a question together: never a list's concept.
FILLERS: Mapping[str, frozenset[str]] = {
    language: frozenset(key for w in text.split() for key in (fold(w), stem(w, language)))
    for language, text in _FILLER_WORDS.items()
}
