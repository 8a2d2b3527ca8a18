"""Lists, by whichever way decides them.

Filters over records first (records.py, events.py). Then what stands in brackets after a name of
the question (glossed.py), the members of an enumeration when the question describes the one place
that has them (enumerated.py), or a scan for every place that a concept holds (scanned.py), by its
words or, failing those, by its meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.answering.draft import Draft
from assistant.answering.enumerated import answer_from_enumeration, answer_from_likeliest
from assistant.answering.events import list_events
from assistant.answering.glossed import answer_from_brackets
from assistant.answering.records import answer_from_records
from assistant.answering.scanned import answer_from_scan
from assistant.question import Question
from assistant.shelf import Shelf
from index import Filters


def list_ways(
    question: Question,
) -> Sequence[Callable[[Question, Shelf, Filters], Draft | None]]:
    """The ways to answer a list question, in the order they are tried."""
    events = [list_events] if question.collection == "event" else []
    return [
        *events,
        answer_from_records,
        answer_from_brackets,
        answer_from_enumeration,
        answer_from_scan,
        answer_from_likeliest,
    ]
