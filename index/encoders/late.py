"""Late pooling: a sentence's vector from a longer text's token states.

A transformer reads the whole passage once; the mean of a sentence's own tokens is then that
sentence as it reads there, with what "it" and "the city" refer to, and costs nothing more
(Günther et al. 2024, "Late Chunking", arXiv:2409.04701). It is what the model would have made
of the passage, pooled over fewer tokens, so it needs a model that pools by the mean.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus import Span
from index import Vectors

_AFTER_POOLING = ("Normalize",)


def pools_by_mean(folder: Path) -> bool:
    """Whether the model is a transformer whose vector is the mean of its tokens' states."""
    try:
        modules = json.loads((folder / "modules.json").read_bytes())
        kinds = [str(module["type"]).rsplit(".", 1)[-1] for module in modules]
        pooling = json.loads((folder / str(modules[1]["path"]) / "config.json").read_bytes())
    except (OSError, ValueError, KeyError, IndexError, TypeError):
        return False
    if kinds[:2] != ["Transformer", "Pooling"] or any(k not in _AFTER_POOLING for k in kinds[2:]):
        return False
    named = pooling.get("pooling_mode")  # newer releases name it, older ones have switches
    if named is not None:
        return bool(named == "mean")
    return [key for key, on in pooling.items() if key.startswith("pooling_mode_") and on] == [
        "pooling_mode_mean_tokens"
    ]


def pooled(
    states: NDArray[Any], places: Sequence[tuple[int, int]], sentences: Sequence[Span]
) -> Vectors:
    """Unit vectors of ``sentences``, shape (len(sentences), dimension).

    ``states`` has a row for each token of one text, ``places`` the token's characters in it
    (equal for a special token). A sentence without a token of its own is all zeros.
    """
    starts = np.array([start for start, _end in places], np.int64)
    ends = np.array([end for _start, end in places], np.int64)
    vectors = np.zeros((len(sentences), states.shape[1]), np.float32)
    for row, sentence in enumerate(sentences):
        own = (starts < sentence.end) & (ends > sentence.start) & (ends > starts)
        if own.any():
            vectors[row] = states[: len(own)][own].mean(axis=0)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = vectors / np.maximum(lengths, np.finfo(np.float32).tiny)
    return unit
