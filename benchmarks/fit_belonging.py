"""Fits the weights of assistant/answering/belonging.py: which documents belong to a list.

    python -m benchmarks.fit_belonging --home HOME QUESTIONS.jsonl [QUESTIONS …]

HOME is indexed with the articles that the QUESTIONS (as for ``evaluate``, or concepts.jsonl of
``benchmarks/selector`` without the half that is held out) are about. Those count that ask for a
list over several articles and that records do not answer, and lists asked for that no article has:
what belongs to a list does not depend on how its question is put, so those that are not taken for
questions for a list count as well, if they have an answer. Every tenth question is held out in
turn for the figures.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from assistant.answering import draft_by_way
from assistant.answering.belonging import candidates
from assistant.answering.scanned import alternatives, pool
from assistant.asking import read_question
from assistant.service import Townbook
from assistant.settings import Settings
from benchmarks.signed import Examples, Floats, Signs, fit, printed
from index import EVERYTHING

SIGNS = Signs(
    frozenset(
        ["own", "own_often", "alone", "alone_often", "lead", "strict", "soft", "often", "phrase",
         "own_behind", "alone_behind", "soft_behind", "best_soft"]
    ),
    frozenset(["no_phrase"]),
)  # fmt: skip
BY_RECORDS = frozenset(
    {"answer_from_records", "list_events", "answer_when_or_where", "answer_superlative"}
)
# What a question's documents count together: those that belong, the others, and all of a list
# that no article has.
BELONG, OTHERS, NOTHING = 3.0, 10.0, 3.0
TODAY = date(2017, 6, 1)
FOLDS = 10
# A first fit, over 19 lists that ask in an article's own words. The new weights are moved so far
# towards it, or what decides such lists, words, would count for nothing among the others.
TOWARDS_BEFORE = 0.3
BEFORE: Mapping[str, float] = {
    "own": 0.433,
    "alone": 1.94,
    "alone_often": 2.002,
    "lead": 5.458,
    "strict": 2.538,
    "soft": 1.535,
    "foreign": 0.973,
    "collection": 1.189,
    "own_behind": 0.666,
    "soft_behind": 0.243,
    "best_soft": 0.843,
    "peak": 0.659,
}
BIAS_BEFORE = -9.144
TAKEN_AT = (0.5, 0.6, 0.65, 0.7, 0.8)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question's documents: features of each, and whether it belongs."""

    rows: tuple[Mapping[str, float], ...]
    belongs: tuple[bool, ...]
    expected: int  # how many belong, found or not


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("questions", type=Path, nargs="+")
    options = parser.parse_args()
    townbook = Townbook(Settings(home=options.home))
    lines = [line for path in options.questions for line in path.read_text("utf-8").splitlines()]
    asked = [one for line in lines if (one := asked_of(json.loads(line), townbook)) is not None]
    names = list(asked[0].rows[0])
    held = []
    for fold in range(FOLDS):
        others = [one for place, one in enumerate(asked) if place % FOLDS != fold]
        weights, bias = moved(names, *fit(examples(others, names), names, SIGNS))
        for one in asked[fold::FOLDS]:
            score = np.array([[row[name] for name in names] for row in one.rows]) @ weights + bias
            held.append((one, 1 / (1 + np.exp(-score))))
    for least in TAKEN_AT:
        f1 = [f1_of(one, [bool(x >= least) for x in p]) for one, p in held if one.expected]
        print(f"taken at {least}: F1 {np.mean(f1):.3f} of {len(f1)} held out", file=sys.stderr)
    print(printed(names, *moved(names, *fit(examples(asked, names), names, SIGNS))))


def moved(names: Sequence[str], weights: Floats, bias: float) -> tuple[Floats, float]:
    """What was fitted, moved towards the first fit."""
    before = np.array([BEFORE.get(name, 0.0) for name in names])
    share = TOWARDS_BEFORE
    return (1 - share) * weights + share * before, (1 - share) * bias + share * BIAS_BEFORE


def asked_of(line: Mapping[str, Any], townbook: Townbook) -> Asked | None:
    """The documents looked at for one question; None where something else decides it."""
    question = read_question(line["question"], (), TODAY).question
    if question is None or line.get("history") or line.get("half") == "held":
        return None
    if question.bounds or question.period or question.excluding:
        return None
    asks_for_list = question.kind == "list" or question.general
    if line["type"] == "unanswerable" and not asks_for_list:
        return None
    docs = set(line["docs"]) if line.get("expected", line.get("answers")) else set()
    if line["type"] not in {"list", "unanswerable"} or len(docs) == 1:
        return None
    shelf = townbook.shelf()
    concepts = [concept for concept in alternatives(question) if concept]
    if not concepts or draft_by_way(question, shelf, EVERYTHING)[0] in BY_RECORDS:
        return None
    found = candidates(question, concepts, pool(question, shelf), shelf, EVERYTHING)
    names = [one.reading.document.source.rsplit("/", 1)[-1] for one in found]
    return Asked(tuple(c.values for c in found), tuple(n in docs for n in names), len(docs))


def f1_of(asked: Asked, taken: Sequence[bool]) -> float:
    """F1 of the documents taken."""
    right = sum(a and b for a, b in zip(asked.belongs, taken, strict=True))
    return 2 * right / (sum(taken) + asked.expected)


def examples(asked: Sequence[Asked], names: Sequence[str]) -> Examples:
    """All documents of all questions, every question counting alike."""
    x, y, weight, question = [], [], [], []
    for number, one in enumerate(asked):
        belong = sum(one.belongs)
        others = (OTHERS if one.expected else NOTHING) / max(1, len(one.rows) - belong)
        for row, belongs in zip(one.rows, one.belongs, strict=True):
            x.append([row[name] for name in names])
            y.append(float(belongs))
            weight.append(BELONG / belong if belongs else others)
            question.append(number)
    return Examples(np.array(x), np.array(y), np.array(weight), np.array(question))


if __name__ == "__main__":
    main()
