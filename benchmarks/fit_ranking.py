"""Fits the network of assistant/ranking.py: which of the sentences found for a question answer it.

    python -m benchmarks.fit_ranking --home HOME --questions FILE [FILE …]
        [--adapted FILE …] [--held-out FILE …] [--out FILE]

HOME is indexed with the articles that the questions (as in benchmarks/selector) are about. Those
that the query adapter was trained on are ADAPTED: it puts their answers higher than anybody
else's, so they are found with adapters that saw the others only, and count twice, being the
nearest to what people ask. A list is the best sentences for one question; a softmax over it
should fall on those that answer (Cao et al. 2007). Each list is learnt from as it is and with
some documents left out, as a smaller library would give it. Of the questions held out the share is
printed whose first sentences answer, before and after.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file
from torch import nn

from assistant import Turn
from assistant.asking import read_question
from assistant.evidence import RANKED, Evidence, gather
from assistant.ranking import NAMES, PATH, Floats, Network, features
from assistant.service import Townbook
from assistant.settings import Settings
from benchmarks.selector.adapter import lines_of
from benchmarks.selector.examples import label_of
from benchmarks.selector.folds import unseen
from index import EVERYTHING

TODAY = date(2017, 6, 1)
WIDTH = 64
EPOCHS = 25
BATCH = 64  # lists
RATE = 3e-3
DECAY = 0.3
DROPPED = 0.3  # share of the hidden units left out at each step
MEMBERS = 5  # networks whose mean is taken, each begun elsewhere: one alone is a matter of chance
DEPTHS = (1, 3, 7, 14)

Right = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ranked:
    """One question's list: a row of features a sentence, best first, and which ones answer."""

    rows: Floats
    right: Right


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fit_ranking")
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--questions", type=Path, nargs="+", required=True)
    parser.add_argument("--adapted", type=Path, nargs="*", default=[])
    parser.add_argument("--held-out", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, default=PATH)
    options = parser.parse_args()
    townbook = Townbook(Settings(home=options.home))
    chance = np.random.default_rng(0)
    sets = [(lines_of(options.questions), townbook)]
    if options.adapted:
        sets += 2 * [*unseen(lines_of(options.adapted), options.home)]
    lists = [
        found
        for lines, asked in sets
        for smaller in (None, chance)
        for found in lists_of(lines, asked, smaller)
    ]
    print(f"{len(lists)} lists", file=sys.stderr)
    save_file(fit(lists), options.out)
    network = Network(options.out)
    for file in options.held_out:
        held = list(lists_of(lines_of([file]), townbook))
        print(file.name, len(held), "as found", shares(held, None), file=sys.stderr)
        print(file.name, len(held), "ranked", shares(held, network), file=sys.stderr)


def lists_of(
    lines: Sequence[str], townbook: Townbook, chance: np.random.Generator | None = None
) -> Iterator[Ranked]:
    """The list of every question that one sentence answers; ``chance`` leaves documents out."""
    shelf = townbook.shelf()
    documents = {d.source: d for d in shelf.snapshot.documents()}
    for line in lines:
        asked = json.loads(line)
        if not asked["answers"] or asked.get("type") in ("list", "compare"):
            continue
        history = [Turn(turn["role"], turn["content"]) for turn in asked.get("history") or ()]
        question = read_question(asked["question"], history, TODAY).question
        if question is None:
            continue
        found = gather(question, shelf, EVERYTHING).evidence[:RANKED]
        right = np.array(
            [label_of(e.document, e.span, asked, documents) == 2 for e in found], np.bool_
        )
        if chance is not None:
            kept = _some(found, right, chance)
            found, right = tuple(found[n] for n in kept), right[kept]
        if right.any():
            yield Ranked(features(question, found), right)


def _some(found: Sequence[Evidence], right: Right, chance: np.random.Generator) -> list[int]:
    """The numbers of sentences in a random part of the documents, those that answer among it."""
    documents = sorted({e.document.id for e in found})
    kept = set(chance.permutation(documents)[: int(chance.integers(1, len(documents) + 1))])
    kept |= {e.document.id for e, answers in zip(found, right, strict=True) if answers}
    return [n for n, e in enumerate(found) if e.document.id in kept]


def fit(lists: Sequence[Ranked]) -> dict[str, NDArray[Any]]:
    """The tensors that assistant.ranking.Network reads."""
    every = np.vstack([one.rows for one in lists])
    shift, scale = every.mean(axis=0), every.std(axis=0) + 1e-3
    shape = (len(lists), RANKED)
    x = torch.zeros(*shape, len(NAMES))
    there, right = torch.zeros(shape, dtype=torch.bool), torch.zeros(shape, dtype=torch.bool)
    for number, one in enumerate(lists):
        x[number, : len(one.rows)] = torch.from_numpy((one.rows - shift) / scale)
        there[number, : len(one.rows)] = True
        right[number, : len(one.rows)] = torch.from_numpy(one.right)
    members = [_member(seed, x, there, right) for seed in range(MEMBERS)]
    return {
        "shift": shift.astype(np.float32),
        "scale": scale.astype(np.float32),
        "inner": np.concatenate([inner for inner, _bias, _outer in members], axis=1),
        "inner_bias": np.concatenate([bias for _inner, bias, _outer in members]),
        "outer": np.concatenate([outer for _inner, _bias, outer in members]) / MEMBERS,
    }


def _member(
    seed: int, x: torch.Tensor, there: torch.Tensor, right: torch.Tensor
) -> tuple[Floats, Floats, Floats]:
    """One network's inner weights (features, WIDTH), their biases, and its outer weights."""
    torch.manual_seed(seed)
    inner, outer = nn.Linear(len(NAMES), WIDTH), nn.Linear(WIDTH, 1, bias=False)
    network = nn.Sequential(inner, nn.GELU(approximate="tanh"), nn.Dropout(DROPPED), outer)
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    for epoch in range(EPOCHS):
        for group in optimizer.param_groups:
            group["lr"] = RATE * (1 - epoch / EPOCHS)
        order = torch.randperm(len(x))
        for start in range(0, len(x), BATCH):
            batch = order[start : start + BATCH]
            scores = network(x[batch])[..., 0].masked_fill(~there[batch], -1e4)
            chances = scores.log_softmax(1).masked_fill(~right[batch], -1e4)
            loss = -torch.logsumexp(chances, 1).mean()
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
            optimizer.step()
    return (
        inner.weight.detach().numpy().T.copy(),
        inner.bias.detach().numpy(),
        outer.weight.detach().numpy()[0],
    )


def shares(lists: Sequence[Ranked], network: Network | None) -> dict[str, float]:
    """The share of lists with an answer among the first so many, as found or as ranked."""
    places = []
    for one in lists:
        scores = network.scores(one.rows) if network else -np.arange(len(one.rows))
        places.append(int(one.right[np.argsort(-scores, kind="stable")].argmax()))
    return {f"first {k}": round(float((np.array(places) < k).mean()), 3) for k in DEPTHS}


if __name__ == "__main__":
    main()
