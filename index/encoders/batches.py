"""Texts in small batches of nearly equal length, the same ones for every way of encoding.

Padding and batch shape change the last bits of a sum, so which texts share a batch depends on
the texts alone. Small batches of similar length also beat 32 on a CPU: less padding, better
use of its caches.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from index import Vectors

BATCH = 8
# A text may be this much longer than the shortest of its batch: all of them are padded to it.
_LONGER = 1.3
_LONGER_BY = 20  # characters


def in_batches(
    texts: Sequence[str], dimension: int, encode: Callable[[Sequence[str]], Vectors]
) -> Vectors:
    """``encode`` over batches of ``texts``, shape (len(texts), dimension), in their order."""
    vectors = np.empty((len(texts), dimension), np.float32)
    # By length first; the text itself decides among equals, so no order depends on chance.
    order = sorted(range(len(texts)), key=lambda i: (len(texts[i]), texts[i]))
    start = 0
    while start < len(order):
        longest = _LONGER * len(texts[order[start]]) + _LONGER_BY
        rows = [row for row in order[start : start + BATCH] if len(texts[row]) <= longest]
        vectors[rows] = encode([texts[row] for row in rows])
        start += len(rows)
    return vectors
