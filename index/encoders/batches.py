"""Texts in small batches of nearly equal length, the same ones whenever the texts are the same.

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
_LONGER = 1.25
_LONGER_BY = 4


def in_batches(
    texts: Sequence[str],
    lengths: Sequence[int],
    dimension: int,
    encode: Callable[[list[int]], Vectors],
) -> Vectors:
    """Vectors of ``texts``, shape (len(texts), dimension), in their order.

    ``lengths`` are the texts' lengths in tokens, as near as they are known: sorted by
    characters instead, a fifth of what was computed was padding. ``encode`` gets the positions
    of one batch.
    """
    vectors = np.empty((len(texts), dimension), np.float32)
    # The text itself decides among equals, so no order depends on chance.
    order = sorted(range(len(texts)), key=lambda i: (lengths[i], texts[i]))
    start = 0
    while start < len(order):
        longest = _LONGER * lengths[order[start]] + _LONGER_BY
        rows = [row for row in order[start : start + BATCH] if lengths[row] <= longest]
        vectors[rows] = encode(rows)
        start += len(rows)
    return vectors
