"""How likely a document belongs to a list that a concept decides: what is known of it, weighed.

A logistic model over how close its sentences come in meaning, to the question and to its concept
alone, and how much of the concept its words hold, both absolutely and beside the best document.
The weights are data, fitted by ``benchmarks/fit_belonging.py``; refuses to write rows.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.matching import Coverage, Reading, TermKeys, cover, keys_for, phrase_stands, weights
from assistant.question import Question, Term
from assistant.shelf import Closeness, Shelf
from corpus import Document
from index import Filters

Floats = NDArray[np.float64]

# So few words are one notion ("repair café"): they must stand together.
PHRASE_TERMS = 2
# Documents looked at for their words: the closest in meaning, and those that hold the words.
_CLOSEST = 120
_HOLDING = 150
_LEADING_LINES = 6
_OFTEN = 3

FEATURES = frozenset(
    ["own", "own_often", "alone", "alone_often", "lead", "strict", "soft", "often", "foreign",
     "phrase", "no_phrase", "collection", "own_behind", "alone_behind", "soft_behind", "best_soft",
     "peak"]
)  # fmt: skip
WEIGHTS: Mapping[str, float] = {
    "own": 3.472,
    "own_often": 0.227,
    "alone": 0.942,
    "alone_often": 0.601,
    "lead": 2.168,
    "strict": 0.761,
    "soft": 1.523,
    "foreign": 0.983,
    "collection": 0.695,
    "own_behind": 0.966,
    "alone_behind": 0.626,
    "soft_behind": 0.804,
    "best_soft": 0.384,
    "peak": 4.611,
}
BIAS = -8.186


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document, what is known of it, and how well each of its lines shows that it belongs."""

    reading: Reading
    values: Mapping[str, float]
    shown: Floats  # by line; headings are at -inf

    @property
    def probability(self) -> float:
        """That the document belongs to the list."""
        total = BIAS + sum(weight * self.values[name] for name, weight in WEIGHTS.items())
        return 1.0 / (1.0 + math.exp(-total))


def candidates(
    question: Question,
    concepts: Sequence[tuple[Term, ...]],
    documents: Iterable[Document],
    shelf: Shelf,
    filters: Filters,
) -> list[Candidate]:
    """Those of ``documents`` that may hold one of ``concepts``, in the order given."""
    whole = [term for concept in concepts for term in concept]
    vector = shelf.query_vector(question.search_text)
    scale = shelf.closeness(vector, filters)
    alone = shelf.query_vector(" ".join(term.text for term in whole) or question.search_text)
    alone_scale = shelf.closeness(alone, filters)
    meanings: list[tuple[Document, Floats, Floats]] = []
    for document in documents:
        own = scale.stretched(np.round(shelf.sentence_cosines(document, vector), 4))
        if len(own):
            other = alone_scale.stretched(np.round(shelf.sentence_cosines(document, alone), 4))
            meanings.append((document, own, other))
    words = " ".join(term.text for term in whole)
    holding = {
        hit.document.id
        for hit in shelf.snapshot.lexical(words, question.language, _HOLDING, filters)
    }
    near = sorted(meanings, key=lambda m: -float(m[1].max() + m[2].max()))[:_CLOSEST]
    closest = {document.id for document, _, _ in near}
    looked_at = [m for m in meanings if m[0].id in closest | holding]
    found = [_seen(question, concepts, *m, shelf) for m in looked_at]
    return _beside_the_best([one for one in found if one is not None], question, scale)


def _seen(
    question: Question,
    concepts: Sequence[tuple[Term, ...]],
    document: Document,
    own: Floats,
    alone: Floats,
    shelf: Shelf,
) -> Candidate | None:
    reading = shelf.reading(document)
    body = [i for i, line in enumerate(reading.lines) if not line.heading]
    if not body:
        return None
    places = [line.place for line in reading.lines]
    own, alone = own[places], alone[places]
    covered, stands = _covered(question, concepts, reading, shelf)
    strict = np.array([coverage.strict for coverage in covered])
    soft = np.array([coverage.soft for coverage in covered])
    few = float(min(len(concept) for concept in concepts) <= PHRASE_TERMS)
    lead = [i for i in body if i < _LEADING_LINES] or body[:1]
    values = {
        "own": float(own[body].max()),
        "own_often": _mean_of_best(own[body]),
        "alone": float(alone[body].max()),
        "alone_often": _mean_of_best(alone[body]),
        "lead": float(own[lead].max()),
        "strict": float(strict[body].max()),
        "soft": float(soft[body].max()),
        "often": min(1.0, float((strict[body] >= 0.6).sum()) / _OFTEN),
        "foreign": float(document.language != question.language),
        "phrase": few * float(stands[body].max()),
        "no_phrase": few * (1.0 - float(stands[body].max())),
        "collection": float(question.collection is not None),
    }
    shown = strict + 0.5 * soft + 0.5 * own + 0.5 * alone + few * stands
    shown[[i for i, line in enumerate(reading.lines) if line.heading]] = -np.inf
    return Candidate(reading, values, shown)


def _covered(
    question: Question, concepts: Sequence[tuple[Term, ...]], reading: Reading, shelf: Shelf
) -> tuple[list[Coverage], Floats]:
    """For each line the coverage of the concept it covers best, and whether that stands as one."""
    text, language = reading.document.text, reading.document.language
    best: list[Coverage] | None = None
    stands = np.zeros(len(reading.lines))
    for concept in concepts:
        narrowed = replace(question, terms=concept, text=" ".join(t.text for t in concept))
        keys: tuple[TermKeys, ...] = keys_for(narrowed, language)
        weight = weights(narrowed, shelf.frequency(narrowed), shelf.snapshot.passage_count)
        covered = cover(reading, keys, weight)
        if len(concept) <= PHRASE_TERMS:
            for i, line in enumerate(reading.lines):
                if covered[i].strict and phrase_stands(line.span.of(text), language, keys):
                    stands[i] = 1.0
        best = (
            covered
            if best is None
            else [max(a, b, key=lambda c: c.soft) for a, b in zip(best, covered, strict=True)]
        )
    return best or [], stands


def _beside_the_best(
    found: list[Candidate], question: Question, scale: Closeness
) -> list[Candidate]:
    """``found`` with how far each is from the best of them."""
    if not found:
        return []
    most = {name: max(c.values[name] for c in found) for name in ("own", "alone", "soft")}
    return [
        replace(
            c,
            values={
                **c.values,
                **{f"{name}_behind": c.values[name] - high for name, high in most.items()},
                "best_soft": most["soft"],
                "peak": scale.peak / 10,
            },
        )
        for c in found
    ]


def _mean_of_best(values: Floats) -> float:
    return float(np.sort(values)[::-1][:_OFTEN].mean())
