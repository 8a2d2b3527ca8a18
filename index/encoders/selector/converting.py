"""The selector's trained weights and its encoder's own, made into one OpenVINO graph, checked.

Called by the process that converts the encoder (index.encoders.converting). The graph takes word
vectors from the table written for the encoder, so the two share it. What the check finds is
reported, and judged elsewhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import openvino
import torch
from safetensors.torch import load_file

from corpus.sentences import sentences
from index import Candidate, Selection
from index.encoders.converted import WORDS, Precision, can_compute
from index.encoders.folders import ModelFolder
from index.encoders.sample import sample_texts
from index.encoders.selector import weights
from index.encoders.selector.model import GRAPH, Floats, Selector, probabilities
from index.encoders.selector.network import Network, with_weights
from index.encoders.selector.packing import pack, texts_of
from index.encoders.tokens import TextTokens
from index.encoders.word_rows import WordRows
from index.encoders.word_table import take_words_out

_LIMIT = 512
_SAMPLED = 24  # rows of the check
_FROM_EACH = 4  # sentences of a text


def convert_selector(source: ModelFolder, target: Path) -> dict[str, Any]:
    """Write the graph for ``source`` into ``target``, which has the encoder's word table.

    The weights' hash, and by precision how far the probabilities of a fixed sample are from
    those of torch: the largest difference, and the share of rows with the same best sentence.
    """
    from transformers import BertModel

    bert = BertModel.from_pretrained(str(source.path), add_pooling_layer=False)
    network = with_weights(bert, load_file(weights.PATH))
    rows = sample_rows()
    tokens = TextTokens(source.path, _LIMIT)
    expected = [_by_torch(network, tokens, *row) for row in rows]
    graph = _traced(network)
    take_words_out(graph)
    openvino.save_model(graph, target / GRAPH, compress_to_fp16=False)
    del graph, network, bert
    words = WordRows(target / WORDS)
    checks = {}
    wanted: tuple[Precision, ...] = ("f32", "bf16")
    for precision in filter(can_compute, wanted):
        selector = Selector(target, precision, words, tokens.ids)
        found = [probabilities(selector.select(*row)) for row in rows]
        pairs = list(zip(expected, found, strict=True))
        checks[precision] = {
            "apart": round(max(float(np.abs(one - other).max()) for one, other in pairs), 5),
            "same": round(
                float(np.mean([one.argmax() == other.argmax() for one, other in pairs])), 4
            ),
        }
    return {"sha256": weights.digest(), "checks": checks}


def sample_rows() -> list[tuple[str, list[Candidate]]]:
    """Questions and sentences, the same ones for every conversion.

    A question is a text's last sentence; the candidates are the first ones of it and two others.
    """
    texts = sample_texts()[:_SAMPLED]
    cut = [[span.of(text) for span in sentences(text, "en")] for text in texts]
    rows = []
    for number in range(len(texts)):
        several = [(number + step) % len(texts) for step in range(3)]
        candidates = [
            Candidate(str(n), cut[n][0][:60], place, sentence)
            for n in several
            for place, sentence in enumerate(cut[n][:_FROM_EACH])
        ]
        rows.append((cut[number][-1], candidates))
    return rows


def _by_torch(
    network: Network, tokens: TextTokens, question: str, candidates: list[Candidate]
) -> Floats:
    cut = [ids[1:-1] for ids in tokens.ids(texts_of(question, candidates))]
    row = pack(candidates, cut)
    means = torch.zeros(1, len(row.sentences), len(row.ids))
    for place, (_number, start, end) in enumerate(row.sentences):
        means[0, place, start:end] = 1.0 / (end - start)
    with torch.no_grad():
        scores, none = network(torch.tensor([row.ids]), torch.tensor([row.kinds]), means)
    found: list[float | None] = [None] * len(candidates)
    for (number, _start, _end), score in zip(row.sentences, scores[0].tolist(), strict=True):
        found[number] = score
    return probabilities(Selection(tuple(found), float(none[0])))


def _traced(network: Network) -> openvino.Model:
    # Sizes are unlike each other, so that none is taken for another or for a constant one.
    example = {
        "ids": torch.ones((1, 11), dtype=torch.int64),
        "kinds": torch.zeros((1, 11), dtype=torch.int64),
        "means": torch.full((1, 3, 11), 1 / 11),
    }
    with torch.no_grad():
        return openvino.convert_model(network, example_input=example)
