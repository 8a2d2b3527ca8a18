"""Countries, nations and regions named in running text, by their names or by their people's."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.countries import CAPRICIOUS, country_code, country_name, names, peoples, regions
from corpus.gazetteer import place_key
from corpus.places.mention import Place, Token, grams, mention
from corpus.places.words import LOCATIVE


def countries_named(text: str, tokens: list[Token], language: str) -> Iterator[Place]:
    """Every country, nation and region that ``tokens`` of ``text`` name, in order."""
    known, areas = names(), regions()
    adjectives = peoples(language)
    english = peoples("en") if language not in {"en"} else adjectives
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if not token.capital:
            code = adjectives.get(token.key) if _lower_case(language) else None
            if code and not _means_language(tokens, at):
                yield mention(text, tokens, at, 1, country_name(code), code, "country")
            at += 1
            continue
        for length, key in grams(text, tokens, at):
            code = known.get(key)
            if code and not _capricious(text, tokens, at, length, key):
                kind = "region" if key in _NATIONS else "country"
                name = _NATIONS.get(key) or country_name(code)
                yield mention(text, tokens, at, length, name, code, kind)
                break
            if key in areas and not _capricious(text, tokens, at, length, key):
                name, code = areas[key]
                yield mention(text, tokens, at, length, name, code, "region")
                break
        else:
            length = 1
            code = adjectives.get(token.key) or english.get(token.key)
            if code and (_means_language(tokens, at) or token.text.isupper()):
                code = None  # "[ENGLISH]" names a version of the text
            if token.text in {"UK", "USA", "US", "EEUU", "EUA"}:
                code = country_code("US" if token.text in {"EEUU", "EUA"} else token.text)
            if code:
                yield mention(text, tokens, at, 1, country_name(code), code, "country")
        at += length


def _lower_case(language: str) -> bool:
    """Whether ``language`` writes the adjectives of countries small."""
    return language in {"fr", "de", "es", "it", "pt", "pl"}


def _means_language(tokens: list[Token], at: int) -> bool:
    """ "held in English", "auf Englisch": the language, not the people."""
    return at > 0 and tokens[at - 1].text.casefold() in {"in", "into", "auf", "en", "em", "po"}


_NATIONS = {
    place_key(spelled): name
    for name, spellings_ in {
        "England": "England|Angleterre|Inglaterra|Inghilterra|Engeland|Anglia|Anglii",
        "Scotland": "Scotland|Écosse|Schottland|Escocia|Scozia|Schotland|Escócia|Szkocja|Szkocji",
        "Wales": "Wales|Pays de Galles|Gales|Galles|País de Gales|Walia|Walii",
        "Northern Ireland": "Northern Ireland|Irlande du Nord|Nordirland|Irlanda del Norte|"
        "Irlanda del Nord|Noord Ierland|Irlanda do Norte|Irlandia Północna|Irlandii Północnej",
    }.items()
    for spelled in spellings_.split("|")
}


def _capricious(text: str, tokens: list[Token], at: int, length: int, key: str) -> bool:
    """A country's name that more likely means something else here ("China Clay", "Chad Smith")."""
    if key not in CAPRICIOUS:
        return False
    after = tokens[at + length] if at + length < len(tokens) else None
    last = tokens[at + length - 1]
    if after is not None and after.capital and text[last.end : after.start] in {" ", "-"}:
        return True
    return not (_vouched_before(text, tokens, at) or _bracketed(text, tokens[at].start))


def _bracketed(text: str, start: int) -> bool:
    return text[max(0, start - 2) : start].strip() in {"(", ","}


def _vouched_before(text: str, tokens: list[Token], at: int) -> bool:
    """Whether a preposition of place, or "city of", or a comma after a place, stands before."""
    if at == 0:
        return False
    before = tokens[at - 1]
    between = text[before.end : tokens[at].start]
    if between.strip() or "\n" in between or not between:
        # "à l'Hospitalet" has nothing, "Zagreb, Croatia" a comma between.
        return between.strip() == "," and before.capital
    return before.text.casefold() in LOCATIVE and (before.start > 0 or not before.capital)
