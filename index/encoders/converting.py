"""The process that converts a model: sentence-transformers in, an OpenVINO graph out, checked.

    python -m index.encoders.converting MODEL_FOLDER EMPTY_FOLDER < order.json

Run by index.encoders.conversion as a child, so that torch and two copies of the weights are
gone when it ends. It writes the graph, the vocabulary's vectors and the token pieces into the
empty folder and prints what the checks found as one JSON object. It refuses to judge them.

The graph is the whole chain of the model's own modules (transformer, pooling, dense,
normalisation), traced once. The table of word vectors is taken out of it and read from a
file: it is most of a multilingual model's bytes, and a text needs a few rows of it.
"""

from __future__ import annotations

import gc
import json
import sys
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import openvino
import torch

from index import Vectors
from index.encoders.converted import (
    GRAPH,
    WORDS,
    ConvertedModel,
    Precision,
    can_compute,
    inputs_of,
)
from index.encoders.folders import ModelFolder
from index.encoders.late import pools_by_mean
from index.encoders.pieces import write_pieces
from index.encoders.reference import ReferenceModel
from index.encoders.sample import agreement, sample_texts
from index.encoders.selector import weights
from index.encoders.selector.converting import convert_selector
from index.encoders.tokens import TextTokens, load_tokenizer, padding_id
from index.encoders.word_rows import WordRows
from index.encoders.word_table import take_words_out

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_CALIBRATION_TEXTS = 40


def convert(
    source: ModelFolder, target: Path, limit: int, prompt: str, *, int8: bool
) -> dict[str, Any]:
    """Convert ``source`` into the empty folder ``target``; what was found, ready for JSON.

    ``dimension``; by precision the agreement with the reference on the sample of texts, and
    tokens encoded a CPU second, the reference's beside them.
    """
    texts = [prompt + text for text in sample_texts()]
    with _quiet():
        tokens = sum(map(len, TextTokens(source.path, limit).ids(texts)))
        reference = ReferenceModel(source, limit, device="cpu")
        expected, reference_seconds = _timed(reference, texts)
        graph = _traced(reference.model, late=pools_by_mean(source.path))
        del reference
        gc.collect()
        write_pieces(load_tokenizer(source.path), target)
        words = _moved_words(graph, target / WORDS)
        if int8:
            graph = _quantized(graph, source, limit, words, texts)
        openvino.save_model(graph, target / GRAPH, compress_to_fp16=False)
        del graph, words
        gc.collect()
        speeds = {"reference": round(tokens / reference_seconds)}
        checks = {}
        wanted: tuple[Precision, ...] = ("int8",) if int8 else ("f32", "bf16")
        for precision in filter(can_compute, wanted):
            model = ConvertedModel(source, target, limit, expected.shape[1], precision)
            vectors, seconds = _timed(model, texts)
            checks[precision] = asdict(agreement(expected, vectors))
            speeds[precision] = round(tokens / seconds)
        result = {
            "dimension": expected.shape[1],
            "checks": checks,
            "tokens_a_cpu_second": speeds,
        }
        if weights.fits(source):
            result["selector"] = convert_selector(source, target)
    return result


class _Encodes(Protocol):
    def encode(self, texts: Sequence[str]) -> Vectors: ...


def _timed(model: _Encodes, texts: Sequence[str]) -> tuple[Vectors, float]:
    """The texts' vectors and the CPU seconds they took, once everything is loaded."""
    model.encode([max(texts, key=len)])  # a short one might not load all of it
    started = time.process_time()
    return model.encode(texts), time.process_time() - started


def _traced(model: SentenceTransformer, *, late: bool) -> openvino.Model:
    typed = "token_type_ids" in getattr(model.tokenizer, "model_input_names", ())

    class Chain(torch.nn.Module):
        """Ids and mask → the vector, through every module of the model, and the tokens' states."""

        def __init__(self) -> None:
            super().__init__()
            self.chain = model

        def forward(
            self, input_ids: torch.Tensor, attention_mask: torch.Tensor
        ) -> torch.Tensor | tuple[torch.Tensor, torch.Tensor]:
            features = {"input_ids": input_ids, "attention_mask": attention_mask}
            if typed:
                features["token_type_ids"] = torch.zeros_like(input_ids)
            for module in self.chain:
                features = module(features)
            vector = features["sentence_embedding"]
            return (vector, features["token_embeddings"]) if late else vector

    # Two rows of seven, so that neither size is taken for a constant one.
    ids = torch.ones((2, 7), dtype=torch.int64)
    with torch.no_grad():
        return openvino.convert_model(
            Chain().eval(), example_input={"input_ids": ids, "attention_mask": ids}
        )


def _moved_words(graph: openvino.Model, path: Path) -> WordRows | None:
    """The graph's table of word vectors, moved to ``path``; None when it has none worth it."""
    table = take_words_out(graph)
    if table is None:
        return None
    np.save(path, table)
    return WordRows(path)


def _quantized(
    graph: openvino.Model, source: ModelFolder, limit: int, words: WordRows | None, texts: list[str]
) -> openvino.Model:
    """The graph with 8-bit weights and activations, calibrated on the sample."""
    import nncf  # an extra: whoever asked for a conversion made sure that it is there

    tokens, padding = TextTokens(source.path, limit), padding_id(source.path)
    rows = [inputs_of(tokens.ids([text]), padding, words) for text in texts[:_CALIBRATION_TEXTS]]
    return nncf.quantize(
        graph,
        nncf.Dataset(rows),
        model_type=nncf.ModelType.TRANSFORMER,
        subset_size=len(rows),
    )


@contextmanager
def _quiet() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the libraries' advice to developers
        yield


def main() -> None:
    """The child's whole life."""
    order = json.load(sys.stdin)
    result = convert(
        ModelFolder(order["name"], Path(sys.argv[1]), order["digest"]),
        Path(sys.argv[2]),
        order["limit"],
        order["prompt"],
        int8=order["int8"],
    )
    print(json.dumps(result))


if __name__ == "__main__":
    main()
