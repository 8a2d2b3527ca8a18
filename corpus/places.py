"""Where a text speaks of: towns, regions and countries, with the words that name them.

Knows how places are written in running text and in header lines, and weighs namesakes by
their neighbours. Refuses to guess: a word that is more often something else ("Nice", "Bath",
"Essen") counts only where a preposition, a bracket or another place vouches for it. One pass
over the words with dictionary look-ups; no pattern here can backtrack far.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus import Span
from corpus.countries import (
    CAPRICIOUS,
    country_code,
    country_name,
    is_code,
    names,
    peoples,
    regions,
)
from corpus.gazetteer import (
    EUROPE,
    City,
    cities,
    english_name,
    is_known,
    place_key,
    spellings,
)

__all__ = [
    "Place",
    "best_city",
    "city_keys",
    "city_line",
    "country_code",
    "country_name",
    "find_places",
    "same_city",
]


@dataclass(frozen=True, slots=True)
class Place:
    """One mention: ``name`` as the gazetteer has it in English, ``surface`` as the text does."""

    name: str
    country: str | None  # ISO 3166-1 alpha-2
    kind: str  # "city" | "region" | "country"
    span: Span
    surface: str


# A word of a name; digits stand in none. An apostrophe parts words ("L'Hospitalet").
_TOKEN = re.compile(r"[^\W\d_]+\.?(?=[^\w]|$)|[^\W_]+")
_LONGEST_NAME = 6  # words: "Stratford upon Avon", "United Kingdom of Great Britain …"


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# What may stand between two words of one name.
_GLUE = re.compile(r"[ \t\u00a0]{1,2}|[-‐‑'’]|\. ?|\n")
_PARTICLES = _set(
    "a am an and au aux d da das de del della delle den der des di do dos du e en et i in l la las "
    "le les los na of on op près sous sul sulla sur the und upon y z zu"
)

# A place follows these. Folded, all eight languages together: they agree well enough.
_LOCATIVE = _set(
    "in at near of from to around across outside inside via between towards toward "
    "a à au aux en vers près depuis "
    "nach aus bei von zu zwischen um "
    "desde hacia entre de "
    "da di dal tra presso verso ad "
    "te uit naar bij tussen van "
    "em no na nos nas do "
    "w we z ze do pod koło"
)
_WEAK_LOCATIVE = _set("of a de da di von van do um no na nos nas to w z ze at en")
# "city of", "Stadt", "ville de" …: the word itself, with the preposition after it, if any.
_TOWN_NOUNS = _set(
    "city cities town towns village borough municipality council mayor port province "
    "ville villes commune communes mairie metropole métropole agglomération "
    "stadt städte gemeinde dorf ciudad ciudades ayuntamiento municipio pueblo "
    "città comune comuni gemeente stad dorp cidade cidades município câmara miasto mieście "
    "miasta gmina gminie universität university université universidad"
)

# Large towns whose names, or spellings elsewhere, are commoner as a word or a first name in one
# of the eight languages. Smaller towns are not listed: they always need someone to vouch.
_OTHERWISE = _set(
    "agri angers april aurora austin bar bath bergen bolton boston buffalo bury central chester "
    "como cork corona delta derby dover essen evdokia gracia hagen halle hamm herne hull "
    "independence jackson jaroslav jordan jos julia karin kennedy kiel kobe latina leon lincoln "
    "lugo male man mesa mitte mobile moers most namen nancy nelson neumarkt neuss newport nice nis "
    "further observatoire orange parla pau perth peste phoenix plan police poole progress "
    "pula reading reus rosario ruda rugby sainte sale santa santos siano slough spa split "
    "student tours trent trento trier ulm university van viana victoria warren washington "
    "wells wesel witten worthing york"
)
_FIRST_NAMES = _set(
    "adelaide alma carmen charlotte chelsea clara florence jordan lourdes madeleine martin "
    "nancy olivia roman santiago sofia victoria lorena siena"
)
# Small or foreign towns whose names stand after prepositions with their common meaning.
_NEVER_TOWNS = _set(
    "april arena base castilla center central centre centro campus campo campagna casa city data "
    "delta digital dabei dom eu european europe expo energy english favoriten forum general google "
    "hague home idea impact international juli juin julio juni kitas la las le les living los mai "
    "maggio maio maj march mars marzo marca mayo media mei metro mission mobility music national "
    "nokia of open palazzo park partner peste piazza plan platform public quality saint sainte san "
    "santa sao service smart social solutions start system together tour university universidad "
    "union van via vision crema"
)


@cache
def _home_countries(language: str) -> frozenset[str]:
    """Where a text in ``language`` most likely comes from."""
    homes = {
        "en": "GB IE", "fr": "FR BE CH LU", "de": "DE AT CH", "es": "ES", "it": "IT CH",
        "nl": "NL BE", "pt": "PT BR", "pl": "PL",
    }  # fmt: skip
    return frozenset(homes.get(language, "").split())


# Inhabitants. A capitalised word that names a large town usually means it; of a small one, words
# around must say so; of one below the middling, its country must be at hand too.
_HUGE = 500_000
_LARGE = 100_000
_SMALL = 15_000
_MIDDLING = 8_000


def best_city(key: str, language: str = "und", near: frozenset[str] = frozenset()) -> City | None:
    """The likeliest town of this spelling, or None.

    Weighs people (by magnitude), Europe, the language's home and the countries ``near``;
    a town's own name counts more than an exonym.
    """
    found = cities(key)
    if not found:
        return None
    home = _home_countries(language)

    def weight(city: City) -> float:
        return (
            math.log10(city.population + 1)
            + 1.2 * (city.country in EUROPE)
            + 0.6 * (city.country in home)
            + 2.5 * (city.country in near)
            + 0.8 * (place_key(city.name) == key)
        )

    return max(found, key=lambda city: (weight(city), city.name, city.country))


@lru_cache(maxsize=8_192)
def city_keys(name: str) -> frozenset[str]:
    """Every spelling of the town ``name`` means, as place keys; its own key where unknown.

    Keys are for comparing with other keys only.
    """
    key = place_key(name)
    city = best_city(key)
    return frozenset({key}) if city is None else spellings(city) | {key}


def same_city(a: str, b: str) -> bool:
    """Whether two names can mean one town: equal up to accents, or exonyms ("Gand", "Ghent")."""
    first, second = place_key(a), place_key(b)
    return first == second or bool(_meant(first) & _meant(second))


@lru_cache(maxsize=8_192)
def _meant(key: str) -> frozenset[City]:
    """Towns called so themselves, or else the largest anyone calls so."""
    found = cities(key)
    own = frozenset(city for city in found if place_key(city.name) == key)
    return own or frozenset(found[:1])


# ---------------------------------------------------------------- header lines

_LONGEST_LINE = 120  # characters of a line that holds nothing but a town and its country
_COUNTRY_PART = r"[^\W\d_][\w .'’\-]{1,40}"
_TOWN_PART = r"[^\W\d_][\w .'’\-/&]{0,60}?"
_LINE_COMMA = re.compile(rf"(?P<city>{_TOWN_PART}),[ \t](?P<country>{_COUNTRY_PART})")
_LINE_CODE = re.compile(rf"(?P<city>{_TOWN_PART})[ \t]\((?P<country>[A-Z]{{2,3}})\)")


def city_line(text: str, within: Span) -> tuple[Span, Span, str] | None:
    """City span, country span and country code, where ``within`` is "City, Country" or "City (CC)".

    The town need not be known; the country must be. ``None`` when the words are anything else.
    """
    start, end = _trimmed(text, within)
    if end - start > _LONGEST_LINE:
        return None
    for shape in (_LINE_COMMA, _LINE_CODE):
        match = shape.fullmatch(text, start, end)
        if match is None:
            continue
        code = country_code(match["country"])
        city = Span(*match.span("city"))
        if code is None or not _looks_like_name(city.of(text)):
            continue
        if country_code(city.of(text)) is not None and not is_known(place_key(city.of(text))):
            continue
        return city, Span(*match.span("country")), code
    return None


def _trimmed(text: str, within: Span) -> tuple[int, int]:
    start, end = within.start, within.end
    while start < end and text[start] in " \t\u00a0#*_>|\n":
        start += 1
    while end > start and text[end - 1] in " \t\u00a0*_|\n.":
        end -= 1
    return start, end


def _looks_like_name(words: str) -> bool:
    """Capitalised words joined by particles, no more than six."""
    parts = re.findall(r"[^\W_]+", words)
    return (
        0 < len(parts) <= _LONGEST_NAME
        and parts[0][0].isupper()
        and all(part[0].isupper() or part.casefold() in _PARTICLES for part in parts)
    )


# ---------------------------------------------------------------- running text


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    key: str

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def find_places(text: str, language: str, within: Span | None = None) -> tuple[Place, ...]:
    """Places named in ``text`` (or one part of it), in order, never overlapping.

    ``language`` (ISO 639-1) decides which adjectives and case endings are read; capitalised
    country names count in all eight languages.
    """
    start, end = (within.start, within.end) if within else (0, len(text))
    tokens = _tokens(text, start, end)
    sure = tuple(_countries(text, tokens, language))
    near = Counter(place.country for place in sure if place.country)
    found = _Towns(text, tokens, language, sure, frozenset(near)).find()
    return tuple(sorted((*_kept(sure, found), *found), key=lambda place: place.span))


def _kept(sure: tuple[Place, ...], towns: list[Place]) -> list[Place]:
    """Country mentions that no town's name swallows ("Mexico" in "Mexico City")."""
    taken = {at for town in towns for at in range(town.span.start, town.span.end)}
    return [place for place in sure if place.span.start not in taken]


