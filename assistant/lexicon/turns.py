"""The words that point at what was said before, in an earlier turn or an earlier sentence."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.lexicon.cues import Cues

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
# Points at two things named before.
OF_TWO = Cues("""
    en (?:of|between) (?:the|these|those) (?:two|three|four|five|six) / of them / of both
    fr des (?:deux|trois|quatre|cinq|six) / de ces (?:deux|trois|quatre) / entre les deux / lequel / laquelle
    de von (?:den |diesen )?(?:beiden|dreien|drei|vieren|vier|funf) / der (?:drei|vier|funf) / der beiden / welche[rs]? der beiden
    es de (?:los|las) (?:dos|tres|cuatro|cinco) / de ambos / de ambas / cual de
    it (?:dei|delle) (?:due|tre|quattro|cinque) / tra i due / tra le due
    nl van (?:de|deze) (?:twee|drie|vier|vijf) / van beide
    pt d[ao]s (?:dois|duas|tres|quatro|cinco) / de ambos / de ambas
    pl z (?:tych )?(?:dwoch|trzech|czterech|pieciu) / z nich / z obu
""")
# A year told by its distance from the one spoken of before: so many years on, or back.
YEARS_ON: Mapping[int, Cues] = {
    1: Cues("""
        en (?:in |for |during )?the (?:year (?:after(?: that)?|that followed)|(?:following|next) year) / (?:(?:a|one) )?years? (?:later|after(?: that)?|on)
        fr (?:(?:en|pendant|pour) )?l'annee (?:suivante|d'apres) / (?:une? )?an(?:nee)?s? (?:plus tard|apres)
        de (?:(?:im|in dem) )?(?:folgenden jahr|darauffolgenden jahr|folgejahr|jahr (?:darauf|danach|drauf)) / (?:ein )?jahre? (?:spater|danach|darauf)
        es (?:en |durante )?(?:al |el )?ano siguiente / (?:un )?anos? (?:despues|mas tarde)
        it (?:nel)?l'anno (?:dopo|successivo|seguente) / (?:un )?ann[oi] (?:dopo|piu tardi)
        nl (?:in )?het (?:volgende jaar|jaar (?:erna|erop|daarop|daarna)) / (?:een )?jaar (?:later|erna|daarna)
        pt (?:no |o )?ano seguinte / (?:um )?anos? (?:depois|mais tarde)
        pl (?:w )?(?:nastepnym|kolejnym) roku / rok pozniej / lata? pozniej
    """),
    -1: Cues("""
        en (?:in |for |during )?the (?:year before(?: that)?|(?:previous|preceding) year) / (?:(?:a|one) )?years? (?:earlier|before(?: that)?)
        fr (?:(?:en|pendant|pour) )?l'annee (?:precedente|d'avant) / (?:une? )?an(?:nee)?s? (?:plus tot|avant|auparavant)
        de (?:(?:im|in dem) )?(?:vorjahr|vorherigen jahr|jahr (?:davor|zuvor)) / (?:ein )?jahre? (?:fruher|zuvor|davor|vorher)
        es (?:en |durante )?(?:el )?ano anterior / (?:un )?anos? antes
        it (?:nel)?l'anno (?:prima|precedente) / (?:un )?ann[oi] prima
        nl (?:in )?het (?:vorige jaar|jaar (?:ervoor|daarvoor)) / (?:een )?jaar (?:eerder|ervoor|daarvoor)
        pt (?:no |o )?ano anterior / (?:um )?anos? antes
        pl (?:w )?poprzednim roku / rok wczesniej / lata? wczesniej
    """),
}
# How a sentence says that something was in a year, and on a day.
IN_YEAR: Mapping[str, str] = {
    "en": "in {}", "fr": "en {}", "de": "im Jahr {}", "es": "en {}",
    "it": "nel {}", "nl": "in {}", "pt": "em {}", "pl": "w {} roku",
}  # fmt: skip
ON_DAY: Mapping[str, str] = {
    "en": "on {}", "fr": "le {}", "de": "am {}", "es": "el {}",
    "it": "il {}", "nl": "op {}", "pt": "em {}", "pl": "{}",
}  # fmt: skip
# What stands before a day or a year and goes with it.
BEFORE_DAY = Cues("""
    en on / in / from / between
    fr le / en / du / de / entre
    de am / im jahr / im / in / vom / zwischen / den
    es el / en / del / de / entre
    it il / nel / dal / tra / l
    nl op / in / van / tussen
    pt em / no / de / entre / no dia / a
    pl w / od / dnia / miedzy
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
