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
