"""The converted selector: an OpenVINO graph beside its encoder's, run on one row at a time.

Knows how to run what index.encoders.converting wrote; opening it imports neither torch nor
transformers.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import Candidate, Selection
from index.encoders.selector.packing import Row, pack, texts_of
from index.encoders.word_rows import WordRows

GRAPH = "selector.xml"  # with selector.bin beside it

Floats = NDArray[np.float64]
TokenIds = Callable[[Sequence[str]], list[list[int]]]
"""Texts → token ids, special tokens at both ends."""


class Selector:
    """A folder's selector, ready to run. Threads may share it."""

    def __init__(self, folder: Path, precision: str, words: WordRows, token_ids: TokenIds) -> None:
        """Raises OSError or RuntimeError when the graph cannot be used."""
        import openvino

        from index.encoders.selector.exactness import IN_EIGHT_BITS, multiplies_exactly

        compiled = openvino.Core().compile_model(
            folder / GRAPH,
            "CPU",
            {
                "PERFORMANCE_HINT": "LATENCY",
                "NUM_STREAMS": "1",
                "INFERENCE_PRECISION_HINT": precision,
                # A second thread took a quarter off the time and added a fifth of CPU.
                "INFERENCE_NUM_THREADS": "1",
                IN_EIGHT_BITS: multiplies_exactly(),
            },
        )
        self._request = compiled.create_infer_request()
        self._words = words
        self._token_ids = token_ids
        self._running = threading.Lock()

    def select(self, question: str, candidates: Sequence[Candidate]) -> Selection:
        """How well each candidate answers ``question``; best candidates first, please."""
        tokens = [ids[1:-1] for ids in self._token_ids(texts_of(question, candidates))]
        row = pack(candidates, tokens)
        if not row.sentences:
            return Selection((None,) * len(candidates), 0.0)
        with self._running:
            output = self._request.infer(inputs_of(row, self._words))
            scores, none = output[0][0].tolist(), float(output[1][0])
        found: list[float | None] = [None] * len(candidates)
        for (number, _start, _end), score in zip(row.sentences, scores, strict=True):
            found[number] = score
        return Selection(tuple(found), none)


def inputs_of(row: Row, words: WordRows) -> dict[str, Any]:
    """What the graph takes for one packed row."""
    ids = np.array([row.ids], np.int64)
    means = np.zeros((1, len(row.sentences), len(row.ids)), np.float32)
    for place, (_number, start, end) in enumerate(row.sentences):
        means[0, place, start:end] = 1.0 / (end - start)
    return {
        "ids": ids,
        "kinds": np.array([row.kinds], np.int64),
        "means": means,
        "words": words.of(ids),
    }


def probabilities(selection: Selection) -> Floats:
    """The chance of "none" and then of each candidate; 0 for one that was not read."""
    scores = [selection.none, *(-np.inf if s is None else s for s in selection.scores)]
    shifted = np.exp(np.array(scores, np.float64) - max(scores))
    chances: Floats = shifted / shifted.sum()
    return chances
