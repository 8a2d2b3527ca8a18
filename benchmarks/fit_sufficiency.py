"""Fits the weights of assistant/sufficiency.py and prints them with their cross-validation.

    PYTHONPATH=. python benchmarks/fit_sufficiency.py --home HOME QUESTIONS.jsonl

HOME is indexed with the articles that QUESTIONS are about. Examples are sentences chosen for a
question: positive when they hold every expected fact, negative when they do not, when the
question has no answer, and when the sentences that answer it were hidden first (a question
whose premise is right but whose answer is not there).
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant import Turn
from assistant.answering.facts import choose
from assistant.answering.places import place_of
from assistant.conversation import stand_alone
from assistant.evidence import Evidence, gather
from assistant.question import understand
from assistant.service import Townbook
from assistant.settings import Settings
from assistant.sufficiency import features, hard_shortfall
from index import EVERYTHING

Floats = NDArray[np.float64]

FOLDS = 10
RIDGE = 1.0
# Real questions without an answer are few and are what counts; hidden answers are a stand-in.
UNANSWERABLE = 3.0
HIDDEN = 0.5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("questions", type=Path)
    options = parser.parse_args()
    lines = options.questions.read_text(encoding="utf-8").splitlines()
    townbook = Townbook(Settings(home=options.home))
    rows: list[tuple[int, tuple[float, ...], bool, float]] = []
    for number, line in enumerate(lines):
        question = json.loads(line)
        for values, holds in examples(townbook, question):
            counts = 1.0 if holds else HIDDEN if question["expected"] else UNANSWERABLE
            rows.append((number, values, holds, counts))
    group = np.array([r[0] for r in rows])
    x = np.array([r[1] for r in rows])
    y = np.array([float(r[2]) for r in rows])
    print(f"{len(y)} examples, {int(y.sum())} positive", file=sys.stderr)
    weight = np.array([r[3] for r in rows])
    scores = np.zeros(len(y))
    for fold in range(FOLDS):
        held = group % FOLDS == fold
        weights = fit(x[~held], y[~held], weight[~held])
        scores[held] = predict(weights, x[held])
    print(f"cross-validated AUC {auc(scores, y):.3f}", file=sys.stderr)
    for at in (0.3, 0.4, 0.5, 0.6, 0.7):
        kept = scores >= at
        print(
            f"at {at}: answers {kept[y == 1].mean():.2f} of the positive,"
            f" refuses {(~kept[y == 0]).mean():.2f} of the negative",
            file=sys.stderr,
        )
    weights = fit(x, y, weight)
    print("WEIGHTS =", tuple(round(float(w), 3) for w in weights[:-1]))
    print("BIAS =", round(float(weights[-1]), 3))


def examples(
    townbook: Townbook, question: dict[str, Any]
) -> Iterator[tuple[tuple[float, ...], bool]]:
    """The examples one question gives: as it stands, and with its evidence hidden."""
    history = [Turn(t["role"], t["content"]) for t in question.get("history") or []]
    standalone, carried = stand_alone(question["question"], history)
    understood = understand(question["question"] if carried else standalone, carried=carried)
    if understood.kind in {"list", "compare"} or question["type"] in {"list", "compare"}:
        return
    shelf = townbook.shelf()
    gathered = gather(understood, shelf, EVERYTHING)
    hidden = tuple(e for e in gathered.evidence if not _is_gold(e, question))
    views = [gathered]
    if question["expected"] and len(hidden) < len(gathered.evidence):
        views.append(replace(gathered, evidence=hidden))
    for view in views:
        seen: set[str] = set()
        for best in view.evidence[:4]:
            if best.document.id in seen:
                continue
            seen.add(best.document.id)
            chosen = choose(understood, best, view, shelf)
            if hard_shortfall(understood, chosen, view):
                continue
            place = place_of(best, shelf)
            yield features(understood, chosen, view), _holds(chosen, place, question)
            break


def _is_gold(evidence: Evidence, question: dict[str, Any]) -> bool:
    text = plain(evidence.text)
    if any(holds_fact(text, fact, question) for fact in question["expected"]):
        return evidence.document.source in question["docs"]
    return any(
        evidence.document.source == gold["doc"] and text and text in plain(gold["text"])
        for gold in question.get("evidence", [])
    )


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
