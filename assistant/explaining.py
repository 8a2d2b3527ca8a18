"""Why a question was answered as it was: how it was read, by which way, from which sentences.

Repeats the steps of ``asking`` and writes down what they decided. For whoever looks into an
answer that is wrong; nothing a reader is shown depends on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from assistant import Turn
from assistant.answering import draft_by_way
from assistant.answering.chosen import choose
from assistant.asking import Understood, read_question
from assistant.evidence import Evidence
from assistant.question import Question
from assistant.selecting import gather_read
from assistant.shelf import Shelf
from assistant.sufficiency import Check, checks
from assistant.weighing import likelihood
from index import Filters

CANDIDATES = 10


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that was weighed, as ``Evidence`` scores it."""

    source: str
    start: int
    end: int
    text: str
    score: float
    covers: float  # the soft share of the question's words
    holds: float  # the share that stands in the sentence itself
    passage: float  # closeness in meaning of its passage
    meaning: float  # and its own
    beside: bool  # a header line for something else than what is asked


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one question was answered."""

    standalone: str
    understood: dict[str, Any]  # what is set of the ``Question``
    way: str  # the function that wrote the answer
    answered: bool
    candidates: tuple[Candidate, ...]  # best first; also where another way answered
    chosen: tuple[tuple[int, int], ...]  # spans of the sentences that would be quoted
    checks: tuple[Check, ...]  # of those sentences
    probability: float | None  # that they answer, by the model behind the last check

    def to_json(self) -> dict[str, Any]:
        """Ready for json.dumps."""
        return asdict(self)


def explain(
    question: str, shelf: Shelf, *, history: Sequence[Turn], filters: Filters, today: date
) -> Explanation:
    """The steps that led to the answer ``ask`` gives to the same question."""
    reading = read_question(question, history, today)
    asked = reading.question
    if asked is None:
        return Explanation(reading.standalone, {}, "refused unread", False, (), (), (), None)
    way, draft = draft_by_way(asked, shelf, filters)
    gathered = gather_read(asked, shelf, filters)
    chosen: tuple[Evidence, ...] = ()
    passed: tuple[Check, ...] = ()
    sure = None
    if gathered.best is not None:
        chosen = choose(asked, gathered.best, gathered, shelf)
        passed = tuple(checks(asked, chosen, gathered))
        failed = {check.name: check.missing is not None for check in passed[:-1]}
        sure = round(likelihood(asked, chosen, gathered, failed), 4)
    return Explanation(
        standalone=reading.standalone,
        understood=_set_fields(asked, reading),
        way=way,
        answered=draft.answered,
        candidates=tuple(map(_candidate, gathered.evidence[:CANDIDATES])),
        chosen=tuple((e.span.start, e.span.end) for e in chosen),
        checks=passed,
        probability=sure,
    )


def _candidate(evidence: Evidence) -> Candidate:
    return Candidate(
        source=evidence.document.source,
        start=evidence.span.start,
        end=evidence.span.end,
        text=evidence.text,
        score=round(evidence.score, 4),
        covers=round(evidence.coverage.soft, 4),
        holds=round(evidence.coverage.strict, 4),
        passage=round(evidence.closeness, 4),
        meaning=round(evidence.meaning, 4),
        beside=evidence.beside,
    )


def _set_fields(question: Question, reading: Understood) -> dict[str, Any]:
    """The question's fields that hold something, as text a person can read."""
    fields: dict[str, Any] = {
        "language": question.language,
        "kind": question.kind,
        "asked": sorted(question.asked),
        "terms": [f"{t.text}{'*' if t.is_name else ''}" for t in question.terms if t.weight == 1.0],
        "carried": [t.text for t in question.terms if t.weight < 1.0],
        "concept": [t.text for t in question.concept],
        "focus": list(question.focus),
        "countries": list(question.countries),
        "places": [place.name for place in question.places],
        "collection": question.collection,
        "attribute": question.attribute,
        "bounds": [str(bound) for bound in question.bounds],
        "years": list(question.years),
        "period": [day.isoformat() for day in question.period or ()],
        "sides": [side.of(question.text) for side in question.sides],
        "parts": [part.of(question.text) for part in question.parts],
    }
    return {name: value for name, value in fields.items() if value}
