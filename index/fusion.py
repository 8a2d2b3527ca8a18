"""Reciprocal rank fusion: several rankings of the same passages as one.

Ranks are fused, not scores, because cosines and BM25 have no common scale. After Cormack,
Clarke and Büttcher, "Reciprocal rank fusion outperforms Condorcet and individual rank
learning methods", SIGIR 2009, whose constant of 60 is kept.
"""

from __future__ import annotations

from collections.abc import Sequence

_K = 60


def reciprocal_ranks(rankings: Sequence[Sequence[int]], k: int) -> list[tuple[int, float]]:
    """The k best (row, score): score is the sum of 1 / (60 + rank), ties by the smaller row."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, row in enumerate(ranking, start=1):
            scores[row] = scores.get(row, 0.0) + 1.0 / (_K + rank)
    return sorted(scores.items(), key=lambda hit: (-hit[1], hit[0]))[: max(k, 0)]
