"""Which short forms end with a full stop that does not end a sentence, language by language.

Knows words only: not where they stand, nor what follows them; that is judged in
:mod:`corpus.sentences`. Forms are written casefolded and without their last full stop. Dotted
forms ("e.V.", "U.K.", "S.p.A.") and initials need no entry: their shape gives them away. An
entry for one of them says that it never ends a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """One language's short forms, by what they say about the full stop after them."""

    open: frozenset[str]  # never last in a sentence: "Dr.", "z.B."
    before_number: frozenset[str]  # open when a number follows: "No. 5", "art. 3"
    maybe_last: frozenset[str]  # last only when an obvious sentence opening follows: "etc."
    ordinals: bool  # whether "17." means "seventeenth"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ANYWHERE = (
    "dr prof st vs ca cf approx e.g i.e tel max min incl resp",
    "nr art p pp vol fig tab n nº n° §",
    "etc inc ltd co corp jr al",
)

# Per language: open, before a number, maybe last.
_BY_LANGUAGE: dict[str, tuple[str, str, str]] = {
    "en": (
        "mr mrs ms messrs rev hon gov sen rep gen capt lt col sgt mt ft viz esp est sq pop eg ie",
        "no nos para sec ch eq jan feb mar apr jun jul aug sep sept oct nov dec",
        "ave rd blvd bros dept sr ph.d phd",
    ),
    "fr": (
        "m mm mme mmes mlle mlles mgr pr ste env av bd boul ex p.ex tél adr éd apr c.-à-d",
        "al chap janv févr juil sept oct nov déc",
        "hab suiv",
    ),
    "de": (
        "hr fr bzw z.b d.h nr evtl ggf inkl exkl zzgl bspw sog vgl geb gest mind ing dipl "
        "dipl.-ing mag hl abt allg ehem einschl jährl lt bez betr zw z.zt i.d.r v.a z.t",
        "abs kap bd s jan feb aug sept okt nov dez",
        "usw str mio mrd jh jhd std chr gem ev kath u.a",
    ),
    "es": (
        "sr sra srta sres dra d dña ee prof ing lic arq gral sto sta excmo av avda pza ctra ej "
        "p.ej aprox telf ud uds vd máx mín",
        "núm num pág págs cap s",
        "cía hab izq dcha depto",
    ),
    "it": (
        "sig sigg sig.ra sig.na sig.ri dott dott.ssa prof.ssa avv arch geom rag on sen mons ss es "
        "p.es cfr c.so p.zza p.za v.le d.lgs circ",
        "artt pag pagg cap lett gen feb mar apr mag giu lug ago set ott nov dic",
        "ecc ab",
    ),
    "nl": (
        "dhr mevr mw drs ir ing mr bijv bv m.b.v d.m.v o.a t.a.v i.p.v m.b.t n.a.v o.l.v i.s.m "
        "excl ong evt jhr zgn vgl plm afd gem",
        "blz jan febr mrt apr aug sept okt nov dec",
        "enz mln mld",
    ),
    "pt": (
        "sr sra srta dra profa d exmo exma av ex p.ex aprox eng arq gov pres máx",
        "pág págs núm cap séc jan fev mar abr mai jun jul ago set out nov dez",
        "lda ltda cia hab",
    ),
    "pl": (
        "np ok tzw tzn m.in ul al pl os im św inż mgr hab ks bp gen płk red woj pow gm tj ds zob "
        "por ww pn pt sp dot lic jw",
        "nr ust pkt poz str s godz dn",
        "itd itp tys br bm in r w",
    ),
}

# Languages that write an ordinal number as a figure with a full stop.
_ORDINALS = _words("bs cs da de et eu fi fo hr hu is lb lv mk nb nn no pl sk sl sq sr tr")


@cache
def abbreviations(language: str) -> Abbreviations:
    """What is known of ``language`` (ISO 639-1); of English when it is "und"."""
    own = _BY_LANGUAGE.get("en" if language == "und" else language, ("", "", ""))
    always, numbered, maybe = (
        _words(f"{common} {special}") for common, special in zip(_ANYWHERE, own, strict=True)
    )
    # A language's own verdict wins over the common one: Polish "al." is an avenue.
    return Abbreviations(
        open=always - _words(own[2]),
        before_number=numbered,
        maybe_last=maybe - _words(own[0]),
        ordinals=language in _ORDINALS,
    )


# Words that often open a sentence and seldom a name, capitalised: after "U.K." or "etc." one of
# them says that a new sentence began. One set for all languages, as each is rare in the others.
OPENINGS = _words(
    """
    the a an this that these those it its he she we they you i in on at for from with by to as of
    and but or if when while after before since during there here however moreover our his her
    their all some many most each both no not what how why who which where also more today
    der die das den dem des ein eine einen einem einer es er sie wir ihr ich im am an auf bei mit
    nach von vom zu zum zur für und aber oder wenn als da daher dabei dazu damit diese dieser
    dieses auch seit so bis durch über unter nicht alle viele hier dort wie was wer heute
    le la les un une des du de il elle ils elles on nous vous je ce cet cette ces en dans sur pour
    par avec sans sous et mais ou si quand depuis après avant à au aux selon ainsi
    el los las una unos unas lo con por para del desde según se su sus este esta estos estas y
    pero o cuando como también al es
    gli uno per dal dalla di della nel nella sul questo questa e ma se anche non è alla tra fra
    het een er op voor van naar door dit dat deze wij ze zij hij ik maar of ook na sinds om aan
    uit over niet
    os as um uma em nos nas do dos das esse essa não ao com
    w z ze od po za ale lub jest są był to ten ta te tym nie jak gdy oraz dla przez przy u
    """
)

# Those of them that may also continue a name: "J. van Dyck", "A. De Gasperi".
NAME_PARTICLES = _words("van von de den der des di da dal del della do dos du el la le lo")
