"""One snapshot as the answering code reads it: documents cut into matchable lines, kept warm.

Knows how to fetch and cache; refuses to judge. A shelf belongs to one snapshot and goes with
it, so nothing it holds can be stale.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cached_property
from threading import Lock
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from assistant.fields import header_lines
from assistant.latest import Latest
from assistant.matching import Reading, read
from assistant.question import Question
from corpus import Document, Network, Practice, Record, Span
from corpus.places import find_places
from corpus.words import content_terms, fold, stem
from index import Encoder, Filters, Hit, Selects, Vectors
from index.snapshot import Snapshot

# Cut documents kept in memory; one of the usual length takes about 100 kB.
_KEPT_READINGS = 1024
# What was found out about single documents; some 500 bytes each.
_KEPT_NOTES = 4096
_KEPT_QUERIES = 64
_KEPT_RESULTS = 8

_Result = TypeVar("_Result")


class Closeness:
    """Cosines made comparable between questions and encoders.

    Raw cosines of one encoder sit in a narrow band of its own, so they are stretched between
    the corpus's median (0) and its best (1).
    """

    def __init__(self, cosines: Mapping[str, float]) -> None:
        self._cosines = cosines
        values = np.fromiter(cosines.values(), dtype=np.float64, count=len(cosines))
        self._low = float(np.median(values)) if len(values) else 0.0
        high = float(values.max()) if len(values) else 1.0
        self._width = (high - self._low) or 1.0
        deviation = float(values.std()) if len(values) else 0.0
        self.peak = self._width / deviation if deviation else 0.0

    def near(self, passage: str) -> float | None:
        """How close the passage of this id is, in [0, 1]; None for one the filters left out."""
        cosine = self._cosines.get(passage)
        # As ``stretched`` does it, without an array: asked of a few passages among all.
        return None if cosine is None else min(1.0, max(0.0, (cosine - self._low) / self._width))

    def stretched(self, cosines: NDArray[np.floating]) -> NDArray[np.float64]:
        """0 at the corpus's median or below, 1 at its best passage, more above it."""
        above: NDArray[np.float64] = np.maximum(0.0, (cosines - self._low) / self._width)
        return above


class Shelf:
    """The documents of one snapshot, ready for matching. Safe to share between threads."""

    def __init__(self, snapshot: Snapshot, encoder: Encoder) -> None:
        self.snapshot = snapshot
        self.encoder = encoder
        self._readings = Latest[str, Reading](_KEPT_READINGS)
        self._headers = Latest[str, Mapping[int, frozenset[str]]](_KEPT_NOTES)
        self._countries = Latest[str, frozenset[str]](_KEPT_NOTES)
        self._queries = Latest[str, Vectors](_KEPT_QUERIES)
        self._results = Latest[Hashable, object](_KEPT_RESULTS)
        self._kept: dict[Hashable, object] = {}
        self._lock = Lock()

    def remember(self, key: Hashable, make: Callable[[], _Result]) -> _Result:
        """What ``make`` returned for ``key`` when it was called last, or returns now.

        The few latest are kept: the ways of answering one question share what they look at.
        """
        return cast(_Result, self._results.get(key, make))

    def keep(self, key: Hashable, make: Callable[[], _Result]) -> _Result:
        """What ``make`` returned for ``key`` once, for as long as the shelf is kept.

        For the few things every page shows.
        """
        with self._lock:
            if key in self._kept:
                return cast(_Result, self._kept[key])
        result = make()
        with self._lock:
            return cast(_Result, self._kept.setdefault(key, result))

    @cached_property
    def records_of(self) -> Mapping[str, tuple[Record, ...]]:
        """Document id -> its records, in the order of the text."""
        found: dict[str, list[Record]] = {}
        for record in self.snapshot.records():
            found.setdefault(record.document, []).append(record)
        return {key: tuple(value) for key, value in found.items()}

    @cached_property
    def keyword_terms(self) -> frozenset[frozenset[str]]:
        """The content words, stemmed, of every keyword that a practice carries."""
        return frozenset(
            terms
            for record in self.snapshot.records()
            if isinstance(record, Practice)
            for keyword in record.keywords
            if (terms := frozenset(content_terms(keyword.value, "en")))
        )

    def records(self, filters: Filters) -> Sequence[Record]:
        """The records that a passage within ``filters`` tells of; all when nothing is filtered."""
        if not filters:
            return self.snapshot.records()
        left: dict[str, list[Span]] = {}
        for passage in self.snapshot.passages(filters):
            left.setdefault(passage.document, []).append(passage.span)
        return [
            record
            for record in self.snapshot.records()
            if any(record.span.overlaps(span) for span in left.get(record.document, ()))
        ]

    def reading(self, document: Document) -> Reading:
        """``document`` cut into lines, from memory when it was read before."""
        return self._readings.get(
            document.id, lambda: read(document, self.snapshot.passages_of(document.id))
        )

    def headers_of(self, document: Document) -> Mapping[int, frozenset[str]]:
        """For each line that holds header fields of ``document``, which ones it holds."""
        return self._headers.get(
            document.id,
            lambda: header_lines(self.reading(document), self.records_of.get(document.id, ())),
        )

    def countries_of(self, document: Document) -> frozenset[str]:
        """Where the document's practices and events lie, or the places its title names."""
        return self._countries.get(document.id, lambda: self._countries_told(document))

    def _countries_told(self, document: Document) -> frozenset[str]:
        records = self.records_of.get(document.id, ())
        found = {
            record.country.value
            for record in records
            if not isinstance(record, Network) and record.country
        }
        if not found and not records:
            titled = find_places(document.title, document.language)
            found = {place.country for place in titled if place.country}
        return frozenset(found)

    @property
    def selector(self) -> Selects | None:
        """What reads sentences together with a question, where the encoder has one."""
        return self.encoder.selector

    def query_vector(self, text: str) -> Vectors:
        """The unit vector of a question, shape (dimension,)."""
        return self._queries.get(text, lambda: self.encoder.encode_queries([text])[0])

    def sentence_cosines(self, document: Document, vector: Vectors) -> NDArray[np.float32]:
        """The cosine of each sentence of ``document`` with a unit vector, shape (n,).

        In the order of ``Line.place``; 0 for one that only repeats a title.
        """
        cosines: NDArray[np.float32] = self.snapshot.sentence_vectors(document.id) @ vector
        return cosines

    def forget_vectors(self) -> None:
        """Drop remembered vectors of questions, as for measuring without them."""
        self._queries.clear()
        self._results.clear()

    def frequency(self, question: Question) -> dict[str, int]:
        """For each term of ``question``, the number of passages that hold it in some form."""
        frequency = self.snapshot.document_frequency
        return {
            term.text: max(
                frequency(key) for key in {fold(term.text), stem(term.text, question.language)}
            )
            for term in question.terms
        }

    def closeness(self, vector: Vectors, filters: Filters) -> Closeness:
        """How close every passage the filters leave is to the question."""
        return Closeness(self.snapshot.similarities(vector, filters))

    def hybrid(self, question: Question, vector: Vectors, k: int, filters: Filters) -> list[Hit]:
        """The ``k`` best passages by words and meaning together."""
        return self.snapshot.hybrid(question.search_text, question.language, vector, k, filters)
