"""The likeliest sentences, read again together with the question by a trained selector.

What words and vectors find is put in a new order, and given a chance that none of it answers.
Knows how a selector's opinion and the sentences' own scores are weighed; refuses to find
sentences. Where there is no selector (another encoder than the default one), all stays as it was.
"""

from __future__ import annotations

import math
from dataclasses import replace

from assistant.evidence import Evidence, Gathered, gather
from assistant.question import Question
from assistant.shelf import Shelf
from index import Candidate, Filters, Selects

# How many sentences there is room to read with a question, and some in reserve for short ones.
_READ = 14
# What a selector's log-odds weigh beside a sentence's own score.
_OPINION = 0.08


def gather_read(question: Question, shelf: Shelf, filters: Filters) -> Gathered:
    """The sentences found for ``question``, read by the encoder's selector where it has one.

    The last few are remembered: several ways of answering ask for the same.
    """
    return shelf.remember(
        (question, filters),
        lambda: reread(question, gather(question, shelf, filters), shelf.selector),
    )


def reread(question: Question, gathered: Gathered, selector: Selects | None) -> Gathered:
    """``gathered`` in the order that the selector's reading gives, with ``none`` said."""
    if selector is None or not gathered.evidence:
        return gathered
    read = gathered.evidence[:_READ]
    selection = selector.select(question.search_text, [_candidate(e) for e in read])
    # Rounded: the last bits depend on the processor.
    known = [round(score, 3) for score in selection.scores if score is not None]
    none = round(selection.none, 3)
    total, least = _logsumexp([none, *known]), min(known, default=0.0)
    # Those that were not read stay where they are, as if they were the least likely one.
    judged = [
        replace(e, chance=math.exp(round(score, 3) - total), score=e.score + _gain(score, least))
        if score is not None
        else e
        for e, score in zip(read, selection.scores, strict=True)
    ]
    judged.sort(key=lambda e: (-round(e.score, 6), e.document.source, e.index))
    rest = gathered.evidence[_READ:]
    return replace(gathered, evidence=(*judged, *rest), none=none - _logsumexp(known))


def _gain(score: float, least: float) -> float:
    return _OPINION * (round(score, 3) - least)


def _candidate(evidence: Evidence) -> Candidate:
    document = evidence.document
    return Candidate(document.id, document.title, evidence.index, evidence.text)


def _logsumexp(values: list[float]) -> float:
    most = max(values)
    return most + math.log(sum(math.exp(v - most) for v in values))
