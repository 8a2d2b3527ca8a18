"""From an understood question to a drafted answer: one module for each way of answering."""

from __future__ import annotations

from assistant.answering.compare import answer_comparison, answer_superlative
from assistant.answering.draft import Draft
from assistant.answering.events import answer_when_or_where
from assistant.answering.facts import answer_from_sentences
from assistant.answering.lists import answer_list
from assistant.answering.records import answer_from_records
from assistant.question import Question
from assistant.shelf import Shelf
from index import Filters

__all__ = ["Draft", "draft_answer"]


def draft_answer(question: Question, shelf: Shelf, filters: Filters) -> Draft:
    """The first way of answering that applies; sentences, or a refusal, when none does."""
    draft: Draft | None = answer_superlative(question, shelf, filters)
    if draft is None and question.kind == "compare":
        draft = answer_comparison(question, shelf, filters)
    if draft is None and question.kind == "fact":
        # "Which good practice comes from Austria?" asks for one, yet filters alone decide it.
        draft = answer_from_records(question, shelf, filters)
    if draft is None and question.kind == "list":
        draft = answer_list(question, shelf, filters)
    if draft is None and question.kind == "event":
        draft = answer_when_or_where(question, shelf, filters)
    return draft or answer_from_sentences(question, shelf, filters)
