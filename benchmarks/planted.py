"""How many planted errors the claim gate finds, and how many true claims it refuses.

    python -m benchmarks.planted [--articles DIR] [--home DIR] [--half report|tune] [--list]

Claims are sentences of the articles, reworded by rule, and the same with one error each
(``benchmarks.planting``); beside them stand paraphrases and subtle errors written by hand over the
starter articles. Without ``--home``, where the default encoder is kept, meaning is not measured.
``--list`` prints every miss and false alarm, which quotes articles: for the eye, not for a file.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant import Answer
from assistant.gate import judge
from assistant.gate.closeness import by_vectors
from assistant.gate.content import Closeness
from assistant.settings import DEFAULT_MODEL
from benchmarks.planting.handmade import FILES, handmade
from benchmarks.planting.sets import SEED, pairs, split
from benchmarks.run import STARTER
from index.encoders import load_encoder


@dataclass(frozen=True, slots=True)
class Case:
    """One claim, and whether it says what its citations say."""

    kind: str
    language: str
    text: str
    answer: Answer
    true: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case and the gate's reason against it; None where it passed."""

    case: Case
    reason: str | None
    detail: str


def judged(cases: Iterable[Case], closeness: Closeness | None) -> list[Outcome]:
    """What the gate says of each case: refused when any of its sentences is."""
    found = []
    for case in cases:
        verdicts = judge(case.text, case.answer, closeness).sentences
        refused = next((v for v in verdicts if not v.supported), None)
        found.append(
            Outcome(case, refused.reason if refused else None, refused.detail if refused else "")
        )
    return found


def cases_of(articles: Path, half: str, seed: int = SEED) -> list[Case]:
    """The planted claims of one half of ``articles``, each after its twin."""
    return [
        case
        for pair in split(pairs(articles, seed), half)
        for case in (
            Case(pair.kind, pair.language, pair.twin, pair.answer, True),
            Case(pair.kind, pair.language, pair.planted, pair.answer, False),
        )
    ]


def table(outcomes: Sequence[Outcome], by: str) -> str:
    """Recall and false alarms as a Markdown table, a row for each value of ``by``."""
    counts: Counter[tuple[str, bool, bool]] = Counter()
    for outcome in outcomes:
        for row in (getattr(outcome.case, by), "all"):
            counts[row, outcome.case.true, outcome.reason is not None] += 1
    rows = [*sorted({row for row, _, _ in counts} - {"all"}), "all"]
    lines = [f"| {by} | errors | found | true claims | refused |", "|---|--:|--:|--:|--:|"]
    for row in rows:
        errors = counts[row, False, True] + counts[row, False, False]
        true = counts[row, True, True] + counts[row, True, False]
        found, refused = counts[row, False, True], counts[row, True, True]
        lines.append(
            f"| {row} | {errors} | {_share(found, errors)} | {true} | {_share(refused, true)} |"
        )
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"


def main(argv: Sequence[str]) -> None:
    """Print the tables of one half and of the hand-made sets."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=Path, default=STARTER)
    parser.add_argument("--home", type=Path, help="where the default encoder is kept")
    parser.add_argument("--half", choices=("tune", "report"), default="report")
    parser.add_argument("--list", action="store_true", help="print misses and false alarms")
    options = parser.parse_args(argv)
    closeness = None
    if options.home is not None:
        closeness = by_vectors(load_encoder(DEFAULT_MODEL, options.home).encode_passages)
    sets = {f"Planted by rule, half {options.half!r}": cases_of(options.articles, options.half)}
    for name in FILES:
        sets[f"By hand, {name}"] = [
            Case(kind, answer.language, text, answer, kind == "true")
            for kind, text, answer in handmade(FILES[name])
        ]
    for title, cases in sets.items():
        outcomes = judged(cases, closeness)
        print(f"## {title}\n")
        for by in ("kind", "language"):
            print(table(outcomes, by), end="\n\n")
        if options.list:
            _list(outcomes)


def _list(outcomes: Iterable[Outcome]) -> None:
    for outcome in outcomes:
        case = outcome.case
        if case.true == (outcome.reason is not None):
            told = f"{outcome.reason}: {outcome.detail}" if case.true else f"missed {case.kind}"
            quotes = " / ".join(c.quote for c in case.answer.citations)
            print(f"- {case.language} {told} | {case.text} | {quotes}", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
