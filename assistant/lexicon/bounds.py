"""The words that bound a value or pick out one: "more than", "before", "the oldest"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from assistant.lexicon.cues import Cues

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
# Parts of a year by their first and last month; the year follows.
PARTS_OF_YEAR: Mapping[tuple[int, int], Cues] = {
    (1, 6): Cues("""
        en first half
        fr premier semestre / premiere moitie
        de (?:erste[nrs]?|1\\.) (?:halbjahr\\w*|halfte|jahreshalfte)
        es primer semestre / primera mitad
        it primo semestre / prima meta
        nl eerste (?:helft|halfjaar)
        pt primeiro semestre / primeira metade
        pl pierwsz\\w+ (?:polow\\w+|polrocz\\w+)
    """),
    (7, 12): Cues("""
        en (?:second|latter|last) half
        fr (?:second|deuxieme|dernier) semestre / (?:seconde|deuxieme) moitie
        de (?:zweite[nrs]?|2\\.) (?:halbjahr\\w*|halfte|jahreshalfte)
        es segundo semestre / segunda mitad
        it secondo semestre / seconda meta
        nl tweede (?:helft|halfjaar)
        pt segundo semestre / segunda metade
        pl drugi\\w* (?:polow\\w+|polrocz\\w+) / drug\\w+ (?:polow\\w+|polrocz\\w+)
    """),
    (1, 3): Cues("""
        en first quarter
        fr premier trimestre
        de (?:erste[nrs]?|1\\.) quartals?
        es primer trimestre
        it primo trimestre
        nl eerste kwartaal
        pt primeiro trimestre
        pl pierwsz\\w+ kwarta\\w+
    """),
    (4, 6): Cues("""
        en second quarter
        fr (?:deuxieme|second) trimestre
        de (?:zweite[nrs]?|2\\.) quartals?
        es segundo trimestre
        it secondo trimestre
        nl tweede kwartaal
        pt segundo trimestre
        pl drugi\\w* kwarta\\w+
    """),
    (7, 9): Cues("""
        en third quarter
        fr troisieme trimestre
        de (?:dritte[nrs]?|3\\.) quartals?
        es tercer trimestre
        it terzo trimestre
        nl derde kwartaal
        pt terceiro trimestre
        pl trzeci\\w* kwarta\\w+
    """),
    (10, 12): Cues("""
        en (?:fourth|last) quarter
        fr (?:quatrieme|dernier) trimestre
        de (?:vierte[nrs]?|letzte[nrs]?|4\\.) quartals?
        es (?:cuarto|ultimo) trimestre
        it (?:quarto|ultimo) trimestre
        nl (?:vierde|laatste) kwartaal
        pt (?:quarto|ultimo) trimestre
        pl (?:czwart\\w+|ostatni\\w*) kwarta\\w+
    """),
    (3, 5): Cues("""
        en spring
        fr printemps
        de (?:fruhling|fruhjahr)\\w*
        es primavera
        it primavera
        nl (?:lente|voorjaar)
        pt primavera
        pl wiosn\\w+
    """),
    (6, 8): Cues("""
        en summer
        fr ete
        de sommers?
        es verano
        it estate
        nl zomer
        pt verao
        pl (?:lat[oeau]|latem)
    """),
    (9, 11): Cues("""
        en (?:autumn|fall)
        fr automne
        de herbst\\w*
        es otono
        it autunno
        nl (?:herfst|najaar)
        pt outono
        pl (?:jesien\\w*|jesien)
    """),
}
# Amounts told in words with a half: (?P<n>) is the whole number, (?P<s>) the scale. Without n it
# is half of one scale.
HALVES = Cues("""
    en (?P<n>\\w+) and a half (?P<s>million|billion|thousand) / half an? (?P<s1>million|billion)
    fr (?P<n>\\w+) (?P<s>millions?|milliards?) et demie? / un demi[ -](?P<s1>million|milliard)
    de (?P<n>\\w+?)einhalb (?P<s>million|millionen|milliarden) / (?P<o>anderthalb) (?P<s2>million|millionen|milliarden) / eine[rn]? halben? (?P<s1>million|milliarde)
    es (?P<n>\\w+) (?P<s>millon(?:es)?) y medio / medio (?P<s1>millon)
    it (?P<n>\\w+) (?P<s>milion[ei]|miliard[oi]) e mezzo / mezzo (?P<s1>milione|miliardo)
    nl (?P<n>twee|drie|vier|vijf|zes|zeven|acht|negen)(?:en|\\W?en)half (?P<s>miljoen|miljard) / (?P<o>anderhalf) (?P<s2>miljoen|miljard) / een half (?P<s1>miljoen|miljard)
    pt (?P<n>\\w+) (?P<s>milhao|milhoes) e meio / meio (?P<s1>milhao)
    pl (?P<n>\\w+) i pol (?P<s>miliona|miliarda) / (?P<o>poltora) (?P<s2>miliona|miliarda) / pol (?P<s1>miliona|miliarda)
""")
