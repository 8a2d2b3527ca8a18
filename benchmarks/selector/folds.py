"""The product as questions find it that its query adapter was not trained on.

What is trained or fitted on the candidates found for a question must not see those of an adapter
that knows the question: it would learn to trust an order that nobody else gets.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch

from assistant.service import Townbook
from assistant.settings import Settings
from benchmarks.selector.adapter import answers_of, fit, plain_encoder, save, sentences_of
from index.encoders import LoadedEncoder, profile_of
from index.encoders.adapter import QueryAdapter
from index.home import Home

FOLDS = 3
_SEED = 5


def unseen(lines: Sequence[str], home: Path) -> Iterator[tuple[list[str], Townbook]]:
    """Each third of ``lines`` (of questions.jsonl), with a Townbook adapted on the others."""
    order = list(lines)
    random.Random(_SEED).shuffle(order)  # noqa: S311 - orders questions, guards nothing
    townbook = Townbook(Settings(home=home))
    plain = plain_encoder(home)
    sentences, rows = sentences_of(townbook)
    for fold in range(FOLDS):
        others = [line for number, line in enumerate(order) if number % FOLDS != fold]
        torch.manual_seed(0)
        adapter = fit(answers_of(others, townbook, plain, rows), sentences)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "adapter.safetensors"
            save(adapter, path, plain)
            adapted = QueryAdapter(path)
        encoder = LoadedEncoder(plain.folder, profile_of(plain.name), Home(home), adapter=adapted)
        yield order[fold::FOLDS], Townbook(Settings(home=home), encoder=encoder)
