"""Scores of answers against a question set, from the outside: text, items, quotes.

Every score is in [0, 1] and a mean over questions or citations; None where nothing counts
towards it. Figures are rounded to four places, as they are printed.

=============  =================================================================================
facts          share of expected facts in the answer's first words (a dump of passages earns
               little); for lists, F1 of item names
complete       share of answerable questions with every fact and, for lists, nothing wrong
verbatim       share of citations whose quote stands in the article it names
evidence       share of answerable questions with a citation that overlaps the known evidence
precision      share of citations, of answered answerable questions, into a supporting document
refused        share of unanswerable questions that were not answered
false_refusal  share of answerable questions that were not answered
=============  =================================================================================
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant import Answer
from assistant.evaluation.matching import file_name, holds, normal, overlaps, same_item
from assistant.evaluation.questions import Question
from assistant.question import language_of

WORDS = 120  # of an answer's text that count
WORDS_OF_COMPARISON = 200  # two sides take more

Article = Callable[[str], str | None]
"""From a citation's source to that article's text, already normal; None when there is none."""


Language = Callable[[str], str | None]
"""From a document's file name to its language's code; None when it is not known."""


@dataclass(frozen=True, slots=True)
class Row:
    """One question's scores; None where a score does not apply to it."""

    id: str
    type: str
    across: bool | None  # asked in another language than its documents are in; None: unknown
    answered: bool
    missing: bool  # no answer was given at all, not even a refusal
    facts: float | None
    complete: bool | None
    evidence: bool | None
    refused: bool | None
    recall: float | None  # of list items, as precision
    precision: float | None
    lost: tuple[str, ...]  # expected, not found
    extra: tuple[str, ...]  # list items neither expected nor allowed
    bad_quotes: int
    quotes: tuple[bool, ...]  # by citation: verbatim
    supported: tuple[bool, ...]  # by citation: into a supporting document

    @property
    def faulty(self) -> bool:
        """Whether anything is missing from the answer, or wrong in it."""
        return bool(self.lost or self.extra or self.bad_quotes) or self.refused is False

    def to_json(self) -> dict[str, Any]:
        """Ready for json.dumps; what does not apply is left out."""
        return {k: v for k, v in asdict(self).items() if v is not None and v != ()}


def score(
    questions: Iterable[Question],
    answers: Mapping[str, Answer],
    article: Article,
    language: Language = lambda _: None,
) -> tuple[Row, ...]:
    """One row a question, in order. Quotes are looked up through ``article``, not the index."""
    return tuple(
        _row(question, answers.get(question.id), article, _across(question, language))
        for question in questions
    )


def summary(rows: Sequence[Row]) -> dict[str, Any]:
    """The mean of every score, over all questions and by type."""
    able = [row for row in rows if row.facts is not None]
    return {
        "questions": len(rows),
        "missing": sum(row.missing for row in rows),
        "facts": _mean(row.facts for row in able),
        "complete": _mean(row.complete for row in able),
        "verbatim": _mean(quote for row in rows for quote in row.quotes),
        "evidence": _mean(row.evidence for row in able),
        "precision": _mean(mark for row in rows for mark in row.supported),
        "refused": _mean(row.refused for row in rows),
        "false_refusal": _mean(not row.answered for row in able),
        "by_type": {
            kind: _means([row for row in rows if row.type == kind])
            for kind in sorted({row.type for row in rows})
        },
    }


def by_language(rows: Sequence[Row]) -> dict[str, dict[str, float | int | None]]:
    """The means of questions in their documents' own language, and of those in another."""
    among = {
        "same language": [row for row in rows if row.across is False],
        "across languages": [row for row in rows if row.across],
    }
    return {name: {"questions": len(own), **_means(own)} for name, own in among.items()}


def _means(rows: Sequence[Row]) -> dict[str, float | None]:
    names = ("facts", "complete", "evidence", "refused")
    return {name: _mean(getattr(row, name) for row in rows) for name in names}


def _across(question: Question, language: Language) -> bool | None:
    """Whether none of the supporting documents is in the question's language."""
    known = {code for doc in question.docs if (code := language(doc))}
    asked = question.language or language_of(question.question)
    return asked not in known if known else None


def _row(question: Question, answer: Answer | None, article: Article, across: bool | None) -> Row:
    citations = answer.citations if answer else ()
    answered = answer is not None and answer.answered
    quotes = tuple(
        bool(c.quote.strip()) and normal(c.quote) in (article(c.source) or "") for c in citations
    )
    facts = complete = evidence = refused = recall = precision = None
    lost: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    supported: tuple[bool, ...] = ()
    if not question.answerable:
        refused = not answered
    else:
        if question.type == "list":
            names = [item.name for item in answer.items] if answer and answered else []
            recall, precision, lost, extra = _items(question, names)
            facts = 2 * recall * precision / (recall + precision) if recall + precision else 0.0
            complete = recall == precision == 1
        else:
            lost = _lost(question, answer.text if answer and answered else "")
            facts = (len(question.expected) - len(lost)) / len(question.expected)
            complete = not lost
        if answered:
            supported = tuple(file_name(c.source) in question.docs for c in citations)
        evidence = answered and any(
            file_name(c.source) == known.doc and overlaps(c.quote, known.text)
            for c in citations
            for known in question.evidence
        )
    return Row(
        id=question.id,
        type=question.type,
        across=across,
        answered=answered,
        missing=answer is None,
        facts=facts,
        complete=complete,
        evidence=evidence,
        refused=refused,
        recall=recall,
        precision=precision,
        lost=lost,
        extra=extra,
        bad_quotes=quotes.count(False),
        quotes=quotes,
        supported=supported,
    )


def _items(
    question: Question, names: Sequence[str]
) -> tuple[float, float, tuple[str, ...], tuple[str, ...]]:
    """Recall, precision, what is missing and what is wrong among the names of a list."""

    def named(name: str, facts: Iterable[str]) -> bool:
        return any(same_item(name, question.spellings(fact)) for fact in facts)

    lost = tuple(fact for fact in question.expected if not any(named(n, [fact]) for n in names))
    counted = [name for name in names if not named(name, question.also)]
    extra = tuple(name for name in counted if not named(name, question.expected))
    recall = (len(question.expected) - len(lost)) / len(question.expected)
    precision = (len(counted) - len(extra)) / len(counted) if counted else 0.0
    return recall, precision, lost, extra


def _lost(question: Question, text: str) -> tuple[str, ...]:
    """The expected facts that the first words of ``text`` do not hold."""
    limit = WORDS_OF_COMPARISON if question.type == "compare" else WORDS
    text = normal(" ".join(text.split()[:limit]))
    return tuple(f for f in question.expected if not holds(text, question.spellings(f)))


def _mean(values: Iterable[float | None]) -> float | None:
    counted = [value for value in values if value is not None]
    return round(statistics.fmean(counted), 4) if counted else None
