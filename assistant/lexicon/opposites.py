"""Words that change a statement into its opposite: opened and closed, more and less.

Tables only, as in assistant.lexicon: one row a language, cues on text folded by
:func:`corpus.words.fold`. Knows which poles stand against each other; refuses to know what the
words are said of.
"""

from __future__ import annotations

from assistant.lexicon.claims import FREE
from assistant.lexicon.cues import Cues

BEGINS = Cues("""
    en open(?:s|ed|ing)? / start(?:s|ed|ing)? / began / begin(?:s|ning)? / launch\\w* / found(?:ed|ing) / creat(?:e|es|ed|ion) / set up / establish\\w*
    fr ouv(?:re|rent|ert\\w*) / commenc\\w+ / debut\\w* / lanc\\w+ / cre(?:e|es|ee|ees|ation)
    de offne\\w* / eroffn\\w+ / begann\\w* / begin(?:nt|nen|n) / begonnen / start\\w+ / gestartet / gegrund\\w+ / grund(?:ung|ete|eten)
    es abr(?:e|io|ieron|en) / inaugur\\w+ / comenz\\w+ / empez\\w+ / lanz\\w+ / cre(?:o|ada?|aron|acion) / iniciad\\w+
    it apr(?:e|ono|i) / apert\\w+ / inaugur\\w+ / iniziat\\w+ / comincia\\w* / lancia\\w* / cre(?:a|ata?|azione) / nat[oa]
    nl open\\w* / geopend / begon\\w* / begint / start\\w* / gestart / opgericht / opricht\\w+
    pt abri\\w+ / abert\\w+ / comec\\w+ / inici\\w+ / lanc\\w+ / cri(?:ou|ad[oa]s?|acao) / inaugur\\w+
    pl otw\\w+ / rozpocz\\w+ / zalozon\\w+ / utworz\\w+ / powsta\\w+
""")

ENDS = Cues("""
    en clos(?:e|es|ed|ing|ure) / end(?:s|ed)? / finish\\w* / stop(?:s|ped)? / shut / ceas\\w+ / abolish\\w* / dissolv\\w+ / cancel\\w* / discontinu\\w+
    fr ferm\\w+ / termin\\w+ / fini\\w* / arret\\w+ / acheve\\w* / dissou\\w+ / annul\\w+
    de schliess(?:t|en|ung) / schloss(?:en)? / geschlossen / ende(?:t|te|ten)? / beend\\w+ / eingestellt / aufgelost / abgeschafft / abgesagt
    es cerr\\w+ / cierr\\w+ / termin\\w+ / finaliz\\w+ / acab\\w+ / disolv\\w+ / cancel\\w+ / suprim\\w+
    it chiu[ds]\\w+ / termin\\w+ / finit\\w+ / conclus\\w+ / sciolt\\w+ / annull\\w+ / soppress\\w+
    nl sluit\\w* / sloot / sloten / gesloten / eindig\\w* / beeindigd / gestopt / opgeheven / afgelast
    pt fech\\w+ / encerr\\w+ / termin\\w+ / acab\\w+ / dissolv\\w+ / cancel\\w+ / extint\\w+
    pl zamkn\\w+ / zakoncz\\w+ / konczy\\w* / rozwiaz\\w+ / odwola\\w+ / zlikwid\\w+
""")

