"""The words by which a question tells what it wants, language by language.

Tables only: knows vocabulary, refuses to decide anything. Each row is one language; its cues
stand between slashes and are regular expressions on text folded by :func:`corpus.words.fold`
(lower case, no accents). Keeping languages apart matters: "of" is "or" in Dutch.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.words import fold, stem

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
        de wie ?viele? / wie oft / anzahl
        es cuant[oa]s? / que numero
        it quant[ieao] / che numero
        nl hoeveel / hoe vaak / aantal
        pt quant[oa]s? / que numero
        pl ile / ilu / liczba
    """),
    "money": Cues("""
        en budgets? / costs? / prices? / how much money / more money / salary / rent / fees? / funding / grant / subsid\\w+ / euros? / pounds / how much (?:does|did|money|is|was)
        fr budgets? / couts? / coute\\w* / prix / montant / somme / tarifs? / subvention\\w* / euros?
        de budgets? / \\w*kosten / kostete?n? / \\w*preise? / betrag / \\w*summe / \\w*beitrag / \\w*miete / euro
        es presupuestos? / cuesta\\w* / costo / coste / pago / precios? / importe / alquiler / euros?
        it bilancio / costa\\w* / prezz[oi] / importo / somma / affitto / euro
        nl begroting / budget / kost / kosten / gekost / prijs / bedrag / huur / euro / economische waarde
        pt orcamentos? / cust\\w+ / precos? / valor / montante / aluguel / euros
        pl kosztuj\\w+ / koszt\\w* / budzet\\w* / cena / ceny / kwot\\w+ / euro
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
        de uhrzeit / um wie viel uhr / offnungszeiten
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
        en who / whose / whom / architect / director / founder / curator / mayor / which (?:company|person|party|member|newspaper|organi[sz]ation)
        fr qui / architecte / directeur / directrice / maire
        de wer / wem / wen / wessen
        es quien(?:es)?
        it chi
        nl wie / wiens
        pt quem
        pl kto / kogo / kim
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
    en cities / towns / places / villages / municipalities / networks / associations / practices / events / projects / cases / countries / organi[sz]ations / people / companies / metropolises / regions / districts / meetings / conferences / initiatives / programmes / examples / processes / partners / members / workshops / groups / themes / topics / tools / services
    fr villes / communes / reseaux / pratiques / evenements / projets / personnes / pays / lieux / associations / organisations / entreprises / exemples
    de stadten? / staedten? / stadtenetzwerken? / orten? / gemeinden / netzwerken? / veranstaltungen / projekten? / beispielen? / praktiken / firmen / vereinen? / landern? / personen / organisationen / unternehmen
    es ciudades / municipios / redes / practicas / eventos / proyectos / personas / paises / lugares / pueblos / organizaciones / empresas
    it citta / comuni / reti / pratiche / eventi / progetti / paesi / luoghi / persone / associazioni / organizzazioni
    nl steden / gemeenten / dorpen / plaatsen / stedennetwerken / netwerken / praktijken / evenementen / projecten / landen / processen / wijken / organisaties
    pt cidades / municipios / redes / praticas / eventos / projetos / pessoas / paises / lugares / organizacoes
    pl miasta / miast / miastach / gminy / sieci / praktyki / praktyk / wydarzenia / projekty / kraje / miejsca / organizacje / osoby
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
        fr bonnes? pratiques?
        de gute[nr]? (?:praktik|praxis)\\w* / praxisbeispiele?n?
        es buenas? practicas?
        it buon[ae] pratic(?:a|he)
        nl goede praktijk(?:en)? / goede voorbeelden
        pt boas? praticas?
        pl dobr(?:e|ych|a|ymi) prakty\\w+
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
        en inhabitants / population / people live / populous
        fr habitants / population
        de einwohner\\w* / bevolkerung
        es habitantes / poblacion
        it abitanti / popolazione
        nl inwoners / bevolking
        pt habitantes / populacao
        pl mieszkanc\\w+ / ludnosc
    """),
    "secretariat": Cues("""
        en secretariats? / seat / headquarter\\w* / managed from / based in / run from
        fr secretariats? / siege
        de sekretariat\\w* / sitz
        es secretariado / secretaria / sede
        it segretariat[oi] / sede
        nl secretariaat / zetel
        pt secretariado / sede
        pl siedzib\\w+ / sekretariat\\w*
    """),
    "started": Cues("""
        en start\\w* / began / begun / begin\\w* / launch\\w* / older / oldest / newer / newest / earlier / earliest / first / set up / created / founded / established / existed / existing / later / latest / younger / commenc\\w+
        fr commenc\\w+ / lance\\w* / creee?s? / fonde\\w* / ancien\\w* / d'abord / premier\\w* / existai\\w+
        de begann\\w* / begonnen / gestartet / gegrundet\\w* / alter\\w* / alteste\\w* / zuerst / fruher / bestand\\w*
        es empez\\w+ / comenz\\w+ / fundad\\w+ / cread\\w+ / antigu\\w+ / primero / antes / existi\\w+
        it iniziat\\w* / nat[aoei] / fondat\\w+ / avviat\\w+ / prima / antic\\w+ / esiste\\w+
        nl begon\\w* / gestart / opgericht / ouder / oudste / eerst / eerder / bestond\\w*
        pt comec\\w+ / iniciad\\w+ / fundad\\w+ / criad\\w+ / antig\\w+ / primeiro / existi\\w+
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

_FILLER_WORDS: Mapping[str, str] = {
    "en": "city town place village network association union good best practice case event collection "
    "corpus article list name mention described record recorded represented represent "
    "secretariat run based managed start started began launched founded set exist existed "
    "already created seat headquarters country european municipal municipality submit submitted "
    "filed tagged fewer award awarded hold held take announced scheduled come participate "
    "counting year comes later afterwards before after since earlier more than less over under "
    "below above first two three four five six seven eight nine ten kind type organisation "
    "organization appear feature featured include included among count round urbact use used "
    "british have one process scheme project programme initiative method approach",
    "fr": "ville pratique bon réseau trouve association pays article liste document siège secrétariat fondé créé "
    "lancé figurer figurent participer urbact",
    "de": "stadt städte haben städtenetzwerk netzwerk land ort praktik beispiel artikel liste sitz sekretariat "
    "gegründet genannt gehören urbact",
    "es": "ciudad práctica buena tienen red país artículo lista sede secretariado fundada aparecen figuran urbact",
    "it": "città pratica buona rete hanno paese articolo elenco sede segretariato fondata figurano urbact",
    "nl": "stad steden hebben tellen stedennetwerk netwerk land gemeente praktijk goede artikel lijst secretariaat "
    "opgericht hun urbact",
    "pt": "cidade prática boa têm rede país artigo lista sede secretariado fundada aparecem urbact",
    "pl": "miasto miasta miast mają praktyk praktyki dobrych dobre sieć kraj artykuł lista siedziba wśród roku "
    "urbact",
}
# Stems that only point at a collection or hold a question together: never a list's concept.
FILLERS: Mapping[str, frozenset[str]] = {
    language: frozenset(key for w in text.split() for key in (fold(w), stem(w, language)))
    for language, text in _FILLER_WORDS.items()
}