def _tokens(text: str, start: int, end: int) -> list[_Token]:
    found = []
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        stop = match.end()
        if word.endswith(".") and word not in {"St.", "Ste."}:
            word, stop = word[:-1], stop - 1
        found.append(_Token(word, match.start(), stop, place_key(word)))
    return found


def _glued(text: str, left: _Token, right: _Token) -> bool:
    """Whether two tokens may belong to one name (no comma, no line of its own between)."""
    between = text[left.end : right.start]
    return between != "\n" and (
        between == "" or (len(between) <= 2 and _GLUE.fullmatch(between) is not None)
    )


def _grams(text: str, tokens: list[_Token], at: int) -> Iterator[tuple[int, str]]:
    """(length, key) of the names that could begin at token ``at``, the longest first."""
    reach = 1
    limit = min(_LONGEST_NAME, len(tokens) - at)
    while reach < limit and _glued(text, tokens[at + reach - 1], tokens[at + reach]):
        reach += 1
    for length in range(reach, 0, -1):
        last = tokens[at + length - 1]
        if last.capital or length == 1:
            yield length, " ".join(token.key for token in tokens[at : at + length])


def _countries(text: str, tokens: list[_Token], language: str) -> Iterator[Place]:
    known, areas = names(), regions()
    adjectives = peoples(language)
    english = peoples("en") if language not in {"en"} else adjectives
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if not token.capital:
            code = adjectives.get(token.key) if _lower_case(language) else None
            if code and not _means_language(tokens, at):
                yield _place(text, tokens, at, 1, country_name(code), code, "country")
            at += 1
            continue
        for length, key in _grams(text, tokens, at):
            code = known.get(key)
            if code and not _capricious(text, tokens, at, length, key):
                kind = "region" if key in _NATIONS else "country"
                name = _NATIONS.get(key) or country_name(code)
                yield _place(text, tokens, at, length, name, code, kind)
                break
            if key in areas and not _capricious(text, tokens, at, length, key):
                name, code = areas[key]
                yield _place(text, tokens, at, length, name, code, "region")
                break
        else:
            length = 1
            code = adjectives.get(token.key) or english.get(token.key)
            if code and (_means_language(tokens, at) or token.text.isupper()):
                code = None  # "[ENGLISH]" names a version of the text
            if token.text in {"UK", "USA", "US", "EEUU", "EUA"}:
                code = country_code("US" if token.text in {"EEUU", "EUA"} else token.text)
            if code:
                yield _place(text, tokens, at, 1, country_name(code), code, "country")
        at += length


