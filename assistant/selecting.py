"""The likeliest sentences, read again together with the question by a trained selector.

What words and vectors find is put in a new order, and given a chance that none of it answers.
Knows how a selector's opinion and the sentences' own scores are weighed; refuses to find
sentences. Where there is no selector (another encoder than the default one), all stays as it was.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.evidence import Evidence, Gathered, gather
from assistant.question import Question
from assistant.ranking import ranked
from assistant.shelf import Shelf
from index import Candidate, Filters, Selects

# How many sentences there is room to read with a question, and some in reserve for short ones.
_READ = 14
# Where the first reading is neither sure that an answer is there nor that there is none, so many
# in all, of any document. It gave the check set .852 of the evidence for .847 where further
# readings kept to the likeliest document, and .91 of the citations in the right one for .94.
_READINGS = 3
_LIKELIEST = 80  # sentences from which those are taken
_SURE, _HOPELESS = -1.0, 2.5  # log-odds that nothing read answers
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
    evidence = ranked(question, gathered.evidence)
    odds = _read(question.search_text, evidence[:_LIKELIEST], selector)
    if not odds:
        return gathered
    total, least = _logsumexp([0.0, *odds.values()]), min(odds.values())
    # Those that were not read stay where they are, as if they were the least likely one.
    judged = [
        replace(e, chance=math.exp(odds[i] - total), score=e.score + _gain(odds[i], least))
        if i in odds
        else e
        for i, e in enumerate(evidence[:_LIKELIEST])
    ]
    judged.sort(key=lambda e: (-round(e.score, 6), e.document.source, e.index))
    rest = evidence[_LIKELIEST:]
    return replace(gathered, evidence=(*judged, *rest), none=_none(odds))


def _read(text: str, evidence: Sequence[Evidence], selector: Selects) -> dict[int, float]:
    """For each sentence read, its place in ``evidence`` and its log-odds against "none of these".

    After the first reading, the likeliest sentence is read again each time, which puts all
    readings on one scale.
    """
    odds: dict[int, float] = {}
    for _ in range(_READINGS):
        known = sorted(odds, key=lambda place: (-odds[place], place))[:1]
        unread = [place for place in range(len(evidence)) if place not in odds]
        if not unread:
            break
        places = [*known, *unread[:_READ]]
        selection = selector.select(text, [_candidate(evidence[place]) for place in places])
        read = {
            place: score - selection.none
            for place, score in zip(places, selection.scores, strict=True)
            if score is not None
        }
        shift = sum(odds[place] - read[place] for place in known if place in read)
        # Rounded: the last bits depend on the processor.
        odds = {place: round(odd + shift, 3) for place, odd in read.items()} | odds
        if not odds or not _SURE <= _none(odds) <= _HOPELESS:
            break
    return odds


def _none(odds: Mapping[int, float]) -> float:
    """The log-odds that none of the sentences read answers."""
    return -_logsumexp([*odds.values()])


def _gain(odds: float, least: float) -> float:
    return _OPINION * (odds - least)


def _candidate(evidence: Evidence) -> Candidate:
    document = evidence.document
    return Candidate(document.id, document.title, evidence.index, evidence.text)


def _logsumexp(values: Sequence[float]) -> float:
    most = max(values)
    return most + math.log(sum(math.exp(v - most) for v in values))
