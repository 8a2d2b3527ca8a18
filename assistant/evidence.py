"""From a question to scored sentences.

A sentence's score is its soft coverage of the question plus its passage's closeness in meaning
plus or minus what its type of content adds. Whether the best of them answers is not judged here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.matching import Coverage, Reading, TermKeys, cover, keys_for, weights
from assistant.question import Question
from assistant.shelf import Closeness, Shelf
from assistant.typed import type_bonus
from corpus import Document, Span
from index import Filters, Vectors

_CANDIDATE_PASSAGES = 40
_CANDIDATE_DOCUMENTS = 24
_TYPED_LINES = 80
# So many of the best sentences are compared with the question one by one. With 24 of them the
# development set scored .7305 of the facts, with 8 .7353, and each costs some 15 ms.
_COMPARED_LINES = 8

# Weights of a first prototype, kept where the development set did not argue against them.
_DENSE = 0.6
_FOREIGN_DENSE = 0.5
_HEADING = -0.25
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
    meaning: float = 0.0  # the same for the sentence alone; 0 when it was not compared

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

    @property
    def best(self) -> Evidence | None:
        """The sentence that matches best, if anything was found at all."""
        return self.evidence[0] if self.evidence else None


def gather(
    question: Question,
    shelf: Shelf,
    filters: Filters,
    *,
    one_by_one: bool = True,
) -> Gathered:
    """Score the sentences of the likeliest documents for ``question``.

    ``one_by_one``: also compare the leading sentences with the question by meaning, which costs
    about a second on a small machine the first time they are met.
    """
    vector = shelf.query_vector(question.search_text)
    scale = shelf.closeness(vector, filters)
    weight = weights(question, shelf.frequency(question), shelf.snapshot.passage_count)
    hits = shelf.hybrid(question, vector, _CANDIDATE_PASSAGES, filters)
    documents = list({hit.document.id: hit.document for hit in hits}.values())
    keys: dict[str, tuple[TermKeys, ...]] = {}
    found: list[Evidence] = []
    for document in documents[:_CANDIDATE_DOCUMENTS]:
        reading = shelf.reading(document)
        if document.language not in keys:
            keys[document.language] = keys_for(question, document.language)
        place = _place_bonus(question, shelf.countries_of(document))
        for i, coverage in enumerate(cover(reading, keys[document.language], weight)):
            line = reading.lines[i]
            near = scale.of_passage.get(line.passage.id)
            if near is None:
                continue  # the filters exclude this part of the document
            heading = _HEADING if line.heading else 0.0
            score = coverage.soft + _DENSE * near + heading + place
            found.append(Evidence(reading, i, score, coverage, near))
    found.sort(key=_rank)
    head = [_typed(e, question) for e in found[:_TYPED_LINES]]
    head.sort(key=_rank)
    if one_by_one:
        head = _compare_sentences(head, question, vector, scale, shelf)
        head.sort(key=_rank)
    return Gathered(tuple(head + found[_TYPED_LINES:]), keys, weight, scale.peak / 10)


def _place_bonus(question: Question, countries: frozenset[str]) -> float:
    """For a question about a country: more for documents of that country, less for others."""
    if not question.countries or not countries:
        return 0.0
    return _RIGHT_COUNTRY if countries & set(question.countries) else _WRONG_COUNTRY


def _rank(evidence: Evidence) -> tuple[float, str, int]:
    return (-round(evidence.score, 6), evidence.document.source, evidence.index)


def _typed(evidence: Evidence, question: Question) -> Evidence:
    bonus = type_bonus(evidence.text, question, evidence.document.language)
    return replace(evidence, score=evidence.score + bonus)


def _compare_sentences(
    head: list[Evidence], question: Question, vector: Vectors, scale: Closeness, shelf: Shelf
) -> list[Evidence]:
    """The leading sentences with their own closeness in meaning.

    Words match badly across languages, so there meaning counts in the score as well; within
    one language ranking by single sentences was measured to hurt.
    """
    leading = head[:_COMPARED_LINES]
    if not leading:
        return head
    cosines = shelf.sentence_vectors([e.text for e in leading]) @ vector
    compared = []
    for evidence, cosine in zip(leading, cosines, strict=True):
        # Rounded: a vector's last bits depend on the texts it was encoded with.
        meaning = scale.stretch(round(float(cosine), 4))
        foreign = evidence.document.language != question.language
        gain = _FOREIGN_DENSE * meaning if foreign else 0.0
        compared.append(replace(evidence, meaning=meaning, score=evidence.score + gain))
    return compared + head[_COMPARED_LINES:]
