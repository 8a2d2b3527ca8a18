"""The engine that needs no server: a folder of segments, searched as one.

A segment is four files: ``vectors.npy`` of passages, ``sentences.npy`` of their sentences,
``words.safetensors`` (postings, and which passages belong to which document) and
``catalogue.sqlite``; a large one also has ``near.faiss``. The answer does not depend on how many
segments there are: every score is computed for its passage alone, from statistics of all that
lives, and rankings of segments merge by score and passage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.places import cities_meant
from index import Filters, HalfVectors, Vectors
from index.boilerplate import sentence_hashes
from index.engines.approximate import NearIndex, write_near
from index.engines.arrays import map_arrays, write_arrays
from index.engines.catalogue import Catalogue, write_catalogue
from index.engines.holdings import Holdings, extent_arrays, extent_of
from index.engines.lexical import LexicalIndex, lexical_arrays
from index.engines.numbering import Mask, Numbering
from index.engines.segments import (
    CATALOGUE,
    NEAR,
    SENTENCES,
    VECTORS,
    WORDS,
    file_of,
    read_boilerplate,
    read_tombstones,
)
from index.engines.sentences import SentenceVectors, sentence_arrays, write_sentences
from index.engines.vectors import Rows, Scores, VectorIndex, best, strongest, write_vectors
from index.rows import Stored

# Up to this many passages a segment is searched exactly: one core reads them in some 15 ms.
EXACT_PASSAGES = 200_000
# A filter that keeps more of a large segment than this is faster answered by its index.
_EXACT_FRACTION = 0.2
_REMEMBERED_FILTERS = 64
_NO_HASHES = np.empty(0, np.uint64)


def write_segment(
    folder: Path,
    segment: str,
    entries: Sequence[Stored],
    vectors: Vectors,
    sentences: Sequence[HalfVectors],
) -> tuple[str, ...]:
    """Write one segment into an existing folder; the names of its files.

    ``entries`` are ordered by document id; ``vectors`` and ``sentences`` belong to their rows
    in that order.
    """
    names = [VECTORS, SENTENCES, WORDS, CATALOGUE]
    words = [(row.terms, row.names) for stored in entries for row in stored.entry.rows]
    write_vectors(folder / file_of(segment, VECTORS), vectors)
    write_sentences(folder / file_of(segment, SENTENCES), sentences, vectors.shape[1])
    hashes = [
        one
        for entry in (stored.entry for stored in entries)
        for one in sentence_hashes(entry.document, (row.passage for row in entry.rows))
    ]
    arrays = {
        **extent_arrays(entries),
        **lexical_arrays(words),
        **sentence_arrays(sentences, hashes),
    }
    write_arrays(folder / file_of(segment, WORDS), arrays)
    write_catalogue(folder / file_of(segment, CATALOGUE), entries)
    if len(vectors) > EXACT_PASSAGES:
        write_near(folder / file_of(segment, NEAR), vectors)
        names.append(NEAR)
    return tuple(file_of(segment, name) for name in names)


class LocalEngine:
    """Implements index.engines.Engine over segments written by ``write_segment``."""

    def __init__(self, folder: Path, segments: Sequence[str]) -> None:
        """``segments`` are their names, oldest first."""
        dead = read_tombstones(folder)
        arrays = [map_arrays(folder / file_of(name, WORDS)) for name in segments]
        self.numbering = Numbering(
            [
                extent_of(some, dead[name]) if name in dead else extent_of(some)
                for name, some in zip(segments, arrays, strict=True)
            ]
        )
        self._vectors = [VectorIndex(folder / file_of(name, VECTORS)) for name in segments]
        self._sentences = [
            SentenceVectors(folder / file_of(name, SENTENCES), some)
            for name, some in zip(segments, arrays, strict=True)
        ]
        self._near = [
            NearIndex(path) if (path := folder / file_of(name, NEAR)).exists() else None
            for name in segments
        ]
        self._lexical = LexicalIndex(arrays, self.numbering)
        self._catalogues = [Catalogue(folder / file_of(name, CATALOGUE)) for name in segments]
        self.holdings = Holdings(self._catalogues, arrays, self.numbering)
        self._boilerplate = read_boilerplate(folder)
        # Every search that one question makes asks for the rows of the same filters.
        self._selected: dict[Filters, Rows] = {}
        self._valued: dict[str, list[tuple[str, Rows]]] = {}

    def __len__(self) -> int:
        return len(self.numbering)

    def close(self) -> None:
        """Close the files that were kept open."""
        for catalogue in self._catalogues:
            catalogue.close()

    def select(self, filters: Filters) -> Rows | None:
        if not filters:
            return None
        rows = self._selected.get(filters)
        if rows is None:
            rows = self._select(filters)
            rows.setflags(write=False)
            if len(self._selected) >= _REMEMBERED_FILTERS:
                self._selected = {}
            self._selected[filters] = rows
        return rows

    def dense(
        self, vector: NDArray[np.float32], k: int, rows: Rows | None
    ) -> list[tuple[int, float]]:
        if k <= 0:
            return []
        parts: list[Rows | None] = [None for _ in self._vectors]
        if rows is not None:
            parts = [local for local, _places in self.numbering.in_segments(rows)]
        found = [self._nearest(segment, vector, k, part) for segment, part in enumerate(parts)]
        if not found:
            return []
        return best(
            np.concatenate([near for near, _scores in found]),
            np.concatenate([scores for _near, scores in found]),
            k,
        )

    def similarities(self, vector: NDArray[np.float32], rows: Rows | None) -> Scores:
        if rows is None:
            scores = np.empty(len(self), np.float32)
            for segment, extent in enumerate(self.numbering.extents):
                mine = self._vectors[segment].scores(vector)
                if len(self._vectors) == 1 and extent.alive is None:
                    return mine
                local = np.arange(len(mine)) if extent.living is None else extent.living
                scores[self.numbering.in_all(segment, local)] = mine[local]
            return scores
        scores = np.empty(len(rows), np.float32)
        for segment, (local, places) in enumerate(self.numbering.in_segments(rows)):
            mine = self._vectors[segment].scores(vector, local)
            scores[slice(None) if places is None else places] = mine
        return scores

    def sentences(self, document_id: str) -> Vectors:
        found = self.numbering.locate(document_id)
        if found is None:
            return np.empty((0, 0), np.float32)
        segment, number = found
        return self._sentences[segment].of_rows(self.numbering.extents[segment].rows_of(number))

    def boilerplate_in(self, document_id: str) -> Mask:
        found = self.numbering.locate(document_id)
        if found is None:
            return np.empty(0, np.bool_)
        segment, number = found
        rows = self.numbering.extents[segment].rows_of(number)
        hashes = _NO_HASHES if self._boilerplate is None else self._boilerplate
        return self._sentences[segment].among(hashes, rows)

    @cached_property
    def boilerplate_rows(self) -> frozenset[int]:
        if self._boilerplate is None:
            return frozenset()
        found: set[int] = set()
        for segment, sentences in enumerate(self._sentences):
            rows = sentences.rows_with(self._boilerplate)
            alive = self.numbering.extents[segment].alive
            living = rows if alive is None else rows[alive[rows]]
            found.update(self.numbering.in_all(segment, living).tolist())
        return frozenset(found)

    def lexical(
        self, stems: Sequence[str], names: Sequence[str], k: int, rows: Rows | None
    ) -> list[tuple[int, float]]:
        return self._lexical.search(stems, names, k, rows)

    def document_frequency(self, stem: str) -> int:
        return self._lexical.document_frequency(stem)

    def _nearest(
        self, segment: int, vector: NDArray[np.float32], k: int, part: Rows | None
    ) -> tuple[Rows, Scores]:
        """Rows among all, with cosines: at least the k nearest of one segment."""
        vectors, near = self._vectors[segment], self._near[segment]
        if part is None:
            part = self.numbering.extents[segment].living
        if near is not None and (part is None or len(part) > _EXACT_FRACTION * len(vectors)):
            part = near.candidates(vector, k, part)
        scores = vectors.scores(vector, part)
        kept = strongest(scores, k)
        rows = kept if part is None else part[kept]
        return self.numbering.in_all(segment, rows), scores[kept]

    def valued(self, facet: str) -> Sequence[tuple[str, Rows]]:
        known = self._valued.get(facet)
        if known is None:
            known = self._valued[facet] = self._values_of(facet)
        return known

    def _values_of(self, facet: str) -> list[tuple[str, Rows]]:
        found: dict[str, list[Rows]] = {}
        for segment, catalogue in enumerate(self._catalogues):
            alive = self.numbering.extents[segment].alive
            for value, rows in catalogue.valued(facet):
                living = rows if alive is None else rows[alive[rows]]
                if len(living):
                    found.setdefault(value, []).append(self.numbering.in_all(segment, living))
        return [(value, np.sort(np.concatenate(rows))) for value, rows in sorted(found.items())]

    def _select(self, filters: Filters) -> Rows:
        if filters.cities:
            cities = self._cities(filters)
            if not cities:
                return np.empty(0, np.int64)
            filters = replace(filters, cities=cities)
        found = []
        for segment, catalogue in enumerate(self._catalogues):
            rows = catalogue.select(filters)
            alive = self.numbering.extents[segment].alive
            found.append(
                self.numbering.in_all(segment, rows if alive is None else rows[alive[rows]])
            )
        return np.sort(np.concatenate([np.empty(0, np.int64), *found]))

    def _cities(self, filters: Filters) -> tuple[str, ...]:
        """The cities that are meant, as the catalogues spell them.

        Of all segments at once, and of the living only: what a name means may depend on which
        other towns there are, and must not depend on how the corpus came to be.
        """
        known = [city for city, _rows in self.valued("city")]
        near = frozenset(code.upper() for code in filters.countries)
        meant = (cities_meant(name, known, near) for name in filters.cities)
        return tuple(dict.fromkeys(city for cities in meant for city in cities))