def _lower_case(language: str) -> bool:
    """Whether ``language`` writes the adjectives of countries small."""
    return language in {"fr", "de", "es", "it", "pt", "pl"}


def _means_language(tokens: list[_Token], at: int) -> bool:
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


def _capricious(text: str, tokens: list[_Token], at: int, length: int, key: str) -> bool:
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


def _vouched_before(text: str, tokens: list[_Token], at: int) -> bool:
    """Whether a preposition of place, or "city of", or a comma after a place, stands before."""
    if at == 0:
        return False
    before = tokens[at - 1]
    between = text[before.end : tokens[at].start]
    if between.strip() or "\n" in between or not between:
        # "à l'Hospitalet" has nothing, "Zagreb, Croatia" a comma between.
        return between.strip() == "," and before.capital
    return before.text.casefold() in _LOCATIVE and (before.start > 0 or not before.capital)


def _place(
    text: str, tokens: list[_Token], at: int, length: int, name: str, code: str | None, kind: str
) -> Place:
    span = Span(tokens[at].start, tokens[at + length - 1].end)
    return Place(name, code, kind, span, span.of(text))


_AFTER_COUNTRY = re.compile(r",[ \t]|[ \t]\(")
_CODE_AFTER = re.compile(r"[ \t]\(([A-Z]{2,3})\)")


