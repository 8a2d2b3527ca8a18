"""Words for offices, deeds and prices, by which a question tells whose name or what sum it wants.

Tables only, as in assistant.lexicon: one row a language, cues on text folded by
:func:`corpus.words.fold`. Each group holds the words that may stand for one another.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.lexicon import Cues

# Offices, deeds and prices: what asks for one is not answered where no word of its group stands.
ROLES: Mapping[str, Cues] = {
    "mayor": Cues("""
        en mayor\\w*
        fr maires?
        de \\w*burgermeister\\w*
        es alcald\\w+
        it sindac\\w+
        nl burgemeester\\w*
        pt prefeit\\w+ / presidente da camara
        pl burmistrz\\w* / prezydent\\w* miasta
    """),
    "leader": Cues("""
        en chair\\w* / president\\w* / direct(?:or|ors|s|ed) / head(?:s|ed)? / led / leads? / leader\\w* / manage[rds]\\w* / coordinat\\w+ / run by / steer\\w*
        fr president\\w* / direct\\w+ / dirig\\w+ / respons\\w+ / coordin\\w+ / pilot\\w+ / anim\\w+
        de vorsitz\\w* / leit\\w+ / direkt\\w+ / prasident\\w* / koordin\\w+ / fuhr\\w+ / geschaftsfuhr\\w+
        es president\\w+ / direct\\w+ / dirig\\w+ / gestion\\w+ / respons\\w+ / coordin\\w+ / lider\\w*
        it president\\w+ / dirett\\w+ / dirig\\w+ / gesti\\w+ / respons\\w+ / coordin\\w+ / guid\\w+
        nl voorzit\\w+ / directeur\\w* / leid\\w+ / geleid / coordin\\w+ / beheer\\w+ / bestuur\\w*
        pt president\\w+ / diret\\w+ / dirig\\w+ / ger[ei]\\w+ / respons\\w+ / coorden\\w+ / lider\\w*
        pl przewodnic\\w+ / dyrektor\\w* / kier\\w+ / prezes\\w* / koordyn\\w+ / prowadz\\w+ / zarzad\\w*
    """),
    "architect": Cues("""
        en architect\\w* / designed / design by / planned by
        fr architect\\w* / concu\\w*
        de architekt\\w* / entworfen / entwarf
        es arquitect\\w* / disen\\w+
        it architett\\w* / progettat\\w+
        nl architect\\w* / ontworpen / ontwierp
        pt arquitet\\w* / projetad\\w+ / desenhad\\w+
        pl architekt\\w* / zaprojektowa\\w+
    """),
    "curator": Cues("""
        en curat\\w+
        fr commissaire\\w* / curat\\w+
        de kurat\\w+ / kuratier\\w+
        es comisari\\w+ / curador\\w*
        it curat\\w+
        nl curator\\w* / samengesteld
        pt curador\\w* / curadoria
        pl kurator\\w*
    """),
    "rent": Cues("""
        en rent(?:s|al|als|ed)?
        fr loyers? / locat\\w+
        de \\w*miete\\w*
        es alquiler\\w* / renta
        it affitt\\w+ / canon[ei] / locazion\\w+
        nl huur\\w* / verhuur\\w*
        pt rendas? / aluguel / alugu\\w+
        pl czynsz\\w* / najem\\w* / najm\\w*
    """),
    "fee": Cues("""
        en fees? / dues / membership (?:fees?|costs?) / subscription\\w* / charges? / tariff\\w* / rates?
        fr cotisation\\w* / tarifs? / frais / redevance\\w* / inscription\\w*
        de \\w*beitrag\\w* / \\w*gebuhr\\w*
        es cuotas? / tarifas? / tasas?
        it quot[ae] / tariff\\w+ / tass[ae] / iscrizion\\w+
        nl contributie\\w* / tarie\\w+ / lidgeld\\w*
        pt quotas? / taxas? / tarifas? / mensalidad\\w+
        pl skladk\\w+ / oplat\\w+ / taryf\\w+
    """),
    "ticket": Cues("""
        en tickets? / admission / entry
        fr billets? / entrees? / tickets?
        de \\w*karten? / eintritt\\w* / fahrschein\\w* / tickets?
        es entradas? / billetes?
        it bigliett\\w+ / ingress\\w+
        nl kaartjes? / toegang\\w* / tickets?
        pt bilhetes? / entradas? / ingressos?
        pl bilet\\w* / wstep\\w*
    """),
    "subsidy": Cues("""
        en subsid\\w+ / grants? / granted / support\\w* / funding / incentive\\w*
        fr subvention\\w* / aides? / financ\\w+
        de zuschu\\w+ / forder\\w+ / subvention\\w*
        es subvenci\\w+ / ayudas? / becas?
        it sovvenzion\\w+ / contribut\\w+ / finanziament\\w+ / incentiv\\w+
        nl subsidie\\w* / bijdrage\\w* / steun
        pt subsidi\\w+ / apoio\\w* / subvenc\\w+
        pl dotacj\\w+ / dofinansowan\\w+ / subwencj\\w+ / wsparci\\w+
    """),
    "salary": Cues("""
        en salar\\w+ / wages? / paid / earns? / earned
        fr salair\\w+ / paye\\w* / remuner\\w+
        de geh[ao]lt\\w* / lohn\\w* / lohne / bezahlt / verdien\\w+
        es sueldo\\w* / salari\\w+ / cobra\\w*
        it stipendi\\w* / salari\\w+ / pagat\\w+
        nl salaris\\w* / loon / lonen / betaald
        pt salari\\w+ / ordenad\\w+ / pag\\w+
        pl pensj\\w+ / wynagrodzen\\w+ / zarob\\w+
    """),
}
