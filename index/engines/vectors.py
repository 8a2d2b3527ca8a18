"""Exact cosine search over unit vectors, in one array file mapped into memory.

Every score is computed by itself, row by row, so it does not depend on which other rows a
filter left in, nor on the segment a row lies in: filtered, unfiltered and brute-force scores
are the same bits. (A matrix product is a third faster and not the same bits: it adds in
another order where it has fewer than four rows left.) Exact search over the rows a filter
keeps is also what measures fastest up to a fifth of 100,000 rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import Vectors

Rows = NDArray[np.int64]
Scores = NDArray[np.float32]

# Rows gathered at a time for a filter: 512 of 384 numbers stay in a core's second-level cache.
_GATHERED = 512
# Gathering a row costs about as much again as multiplying it where it lies.
_MOST_GATHERED = 0.5
_SAMPLED = 16


def write_vectors(path: Path, vectors: Vectors) -> None:
    """Write ``vectors`` in row order, as NumPy's own file format has it."""
    with open(path, "wb") as file:
        np.save(file, np.ascontiguousarray(vectors, np.float32), allow_pickle=False)


class VectorIndex:
    """The vectors of one segment, mapped into memory."""

    def __init__(self, path: Path) -> None:
        self.vectors: Vectors = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))

    @property
    def dimension(self) -> int:
        return int(self.vectors.shape[1])

    def __len__(self) -> int:
        return len(self.vectors)

    def scores(self, vector: NDArray[np.float32], rows: Rows | None = None) -> Scores:
        """Inner products with ``rows`` (None: all), in their order. Shape (len(rows),)."""
        query = np.ascontiguousarray(vector, np.float32).reshape(-1)
        if query.shape[0] != self.dimension:
            raise ValueError(f"got a vector of {query.shape[0]}, expected {self.dimension} numbers")
        if rows is None or len(rows) > _MOST_GATHERED * len(self):
            every: Scores = np.vecdot(self.vectors, query)
            return every if rows is None else every[rows]
        found = np.empty(len(rows), np.float32)
        for start in range(0, len(rows), _GATHERED):
            some = slice(start, start + _GATHERED)
            np.vecdot(self.vectors[rows[some]], query, out=found[some])
        return found


def best(rows: Rows | Sequence[int], scores: NDArray[Any], k: int) -> list[tuple[int, float]]:
    """The k highest (row, score), highest first; equal scores by the smaller row."""
    rows = np.asarray(rows, np.int64)
    k = min(k, len(rows))
    if k <= 0:
        return []
    kept = strongest(scores, k)
    order = np.lexsort((rows[kept], -scores[kept]))[:k]
    return [(int(rows[i]), float(scores[i])) for i in kept[order]]


def strongest(scores: NDArray[Any], k: int) -> NDArray[np.intp]:
    """Where the scores lie that are at least as good as the k-th best, ascending.

    More than k when several share the k-th place: their owner says who comes first.
    """
    if k >= len(scores):
        return np.arange(len(scores))
    floor = _floor(scores, k)
    kept = np.flatnonzero(scores >= floor)
    if len(kept) < k:  # the sample was not like the rest
        kept = np.arange(len(scores))
    edge = np.partition(scores[kept], len(kept) - k)[len(kept) - k]
    strong: NDArray[np.intp] = kept[scores[kept] >= edge]
    return strong


def _floor(scores: NDArray[Any], k: int) -> Any:
    """A score that probably some more than k others reach, from every 16th of them.

    Most passages hold no word of a query; selecting among their equal zeros takes longer than
    all the arithmetic before it.
    """
    sample = scores[::_SAMPLED]
    rank = 2 * (k // _SAMPLED) + 10
    if rank >= len(sample):
        return scores.min()
    return np.partition(sample, len(sample) - rank)[len(sample) - rank]
