"""The plainest wording of a few questions in eight languages, as a person would type them.

Knows grammar, and only as much as these questions need; what they ask is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping

from corpus.countries import country_name

_WORDED: Mapping[str, Mapping[str, str]] = {
    "en": {
        "practices_in": "Which practices are there {where}?",
        "networks_in": "Which networks have their secretariat {where}?",
        "theme": "Which practices have the keyword “{theme}”?",
        "larger": "Which city has more inhabitants, {a} or {b}?",
        "older": "Which network is older, {a} or {b}?",
    },
    "fr": {
        "practices_in": "Quelles bonnes pratiques trouve-t-on {where} ?",
        "networks_in": "Quels réseaux ont leur secrétariat {where} ?",
        "theme": "Quelles bonnes pratiques ont le mot-clé « {theme} » ?",
        "larger": "Quelle ville a le plus d’habitants, {a} ou {b} ?",
        "older": "Quel réseau est le plus ancien, {a} ou {b} ?",
    },
    "de": {
        "practices_in": "Welche guten Praktiken kommen {origin}?",
        "networks_in": "Welche Netzwerke haben ihr Sekretariat {where}?",
        "theme": "Welche guten Praktiken haben das Schlagwort „{theme}“?",
        "larger": "Welche Stadt hat mehr Einwohner, {a} oder {b}?",
        "older": "Welches Netzwerk ist älter, {a} oder {b}?",
    },
    "es": {
        "practices_in": "¿Qué buenas prácticas hay {where}?",
        "networks_in": "¿Qué redes tienen su secretaría {where}?",
        "theme": "¿Qué buenas prácticas tienen la palabra clave «{theme}»?",
        "larger": "¿Qué ciudad tiene más habitantes, {a} o {b}?",
        "older": "¿Qué red es más antigua, {a} o {b}?",
    },
    "it": {
        "practices_in": "Quali buone pratiche ci sono {where}?",
        "networks_in": "Quali reti hanno il segretariato {where}?",
        "theme": "Quali buone pratiche hanno la parola chiave «{theme}»?",
        "larger": "Quale città ha più abitanti, {a} o {b}?",
        "older": "Quale rete è più vecchia, {a} o {b}?",
    },
    "nl": {
        "practices_in": "Welke goede voorbeelden zijn er {where}?",
        "networks_in": "Welke netwerken hebben hun secretariaat {where}?",
        "theme": "Welke goede praktijken hebben het trefwoord “{theme}”?",
        "larger": "Welke stad heeft meer inwoners, {a} of {b}?",
        "older": "Welk netwerk is ouder, {a} of {b}?",
    },
    "pt": {
        "practices_in": "Que boas práticas há {where}?",
        "networks_in": "Que redes têm o secretariado {where}?",
        "theme": "Que boas práticas têm a palavra-chave «{theme}»?",
        "larger": "Que cidade tem mais habitantes, {a} ou {b}?",
        "older": "Que rede é mais antiga, {a} ou {b}?",
    },
    "pl": {
        "practices_in": "Jakie dobre praktyki są {where}?",
        "networks_in": "Jakie sieci mają sekretariat {where}?",
        "theme": "Jakie dobre praktyki mają słowo kluczowe „{theme}”?",
        "larger": "Które miasto ma więcej mieszkańców, {a} czy {b}?",
        "older": "Która sieć jest starsza, {a} czy {b}?",
    },
}
# Countries whose name takes an article after "in".
_ARTICLES: Mapping[str, Mapping[str, str]] = {
    "en": {"NL": "the ", "GB": "the ", "US": "the "},
    "de": {"NL": "den ", "CH": "der ", "SK": "der ", "TR": "der ", "UA": "der "},
    "it": {"NL": "nei ", "GB": "nel "},
    "es": {"NL": "los ", "GB": "el "},
    "nl": {"GB": "het "},
    "pt": {"NL": "nos ", "GB": "no ", "US": "nos "},
}
_WITHOUT_ARTICLE = frozenset({"FR", "ES", "IT", "MT"})  # in Portuguese
_IN: Mapping[str, str] = {
    "en": "in ", "de": "in ", "es": "en ", "it": "in ", "nl": "in ", "pt": "em ", "pl": "w kraju "
}  # fmt: skip
_FRENCH_PLURALS = frozenset({"NL", "US"})
_FRENCH_FEMININE = ("e", "é")  # France, Belgique; "Mexique" and its like are not in Europe


def worded(question: str, language: str, country: str = "", **values: str) -> str:
    """The question of that name in ``language``, English for one that is not spoken.

    ``country`` is a code of ISO 3166-1.
    """
    spoken = language if language in _WORDED else "en"
    if country:
        where = in_country(country, spoken)
        values |= {"where": where, "origin": f"aus {where.removeprefix('in ')}"}
    return _WORDED[spoken][question].format_map(values)


def in_country(code: str, spoken: str) -> str:
    """``PT`` as "in Portugal", "au Portugal", "w kraju Portugalia"."""
    name = country_name(code, spoken)
    if spoken == "fr":
        if code in _FRENCH_PLURALS:
            return f"aux {name}"
        feminine = name.endswith(_FRENCH_FEMININE) or name[0] in "AEIOUÉÎ"
        return f"{'en' if feminine else 'au'} {name}"
    article = _ARTICLES.get(spoken, {}).get(code, "")
    if spoken in ("it", "pt") and article:
        return f"{article}{name}"  # "nei" and "nos" are "in" already
    if spoken == "pt" and name.endswith("a") and code not in _WITHOUT_ARTICLE:
        return f"na {name}"
    return f"{_IN[spoken]}{article}{name}"