# Pairs that change a statement into its opposite: one pole, then the other.
OPPOSITES: tuple[tuple[Cues, Cues], ...] = (
    (
        Cues("""
            en increas\\w+ / rise[sn]? / rose / rising / grew / grow\\w* / rais(?:e|es|ed|ing) / expand\\w* / gain(?:s|ed)? / higher / up by / more
            fr de plus en plus / plus de / augment\\w+ / hausse / croiss\\w+ / croit / accru\\w* / plus (?:eleve|haut|grand)\\w*
            de steig\\w+ / stieg\\w* / gestiegen / erhoh\\w+ / wachs\\w+ / wuchs\\w* / gewachsen / zunah?m\\w* / zugenommen / hoher\\w* / mehr
            es mas / aument\\w+ / crec\\w+ / subi\\w+ / subid\\w+ / increment\\w+ / mayor
            it piu / aument\\w+ / cresc\\w+ / increment\\w+ / sal(?:e|ito|iti|ita) / maggior\\w*
            nl stijg\\w* / steeg / stegen / gestegen / groei\\w* / gegroeid / toegenomen / toenam\\w* / hoger\\w* / meer
            pt mais / aument\\w+ / cresc\\w+ / sub(?:iu|iram|ida) / increment\\w+ / maior
            pl wzros\\w+ / rosn\\w+ / zwieksz\\w+ / wiecej / wyzsz\\w+
        """),
        Cues("""
            en decreas\\w+ / fell / fall(?:s|en|ing)? / declin\\w+ / drop(?:s|ped)? / reduc\\w+ / shrank / shrink\\w* / lower\\w* / cut(?:s|ting)? / less / fewer / down by
            fr de moins en moins / moins de / diminu\\w+ / baiss\\w+ / redui\\w+ / recul\\w* / moins (?:eleve|haut|grand)\\w*
            de sink\\w+ / sank\\w* / gesunken / fiel\\w* / gefallen / verringer\\w+ / reduzier\\w+ / senk\\w+ / gesenkt / abnah?m\\w* / abgenommen / niedriger\\w* / geringer\\w* / weniger
            es menos / disminu\\w+ / reduc\\w+ / reduj\\w+ / baj(?:o|a|aron|ado|ada) / descen\\w+ / menor
            it meno / diminu\\w+ / ridu\\w+ / ridott\\w+ / cal(?:a|ato|o) / scend\\w+ / minor\\w*
            nl daal\\w* / dal(?:en|ing) / gedaald / afgenomen / afnam\\w* / vermind\\w+ / lager\\w* / minder / kromp\\w*
            pt menos / diminu\\w+ / redu[zç]\\w+ / reduc\\w+ / baix(?:ou|aram|a) / desc\\w+ / menor
            pl spad\\w+ / zmal\\w+ / zmniejsz\\w+ / mniej / nizsz\\w+
        """),
    ),
    (
        Cues("""
            en before / prior to / earlier / until
            fr avant
            de vor(?:her)? / bevor / bis
            es antes
            it prima
            nl voor(?:dat|heen)? / eerder / vroeger
            pt antes
            pl przed / wczesniej
        """),
        Cues("""
            en after(?:wards)? / later / following / since
            fr apres / depuis
            de nach(?:dem|her)? / spater / seit\\w*
            es despues / tras / desde
            it dopo / successiv\\w+ / dal
            nl na(?:dat)? / later / sinds
            pt depois / apos / desde
            pl po / pozniej / od
        """),
    ),
    (BEGINS, ENDS),
    (
        Cues("""
            en accept\\w* / approv\\w+ / adopt(?:s|ed|ing|ion) / agree[ds]? / sign(?:s|ed)? / support(?:s|ed|ing)? / allow\\w* / permit\\w* / won / win(?:s|ning)? / success\\w* / succeed\\w* / welcom\\w+
            fr accept\\w+ / approuv\\w+ / adopt\\w+ / soutien\\w* / permet\\w* / permis\\w* / gagn\\w+ / reussi\\w* / succes
            de angenommen / annah?m\\w* / genehmig\\w+ / zugestimmt / stimmte\\w* zu / unterstutz\\w+ / erlaub\\w+ / gewann\\w* / gewonnen / erfolg\\w*
            es acept\\w+ / aprob\\w+ / adopt\\w+ / apoy\\w+ / permit\\w+ / gan(?:o|aron|ado) / exito\\w*
            it accett\\w+ / approv\\w+ / adott\\w+ / sosten\\w+ / permett\\w+ / permess\\w+ / vin(?:se|to|cono|ta) / success\\w+
            nl aanvaard\\w* / goedgekeurd / aangenomen / steun\\w* / gesteund / toegestaan / won(?:nen)? / gewonnen / succes\\w*
            pt aceit\\w+ / aprov\\w+ / adot\\w+ / apoi\\w+ / permit\\w+ / ganh\\w+ / venc\\w+ / sucesso\\w*
            pl przyj\\w+ / zatwierdz\\w+ / popar\\w+ / wspiera\\w* / pozwol\\w+ / wygra\\w+ / sukces\\w*
        """),
        Cues("""
            en reject\\w* / refus\\w+ / oppos\\w+ / disagree\\w* / den(?:y|ies|ied|ial) / forbid\\w* / forbidden / ban(?:s|ned)? / prohibit\\w* / lost / lose[s]? / fail\\w* / prevent\\w*
            fr rejet\\w+ / refus\\w+ / oppos\\w+ / interdi\\w+ / perd\\w+ / echou\\w+ / echec\\w* / empech\\w+
            de abgelehnt / lehn(?:t|te|ten|en) / ablehn\\w+ / widersprach\\w* / verbot\\w* / verbiet\\w+ / verboten / verlor\\w* / scheiter\\w+ / gescheitert / verhinder\\w+
            es rechaz\\w+ / neg(?:o|aron|ado) / opon\\w+ / opus\\w+ / prohib\\w+ / perdi\\w+ / fracas\\w+ / impid\\w+
            it respin\\w+ / rifiut\\w+ / oppost\\w+ / oppon\\w+ / viet\\w+ / pers[eo]\\w* / fall(?:ito|isce|imento) / impedi\\w+
            nl verwierp\\w* / verworpen / geweigerd / weiger\\w* / afgewezen / verbied\\w+ / verboden / verlo(?:or|ren) / mislukt\\w* / verhinder\\w+
            pt rejeit\\w+ / recus\\w+ / op(?:oe|os|user)\\w* / proib\\w+ / perde\\w+ / fracass\\w+ / imped\\w+
            pl odrzuc\\w+ / odmow\\w+ / sprzeciw\\w+ / zakaz\\w+ / przegra\\w+ / niepowodzen\\w+ / uniemozliw\\w+
        """),
    ),
    (
        Cues("""
            en largest / biggest / highest / greatest / maximum / longest / most expensive
            fr plus (?:grande?|haute?|elevee?|longue?|chere?)s? / maxim\\w+
            de grosste\\w* / hochste\\w* / langste\\w* / teuerste\\w* / maximal\\w*
            es mas (?:grande|alt[oa]|larg[oa]|car[oa])s? / mayor(?:es)? / maxim\\w+
            it piu (?:grand[ei]|alt[oa]|lung[oa]|car[oa]) / maggiore / massim\\w+
            nl grootste / meeste / hoogste / langste / duurste / maxim\\w+
            pt mai(?:s alt[oa]|s long[oa]|s car[oa]|or|ores) / maxim\\w+
            pl najwieksz\\w+ / najwyzsz\\w+ / najdluzsz\\w+ / najdrozsz\\w+ / maksym\\w+
        """),
        Cues("""
            en smallest / lowest / least / minimum / shortest / cheapest
            fr plus (?:petite?|basse?|courte?|faible)s? / minim\\w+ / moins chere?s?
            de kleinste\\w* / niedrigste\\w* / kurzeste\\w* / billigste\\w* / gunstigste\\w* / geringste\\w* / minimal\\w*
            es mas (?:pequen[oa]|baj[oa]|cort[oa]|barat[oa])s? / menor(?:es)? / minim\\w+
            it piu (?:piccol[oaie]|bass[oa]|brev[ei]|cort[oa]) / minore / minim\\w+
            nl kleinste / minste / laagste / kortste / goedkoopste / minim\\w+
            pt mai(?:s pequen[oa]|s baix[oa]|s curt[oa]|s barat[oa]) / menor(?:es)? / minim\\w+
            pl najmniejsz\\w+ / najnizsz\\w+ / najkrotsz\\w+ / najtansz\\w+ / minim\\w+
        """),
    ),
    (
        Cues("""
            en oldest / earliest / first
            fr plus (?:ancien(?:ne)?|vieux|vieille)s? / premi\\w+
            de alteste\\w* / fruheste\\w* / erste[rnms]? / erstmals
            es mas antigu[oa]s? / primer[oa]?s?
            it piu (?:antic[oa]|vecchi[oa]) / prim[oaie]
            nl oudste / vroegste / eerste
            pt mais antig[oa]s? / primeir[oa]s?
            pl najstarsz\\w+ / pierwsz\\w+
        """),
        Cues("""
            en newest / youngest / latest / last
            fr plus (?:recente?|jeune|nouve\\w+)s? / derni\\w+
            de jungste\\w* / neueste\\w* / letzte[rnms]?
            es mas (?:reciente|nuev[oa]|joven)s? / ultim[oa]s?
            it piu (?:recente|nuov[oa]|giovane) / ultim[oaie]
            nl jongste / nieuwste / laatste
            pt mais (?:recente|nov[oa]|jovem)s? / ultim[oa]s?
            pl najnowsz\\w+ / najmlodsz\\w+ / ostatni\\w*
        """),
    ),
    (
        FREE,
        Cues("""
            en paid / pays? / fees? / charge[sd](?<!of charges) / costs?
            fr payant\\w* / tarif\\w* / cout\\w*
            de kostenpflichtig\\w* / gebuhr\\w* / kostet\\w*
            es de pago / tarif\\w+ / cuesta\\w*
            it a pagamento / tariff\\w+ / costa\\w*
            nl betaald\\w* / tarie\\w+ / kost(?:en)?
            pt pag[oa]s? / tarif\\w+ / cust\\w+
            pl platn\\w+ / oplat\\w+ / kosztuj\\w+
        """),
    ),
    (
        Cues("""
            en older / elder(?:ly)?
            fr plus (?:age|agee|vieux|vieille)s? / aine\\w*
            de alter(?:e[rnms]?)?
            es mayor(?:es)?
            it piu (?:anzian\\w+|vecchi\\w*)
            nl ouder(?!s)(?:e)?
            pt mais velh\\w+
            pl starsz\\w+
        """),
        Cues("""
            en younger
            fr plus jeunes?
            de junger(?:e[rnms]?)?
            es mas jov\\w+
            it piu giovan\\w+
            nl jonger(?:e)?
            pt mais nov\\w+ / mais jov\\w+
            pl mlodsz\\w+
        """),
    ),
    (
        Cues("""
            en north\\w* / east\\w*
            fr nord / est
            de nord\\w* / ost\\w*
            es norte / este
            it nord / est / settentrional\\w+ / oriental\\w+
            nl noord\\w* / oost\\w*
            pt norte / leste
            pl polnoc\\w* / wschod\\w*
        """),
        Cues("""
            en south\\w* / west\\w*
            fr sud / ouest
            de sud\\w* / west\\w*
            es sur / oeste
            it sud / ovest / meridional\\w+ / occidental\\w+
            nl zuid\\w* / west\\w*
            pt sul / oeste
            pl poludni\\w* / zachod\\w*
        """),
    ),
    (
        Cues("""
            en inside / indoors? / internal\\w*
            fr interieur\\w* / interne\\w*
            de innerhalb / intern\\w*
            es interior\\w* / intern\\w+
            it intern\\w+
            nl binnen / intern\\w*
            pt interior\\w* / intern\\w+
            pl wewnatrz / wewnetrzn\\w+
        """),
        Cues("""
            en outside / outdoors? / external\\w*
            fr exterieur\\w* / externe\\w*
            de ausserhalb / extern\\w*
            es exterior\\w* / extern\\w+
            it estern\\w+
            nl buiten / extern\\w*
            pt exterior\\w* / extern\\w+
            pl na zewnatrz / zewnetrzn\\w+
        """),
    ),
    (
        Cues("""
            en voluntar\\w+ / optional
            fr volontair\\w+ / facultati\\w+
            de freiwillig\\w* / optional\\w*
            es voluntari\\w+ / opcional\\w*
            it volontari\\w+ / facoltativ\\w+
            nl vrijwillig\\w* / facultatie\\w+
            pt voluntari\\w+ / facultativ\\w+
            pl dobrowoln\\w+ / opcjonaln\\w+
        """),
        Cues("""
            en mandatory / compulsory / obligatory / required
            fr obligatoir\\w+
            de verpflichtend\\w* / pflicht\\w* / obligatorisch\\w* / vorgeschrieben\\w*
            es obligatori\\w+
            it obbligatori\\w+
            nl verplicht\\w*
            pt obrigatori\\w+
            pl obowiazkow\\w+
        """),
    ),
    (
        Cues("""
            en public(?:ly)?
            fr publi(?:c|que|cs|ques)
            de offentlich\\w* / staatlich\\w*
            es public[oa]s?
            it pubblic\\w+
            nl publiek\\w* / openba\\w+
            pt public[oa]s?
            pl publiczn\\w+
        """),
        Cues("""
            en private(?:ly)?
            fr prive\\w*
            de privat\\w*
            es privad[oa]s?
            it privat[oaie]
            nl prive\\w* / particulier\\w*
            pt privad[oa]s?
            pl prywatn\\w+
        """),
    ),
)  # fmt: skip
