"""Fits the weights of assistant/weighing.py for sentences that a selector has read.

    python -m benchmarks.fit_sufficiency --set HOME QUESTIONS.jsonl [QUESTIONS …]
        [--set HOME QUESTIONS …]

Each HOME is indexed with the articles that its QUESTIONS are about, a small one among them: the
best passage of few articles may be far from a question. The questions must be none that the
selector was trained on, or its opinion would be trusted too much. An example is the sentences
chosen for a question: positive when they hold half of the expected facts or more.

What speaks for an answer gets no negative weight, and what speaks against one no positive: fitted
freely, features that go together take weights that cancel out where they usually stand, and turn
a question down whose every word is found.
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
from scipy.optimize import minimize

from assistant import Turn
from assistant.answering.chosen import choose
from assistant.answering.places import place_of
from assistant.asking import read_question
from assistant.evidence import Evidence, gather
from assistant.selecting import reread
from assistant.service import Townbook
from assistant.settings import Settings
from assistant.sufficiency import HARD_CHECKS
from assistant.weighing import read_features
from index import EVERYTHING

Floats = NDArray[np.float64]

FOR = frozenset(
    ["soft", "strict", "closeness", "meaning", "near", "anywhere", "lead", "foreign_near",
     "foreign_meaning", "named_near", "named_anywhere", "identifying_meaning", "focus",
     "likeliest", "likely"]
)  # fmt: skip
AGAINST = frozenset(["absent", "named_absent", "person_absent", "none"])
FAILS = "fails_"

FOLDS = 10
RIDGE = 1.0
# A wrong answer to a question that has none is what a refusal is for.
UNANSWERABLE = 1.5
WRONG = 0.3
ROWS = frozenset({"list", "compare"})
TODAY = date(2017, 6, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", type=Path, nargs="+", action="append", required=True)
    options = parser.parse_args()
    examples = [
        example
        for home, *files in options.set
        for townbook in [Townbook(Settings(home=home))]
        for file in files
        for line in file.read_text(encoding="utf-8").splitlines()
        if (example := example_of(townbook, _asked(line)))
    ]
    names = list(examples[0].values)
    x = np.array([list(e.values.values()) for e in examples])
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
        weights = fit(x[~held], y[~held], weight[~held], names)
        scores[held] = predict(weights, x[held])
    print(f"cross-validated AUC {auc(scores, y):.3f}", file=sys.stderr)
    for at in (0.3, 0.4, 0.5, 0.6, 0.7):
        print(
            f"at {at}: refuses {(scores[able] < at).mean():.3f} of the answerable,"
            f" {(scores[~able] < at).mean():.3f} of the others",
            file=sys.stderr,
        )
    weights = fit(x, y, weight, names)
    plain = weights[:-1] / scale
    bias = weights[-1] - float((plain * shift).sum())
    print("READ_WEIGHTS = {")
    for name, one in zip(names, plain, strict=True):
        if round(float(one), 3):
            print(f'    "{name}": {one:.3f},')
    print("}")
    print("READ_BIAS =", round(float(bias), 3))


@dataclass(frozen=True, slots=True)
class Example:
    """The sentences chosen for one question, and whether they hold half of what it expects."""

    values: dict[str, float]
    holds: bool
    answerable: bool


def _asked(line: str) -> dict[str, Any]:
    """A question as `townbook evaluate` takes it, or of benchmarks/selector."""
    asked: dict[str, Any] = json.loads(line)
    return {"type": "", "expected": asked.get("answers", ())} | asked


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
    failed = {
        name: check(question, chosen, gathered) is not None for name, check in HARD_CHECKS.items()
    }
    values = read_features(question, chosen, gathered, failed)
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


def fit(x: Floats, y: Floats, weight: Floats, names: list[str]) -> Floats:
    """Ridge logistic regression, signed where ``names`` have one; the last weight is the bias."""
    design = np.hstack([x, np.ones((len(x), 1))])

    def loss(weights: Floats) -> tuple[float, Floats]:
        score = design @ weights
        value = float(weight @ (np.logaddexp(0.0, score) - y * score))
        slope = design.T @ (weight * (1 / (1 + np.exp(-score)) - y))
        slope[:-1] += RIDGE * weights[:-1]
        return value + RIDGE / 2 * float(weights[:-1] @ weights[:-1]), slope

    bounds = [*map(_bounds, names), (None, None)]
    found = minimize(loss, np.zeros(len(bounds)), jac=True, method="L-BFGS-B", bounds=bounds)
    weights: Floats = found.x
    return weights


def _bounds(name: str) -> tuple[float | None, float | None]:
    if name in FOR:
        return 0.0, None
    return (None, 0.0) if name in AGAINST or name.startswith(FAILS) else (None, None)


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
