"""BM25 over stems and written words, exact over all living passages of all segments.

Our own, and small, because of one promise: many refreshes find what one clean build finds, to
the last bit of a score. The full-text libraries tried count deleted passages until they merge,
cannot share their statistics between indexes, or keep lengths in one byte.

The formula is Lucene's (BM25Similarity): for each distinct word of the query that a passage
holds, idf · tf / (tf + k1 · (1 - b + b · length / average length)), with
idf = ln(1 + (N - n + 0.5) / (n + 0.5)), after Robertson and Zaragoza, "The Probabilistic
Relevance Framework: BM25 and Beyond", 2009. Stems and written words are two fields, each with
statistics of its own; a passage's score is the sum over both. N, n and the average are those
of the living passages. A passage's sum is always added up in the query's own order and in
double precision, whichever segment it lies in.

Text is analysed before it comes here (index.terms), so nothing of a query is ever parsed: no
character in it has a meaning, and none can fail.
"""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.engines.arrays import Arrays, narrowed
from index.engines.numbering import Mask, Numbering
from index.engines.vectors import Rows, best, strongest

_K1, _B = 1.2, 0.75  # Lucene's defaults
# A question has some twenty words; a pasted document must not cost a thousand times more.
_MOST_TERMS = 256
_STEMS, _NAMES = "stems", "names"
_PREFIX = 8  # bytes of a word that are compared at once, as a number

Weights = NDArray[np.float64]


def lexical_arrays(rows: Sequence[tuple[str, str]]) -> dict[str, NDArray[Any]]:
    """What is stored of (stems, names), each separated by spaces, in row order."""
    return {
        **_field_arrays(_STEMS, [stems for stems, _names in rows]),
        **_field_arrays(_NAMES, [names for _stems, names in rows]),
    }


def _field_arrays(field: str, rows: Sequence[str]) -> dict[str, NDArray[Any]]:
    """One field: its sorted vocabulary, and for each word the rows that hold it, ascending.

    ``terms`` are the words as UTF-8 end to end, ``bounds`` where each begins; ``prefixes`` are
    their first eight bytes as numbers, which are found many at a time. ``starts`` says where
    in ``rows`` and ``counts`` (how often) each word's postings begin.
    """
    seen: defaultdict[str, int] = defaultdict()
    seen.default_factory = seen.__len__  # a new word gets the next number
    words = [row.split() for row in rows]
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    met = np.fromiter(map(seen.__getitem__, chain.from_iterable(words)), np.int64, lengths.sum())

    vocabulary = sorted(seen)
    encoded = [word.encode() for word in vocabulary]
    rank = np.empty(len(seen), np.int64)
    rank[np.fromiter((seen[word] for word in vocabulary), np.int64, len(seen))] = np.arange(
        len(seen)
    )
    # One number a token, ascending by word and then by row; equal numbers are repeats.
    tokens = rank[met] * max(len(rows), 1) + np.repeat(np.arange(len(rows)), lengths)
    postings, counts = np.unique(tokens, return_counts=True)
    holding = np.bincount(postings // max(len(rows), 1), minlength=len(vocabulary))
    return {
        f"{field}.terms": np.frombuffer(b"".join(encoded), np.uint8),
        f"{field}.bounds": narrowed(_starts(np.fromiter(map(len, encoded), np.int64))),
        f"{field}.prefixes": _prefixes(encoded),
        f"{field}.starts": narrowed(_starts(holding)),
        f"{field}.rows": narrowed(postings % max(len(rows), 1)),
        f"{field}.counts": narrowed(counts),
        f"{field}.lengths": narrowed(lengths),
    }


@dataclass(frozen=True, slots=True)
class Held:
    """The postings of several words in one segment, end to end in the order of the words."""

    rows: NDArray[Any]  # ascending for each word, dead ones included
    counts: NDArray[Any]  # how often each row holds the word
    lengths: NDArray[np.int64]  # postings of each word
    living: NDArray[np.int64]  # of these in living rows


class Field:
    """One field of one segment, mapped into memory."""

    def __init__(self, arrays: Arrays, name: str, alive: Mask | None) -> None:
        self._terms, self._bounds = arrays[f"{name}.terms"], arrays[f"{name}.bounds"]
        self._prefixes, self._starts = arrays[f"{name}.prefixes"], arrays[f"{name}.starts"]
        self._rows, self._counts = arrays[f"{name}.rows"], arrays[f"{name}.counts"]
        self._alive = alive
        self.lengths = arrays[f"{name}.lengths"]

    @cached_property
    def token_count(self) -> int:
        """Words in all living rows, repeats included."""
        living = self.lengths if self._alive is None else self.lengths[self._alive]
        return int(living.sum(dtype=np.int64))

    def holds(self, terms: Sequence[bytes]) -> Held:
        """The rows that hold each of these words."""
        places = self._find(terms)
        spans = [(int(self._starts[p]), int(self._starts[p + 1])) for p in places if p is not None]
        rows = _joined([self._rows[first:last] for first, last in spans])
        counts = _joined([self._counts[first:last] for first, last in spans])
        known = np.array([place is not None for place in places], np.bool_)
        lengths = np.zeros(len(places), np.int64)
        lengths[known] = [last - first for first, last in spans]
        living = lengths
        if self._alive is not None:
            ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(self._alive[rows])])
            after = np.cumsum(lengths)
            living = ends[after] - ends[after - lengths]
        return Held(rows, counts, lengths, living)

    def _find(self, terms: Sequence[bytes]) -> list[int | None]:
        """Each word's place in the vocabulary; None for one that no row holds."""
        wanted = _prefixes(terms)
        first = np.searchsorted(self._prefixes, wanted, "left").tolist()
        last = np.searchsorted(self._prefixes, wanted, "right").tolist()
        found: list[int | None] = []
        for term, low, high in zip(terms, first, last, strict=True):
            if low < high and (len(term) >= _PREFIX or b"\0" in term):
                # A shorter word is its own prefix.
                low += bisect.bisect_left(range(low, high), term, key=self._term)
                if low < high and self._term(low) != term:
                    high = low
            found.append(low if low < high else None)
        return found

    def _term(self, place: int) -> bytes:
        return bytes(self._terms[int(self._bounds[place]) : int(self._bounds[place + 1])])


