"""Candidates for the nearest vectors of a large segment, from an inverted file of FAISS.

It narrows a million vectors down to some hundred; what they score is computed exactly from the
vectors themselves, so it decides who is looked at and never what is said of them. Equal input
need not give an equal file: training runs on several threads. Only segments too large to be
searched exactly have one, so FAISS is imported only where one is written or opened.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import Vectors
from index.engines.vectors import Rows

# Lists looked into of those there are, and candidates rescored for each one wanted: see
# benchmarks/scale.py for the recall they were chosen by.
_PROBED = 48
_CANDIDATES = 8
_LEAST_CANDIDATES = 400
_TRAINED_PER_LIST = 64
_ADDED = 65_536  # vectors a call, so that no second copy of all of them is made


def write_near(path: Path, vectors: Vectors) -> None:
    """Train an index on ``vectors`` and write it; row numbers are their places."""
    import faiss

    lists = 1 << round(np.log2(len(vectors)) / 2)  # about the square root, so 1,024 at a million
    index: Any = faiss.index_factory(
        vectors.shape[1], f"IVF{lists},SQ8", faiss.METRIC_INNER_PRODUCT
    )
    step = max(1, len(vectors) // (_TRAINED_PER_LIST * lists))
    index.cp.max_points_per_centroid = _TRAINED_PER_LIST
    index.train(np.ascontiguousarray(vectors[::step]))
    for start in range(0, len(vectors), _ADDED):
        index.add(np.ascontiguousarray(vectors[start : start + _ADDED]))
    faiss.write_index(index, str(path))


class NearIndex:
    """The index of one segment, mapped into memory. Threads may share it."""

    def __init__(self, path: Path) -> None:
        import faiss

        self._faiss: Any = faiss
        self._index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY)

    def candidates(self, vector: NDArray[np.float32], k: int, rows: Rows | None) -> Rows:
        """Rows among which the k nearest probably are, ascending; None: all rows may be."""
        faiss = self._faiss
        options: dict[str, Any] = {"nprobe": _PROBED}
        if rows is not None:
            chosen = np.zeros(self._index.ntotal, np.bool_)
            chosen[rows] = True
            bits = np.packbits(chosen, bitorder="little")
            options["sel"] = faiss.IDSelectorBitmap(bits)
        query = np.ascontiguousarray(vector, np.float32).reshape(1, -1)
        count = min(max(k * _CANDIDATES, _LEAST_CANDIDATES), self._index.ntotal)
        _scores, found = self._index.search(
            query, count, params=faiss.SearchParametersIVF(**options)
        )
        nearest: Rows = np.sort(found[0][found[0] >= 0])
        return nearest
