"""One measurement: every question asked and searched once, then scored.

Knows the order of things and the clock. What is measured is handed in: anything that asks and
searches, and anything that gives an article's text.
"""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from assistant import Answer, Turn
from assistant.evaluation.answers import (
    Article,
    Language,
    Row,
    by_language,
    score,
    summary,
)
from assistant.evaluation.intervals import intervals
from assistant.evaluation.matching import file_name, normal
from assistant.evaluation.questions import Question
from assistant.evaluation.ranking import documents, finds_evidence, ndcg, recall
from corpus import Document
from index import Hit

K = 10
DEPTH = 50  # passages searched, so that ten documents are there when each has several passages


class Measured(Protocol):
    """What is measured."""

    def ask(
        self,
        question: str,
        *,
        id: str | None = None,
        history: Sequence[Turn] = (),
        today: date | None = None,
    ) -> Answer:
        """One answer."""

    def search(self, query: str, k: int = 10) -> Sequence[Hit]:
        """At most ``k`` passages, best first."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The rows behind the answers' scores, the ranking's scores, and seconds an answer took."""

    rows: tuple[Row, ...]
    ranking: Mapping[str, float | None]
    seconds: tuple[float, ...]

    def to_json(self) -> dict[str, Any]:
        """Ready for json.dumps: means, their intervals, the ranking, seconds, and the rows.

        ``p95`` is the nearest rank: the time that 95 in 100 answers did not exceed.
        """
        ordered = sorted(self.seconds)
        return {
            "total": summary(self.rows),
            "by_language": by_language(self.rows),
            "intervals": intervals(self.rows),
            "ranking": dict(self.ranking),
            "seconds": {
                "total": round(sum(ordered), 3),
                "median": round(statistics.median(ordered), 4),
                "p95": round(ordered[math.ceil(0.95 * len(ordered)) - 1], 4),
            },
            "rows": [row.to_json() for row in self.rows],
        }


def evaluate(
    questions: Sequence[Question],
    measured: Measured,
    article: Article,
    *,
    language: Language = lambda _: None,
    today: date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """Ask and search every question once. ``progress`` gets (done, total) after each.

    A follow-up is searched as the answer understood it: a ranking knows no history.
    """
    answers: dict[str, Answer] = {}
    seconds: list[float] = []
    gains: list[tuple[float, float]] = []
    found: list[bool] = []
    for done, question in enumerate(questions, 1):
        started = time.perf_counter()
        answer = measured.ask(
            question.question, id=question.id, history=question.history, today=today
        )
        seconds.append(time.perf_counter() - started)
        answers[question.id] = replace(answer, id=question.id)
        if question.answerable:
            run = measured.search(answer.standalone or question.question, DEPTH)
            ranked = documents(run)
            gains.append((ndcg(ranked, question.docs, K), recall(ranked, question.docs, K)))
            if question.evidence:
                found.append(finds_evidence(question, run, K))
        if progress:
            progress(done, len(questions))
    ranking = {
        "queries": len(gains),
        f"ndcg@{K}": _mean([gain for gain, _ in gains]),
        f"recall@{K}": _mean([share for _, share in gains]),
        f"evidence@{K}": _mean(found),
    }
    return Evaluation(score(questions, answers, article, language), ranking, tuple(seconds))


def articles_in(folder: Path) -> Article:
    """Articles as the files under ``folder`` hold them, found by file name."""
    paths = {path.name: path for path in sorted(folder.rglob("*")) if path.is_file()}

    @cache
    def article(source: str) -> str | None:
        path = paths.get(file_name(source))
        return normal(path.read_text(encoding="utf-8", errors="replace")) if path else None

    return article


def articles_stored(document: Callable[[str], Document | None]) -> Article:
    """Articles as they are stored, where the files they came from are not at hand."""

    @cache
    def article(source: str) -> str | None:
        found = document(source)
        return normal(found.text) if found else None

    return article


def _mean(values: Sequence[float]) -> float | None:
    return round(statistics.fmean(values), 4) if values else None
