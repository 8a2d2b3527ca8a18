"""Trains the selector and writes its weights.

    python -m benchmarks.selector.train --home HOME --questions FILE [FILE …] --squad FILE
        [--held-out FILE …] [--out FILE]

HOME is indexed with the articles that the questions are about; the candidates for a question are
found with an adapter that was not trained on it. First SQuAD 2.0 teaches it to read, then the
questions to read these articles, the last time with the rounding to 8 bits that the selector runs
with; of the questions held out only the scores are printed. An answerable question is shown
without its answers one time in four, as a question that has none: what stands around an answer is
the hardest to tell from it. One row in four is a further reading: a document's best sentence and
some that stand later in line.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import torch
from safetensors.torch import save_file

from assistant.service import Townbook
from assistant.settings import Settings
from benchmarks.fit_sufficiency import auc
from benchmarks.selector.adapter import lines_of
from benchmarks.selector.examples import Example, of_articles, of_squad
from benchmarks.selector.folds import unseen
from index import Candidate
from index.encoders.folders import find_model
from index.encoders.selector import weights
from index.encoders.selector.layers import measuring
from index.encoders.selector.network import Network, adapt, adapted, trained
from index.encoders.selector.packing import MOST_TOKENS, Row, pack, texts_of
from index.encoders.tokens import TextTokens
from index.home import Home

BATCH = 16
CANDIDATES = 12
HIDDEN = 0.25  # share of answerable questions shown without their answers
DROPPED = 0.1  # share of the other candidates left out, so that no two epochs are alike
SHUFFLED = 0.5  # share of rows whose candidates come in no order
FURTHER = 0.25  # share of rows that read on in one document
SKIPPED = 12  # sentences between its best one and the next, at most
ANSWERING = 0.8  # share of those that read on in a document that answers
MEASURED = 150  # examples whose inputs the steps of the rounding are taken from
WARM_UP = 40  # steps
LIMIT = 512
SQUAD_TOKENS, SQUAD_CANDIDATES = 224, 7


_Labelled = tuple[Candidate, int]


@dataclass(frozen=True, slots=True)
class _Packed:
    row: Row
    right: tuple[int, ...]  # numbers of the row's sentences that answer; () for none of them


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.selector.train")
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--questions", type=Path, nargs="+", required=True)
    parser.add_argument("--held-out", type=Path, nargs="*", default=[])
    parser.add_argument("--squad", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=9)
    parser.add_argument("--out", type=Path, default=weights.PATH)
    options = parser.parse_args()
    from transformers import BertModel

    torch.manual_seed(0)
    townbook = Townbook(Settings(home=options.home))
    source = find_model("multilingual-e5-small", Home(options.home))
    network = Network(BertModel.from_pretrained(str(source.path), add_pooling_layer=False))
    adapt(network)
    trainer = _Trainer(network, TextTokens(source.path, LIMIT))
    trainer.fit(tuple(of_squad(options.squad)), 2, SQUAD_CANDIDATES, SQUAD_TOKENS)
    known = [
        example
        for lines, stranger in unseen(lines_of(options.questions), options.home)
        for example in of_articles(lines, stranger)
    ]
    trainer.fit(known, options.epochs - 1, CANDIDATES, MOST_TOKENS)
    trainer.measure(known[:MEASURED])
    trainer.fit(known, 1, CANDIDATES, MOST_TOKENS)
    for file in options.held_out:
        held = tuple(of_articles(lines_of([file]), townbook))
        print(file.name, trainer.scores(held), file=sys.stderr)
    save_file(trained(network), options.out, metadata={"base": source.digest})


class _Trainer:
    def __init__(self, network: Network, tokens: TextTokens) -> None:
        self._network = network
        self._tokens = tokens
        self._chance = random.Random(1)  # noqa: S311 - orders examples, guards nothing

    def fit(self, examples: Sequence[Example], epochs: int, most: int, room: int) -> None:
        """AdamW over the adapted parts; the rate warms up and falls by half a cosine."""
        parameters = [p for p in self._network.parameters() if p.requires_grad]
        optimizer = torch.optim.AdamW(parameters, lr=0.0, weight_decay=0.01, betas=(0.9, 0.98))
        steps = epochs * len(examples) // BATCH
        self._network.train()
        batches = islice(self._batches(examples, epochs, most, room), steps)
        for step, batch in enumerate(batches):
            fallen = 0.5 * (1 + math.cos(math.pi * step / steps))
            rate = 4e-4 * min(1.0, (step + 1) / WARM_UP) * (0.95 * fallen + 0.05)
            for group in optimizer.param_groups:
                group["lr"] = rate
            optimizer.zero_grad()
            loss = self._loss(batch)
            loss.backward()  # type: ignore[no-untyped-call]  # not annotated there
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            if step % 20 == 0:
                print(f"{step}/{steps} loss {float(loss.detach()):.3f}", file=sys.stderr)

    def measure(self, examples: Sequence[Example]) -> None:
        """From now on round as the converted selector does, by the sizes met in ``examples``."""
        self._network.eval()  # nothing dropped out
        with torch.no_grad(), measuring(adapted(self._network)):
            for example in examples:
                pairs = list(zip(example.candidates, example.labels, strict=True))[:CANDIDATES]
                self._logits([self._packed(example.question, pairs, MOST_TOKENS)])

    def _batches(
        self, examples: Sequence[Example], epochs: int, most: int, room: int
    ) -> Iterator[list[_Packed]]:
        for _ in range(epochs):
            order = self._chance.sample(examples, len(examples))
            for start in range(0, len(order) - BATCH + 1, BATCH):
                shown = (self._shown(e, most, room) for e in order[start : start + BATCH])
                if batch := [packed for packed in shown if packed is not None]:
                    yield batch

    def _shown(self, example: Example, most: int, room: int) -> _Packed | None:
        """The example as one row, with or without its answers; None when nothing is left."""
        labelled = list(zip(example.candidates, example.labels, strict=True))
        best = max(example.labels)
        hidden = example.answerable and self._chance.random() < HIDDEN
        if example.answerable and not hidden and not best:
            return None
        if self._chance.random() < FURTHER and (
            further := self._further(labelled, best=0 if hidden else best)
        ):
            return self._packed(example.question, further[:most], room)
        wrong = [pair for pair in labelled if not pair[1] and self._chance.random() > DROPPED]
        right = [] if hidden else [pair for pair in labelled if best and pair[1] == best]
        kept = [pair for pair in labelled if pair in wrong or pair in right][:most]
        if right and not any(label for _, label in kept):
            kept[-1:] = right[:1]
        if self._chance.random() < SHUFFLED:
            self._chance.shuffle(kept)
        return self._packed(example.question, kept, room) if kept else None

    def _further(self, labelled: Sequence[_Labelled], best: int) -> list[_Labelled]:
        """The best sentence of one document, then some of it that stand later in line.

        Mostly of the one that answers, if any does; empty where a document has too few.
        """
        right = [candidate for candidate, label in labelled if best and label == best]
        if right and self._chance.random() < ANSWERING:
            document = right[0].document
        else:
            document = self._chance.choice(labelled[:3])[0].document
        same = [p for p in labelled if p[0].document == document and p[1] in (0, best)]
        if len(same) < 3:
            return []
        first = self._chance.randint(1, max(1, min(SKIPPED, len(same) - 2)))
        return [same[0], *(p for p in same[first:] if self._chance.random() > DROPPED)]

    def _packed(self, question: str, labelled: Sequence[_Labelled], room: int) -> _Packed:
        candidates = [candidate for candidate, _label in labelled]
        cut = [ids[1:-1] for ids in self._tokens.ids(texts_of(question, candidates))]
        row = pack(candidates, cut, room)
        right = tuple(
            place for place, (number, _, _) in enumerate(row.sentences) if labelled[number][1]
        )
        return _Packed(row, right)

    def _logits(self, batch: Sequence[_Packed]) -> torch.Tensor:
        """Shape (rows, 1 + sentences): "none" first; very negative where a row has fewer."""
        width = max(len(packed.row.ids) for packed in batch)
        count = max(len(packed.row.sentences) for packed in batch)
        ids = torch.full((len(batch), width), 1)
        kinds = torch.zeros((len(batch), width), dtype=torch.int64)
        mask = torch.full((len(batch), width), -1e4)
        means = torch.zeros(len(batch), count, width)
        absent = torch.ones((len(batch), count), dtype=torch.bool)
        for n, packed in enumerate(batch):
            row = packed.row
            ids[n, : len(row.ids)] = torch.tensor(row.ids)
            kinds[n, : len(row.ids)] = torch.tensor(row.kinds)
            mask[n, : len(row.ids)] = 0.0
            for place, (_number, start, end) in enumerate(row.sentences):
                means[n, place, start:end] = 1.0 / (end - start)
                absent[n, place] = False
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores, none = self._network(ids, kinds, means, mask[:, None, None].bfloat16())
        return torch.cat([none[:, None], scores.masked_fill(absent, -1e4)], 1).float()

    def _loss(self, batch: Sequence[_Packed]) -> torch.Tensor:
        """Minus the log of the chance given to any right sentence, or to "none" without one."""
        logits = self._logits(batch).log_softmax(1)
        wanted = torch.full_like(logits, -1e4)
        for n, packed in enumerate(batch):
            wanted[n, [1 + place for place in packed.right] or [0]] = 0.0
        return -torch.logsumexp(logits + wanted, 1).mean()

    def scores(self, examples: Sequence[Example]) -> str:
        """How often the best sentence answers, and how well "none" tells the others apart."""
        self._network.eval()
        first, none = [], []
        for example in examples:
            pairs = list(zip(example.candidates, example.labels, strict=True))[:CANDIDATES]
            packed = self._packed(example.question, pairs, MOST_TOKENS)
            with torch.no_grad():
                logits = self._logits([packed])[0]
            if example.answerable:
                best = int(logits[1:].argmax())
                number = packed.row.sentences[best][0]
                first.append(float(example.labels[number] == 2))
            none.append((float(logits[0] - torch.logsumexp(logits[1:], 0)), example.answerable))
        odds = torch.tensor([value for value, _ in none]).numpy().astype(float)
        without = torch.tensor([float(not able) for _, able in none]).numpy().astype(float)
        share = sum(first) / max(1, len(first))
        return f"best sentence answers {share:.3f}, AUC of none {auc(odds, without):.3f}"


if __name__ == "__main__":
    main()
