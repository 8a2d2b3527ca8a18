"""Fits the weights of assistant/weighing.py for sentences that a selector has read.

    PYTHONPATH=. python benchmarks/fit_sufficiency.py --home HOME QUESTIONS.jsonl [QUESTIONS …]

HOME is indexed with the articles that QUESTIONS are about; they must be none that the selector
was trained on, or its opinion would be trusted too much. An example is the sentences chosen for
a question: positive when they hold half of the expected facts or more.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant import Turn
from assistant.answering.chosen import choose
from assistant.answering.places import place_of
from assistant.asking import read_question
from assistant.evidence import Evidence, gather
from assistant.selecting import reread
from assistant.service import Townbook
from assistant.settings import Settings
from assistant.sufficiency import HARD_CHECKS
from assistant.weighing import features, read_features
from index import EVERYTHING

Floats = NDArray[np.float64]

FOLDS = 10
RIDGE = 1.0
# A wrong answer to a question that has none is what a refusal is for.
UNANSWERABLE = 1.5
WRONG = 0.3
ROWS = frozenset({"list", "compare"})
TODAY = date(2017, 6, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("questions", type=Path, nargs="+")
    options = parser.parse_args()
    townbook = Townbook(Settings(home=options.home))
    examples = [
        example
        for file in options.questions
        for line in file.read_text(encoding="utf-8").splitlines()
        if (example := example_of(townbook, json.loads(line)))
    ]
    x = np.array([e.values for e in examples])
    y = np.array([float(e.holds) for e in examples])
    able = np.array([e.answerable for e in examples])
    weight = np.where(y == 1, 1.0, np.where(able, WRONG, UNANSWERABLE))
    print(f"{len(y)} examples, {int(y.sum())} that answer", file=sys.stderr)
    shift, scale = x.mean(axis=0), x.std(axis=0) + 1e-6
    x = (x - shift) / scale
    chance = np.random.default_rng(0).integers(0, FOLDS, len(y))
    scores = np.zeros(len(y))
    for fold in range(FOLDS):
        held = chance == fold
        weights = fit(x[~held], y[~held], weight[~held])
        scores[held] = predict(weights, x[held])
    print(f"cross-validated AUC {auc(scores, y):.3f}", file=sys.stderr)
    for at in (0.3, 0.4, 0.5, 0.6, 0.7):
        print(
            f"at {at}: refuses {(scores[able] < at).mean():.3f} of the answerable,"
            f" {(scores[~able] < at).mean():.3f} of the others",
            file=sys.stderr,
        )
    weights = fit(x, y, weight)
    plain = weights[:-1] / scale
    bias = weights[-1] - float((plain * shift).sum())
    print("READ_WEIGHTS =", tuple(round(float(w), 4) for w in plain))
    print("READ_BIAS =", round(float(bias), 4))


@dataclass(frozen=True, slots=True)
class Example:
    """The sentences chosen for one question, and whether they hold half of what it expects."""

    values: tuple[float, ...]
    holds: bool
    answerable: bool


def example_of(townbook: Townbook, asked: dict[str, Any]) -> Example | None:
    """The example one question gives; None for lists and comparisons, which are judged by rows."""
    history = [Turn(turn["role"], turn["content"]) for turn in asked.get("history") or []]
    question = read_question(asked["question"], history, TODAY).question
    if question is None or question.kind in ROWS or asked["type"] in ROWS:
        return None
    shelf = townbook.shelf()
    gathered = reread(question, gather(question, shelf, EVERYTHING), shelf.selector)
    if gathered.best is None:
        return None
    chosen = choose(question, gathered.best, gathered, shelf)
    failed = [check(question, chosen, gathered) is not None for check in HARD_CHECKS.values()]
    values = read_features(features(question, chosen, gathered), chosen, gathered, failed)
    place = place_of(gathered.best, shelf)
    return Example(values, _holds(chosen, place, asked), bool(asked["expected"]))


def _holds(
    chosen: tuple[Evidence, ...], place: tuple[str, Any] | None, question: dict[str, Any]
) -> bool:
    if not question["expected"] or chosen[0].document.source not in question["docs"]:
        return False
    text = plain(" ".join([*(e.text for e in chosen), place[0] if place else ""]))
    found = sum(holds_fact(text, fact, question) for fact in question["expected"])
    return found * 2 >= len(question["expected"])


def holds_fact(text: str, fact: str, question: dict[str, Any]) -> bool:
    """Whether ``text`` (plain) holds ``fact`` in one of its accepted spellings."""
    forms = [fact, *question.get("aliases", {}).get(fact, [])]
    return any(re.search(rf"(?<!\w){re.escape(plain(form))}(?!\w)", text) for form in forms)


def plain(text: str) -> str:
    """Casefolded, one space between words, digit groups joined."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("–", "-")
    text = re.sub(r"(?<=\d)[ .,](?=\d{3}\b)", "", text)
    return re.sub(r"\s+", " ", text).strip()


def fit(x: Floats, y: Floats, weight: Floats) -> Floats:
    """Ridge logistic regression by Newton's method; the last weight is the bias."""
    design = np.hstack([x, np.ones((len(x), 1))])
    weights: Floats = np.zeros(design.shape[1])
    ridge = RIDGE * np.eye(design.shape[1])
    ridge[-1, -1] = 0.0
    for _ in range(60):
        p = 1 / (1 + np.exp(-design @ weights))
        gradient = design.T @ (weight * (p - y)) + ridge @ weights
        curvature = (design * (weight * p * (1 - p))[:, None]).T @ design + ridge
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def predict(weights: Floats, x: Floats) -> Floats:
    """Probabilities for the rows of ``x``."""
    design = np.hstack([x, np.ones((len(x), 1))])
    probabilities: Floats = 1 / (1 + np.exp(-design @ weights))
    return probabilities


def auc(scores: Floats, y: Floats) -> float:
    """Area under the ROC curve: the chance that a positive scores above a negative."""
    positive, negative = scores[y == 1], scores[y == 0]
    wins = (positive[:, None] > negative[None, :]).mean()
    ties = (positive[:, None] == negative[None, :]).mean()
    return float(wins + ties / 2)


if __name__ == "__main__":
    main()
