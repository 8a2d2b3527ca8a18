"""Trains the query adapter and writes its weights.

    python -m benchmarks.selector.adapter --home HOME --questions FILE [FILE …]
        [--held-out FILE …] [--out FILE]

HOME is indexed with the articles that the questions are about. Every sentence of the index is a
candidate for every question, and those that hold its answer should come first (a softmax over
all of them). The vectors of sentences stay as they are; of the questions held out only the ranks
of their answers are printed, before and after.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import nn

from assistant.service import Townbook
from assistant.settings import Settings
from benchmarks.selector.examples import label_of
from index import Vectors
from index.encoders import LoadedEncoder, profile_of
from index.encoders.adapter import PATH
from index.encoders.folders import DEFAULT_MODEL, find_model
from index.home import Home

RANK = 128
EPOCHS = 30
BATCH = 128
RATE = 1e-3
DECAY = 3.0
TEMPERATURE = 0.01  # e5's own
DROPPED = 0.1  # share of a question's coordinates hidden at each step
DEPTHS = (1, 3, 10)


class Adapter(nn.Module):
    """See index.encoders.adapter.QueryAdapter."""

    def __init__(self, dimension: int, rank: int = RANK) -> None:
        super().__init__()
        self.down = nn.Parameter(torch.randn(rank, dimension) * 0.05)
        self.up = nn.Parameter(torch.zeros(dimension, rank))
        self.shift = nn.Parameter(torch.zeros(dimension))

    def forward(self, vectors: torch.Tensor) -> torch.Tensor:
        turned = vectors + (vectors @ self.down.T) @ self.up.T + self.shift
        return nn.functional.normalize(turned, dim=1)


@dataclass(frozen=True, slots=True)
class Answers:
    """Questions' plain vectors, and for each the rows of the sentences that answer it."""

    vectors: torch.Tensor
    answers: tuple[tuple[int, ...], ...]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.selector.adapter")
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--questions", type=Path, nargs="+", required=True)
    parser.add_argument("--held-out", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, default=PATH)
    options = parser.parse_args()
    torch.manual_seed(0)
    townbook = Townbook(Settings(home=options.home))
    plain = plain_encoder(options.home)
    sentences, rows = sentences_of(townbook)
    adapter = fit(answers_of(lines_of(options.questions), townbook, plain, rows), sentences)
    for file in options.held_out:
        held = answers_of(lines_of([file]), townbook, plain, rows)
        adapted = adapter.forward(held.vectors).detach()
        for name, vectors in (("plain", held.vectors), ("adapted", adapted)):
            print(file.name, name, _ranks(vectors, held, sentences), file=sys.stderr)
    save(adapter, options.out, plain)


def plain_encoder(home: Path) -> LoadedEncoder:
    """The default encoder of ``home`` without an adapter."""
    source = find_model(DEFAULT_MODEL, Home(home))
    return LoadedEncoder(source, profile_of(source.name), Home(home))


def lines_of(files: Sequence[Path]) -> list[str]:
    """The lines of all ``files``."""
    return [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def save(adapter: Adapter, path: Path, encoder: LoadedEncoder) -> None:
    """Write the adapter as index.encoders.adapter reads it, for this encoder's weights."""
    tensors = {name: p.detach().half().contiguous() for name, p in adapter.named_parameters()}
    save_file(tensors, path, metadata={"base": encoder.folder.digest})


def fit(asked: Answers, sentences: torch.Tensor) -> Adapter:
    """An adapter that puts each question's answers before the other ``sentences``."""
    adapter = Adapter(sentences.shape[1])
    optimizer = torch.optim.AdamW(adapter.parameters(), lr=RATE, weight_decay=DECAY)
    chance = np.random.default_rng(0)
    for _epoch in range(EPOCHS):
        order = chance.permutation(len(asked.answers))
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            hidden = nn.functional.dropout(asked.vectors[batch], DROPPED)
            scores = adapter(hidden) @ sentences.T / TEMPERATURE
            right = torch.zeros_like(scores, dtype=torch.bool)
            for row, number in enumerate(batch):
                right[row, list(asked.answers[number])] = True
            chances = scores.log_softmax(1).masked_fill(~right, -1e4)
            loss = -torch.logsumexp(chances, 1).mean()
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
            optimizer.step()
    return adapter.eval()


def sentences_of(townbook: Townbook) -> tuple[torch.Tensor, dict[tuple[str, int], int]]:
    """Every line's vector, and the row of each (document id, line)."""
    shelf = townbook.shelf()
    found: list[Vectors] = []
    rows: dict[tuple[str, int], int] = {}
    for document in shelf.snapshot.documents():
        vectors = shelf.snapshot.sentence_vectors(document.id)
        for index, line in enumerate(shelf.reading(document).lines):
            rows[document.id, index] = len(found)
            found.append(np.asarray(vectors[line.place], np.float32))
    return torch.from_numpy(np.stack(found)), rows


def answers_of(
    lines: Sequence[str],
    townbook: Townbook,
    plain: LoadedEncoder,
    rows: dict[tuple[str, int], int],
) -> Answers:
    """The questions in ``lines`` whose answer is a sentence; lists and comparisons have none."""
    shelf = townbook.shelf()
    documents = {d.source: d for d in shelf.snapshot.documents()}
    texts: list[str] = []
    answers: list[tuple[int, ...]] = []
    for line in lines:
        asked = json.loads(line)
        if asked.get("history") or asked.get("type") in ("list", "compare"):
            continue
        right = tuple(
            rows[document.id, index]
            for source in asked["docs"]
            if (document := documents.get(source))
            for index, sentence in enumerate(shelf.reading(document).lines)
            if label_of(document, sentence.span, asked, documents) == 2
        )
        if right:
            texts.append(asked["question"])
            answers.append(right)
    return Answers(torch.from_numpy(plain.encode_queries(texts)), tuple(answers))


def _ranks(vectors: torch.Tensor, asked: Answers, sentences: torch.Tensor) -> dict[str, float]:
    """The share of questions with an answer among the first so many, and the mean 1 / rank."""
    scores = vectors @ sentences.T
    ranks = np.array(
        [
            int((row > row[list(right)].max()).sum())
            for row, right in zip(scores, asked.answers, strict=True)
        ]
    )
    shares = {f"first {k}": round(float((ranks < k).mean()), 3) for k in DEPTHS}
    return {**shares, "mean 1/rank": round(float((1 / (1 + ranks)).mean()), 3)}


if __name__ == "__main__":
    main()
