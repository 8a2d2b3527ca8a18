"""From an understood question to a drafted answer: one module for each way of answering."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assistant.answering.compare import answer_comparison, answer_superlative
from assistant.answering.conflicts import with_conflicts
from assistant.answering.draft import Draft
from assistant.answering.enumerated import answer_fact_in_rows
from assistant.answering.events import answer_when_or_where, list_events
from assistant.answering.facts import answer_from_sentences
from assistant.answering.lists import list_ways
from assistant.answering.records import answer_from_records
from assistant.answering.scanned import answer_general
from assistant.question import Question
from assistant.shelf import Shelf
from index import Filters

__all__ = ["Draft", "Way", "draft_answer", "draft_by_way"]

Way = Callable[[Question, Shelf, Filters], Draft | None]
"""One way of answering; None when it does not apply."""


def draft_answer(question: Question, shelf: Shelf, filters: Filters) -> Draft:
    """The first way of answering that applies; sentences, or a refusal, when none does."""
    return draft_by_way(question, shelf, filters)[1]


def draft_by_way(question: Question, shelf: Shelf, filters: Filters) -> tuple[str, Draft]:
    """The draft, with the name of the function that wrote it."""
    for way in _ways(question):
        draft = way(question, shelf, filters)
        if draft is not None:
            return way.__name__, with_conflicts(question, draft, shelf, filters)
    draft = answer_from_sentences(question, shelf, filters)
    return answer_from_sentences.__name__, with_conflicts(question, draft, shelf, filters)


def _ways(question: Question) -> Iterator[Way]:
    """What is tried before single sentences, in order."""
    yield answer_superlative
    if question.kind == "compare":
        yield answer_comparison
    if question.kind in {"fact", "number", "event"}:
        # "Which good practice comes from Austria?" asks for one, yet filters alone decide it.
        yield answer_from_records
    if question.counted and question.collection == "event":
        yield list_events
    if question.kind == "list":
        yield from list_ways(question)
    if question.kind == "fact" and question.general:
        yield answer_general
    if question.kind == "fact":
        yield answer_fact_in_rows
    if question.kind == "event":
        yield answer_when_or_where
