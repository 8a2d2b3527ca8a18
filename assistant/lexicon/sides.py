"""The words that set two things side by side and say which of them is asked for."""

from __future__ import annotations

from assistant.lexicon.cues import Cues

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
# What stands between two sides that are contrasted.
AGAINST = Cues("""
    en as against / as opposed to / compared (?:to|with) / in comparison (?:to|with) / versus / vs / in contrast (?:to|with)
    fr par rapport a\\w* / par opposition a\\w* / compare[es]* a\\w* / en comparaison (?:de|avec) / face a\\w* / contre
    de gegenuber / im gegensatz zu\\w* / im vergleich (?:zu\\w*|mit) / verglichen mit
    es frente al? / en comparacion con / comparad[oa]s? con / en contraste con
    it rispetto a\\w* / in confronto a\\w* / a confronto con / contro
    nl tegenover / vergeleken met / in vergelijking met / in tegenstelling tot
    pt em comparacao com / comparad[oa]s? com / face a\\w* / em relacao a\\w* / por oposicao a
    pl w porownaniu (?:z|ze|do) / w odroznieniu od / wobec
""")
# Asks of one side whether it came earlier or later than the other.
BEFORE_OR_AFTER = Cues("""
    en (?:before or after|after or before|(?:earlier|later|older|younger|newer) or (?:earlier|later|older|younger|newer) than)
    fr (?:avant ou apres|apres ou avant|plus (?:tot|tard|ancienne?|recente?) ou plus (?:tot|tard|ancienne?|recente?) que)
    de (?:vor oder nach|nach oder vor|(?:fruher|spater|alter|junger) oder (?:fruher|spater|alter|junger) als)
    es (?:antes o despues (?:del|de|que)|despues o antes (?:del|de|que))
    it (?:prima o dopo|dopo o prima)
    nl (?:voor of na|na of voor|(?:eerder|later|ouder|jonger) of (?:eerder|later|ouder|jonger) dan)
    pt (?:antes ou depois (?:d[aeo]s?|que)|depois ou antes (?:d[aeo]s?|que))
    pl (?:przed czy po|wczesniej czy pozniej niz|przed lub po)
""")
# A verb that opens a yes-or-no question, or ends one in German and Dutch.
OPENS_QUESTION = Cues("""
    en was / is / were / are / did / does / do / has / had / have
    fr est-ce que / est / etait / fut / a / t / ils? / elles? / ete / ont
    de wurden? / war / ist / sind / waren / hat / hatte / wird
    es fue / es / era / se / son
    it e / fu / era / sono / stat[oaie] / e'
    nl werd / is / was / werden / zijn / heeft / had
    pt foi / e / era / foram
    pl czy / byl\\w* / jest / zosta\\w+
""")
