"""Reciprocal rank fusion: several rankings of the same passages as one.

Ranks are fused, not scores, because cosines and BM25 have no common scale. After Cormack,
Clarke and Büttcher, "Reciprocal rank fusion outperforms Condorcet and individual rank
learning methods", SIGIR 2009.
"""

from __future__ import annotations

from collections.abc import Sequence

# The paper's constant of 60 suits dozens of systems of like quality. With two rankings it puts
# a passage that both hold at the 40th place above one that either holds at the first.
# Measured: evidence in the first ten, 95 development questions, e5-small and BM25, dense alone
# .783; constant 60 .709, 10 .775; 10 with half the weight for BM25 .783. On the other 95
# questions, which chose nothing: dense alone .782, so fused .801.
_K = 10


def reciprocal_ranks(
    rankings: Sequence[Sequence[int]], weights: Sequence[float], k: int
) -> list[tuple[int, float]]:
    """The k best (row, score): score is the sum of weight / (10 + rank), ties by smaller row."""
    scores: dict[int, float] = {}
    for ranking, weight in zip(rankings, weights, strict=True):
        for rank, row in enumerate(ranking, start=1):
            scores[row] = scores.get(row, 0.0) + weight / (_K + rank)
    return sorted(scores.items(), key=lambda hit: (-hit[1], hit[0]))[: max(k, 0)]
