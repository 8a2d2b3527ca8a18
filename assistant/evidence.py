"""From a question to scored sentences.

A sentence's score is its soft coverage of the question plus its own and its passage's closeness
in meaning, what its type of content adds or takes away, and how well its document does at its
best. Whether the best of them answers is not judged here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.fields import answering_fields
from assistant.matching import Coverage, Reading, TermKeys, cover, keys_for, weights
from assistant.question import Question
from assistant.shelf import Shelf
from assistant.typed import RIGHT_VALUE, type_bonus
from corpus import Document, Span
from index import Filters

_Numbers = TypeVar("_Numbers", float, NDArray[np.float64])  # of a line, or of each at once

_CANDIDATE_PASSAGES = 40
_CANDIDATE_DOCUMENTS = 20
RANKED = 60
"""How many sentences, the best by their own scores, are looked at for what they hold."""

# In units of soft coverage; by a listwise fit over the 60 sentences that weights set by hand put
# first, of each of 1,487 questions. benchmarks/fit_scores.py repeats it on those of these weights.
_DENSE = 0.25
_OWN_DENSE = 0.76
_FOREIGN_DENSE = 1.06
_HEADING = -0.13
_BESIDE = -1.18
_TYPE = 1.18
_DOCUMENT_COVERS = 0.63
_DOCUMENT_MEANS = 0.33
# Set by hand: as much as covering half the question, so that a sentence of an article's own
# comes first, and one that only footers have is still found.
_BOILERPLATE = -0.5
# Set by hand: too few questions name a country for a fit.
_RIGHT_COUNTRY = 0.2
_WRONG_COUNTRY = -0.1


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence that may answer, with how well it matches."""

    reading: Reading
    index: int  # of the line in ``reading.lines``
    score: float
    coverage: Coverage
    closeness: float  # of its passage's meaning to the question, in [0, 1]
    meaning: float = 0.0  # the same for the sentence itself, as it reads in its passage
    fits: float = 0.0  # how well the type of what it holds fits what is asked, see type_bonus
    beside: bool = False  # a record's header line for something else than what is asked
    chance: float | None = None  # that it answers, by the selector that read it

    @property
    def document(self) -> Document:
        """The document the sentence stands in."""
        return self.reading.document

    @property
    def span(self) -> Span:
        """Where the sentence stands."""
        return self.reading.lines[self.index].span

    @property
    def text(self) -> str:
        """The sentence's own words."""
        return self.span.of(self.document.text)


@dataclass(frozen=True, slots=True)
class Gathered:
    """All scored sentences for one question, best first, and what they were scored with."""

    evidence: tuple[Evidence, ...]
    keys: dict[str, tuple[TermKeys, ...]]  # by document language
    weight: dict[str, float]
    peak: float = 0.0  # how far the closest passage stands out of the corpus, in deviations / 10
    unheard: frozenset[str] = frozenset()  # the question's terms that no passage holds
    none: float | None = None  # the selector's log-odds that no sentence it read answers

    @property
    def best(self) -> Evidence | None:
        """The sentence that matches best, if anything was found at all."""
        return self.evidence[0] if self.evidence else None


