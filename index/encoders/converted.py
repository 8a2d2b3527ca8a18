"""A converted model: an OpenVINO graph and a table of word vectors.

Opening it takes a fraction of a second and imports neither torch nor sentence-transformers.
It knows how to run what index.encoders.converting wrote, and refuses to judge how well it
agrees with the reference: that was found out when it was written.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np

from corpus import Span
from index import Vectors
from index.encoders.batches import in_batches
from index.encoders.folders import ModelFolder
from index.encoders.late import pooled
from index.encoders.pieces import PIECES, PieceTable
from index.encoders.tokens import TextTokens, padded, padding_id
from index.encoders.word_rows import WordRows

Precision = Literal["f32", "bf16", "int8"]

GRAPH = "model.xml"  # with model.bin beside it
WORDS = "words.npy"
# A text of up to so many tokens, a question for one, is encoded on one thread: for one of 23
# tokens two threads took 9.4 ms instead of 12.2, and 18.6 ms of CPU.
_SHORT = 64
# Kernels kept for shapes of batches seen before. Batches come longest first, so old ones seldom
# return: over 4,975 passages the runtime's own choice kept 41 MiB more.
_KEPT_SHAPES = "16"


class ConvertedModel:
    """A folder that index.encoders.converting wrote, ready to run. Threads may share it."""

    def __init__(
        self,
        source: ModelFolder,
        folder: Path,
        limit: int,
        dimension: int,
        precision: Precision,
        tokens: TextTokens | None = None,
    ) -> None:
        """Raises OSError, ValueError or RuntimeError when the files cannot be used."""
        import openvino

        self.dimension = dimension
        self.precision = precision
        self._padding = padding_id(source.path)
        self._tokens = tokens or TextTokens(source.path, limit)
        if (folder / PIECES).is_file():
            self._tokens.use(PieceTable(folder))
        self._words = WordRows(folder / WORDS) if (folder / WORDS).is_file() else None
        self._graph = openvino.Core().read_model(folder / GRAPH)
        # Only a model that pools by the mean was written with its tokens' states.
        self.reads_sentences = len(self._graph.outputs) > 1
        # Whoever opens a model asks of it, most of the time; what cannot run shows here.
        self._alone = self._ready(threads=1)
        self._together: Any = None
        self._running = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of texts that carry their prompt, shape (n, dimension), in order."""
        ids = self._tokens.ids(texts)
        return in_batches(
            texts,
            [len(row) for row in ids],
            self.dimension,
            lambda batch: self._encode([ids[row] for row in batch]),
        )

    def embed(self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]) -> list[Vectors]:
        """See index.IndexingEncoder.embed; only where ``reads_sentences``."""
        tokens = self._tokens.with_places(texts)
        matrices: list[Vectors] = [np.empty((0, self.dimension), np.float32)] * len(texts)

        def encode(batch: list[int]) -> Vectors:
            inputs = inputs_of([tokens[row][0] for row in batch], self._padding, self._words)
            with self._running:
                output = self._infer(inputs, alone=False)
                vectors = _unit(np.array(output[0], np.float32))
                for vector, states, row in zip(vectors, output[1], batch, strict=True):
                    parts = pooled(states, tokens[row][1], sentences[row])
                    matrices[row] = np.concatenate([vector[None], parts])
            return vectors

        in_batches(texts, [len(ids) for ids, _places in tokens], self.dimension, encode)
        return matrices

    def _encode(self, rows: Sequence[Sequence[int]]) -> Vectors:
        inputs = inputs_of(rows, self._padding, self._words)
        alone = len(rows) == 1 and len(rows[0]) <= _SHORT
        with self._running:
            output = self._infer(inputs, alone=alone)
            return _unit(np.array(output[0], np.float32))

    def _ready(self, threads: int | None = None) -> Any:
        """What runs the graph, on so many threads; on all when None."""
        import openvino

        settings = {
            "PERFORMANCE_HINT": "LATENCY",
            "NUM_STREAMS": "1",
            # An 8-bit graph runs its other layers in 32 bits.
            "INFERENCE_PRECISION_HINT": "bf16" if self.precision == "bf16" else "f32",
            "CPU_RUNTIME_CACHE_CAPACITY": _KEPT_SHAPES,
        }
        if threads is not None:
            settings["INFERENCE_NUM_THREADS"] = str(threads)
        compiled = openvino.Core().compile_model(self._graph, "CPU", settings)
        return compiled.create_infer_request()

    def _infer(self, inputs: dict[str, Any], *, alone: bool) -> Any:
        """The graph's outputs, valid until the next call; for one caller at a time."""
        if alone:
            return self._alone.infer(inputs, share_outputs=True)
        if self._together is None:
            self._together = self._ready()
        return self._together.infer(inputs, share_outputs=True)


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = vectors / np.maximum(lengths, np.finfo(np.float32).tiny)
    return unit


def inputs_of(
    rows: Sequence[Sequence[int]], padding: int, words: WordRows | None
) -> dict[str, Any]:
    """What the graph takes for one batch of token ids."""
    ids, mask = padded(rows, padding)
    inputs: dict[str, Any] = {"input_ids": ids, "attention_mask": mask}
    if words is not None:
        inputs["words"] = words.of(ids)
    return inputs


def can_compute(precision: Precision) -> bool:
    """Whether this processor has instructions for the precision; f32 is always there."""
    if precision != "bf16":
        return True
    import openvino

    return "BF16" in openvino.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")


def engine_version() -> str:
    """The runtime's name and release, without loading it."""
    from importlib.metadata import version

    return f"openvino {version('openvino')}"
