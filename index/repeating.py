"""How passages with boilerplate in them match a query: by it, or by their own words.

Knows one snapshot's holdings and which of their sentences are boilerplate, and keeps what it
has cut, for a template's headings are met at every search. Refuses to rank: index.own_words does.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from corpus.words import fold
from index.engines.holdings import Holdings
from index.engines.local import LocalEngine
from index.own_words import Matching
from index.terms import names, stems


@dataclass(frozen=True, slots=True)
class _Repeated:
    """The sentences of one passage that are boilerplate."""

    places: frozenset[int]  # in ``Passage.sentences``
    texts: tuple[str, ...]  # folded
    terms: frozenset[str]  # what they are found by
    has_own: bool  # whether the passage has other sentences


class Repeating:
    """The passages of one snapshot that hold boilerplate. Threads may share it."""

    def __init__(self, engine: LocalEngine, holdings: Holdings) -> None:
        self._engine = engine
        self._holdings = holdings
        self._known: dict[int, _Repeated] = {}

    @property
    def rows(self) -> frozenset[int]:
        """The passages with at least one sentence of boilerplate."""
        return self._engine.boilerplate_rows

    def matching(self, row: int, wanted: Set[str]) -> Matching:
        """How the passage in ``row`` matches a query of the words ``wanted`` (stems, names)."""
        repeated = self._in(row)
        held = repeated.terms & wanted
        own = 0
        if held:  # else the passage matches by its own words, if by any
            [(passage, document)] = self._holdings.found([row])
            terms: set[str] = set()
            for place, span in enumerate(passage.sentences):
                if place not in repeated.places:
                    terms |= _terms(span.of(document.text), document.language) & wanted
            own, held = len(terms), held | terms
        return Matching(own, len(held), repeated.has_own, repeated.texts)

    def _in(self, row: int) -> _Repeated:
        known = self._known.get(row)
        if known is None:
            [(passage, document)] = self._holdings.found([row])
            before = sum(
                len(other.sentences)
                for other in self._holdings.passages_of(document.id)
                if other.ordinal < passage.ordinal
            )
            count = len(passage.sentences)
            shared = self._engine.boilerplate_in(document.id)[before : before + count]
            places = np.flatnonzero(shared).tolist()
            texts = [passage.sentences[place].of(document.text) for place in places]
            known = _Repeated(
                frozenset(places),
                tuple(fold(text) for text in texts),
                frozenset().union(*(_terms(text, document.language) for text in texts)),
                has_own=len(texts) < count,
            )
            self._known[row] = known
        return known


@lru_cache(maxsize=4096)
def _terms(sentence: str, language: str) -> frozenset[str]:
    return frozenset((*stems(sentence, language), *names(sentence, language)))
