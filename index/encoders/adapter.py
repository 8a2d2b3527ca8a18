"""The query adapter: a small trained map that turns a question's vector towards its answers.

An encoder puts a question near texts that read like it. The adapter was trained on questions and
the sentences that answer them (``benchmarks/selector/adapter.py``), with every vector of a text
left as it was: an index needs no new vectors for it, and what a text's vector is does not depend
on it. Knows the map; refuses to know what a question asks.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file

from corpus.errors import EncoderError
from index import Vectors
from index.encoders import trained
from index.encoders.folders import ModelFolder

PATH = Path(__file__).with_name("adapter.safetensors")


class QueryAdapter:
    """``q + up · down · q + shift``, of length 1 again. Threads may share it."""

    def __init__(self, path: Path = PATH) -> None:
        """Raises EncoderError when the file is missing or damaged."""
        try:
            tensors = load_file(path)
            self._down = tensors["down"].astype(np.float32)  # (rank, dimension)
            self._up = tensors["up"].astype(np.float32)  # (dimension, rank)
            self._shift = tensors["shift"].astype(np.float32)  # (dimension,)
        except (OSError, KeyError, SafetensorError) as error:
            raise EncoderError(
                f"could not read {path} ({error})",
                "the query adapter as it was installed",
                "install townbook again",
            ) from error

    def adapt(self, vectors: Vectors) -> Vectors:
        """The questions' vectors turned; shape (n, dimension) in and out, rows of length 1."""
        turned = vectors + (vectors @ self._down.T) @ self._up.T + self._shift
        unit: Vectors = turned / np.linalg.norm(turned, axis=1, keepdims=True)
        return unit


def adapter_for(encoder: ModelFolder) -> QueryAdapter | None:
    """The adapter trained on this encoder's very weights; None for any other encoder."""
    return QueryAdapter() if trained.fits(PATH, encoder) else None