def gather(question: Question, shelf: Shelf, filters: Filters) -> Gathered:
    """Score the sentences of the likeliest documents for ``question``."""
    vector = shelf.query_vector(question.search_text)
    scale = shelf.closeness(vector, filters)
    frequency = shelf.frequency(question)
    weight = weights(question, frequency, shelf.snapshot.passage_count)
    hits = shelf.hybrid(question, vector, _CANDIDATE_PASSAGES, filters)
    documents = list({hit.document.id: hit.document for hit in hits}.values())
    asked_fields = answering_fields(question)
    keys: dict[str, tuple[TermKeys, ...]] = {}
    found: list[Evidence] = []
    for document in documents[:_CANDIDATE_DOCUMENTS]:
        reading = shelf.reading(document)
        if document.language not in keys:
            keys[document.language] = keys_for(question, document.language)
        headers = shelf.headers_of(document)
        covered = cover(reading, keys[document.language], weight)
        passages = [scale.near(passage) for passage in reading.passages]
        near = np.array([one or 0.0 for one in passages])[reading.passage_of]
        kept = np.array([one is not None for one in passages])[reading.passage_of]
        if not kept.any():
            continue
        # Rounded: a vector's last bits depend on the texts it was encoded with.
        cosines = np.round(shelf.sentence_cosines(document, vector), 4)
        meaning = scale.stretched(cosines)[reading.places].astype(np.float64)
        soft = np.array([coverage.soft for coverage in covered])
        beside = np.zeros(len(covered), np.bool_)
        beside[[i for i, fields in headers.items() if not fields & asked_fields]] = True
        score = _own(soft, near, reading.headings)
        score += _place_bonus(question, shelf.countries_of(document))
        score += _meaning_weight(document, question) * meaning
        score += _DOCUMENT_COVERS * soft[kept].max() + _DOCUMENT_MEANS * meaning[kept].max()
        score += _BESIDE * beside
        score += _BOILERPLATE * shelf.snapshot.boilerplate_in(document.id)[reading.places]
        columns = score.tolist(), covered, near.tolist(), meaning.tolist(), beside.tolist()
        for i, (one, coverage, closeness, own, aside) in enumerate(zip(*columns, strict=True)):
            if kept[i]:
                found.append(Evidence(reading, i, one, coverage, closeness, own, beside=aside))
    found.sort(key=_rank)
    head = [_typed(e, question) for e in found[:RANKED]]
    head.sort(key=_rank)
    unheard = frozenset(term for term, passages in frequency.items() if not passages)
    return Gathered(tuple(head + found[RANKED:]), keys, weight, scale.peak / 10, unheard)


def within(reading: Reading, question: Question, gathered: Gathered, shelf: Shelf) -> Gathered:
    """The lines of one document scored for ``question``, best first.

    For a part of the question that ``gathered`` was made for: closeness in meaning is kept.
    """
    weight = weights(question, shelf.frequency(question), shelf.snapshot.passage_count)
    keys = keys_for(question, reading.document.language)
    covered = cover(reading, keys, weight)
    place = _place_bonus(question, shelf.countries_of(reading.document))
    found: list[Evidence] = []
    for e in gathered.evidence:
        if e.document.id != reading.document.id:
            continue
        coverage = covered[e.index]
        heading = float(reading.headings[e.index])
        score = _own(coverage.soft, e.closeness, heading) + place
        score += _meaning_weight(reading.document, question) * e.meaning + _BESIDE * e.beside
        found.append(_typed(replace(e, score=score, coverage=coverage), question))
    found.sort(key=_rank)
    return Gathered(tuple(found), {reading.document.language: keys}, weight, gathered.peak)


def _own(soft: _Numbers, near: _Numbers, heading: _Numbers) -> _Numbers:
    """What a sentence's words and its passage are worth; ``heading`` is 1 for one, else 0."""
    return soft + _DENSE * near + _HEADING * heading


def _meaning_weight(document: Document, question: Question) -> float:
    """What a sentence's own closeness in meaning counts for."""
    return _FOREIGN_DENSE if document.language != question.language else _OWN_DENSE


def _place_bonus(question: Question, countries: frozenset[str]) -> float:
    """For a question about a country: more for documents of that country, less for others."""
    if not question.countries or not countries:
        return 0.0
    return _RIGHT_COUNTRY if countries & set(question.countries) else _WRONG_COUNTRY


def _rank(evidence: Evidence) -> tuple[float, str, int]:
    return (-round(evidence.score, 6), evidence.document.source, evidence.index)


def _typed(evidence: Evidence, question: Question) -> Evidence:
    bonus = type_bonus(evidence.text, question, evidence.document.language)
    added = _TYPE * bonus
    if bonus >= RIGHT_VALUE and evidence.reading.lines[evidence.index].heading:
        added -= _HEADING  # "Mildam: 720 inhabitants" looks like a heading and says it all
    return replace(evidence, score=evidence.score + added, fits=bonus)
