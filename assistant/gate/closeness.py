"""Closeness in meaning from any encoder's passage vectors, as the gate takes it.

The gate's thresholds were fixed with the default encoder, whose cosines of unrelated sentences lie
near .78; another encoder's lie elsewhere, so with it the gate is better given none.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.gate.content import Closeness

_KEPT = 512  # vectors; the quotes of one answer are asked for again and again


def by_vectors(encode: Callable[[Sequence[str]], NDArray[np.float32]]) -> Closeness:
    """The cosine of a text and the nearest of others; ``encode`` gives unit vectors, one a row.

    Not for several threads at once: vectors are kept for the next call.
    """
    kept: OrderedDict[str, NDArray[np.float32]] = OrderedDict()

    def vectors(texts: Sequence[str]) -> NDArray[np.float32]:
        missing = [text for text in dict.fromkeys(texts) if text not in kept]
        if missing:
            kept.update(zip(missing, encode(missing), strict=True))
        found = np.stack([kept[text] for text in texts])
        while len(kept) > _KEPT:
            kept.popitem(last=False)
        return found

    def closeness(text: str, others: Sequence[str]) -> float:
        if not others:
            return 0.0
        found = vectors([text, *others])
        return float((found[1:] @ found[0]).max())

    return closeness