@lru_cache(maxsize=8)
def _small_words(text: str) -> frozenset[str]:
    """The words ``text`` writes without a capital."""
    return frozenset(word for word in _LETTERS.findall(text) if word.islower())


_LETTERS = re.compile(r"[^\W\d_]+")


class _Towns:
    """One pass for towns, with the countries already found in the same text."""

    def __init__(
        self,
        text: str,
        tokens: list[_Token],
        language: str,
        sure: tuple[Place, ...],
        near: frozenset[str],
    ) -> None:
        self._text = text
        self._tokens = tokens
        self._language = language
        self._country_at = {place.span.start: place for place in sure}
        self._inside_region = {
            at for place in sure for at in range(place.span.start + 1, place.span.end)
        }
        self._near = near
        self._found: list[Place] = []

    def find(self) -> list[Place]:
        """Towns in order of their place in the text."""
        at = 0
        while at < len(self._tokens):
            token = self._tokens[at]
            if not token.capital or len(token.text) < 2 or token.start in self._inside_region:
                at += 1
                continue
            at += self._town_at(at) or 1
        return self._found

    def _town_at(self, at: int) -> int:
        """Records the town that begins at token ``at``; returns its length in tokens, or 0."""
        country = self._country_at.get(self._tokens[at].start)
        for length, key in _grams(self._text, self._tokens, at):
            stated = self._stated_country(at, length)
            if (
                country is not None
                and stated is None
                and len(country.surface) >= self._width(at, length)
            ):
                return 0
            city = best_city(key, self._language, frozenset({stated}) if stated else self._near)
            if city is None and (city := self._inflected(key, length)):
                key = place_key(city.name)
            if stated and (city is None or city.country != stated):
                # Unknown, or a small namesake in the country that the text states.
                if self._is_new_town(at, length, key):
                    self._add(at, length, None, stated)
                    return length
                stated = None
            if city is not None and self._accepts(at, length, key, city, stated):
                self._add(at, length, english_name(city), city.country)
                return length
        return 0

    def _width(self, at: int, length: int) -> int:
        return self._tokens[at + length - 1].end - self._tokens[at].start

    def _add(self, at: int, length: int, name: str | None, country: str | None) -> None:
        span = Span(self._tokens[at].start, self._tokens[at + length - 1].end)
        surface = span.of(self._text)
        self._found.append(Place(name or surface, country, "city", span, surface))

    def _stated_country(self, at: int, length: int) -> str | None:
        """The country written right after the name: ", Croatia", "(HR)", "(Croatia)"."""
        end = self._tokens[at + length - 1].end
        if code := _CODE_AFTER.match(self._text, end):
            return country_code(code[1]) if is_code(code[1]) else None
        follows = _AFTER_COUNTRY.match(self._text, end)
        if follows is None:
            return None
        place = self._country_at.get(follows.end())
        if place is None or place.surface[0].islower():
            return None
        if place.kind == "country" and place_key(place.surface) in peoples("en"):
            return None  # "Paris, French mayors" states nothing
        return place.country

    def _inflected(self, key: str, length: int) -> City | None:
        """A town behind a case ending ("Warszawie") or an adjective ("Hürther")."""
        if length > 1 or len(key) < 5:
            return None
        if self._language == "pl":
            candidates = _polish_nominatives(key)
        elif self._language == "de" and key.endswith("er"):
            candidates = [key[:-2], key[:-1]]
        else:
            return None
        for candidate in candidates:
            if candidate in _OTHERWISE or len(candidate) < 4:
                continue
            city = best_city(candidate, self._language, self._near)
            if (
                city
                and city.population >= 20_000
                and city.country in EUROPE
                and (self._language == "pl" or place_key(city.name) == candidate)
            ):
                return city
        return None

    def _is_new_town(self, at: int, length: int, key: str) -> bool:
        """An unknown name with its country beside it, where it cannot be part of a longer one."""
        first = self._tokens[at]
        words = self._tokens[at : at + length]
        if (
            key in names()
            or key in regions()
            or not _looks_like_name(self._text[first.start : words[-1].end])
        ):
            return False
        if any(word.text.isupper() and len(word.text) > 3 for word in words) or length > 4:
            return False
        initials = "".join(word.text[0] for word in words if word.capital)
        if self._text.startswith(f" ({initials})", words[-1].end):
            return False  # "Information Technology (IT)"
        small = {word.text.casefold() for word in words}
        if small & (_IN | _TOWN_NOUNS | _NO_NAME):
            return False  # "Library in Ghent (BE)", "City of Aarhus (DK)"
        before = self._text[max(0, first.start - 2) : first.start]
        if before.endswith("("):
            return True
        if at and self._tokens[at - 1].text.casefold() in _IN:
            return "\n" not in before and not self._written_small(words)
        return self._fills_line(words)

    def _written_small(self, words: list[_Token]) -> bool:
        """Whether the text also writes a word of the name small: "Social Partnerships"."""
        small = _small_words(self._text)
        return any(word.text.casefold() in small for word in words if word.capital)

    def _fills_line(self, words: list[_Token]) -> bool:
        """Whether the name and its country are all a heading or header line holds."""
        reach = _LONGEST_LINE + 1
        start = self._text.rfind("\n", max(0, words[0].start - reach), words[0].start) + 1
        stop = self._text.find("\n", words[-1].end, words[-1].end + reach)
        if (start == 0 and words[0].start > reach) or stop < 0 < len(self._text) - reach - start:
            return False  # no line that short
        line = Span(start, len(self._text) if stop < 0 else stop)
        numbered = _NUMBERED.match(self._text, line.start, line.end)
        parts = city_line(self._text, Span(numbered.end() if numbered else start, line.end))
        return parts is not None and parts[0].start == words[0].start

    def _accepts(self, at: int, length: int, key: str, city: City, stated: str | None) -> bool:
        """Whether the name that begins at token ``at`` means the town."""
        if stated is not None:
            return True
        if length == 1 and (key in _NEVER_TOWNS or len(key) < 3):
            return False
        tokens = self._tokens[at : at + length]
        if not all(token.capital or token.text.casefold() in _PARTICLES for token in tokens):
            return False
        part_of_more = self._goes_on(at + length - 1) or self._began(at)
        if length > 1 and city.population >= _SMALL:
            return city.population >= _LARGE or not part_of_more or self._vouched(at)
        # A surname follows a first name; letters in capitals are an acronym.
        if key in _FIRST_NAMES and self._goes_on(at + length - 1):
            return False
        if tokens[0].text.isupper() and len(tokens[0].text) <= 4 and not self._vouched(at):
            return False
        if self._is_plain(key, city):
            if place_key(city.name) != key and self._language == "de":
                return self._vouched(at)  # any German noun is capitalised as an exonym is
            if city.country in EUROPE or self._vouched(at):
                return True
            return city.population >= _HUGE and not part_of_more
        return not part_of_more and self._vouched_small(at, key, city)

    def _is_plain(self, key: str, city: City) -> bool:
        """Whether the word hardly ever means anything but this town."""
        own_name = place_key(city.name) == key
        large = _LARGE // 2 if own_name and len(key) >= 6 else _LARGE
        return city.population >= large and key not in _OTHERWISE and (own_name or len(key) >= 5)

    def _vouched_small(self, at: int, key: str, city: City) -> bool:
        """Whether the words around vouch for a small town, or one with a common name."""
        if self._after_town_noun(at):
            return True
        if place_key(city.name) != key and city.population < _LARGE:
            return False
        at_home = city.country in self._near | _home_countries(self._language)
        if city.population < _MIDDLING and not at_home:
            return False
        if city.population < _SMALL or key in _OTHERWISE:
            return self._strongly_vouched(at) or self._listed(at)
        return self._vouched(at)

    def _goes_on(self, last: int) -> bool:
        """Whether the name goes on after token ``last``: "Nancy Miller", "Loos-en-Gohelle"."""
        end = self._tokens[last].end
        if self._text.startswith("-", end):
            return True
        after = self._tokens[last + 1] if last + 1 < len(self._tokens) else None
        return after is not None and after.capital and self._text[end : after.start] == " "

    def _began(self, at: int) -> bool:
        """Whether a capitalised word right before belongs to the name: "Miller Bath"."""
        before = self._tokens[at - 1] if at else None
        return (
            before is not None
            and before.capital
            and self._text[before.end : self._tokens[at].start] in {" ", "-"}
            and before.text.casefold() not in _LOCATIVE | _TOWN_NOUNS
        )

    def _vouched(self, at: int) -> bool:
        """Whether the words before make a place likely."""
        if self._strongly_vouched(at) or self._listed(at):
            return True
        before = self._tokens[at - 1] if at else None
        if before is None or before.capital:
            return False
        if self._text[before.end : self._tokens[at].start] != " ":
            return False
        word = before.text.casefold()
        return word in _WEAK_LOCATIVE and (
            self._language not in {"de", "und"} or word in {"von", "in"}
        )

    def _listed(self, at: int) -> bool:
        """Whether it stands in a list of places: "Lyon, Spa and Tours"."""
        if not self._found:
            return False
        gap = self._text[self._found[-1].span.end : self._tokens[at].start]
        return len(gap) < 12 and _LISTED.fullmatch(gap) is not None

    def _strongly_vouched(self, at: int) -> bool:
        """A preposition that hardly anything but a place follows, or "city of"."""
        if at == 0:
            return False
        before = self._tokens[at - 1]
        between = self._text[before.end : self._tokens[at].start]
        if between not in {" ", "  ", "'", "’"}:
            return False
        word = before.text.casefold()
        if self._after_town_noun(at):
            return True
        return word in _LOCATIVE and word not in _WEAK_LOCATIVE

    def _after_town_noun(self, at: int) -> bool:
        """Whether "city of" or, written small unless German, "town" stands right before."""
        if at == 0 or self._between(at - 1) not in {" ", "'", "’"}:
            return False
        word = self._tokens[at - 1].text
        if word.casefold() in _TOWN_NOUNS:
            return word.islower() or self._language == "de"
        return (
            at > 1
            and word.casefold() in _OF
            and self._between(at - 2) == " "
            and self._tokens[at - 2].text.casefold() in _TOWN_NOUNS
        )

    def _between(self, at: int) -> str:
        """What stands between token ``at`` and the next."""
        return self._text[self._tokens[at].end : self._tokens[at + 1].start]


