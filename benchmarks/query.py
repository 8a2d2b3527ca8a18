"""What a warm query and a warm question cost, and what is found.

    python -m benchmarks.query [--articles DIR] [--questions FILE]

Every query is new to the process once a round: vectors of earlier questions are forgotten before
each round, documents that were read stay read. Without --questions the openings of the indexed
documents are the queries, and nothing is scored.
"""

from __future__ import annotations

import math
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant import Turn
from assistant.conversation import stand_alone
from assistant.evaluation.questions import Question, read_questions
from assistant.evaluation.ranking import documents, finds_evidence, ndcg, recall
from assistant.jsonlines import parse
from assistant.service import Townbook
from assistant.settings import Settings
from benchmarks.homes import MODELS, home_of, options
from benchmarks.results import Row, Table, write

ROUNDS = 5
K = 10
DEPTH = 50


def main(argv: Sequence[str]) -> None:
    """Measure searching with each packaged model, and asking with the default one."""
    chosen = options(argv, __doc__)
    rows: list[Row] = []
    for model in MODELS:
        home = home_of(chosen.articles, chosen.homes, model)
        townbook = Townbook(Settings(home=home, model=model))
        questions = _questions(chosen.questions)
        queries = [
            (stand_alone(q.question, list(q.history)).text, q.history) for q in questions
        ] or [(document.title, ()) for document in townbook.shelf().snapshot.documents()]
        rows.append(
            (
                model,
                "search",
                *_costs(townbook, queries, _search, ROUNDS),
                *_quality(townbook, questions),
            )
        )
        print(rows[-1], file=sys.stderr, flush=True)
        if model == MODELS[0]:
            asked = [(q.question, q.history) for q in questions] or queries
            rows.append((model, "answer", *_costs(townbook, asked, _ask, 1), *([None] * 4)))
            print(rows[-1], file=sys.stderr, flush=True)
        townbook.close()
    table = Table(
        "Queries",
        f"Warm, query encoding included; medians and percentiles over all queries of {ROUNDS}"
        f" rounds of searching and one of answering. Evidence@{K}: the share of answerable"
        f" questions with gold evidence among the first {K} passages; follow-ups are searched as"
        " they stand alone.",
        (
            *("model", "work", "queries", "CPU p50 ms", "CPU p95 ms", "wall p50 ms"),
            *("wall p95 ms", "scored", f"evidence@{K}", f"nDCG@{K}", f"recall@{K}"),
        ),
        tuple(rows),
    )
    write("query", "python -m benchmarks.query --articles ARTICLES --questions QUESTIONS", [table])


Query = tuple[str, tuple[Turn, ...]]


def _search(townbook: Townbook, query: Query) -> None:
    townbook.search(query[0], K)


def _ask(townbook: Townbook, query: Query) -> None:
    townbook.ask(query[0], history=query[1])


def _costs(
    townbook: Townbook,
    queries: Sequence[Query],
    work: Callable[[Townbook, Query], None],
    rounds: int,
) -> tuple[int, float, float, float, float]:
    """Number of queries, and milliseconds: CPU p50 and p95, wall p50 and p95."""
    cpu: list[float] = []
    wall: list[float] = []
    for query in queries:
        work(townbook, query)
    for _round in range(rounds):
        townbook.shelf().forget_vectors()
        for query in queries:
            at, spent = time.perf_counter(), time.process_time()
            work(townbook, query)
            cpu.append(time.process_time() - spent)
            wall.append(time.perf_counter() - at)
    cpu_median, cpu_high = _percentiles(cpu)
    wall_median, wall_high = _percentiles(wall)
    return len(queries), cpu_median, cpu_high, wall_median, wall_high


def _percentiles(seconds: Sequence[float]) -> tuple[float, float]:
    """p50 and p95 (nearest rank), in milliseconds."""
    ordered = sorted(1000 * taken for taken in seconds)
    return statistics.median(ordered), ordered[math.ceil(0.95 * len(ordered)) - 1]


def _quality(
    townbook: Townbook, questions: Sequence[Question]
) -> tuple[int | None, float | None, float | None, float | None]:
    answerable = [q for q in questions if q.answerable]
    if not answerable:
        return None, None, None, None
    runs = [
        townbook.search(stand_alone(q.question, list(q.history)).text, DEPTH) for q in answerable
    ]
    found = [finds_evidence(q, run, K) for q, run in zip(answerable, runs, strict=True)]
    ranked = [documents(run) for run in runs]
    return (
        len(answerable),
        statistics.fmean(found),
        statistics.fmean(ndcg(r, q.docs, K) for q, r in zip(answerable, ranked, strict=True)),
        statistics.fmean(recall(r, q.docs, K) for q, r in zip(answerable, ranked, strict=True)),
    )


def _questions(path: Path | None) -> list[Question]:
    if path is None:
        return []
    with open(path, "rb") as file:
        return list(read_questions(parse(file, path.name)))


if __name__ == "__main__":
    main(sys.argv[1:])
