"""Fits the weights of assistant/evidence.py: what a sentence by itself must show to stand first.

    python -m benchmarks.fit_scores --home HOME QUESTIONS.jsonl [QUESTIONS …]

HOME is indexed with the articles that the QUESTIONS (as in benchmarks/selector) are about. A list
is the best sentences for one question, found with an adapter that had not seen it; a softmax over
it should fall on those that answer. Weights are printed in units of soft coverage.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp

from assistant.asking import read_question
from assistant.evidence import RANKED, Evidence, gather
from assistant.question import Question
from benchmarks.selector.adapter import lines_of
from benchmarks.selector.examples import label_of
from benchmarks.selector.folds import unseen
from index import EVERYTHING

Floats = NDArray[np.float64]

TODAY = date(2017, 6, 1)
RIDGE = 1e-3
NAMES = (
    "soft", "_DENSE", "_OWN_DENSE", "_FOREIGN_DENSE", "_TYPE", "_HEADING", "_BESIDE",
    "_DOCUMENT_MEANS", "_DOCUMENT_COVERS",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("questions", type=Path, nargs="+")
    options = parser.parse_args()
    lists: list[tuple[Floats, NDArray[np.bool_]]] = []
    for lines, townbook in unseen(lines_of(options.questions), options.home):
        shelf = townbook.shelf()
        documents = {d.source: d for d in shelf.snapshot.documents()}
        for line in lines:
            asked = json.loads(line)
            question = read_question(asked["question"], (), TODAY).question
            if question is None or asked.get("history") or not asked["answers"]:
                continue
            if asked.get("type") in ("list", "compare"):
                continue
            found = gather(question, shelf, EVERYTHING).evidence[:RANKED]
            right = np.array([label_of(e.document, e.span, asked, documents) == 2 for e in found])
            if right.any():
                lists.append((features(question, found), right))
    weights = fit(lists)
    first = np.mean([right[int((x @ weights).argmax())] for x, right in lists])
    print(f"{len(lists)} lists, the first sentence answers {first:.3f}", file=sys.stderr)
    for name, weight in zip(NAMES[1:], weights[1:] / weights[0], strict=True):
        print(f"{name} = {weight:.2f}")


def features(question: Question, found: tuple[Evidence, ...]) -> Floats:
    """One row a sentence, in the order of NAMES."""
    means: dict[str, float] = {}
    covers: dict[str, float] = {}
    for e in found:
        means[e.document.id] = max(means.get(e.document.id, 0.0), e.meaning)
        covers[e.document.id] = max(covers.get(e.document.id, 0.0), e.coverage.soft)
    rows = []
    for e in found:
        foreign = e.document.language != question.language
        rows.append(
            (
                e.coverage.soft,
                e.closeness,
                0.0 if foreign else e.meaning,
                e.meaning if foreign else 0.0,
                e.fits,
                float(e.reading.lines[e.index].heading),
                float(e.beside),
                means[e.document.id],
                covers[e.document.id],
            )
        )
    return np.array(rows, np.float64)


def fit(lists: list[tuple[Floats, NDArray[np.bool_]]]) -> Floats:
    """Listwise softmax (Cao et al. 2007) with a small ridge, by L-BFGS."""

    def loss(weights: Floats) -> tuple[float, Floats]:
        value, slope = RIDGE * float(weights @ weights), 2 * RIDGE * weights
        for x, right in lists:
            scores = x @ weights
            every, good = float(logsumexp(scores)), float(logsumexp(scores[right]))
            value += (every - good) / len(lists)
            pull = np.exp(scores - every)
            pull[right] -= np.exp(scores[right] - good)
            slope = slope + x.T @ pull / len(lists)
        return value, slope

    weights: Floats = minimize(loss, np.zeros(len(NAMES)), jac=True, method="L-BFGS-B").x
    return weights


if __name__ == "__main__":
    main()