_IN = _set("in à a en em te w we near nach im at")
_NO_NAME = _set("of for and per with by from")  # "Councils of Grenoble, France"
_NUMBERED = re.compile(r"[#*\s]{0,8}(?:\d{1,3}[.):]?)?\s{0,3}(?:[-–—:]\s{0,3})?")
_OF = _set("of de d di del della van von do da")
_LISTED = re.compile(r",? (?:and|et|und|y|e|en|i|und|&|or|to) |, |/| - | – ")


def _polish_nominatives(key: str) -> list[str]:
    """What a Polish town's name may be in the nominative, likelier first."""
    for ending, bases in _POLISH_ENDINGS:
        if key.endswith(ending):
            return [key[: -len(ending)] + base for base in bases]
    return []


# Folded endings (no diacritics), longest first: locative, genitive and instrumental of names.
_POLISH_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("owie", ("ow", "owo")),
    ("awie", ("awa", "aw")),
    ("owiu", ("ow",)),
    ("niu", ("n",)),
    ("czu", ("cz",)),
    ("dzi", ("dz",)),
    ("ach", ("e", "y", "i")),
    ("zie", ("d", "da", "dz")),
    ("cie", ("t", "ta", "c")),
    ("nie", ("n", "na", "no")),
    ("wie", ("w", "wa")),
    ("lu", ("l",)),
    ("sku", ("sk",)),
    ("iu", ("", "i")),
    ("ie", ("a", "")),
    ("ii", ("ia",)),
    ("ji", ("ja",)),
    ("em", ("",)),
    ("u", ("", "o")),
    ("y", ("a",)),
    ("a", ("", "o")),
    ("i", ("a",)),
)
