"""Fits the weights of assistant/answering/asked_listing.py: which listing a question asks for.

    python -m benchmarks.fit_listings --home HOME QUESTIONS.jsonl [QUESTIONS …]

HOME is indexed with the articles that the QUESTIONS are about. Those of type list count, as in
benchmarks/selector/lists.jsonl or as for ``evaluate``, and those without an answer that ask for
several things. A listing is right when its members have an F1 of .8 with what is expected, and
left out when it is nearly so. Every fifth question is held out in turn for the figures.
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

from assistant.answering.enumerated import candidates
from assistant.asking import read_question
from assistant.evaluation.matching import normal
from assistant.selecting import gather_read
from assistant.service import Townbook
from assistant.settings import Settings
from benchmarks.signed import Examples, Signs, fit, printed
from index import EVERYTHING

SIGNS = Signs(
    frozenset(
        ["relative", "first", "soft", "meaning", "closeness", "foreign_meaning", "as_many", "led",
         "focus_leads", "towns", "persons"]
    ),
    frozenset(["none", "not_as_many", "in_question", "no_towns", "unknown_towns"]),
)  # fmt: skip
RIGHT, NEARLY = 0.8, 0.3
FIRST = 1.0
WRONG = 2.0  # what all the wrong listings of a question count together
FOLDS = 5
TODAY = date(2017, 6, 1)
TAKEN_AT = (0.2, 0.4)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question's listings: features and F1 of each."""

    rows: tuple[Mapping[str, float], ...]
    f1: tuple[float, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("questions", type=Path, nargs="+")
    options = parser.parse_args()
    townbook = Townbook(Settings(home=options.home))
    lines = [line for path in options.questions for line in path.read_text("utf-8").splitlines()]
    asked = [one for line in lines if (one := asked_of(json.loads(line), townbook)) is not None]
    names = list(asked[0].rows[0])
    chosen: list[tuple[float, float]] = []
    for fold in range(FOLDS):
        kept = [one for i, one in enumerate(asked) if i % FOLDS != fold]
        weights, bias = fit(examples(kept, names), names, SIGNS, first=FIRST)
        for one in asked[fold::FOLDS]:
            scores = [float(np.array([*row.values()]) @ weights) + bias for row in one.rows]
            best = int(np.argmax(scores))
            chosen.append((1 / (1 + np.exp(-scores[best])), one.f1[best]))
    for least in TAKEN_AT:
        f1 = np.mean([f1 if p >= least else 0.0 for p, f1 in chosen])
        print(f"taken at {least}: F1 {f1:.3f} of {len(chosen)} questions held out", file=sys.stderr)
    print(f"the best listing: F1 {np.mean([max(one.f1) for one in asked]):.3f}", file=sys.stderr)
    print(printed(names, *fit(examples(asked, names), names, SIGNS, first=FIRST)))


def asked_of(line: Mapping[str, Any], townbook: Townbook) -> Asked | None:
    """The listings found for one question; None where none is found or it asks for no list."""
    expected = line["expected"] if "expected" in line else line["answers"]
    question = read_question(line["question"], (), TODAY).question
    if question is None or line.get("history") or line.get("type", "list") not in KINDS:
        return None
    if not expected and question.kind != "list" and not question.several:
        return None
    gathered = gather_read(question, townbook.shelf(), EVERYTHING)
    rows, scores = [], []
    for evidence, listing, values in candidates(question, gathered):
        names = [member.name.of(evidence.document.text) for member in listing.members]
        known = evidence.document.source.rsplit("/", 1)[-1] in line["docs"]
        rows.append(values)
        scores.append(f1_of(names, expected, line) if known else 0.0)
    return Asked(tuple(rows), tuple(scores)) if rows else None


KINDS = frozenset({"list", "unanswerable"})


def f1_of(names: Sequence[str], expected: Sequence[str], line: Mapping[str, Any]) -> float:
    """How well ``names`` are the expected items, each in any of its spellings."""
    forms = [[normal(f) for f in (e, *line.get("aliases", {}).get(e, []))] for e in expected]
    plain = [normal(name) for name in names]
    same = [[any(f in name or name in f for f in spelled) for spelled in forms] for name in plain]
    found = sum(any(row[i] for row in same) for i in range(len(forms)))
    right = sum(any(row) for row in same)
    if not found:
        return 0.0
    recall, precision = found / len(forms), right / len(plain)
    return 2 * recall * precision / (recall + precision)


def examples(asked: Sequence[Asked], names: Sequence[str]) -> Examples:
    """All listings that are clearly right or wrong; each question's right ones count as one."""
    x, y, weight, question = [], [], [], []
    for number, one in enumerate(asked):
        clear = [i for i, f1 in enumerate(one.f1) if not NEARLY <= f1 < RIGHT]
        right = sum(one.f1[i] >= RIGHT for i in clear)
        for i in clear:
            x.append([one.rows[i][name] for name in names])
            y.append(float(one.f1[i] >= RIGHT))
            weight.append(1 / right if y[-1] else min(1.0, WRONG / max(1, len(clear) - right)))
            question.append(number)
    return Examples(np.array(x), np.array(y), np.array(weight), np.array(question))


if __name__ == "__main__":
    main()
