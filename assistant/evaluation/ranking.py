"""Scores of a ranking against qrels: nDCG@k and recall@k over documents, and over evidence.

A run is a list of hits, best first; a document counts where its first passage stands. Only
questions with an answer in the corpus are scored: the others have no relevant document.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from assistant.evaluation.matching import file_name, overlaps
from assistant.evaluation.questions import Question
from index import Hit


def ndcg(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """nDCG@k with relevance 0 or 1 (Järvelin and Kekäläinen 2002), as trec_eval computes it."""
    if not relevant:
        return 0.0
    gain = sum(1 / math.log2(rank + 1) for rank, d in enumerate(ranked[:k], 1) if d in relevant)
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(k, len(relevant)) + 1))
    return gain / ideal


def recall(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Share of the relevant documents among the first k."""
    return len(set(ranked[:k]) & set(relevant)) / len(relevant) if relevant else 0.0


def documents(run: Sequence[Hit]) -> tuple[str, ...]:
    """The file names of a run, best first, each once."""
    return tuple(dict.fromkeys(file_name(hit.document.source) for hit in run))


def finds_evidence(question: Question, run: Sequence[Hit], k: int) -> bool:
    """Whether one of the first k passages overlaps known evidence in the right article."""
    return any(
        file_name(hit.document.source) == known.doc and overlaps(hit.text, known.text)
        for hit in run[:k]
        for known in question.evidence
    )
