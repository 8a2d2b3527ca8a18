"""Towns named in running text: what the words around a name vouch for.

A large town's name usually means it; a small or common one counts only where a preposition, a
bracket, its country or another place stands by it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus import Span
from corpus.countries import country_code, is_code, names, peoples, regions
from corpus.gazetteer import EUROPE, City, english_name, place_key
from corpus.places.header_lines import LONGEST_LINE, city_line, looks_like_name
from corpus.places.mention import Place, Token, grams
from corpus.places.namesakes import HUGE, LARGE, MIDDLING, SMALL, best_city, home_countries
from corpus.places.polish import polish_nominatives
from corpus.places.words import (
    FIRST_NAMES,
    IN,
    LOCATIVE,
    NEVER_TOWNS,
    NO_NAME,
    OF,
    OTHERWISE,
    PARTICLES,
    TOWN_NOUNS,
    WEAK_LOCATIVE,
)

_NUMBERED = re.compile(r"[#*\s]{0,8}(?:\d{1,3}[.):]?)?\s{0,3}(?:[-–—:]\s{0,3})?")
_LISTED = re.compile(r",? (?:and|et|und|y|e|en|i|und|&|or|to) |, |/| - | – ")
_AFTER_COUNTRY = re.compile(r",[ \t]|[ \t]\(")
_LETTERS = re.compile(r"[^\W\d_]+")
_CODE_AFTER = re.compile(r"[ \t]\(([A-Z]{2,3})\)")


@lru_cache(maxsize=8)
def _small_words(text: str) -> frozenset[str]:
    """The words ``text`` writes without a capital."""
    return frozenset(word for word in _LETTERS.findall(text) if word.islower())


class Towns:
    """One pass for towns, with the countries already found in the same text."""

    def __init__(
        self,
        text: str,
        tokens: list[Token],
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
        for length, key in grams(self._text, self._tokens, at):
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
            candidates = polish_nominatives(key)
        elif self._language == "de" and key.endswith("er"):
            candidates = [key[:-2], key[:-1]]
        else:
            return None
        for candidate in candidates:
            if candidate in OTHERWISE or len(candidate) < 4:
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
            or not looks_like_name(self._text[first.start : words[-1].end])
        ):
            return False
        if any(word.text.isupper() and len(word.text) > 3 for word in words) or length > 4:
            return False
        initials = "".join(word.text[0] for word in words if word.capital)
        if self._text.startswith(f" ({initials})", words[-1].end):
            return False  # "Information Technology (IT)"
        small = {word.text.casefold() for word in words}
        if small & (IN | TOWN_NOUNS | NO_NAME):
            return False  # "Library in Ghent (BE)", "City of Aarhus (DK)"
        before = self._text[max(0, first.start - 2) : first.start]
        if before.endswith("("):
            return True
        if at and self._tokens[at - 1].text.casefold() in IN:
            return "\n" not in before and not self._written_small(words)
        return self._fills_line(words)

    def _written_small(self, words: list[Token]) -> bool:
        """Whether the text also writes a word of the name small: "Social Partnerships"."""
        small = _small_words(self._text)
        return any(word.text.casefold() in small for word in words if word.capital)

    def _fills_line(self, words: list[Token]) -> bool:
        """Whether the name and its country are all a heading or header line holds."""
        reach = LONGEST_LINE + 1
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
        if length == 1 and (key in NEVER_TOWNS or len(key) < 3):
            return False
        tokens = self._tokens[at : at + length]
        if not all(token.capital or token.text.casefold() in PARTICLES for token in tokens):
            return False
        part_of_more = self._goes_on(at + length - 1) or self._began(at)
        if length > 1 and city.population >= SMALL:
            return city.population >= LARGE or not part_of_more or self._vouched(at)
        # A surname follows a first name; letters in capitals are an acronym.
        if key in FIRST_NAMES and self._goes_on(at + length - 1):
            return False
        if tokens[0].text.isupper() and len(tokens[0].text) <= 4 and not self._vouched(at):
            return False
        if self._is_plain(key, city):
            if place_key(city.name) != key and self._language == "de":
                return self._vouched(at)  # any German noun is capitalised as an exonym is
            if city.country in EUROPE or self._vouched(at):
                return True
            return city.population >= HUGE and not part_of_more
        return not part_of_more and self._vouched_small(at, key, city)

    def _is_plain(self, key: str, city: City) -> bool:
        """Whether the word hardly ever means anything but this town."""
        own_name = place_key(city.name) == key
        large = LARGE // 2 if own_name and len(key) >= 6 else LARGE
        return city.population >= large and key not in OTHERWISE and (own_name or len(key) >= 5)

    def _vouched_small(self, at: int, key: str, city: City) -> bool:
        """Whether the words around vouch for a small town, or one with a common name."""
        if self._after_town_noun(at):
            return True
        if place_key(city.name) != key and city.population < LARGE:
            return False
        at_home = city.country in self._near | home_countries(self._language)
        if city.population < MIDDLING and not at_home:
            return False
        if city.population < SMALL or key in OTHERWISE:
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
            and before.text.casefold() not in LOCATIVE | TOWN_NOUNS
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
        return word in WEAK_LOCATIVE and (
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
        return word in LOCATIVE and word not in WEAK_LOCATIVE

    def _after_town_noun(self, at: int) -> bool:
        """Whether "city of" or, written small unless German, "town" stands right before."""
        if at == 0 or self._between(at - 1) not in {" ", "'", "’"}:
            return False
        word = self._tokens[at - 1].text
        if word.casefold() in TOWN_NOUNS:
            return word.islower() or self._language == "de"
        return (
            at > 1
            and word.casefold() in OF
            and self._between(at - 2) == " "
            and self._tokens[at - 2].text.casefold() in TOWN_NOUNS
        )

    def _between(self, at: int) -> str:
        """What stands between token ``at`` and the next."""
        return self._text[self._tokens[at].end : self._tokens[at + 1].start]