class LexicalIndex:
    """The words of several segments, searched as one. Threads may share it."""

    def __init__(self, segments: Sequence[Arrays], numbering: Numbering) -> None:
        self._numbering = numbering
        extents = numbering.extents
        self._fields = {
            name: [
                Field(arrays, name, extent.alive)
                for arrays, extent in zip(segments, extents, strict=True)
            ]
            for name in (_STEMS, _NAMES)
        }

    def document_frequency(self, stem: str) -> int:
        """How many passages hold this stem."""
        return sum(int(field.holds([_encoded(stem)]).living[0]) for field in self._fields[_STEMS])

    def search(
        self, stems: Sequence[str], names: Sequence[str], k: int, rows: Rows | None = None
    ) -> list[tuple[int, float]]:
        """The k best (row, BM25 score) that hold any of the words, best first, ties by row.

        ``rows`` restricts what is returned; word statistics stay those of the whole index.
        """
        if k <= 0 or (rows is not None and not len(rows)):
            return []
        # What one segment has to add up: (postings' rows, what each adds), in the query's order.
        parts: list[list[tuple[NDArray[Any], Weights]]] = [[] for _ in self._numbering.extents]
        for name, words in ((_STEMS, stems), (_NAMES, names)):
            terms = _distinct(words)
            held = [field.holds(terms) for field in self._fields[name]]
            holding = sum((one.living for one in held), np.zeros(len(terms), np.int64))
            idf = np.log1p((len(self._numbering) - holding + 0.5) / (holding + 0.5))
            for part, one, norms in zip(parts, held, self._norms[name], strict=True):
                weights = one.counts / (one.counts + norms[one.rows])
                weights *= np.repeat(idf, one.lengths)
                part.append((one.rows, weights))
        found = [
            self._best(segment, added, k, within)
            for segment, (added, within) in enumerate(zip(parts, self._within(rows), strict=True))
        ]
        if not found:
            return []
        return best(
            np.concatenate([rows for rows, _scores in found]),
            np.concatenate([scores for _rows, scores in found]),
            k,
        )

    def _best(
        self,
        segment: int,
        added: Sequence[tuple[NDArray[Any], Weights]],
        k: int,
        within: Rows | None,
    ) -> tuple[Rows, Weights]:
        """Rows among all, with scores: at least the k best of one segment."""
        scores: Weights = np.bincount(  # type: ignore[assignment]  # floats, as its weights are
            np.concatenate([held for held, _weights in added]),
            np.concatenate([weights for _held, weights in added]),
            self._numbering.extents[segment].rows,
        )
        if within is not None:
            rows = within[scores[within] > 0]
        else:
            scores[self._numbering.extents[segment].ended] = 0.0
            rows = strongest(scores, k)
            rows = rows[scores[rows] > 0]
        return self._numbering.in_all(segment, rows), scores[rows]

    def _within(self, rows: Rows | None) -> list[Rows | None]:
        if rows is None:
            return [None for _ in self._numbering.extents]
        return [local for local, _places in self._numbering.in_segments(rows)]

    @cached_property
    def _norms(self) -> dict[str, list[Weights]]:
        """k1 · (1 - b + b · length / average), for each row of each field and segment."""
        norms = {}
        for name, fields in self._fields.items():
            average = sum(field.token_count for field in fields) / max(len(self._numbering), 1)
            norms[name] = [
                _K1 * (1 - _B + _B * (field.lengths / (average or 1.0))) for field in fields
            ]
        return norms


def _starts(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where parts of these lengths begin when they lie end to end, and where the last ends."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])


def _joined(parts: Sequence[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate(parts) if parts else np.empty(0, np.uint8)


def _prefixes(terms: Sequence[bytes]) -> NDArray[np.uint64]:
    """The first eight bytes as numbers, which are ordered as the words are."""
    padded = np.array(terms, f"S{_PREFIX}")  # cut to eight bytes, or filled up with zeros
    return padded.view(">u8").astype(np.uint64)


def _encoded(term: str) -> bytes:
    """As stored; a lone surrogate, which no stored word has, is found nowhere."""
    return term.encode("utf-8", "surrogatepass")


def _distinct(terms: Sequence[str]) -> list[bytes]:
    return [_encoded(term) for term in list(dict.fromkeys(terms))[:_MOST_TERMS]]
