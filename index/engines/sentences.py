"""The vectors of single sentences, in one array file mapped into memory.

Each is its sentence as read within its passage. They are looked up by passage, never searched:
half precision is enough to compare a few hundred of them with a question (their cosines differ
by less than .0005 from those of full precision), and takes half the room.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from index import HalfVectors, Vectors
from index.engines.arrays import Arrays, narrowed

_STARTS = "sentence_starts"
_HASHES = "sentence_hashes"


def write_sentences(path: Path, sentences: Sequence[HalfVectors], dimension: int) -> None:
    """Write one matrix a passage row, shape (its sentences, dimension) each, as one array.

    Row by row, because all of them together may be larger than the memory at hand.
    """
    shape = (sum(map(len, sentences)), dimension)
    with open(path, "wb") as file:
        header = {"descr": "<f2", "fortran_order": False, "shape": shape}
        npy.write_array_header_1_0(file, header)
        for matrix in sentences:
            file.write(np.ascontiguousarray(matrix, "<f2").tobytes())


def sentence_arrays(sentences: Sequence[HalfVectors], hashes: Sequence[int]) -> Arrays:
    """Where each passage's sentences begin in the file, and what index.boilerplate knows them by.

    For the segment's array file; ``hashes`` has one a sentence.
    """
    return {
        _STARTS: narrowed(np.cumsum([0, *map(len, sentences)])),
        _HASHES: np.array(hashes, np.uint64),
    }


class SentenceVectors:
    """What ``write_sentences`` and ``sentence_arrays`` wrote of one segment."""

    def __init__(self, path: Path, arrays: Arrays) -> None:
        self._starts = arrays[_STARTS]
        self._hashes = arrays[_HASHES]
        self._vectors: NDArray[Any] = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))

    def of_rows(self, rows: range) -> Vectors:
        """The vectors of all sentences of these passages, in order, shape (n, dimension)."""
        first, last = int(self._starts[rows.start]), int(self._starts[rows.stop])
        return self._vectors[first:last].astype(np.float32)

    def among(self, hashes: NDArray[Any], rows: range) -> NDArray[np.bool_]:
        """Whether each sentence of these passages is one of ``hashes``, which ascend."""
        first, last = int(self._starts[rows.start]), int(self._starts[rows.stop])
        return np.isin(self._hashes[first:last], hashes)

    def rows_with(self, hashes: NDArray[Any]) -> NDArray[np.int64]:
        """The passages with at least one sentence among ``hashes``, ascending."""
        places = np.flatnonzero(np.isin(self._hashes, hashes))
        return np.unique(np.searchsorted(self._starts, places, side="right") - 1)
