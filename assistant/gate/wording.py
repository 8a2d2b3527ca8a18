"""Words of a sentence against the words of its quotes: the same, of one stem, or of one root.

Knows stems of both languages, cognates by their beginning, compounds, and a town's names elsewhere.
The weights are those of :mod:`assistant.matching`; refuses to judge what a missing word means.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant.gate.backing import Backing
from corpus.gazetteer import place_key
from corpus.places import city_keys
from corpus.words import fold, stem, stop_words, words, written

COGNATE = 0.7
_COGNATE_LENGTH = 6
_PREFIX = 5
_COMPOUND = 5
_COMPOUNDING = frozenset({"de", "nl"})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of some text, as others may spell them."""

    keys: frozenset[str]
    prefixes: frozenset[str]
    compounds: frozenset[str]  # long words of languages that join words

    def holds(self, word: str, language: str) -> float:
        """1 for the word or its stem, COGNATE for a relative, 0 for nothing."""
        folded = fold(word)
        stemmed = stem(word, language)
        if folded in self.keys or stemmed in self.keys:
            return 1.0
        if len(folded) >= _COGNATE_LENGTH and folded[:_PREFIX] in self.prefixes:
            return COGNATE
        if len(stemmed) >= _COMPOUND and any(stemmed in joined for joined in self.compounds):
            return COGNATE
        if language in _COMPOUNDING and len(folded) >= 2 * _COMPOUND:
            parts = [key for key in self.keys if len(key) >= _COMPOUND and key in folded]
            return COGNATE if parts else 0.0
        return 0.0

    def holds_name(self, word: str, language: str) -> bool:
        """Whether a word of a name stands here, in its own or another spelling of a place."""
        return self.holds(word, language) > 0 or not self.keys.isdisjoint(city_keys(word))


def vocabulary(text: str, languages: Iterable[str]) -> Vocabulary:
    """The words of ``text``, stemmed in each of ``languages``."""
    return _vocabulary(text, tuple(sorted(set(languages))))


@lru_cache(maxsize=512)
def _vocabulary(text: str, languages: tuple[str, ...]) -> Vocabulary:
    keys: set[str] = set()
    long: set[str] = set()
    for word in written(text):
        folded = fold(word)
        keys.add(folded)
        keys.update(stem(word, language) for language in languages)
        if len(folded) >= 2 * _COMPOUND and _COMPOUNDING.intersection(languages):
            long.add(folded)
    keys.update(place_key(word) for word in written(text))
    prefixes = frozenset(k[:_PREFIX] for k in keys if len(k) >= _COGNATE_LENGTH)
    return Vocabulary(frozenset(keys), prefixes, frozenset(long))


def vocabulary_of(backing: Backing, *, around: bool = True) -> Vocabulary:
    """The words a sentence may rest on, with or without titles, sections and row names."""
    languages = {backing.language, *(quote.language for quote in backing.quotes)}
    return vocabulary(backing.everything if around else backing.quoted, languages)


def content(text: str, language: str) -> list[str]:
    """The words of ``text`` that carry content, as written, in order; no digits."""
    stops = stop_words(language)
    return [
        w.text
        for w in words(text)
        if (f := fold(w.text)) not in stops and len(f) > 1 and not f[0].isdigit()
    ]
