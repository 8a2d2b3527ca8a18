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


def in_batches(
    texts: Sequence[str], dimension: int, encode: Callable[[Sequence[str]], Vectors]
) -> Vectors:
    """``encode`` over batches of ``texts``, shape (len(texts), dimension), in their order."""
    vectors = np.empty((len(texts), dimension), np.float32)
    # By length first; the text itself decides among equals, so no order depends on chance.
    order = sorted(range(len(texts)), key=lambda i: (len(texts[i]), texts[i]))
    for start in range(0, len(order), BATCH):
        rows = order[start : start + BATCH]
        vectors[rows] = encode([texts[row] for row in rows])
    return vectors
