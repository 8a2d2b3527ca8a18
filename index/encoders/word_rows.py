"""The table of word vectors, read row by row from its file.

Mapping it would be simpler, but every row touched brings its neighbourhood of pages into the
process: a hundred questions came to 250 MB, of which they used 2.
"""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np

from index import Vectors
from index.encoders.tokens import TokenIds


class WordRows:
    """Token ids → word vectors. Threads may share it."""

    def __init__(self, path: Path) -> None:
        """``path``: a two-dimensional float32 .npy file. Raises OSError or ValueError."""
        table = np.load(path, mmap_mode="r")
        if table.ndim != 2 or table.dtype != np.dtype("<f4") or not table.flags.c_contiguous:
            raise ValueError(f"got {path} of {table.dtype}{table.shape}, expected float32 rows")
        self._count, self._width = table.shape
        self._start = int(table.offset)
        self._file = open(path, "rb", buffering=0)  # noqa: SIM115 - kept as long as this is
        self._reading = threading.Lock()

    def of(self, ids: TokenIds) -> Vectors:
        """The rows of ``ids``, shape (*ids.shape, width). Raises ValueError on an unknown id."""
        distinct, places = np.unique(ids, return_inverse=True)
        if len(distinct) and not 0 <= distinct[0] <= distinct[-1] < self._count:
            raise ValueError(f"got token {distinct[-1]}, expected fewer than {self._count}")
        rows: Vectors = np.empty((len(distinct), self._width), np.float32)
        with self._reading:
            for row, id in zip(rows, distinct.tolist(), strict=True):
                self._file.seek(self._start + id * row.nbytes)
                if self._file.readinto(row.data) != row.nbytes:
                    raise ValueError(f"got {self._file.name} without the row of token {id}")
        return rows[places.reshape(ids.shape)]
