"""The words for sets of things: what a list is of, and which records and fields it is about."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.lexicon.cues import Cues
from corpus.words import fold, stem

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
# A question word with what shows, by grammar alone, that more than one thing is asked for. In
# German and Dutch that is an ending that nearly all plurals have and few singular nouns.
SEVERAL = Cues("""
    en (?:which|what|whose) (?:other |main |different )?(?!does|has|was|days|dates|hours|times|years|this)[\\w-]{2,}[^s\\W]s(?= (?!of )) / (?:which|what) (?:[\\w'’-]+ ){1,2}?(?!does|has|was|days|dates|hours|times|years)[\\w-]{2,}[^s\\W]s(?= (?:is|are|was|were|did|do|have|had|can|could|will|would|should|may|might) ) / (?:which|what) (?:kinds|sorts|types|aspects|parts|forms) of / (?:which|what) (?:people|men|women|children|ones) / who are / who were / what are / what were
    fr quels / quelles / lesquels / lesquelles / qui sont / qui etaient / quelles sortes
    de welche[nrm]? (?:\\w+[en]n? ){0,2}?\\w+(?:en|ungen|heiten|keiten|ionen|e|er|s)(?= (?:sind|waren|haben|hatten|wurden|werden|konnen|sollen|mussen|durfen|wollen|gibt es|gab es|\\w+e?n)\\b) / welche[nrm]? (?:\\w+ ){0,2}?\\w+(?:ungen|heiten|keiten|ionen|schaften|taten|innen|themen) / wer sind / wer waren / was sind / was waren / welche arten von
    es cuales / quienes / que (?:\\w+ )?\\w{2,}[^s\\W]s
    it quali / chi sono / chi erano / che (?:cose|tipi)
    nl welke (?:\\w+e? ){0,2}?\\w+(?:en|s|'s) / wie zijn / wie waren / wat zijn / wat waren
    pt quais / que (?:\\w+ )?\\w{2,}[^s\\W]s / quem sao / quem foram
    pl jakie / jakich / jakimi / ktore / ktorych / ktorymi / ktorzy / jacy
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
    en cities / towns / places / villages / municipalities / networks / associations / practices / events / projects / cases / countries / organi[sz]ations / people / companies / metropolises / regions / districts / meetings / conferences / initiatives / programmes / examples / processes / partners / members / workshops / groups / themes / topics / tools / services / men / women / children / platforms / categories / areas / fields / domains / sectors / institutions / bodies / donors / sponsors / articles / websites / sites / neighbourhoods / schools / schemes / festivals / fairs / alliances / councils
    fr villes / communes / reseaux / pratiques / evenements / projets / personnes / pays / lieux / associations / organisations / entreprises / exemples / groupes / plateformes / themes / partenaires / membres / outils / domaines / categories / initiatives / institutions / articles / sites / quartiers / demarches / collectivites / ecoles / festivals / processus
    de stadten? / staedten? / stadtenetzwerken? / orten? / gemeinden / netzwerken? / veranstaltungen / projekten? / beispielen? / praktiken / firmen / vereinen? / landern? / personen / organisationen / unternehmen / gruppen / initiativen / plattformen / themen / partnern? / mitgliedern? / werkzeugen? / bereichen? / kategorien / einrichtungen / dorfern? / kommunen / artikeln? / verfahren / stadtvierteln? / quartieren? / websites / schulen / prozessen? / vorhaben / festivals
    es ciudades / municipios / redes / practicas / eventos / proyectos / personas / paises / lugares / pueblos / organizaciones / empresas / grupos / plataformas / temas / socios / miembros / herramientas / ambitos / areas / categorias / entidades / instituciones / ayuntamientos / localidades / articulos / procesos / casos / iniciativas / barrios / escuelas / asociaciones / sitios / ejemplos / programas
    it citta / comuni / reti / pratiche / eventi / progetti / paesi / luoghi / persone / associazioni / organizzazioni / gruppi / piattaforme / temi / partner / membri / strumenti / ambiti / settori / categorie / iniziative / enti / articoli / siti / quartieri / processi / casi / scuole / esempi / programmi / localita / imprese
    nl steden / gemeenten / dorpen / plaatsen / stedennetwerken / netwerken / praktijken / evenementen / projecten / landen / processen / wijken / organisaties / groepen / platforms / themas / thema's / partners / leden / terreinen / domeinen / instrumenten / categorieen / initiatieven / bedrijven / personen / artikelen / websites / buurten / verenigingen / scholen / voorbeelden / gevallen
    pt cidades / municipios / redes / praticas / eventos / projetos / pessoas / paises / lugares / organizacoes / grupos / plataformas / temas / parceiros / membros / ferramentas / areas / dominios / categorias / entidades / empresas / artigos / sites / bairros / processos / casos / iniciativas / escolas / associacoes / localidades / exemplos / programas
    pl miasta / miast / miastach / gminy / sieci / praktyki / praktyk / wydarzenia / projekty / kraje / miejsca / organizacje / osoby / grupy / platformy / tematy / partnerzy / czlonkowie / narzedzia / dziedziny / obszary / kategorie / firmy / instytucje / miejscowosci / miejscowosciach / gminach / sieciach / procesy / artykuly / artykulach / inicjatywy / dzielnice / szkoly / stowarzyszenia / przyklady / wsie / krajach / miejscach / projektach
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
