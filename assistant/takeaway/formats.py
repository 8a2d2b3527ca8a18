"""Which formats there are, for what, and what each is called by its ending and over HTTP.

The one place where a kind of thing and a format become a call of the module that writes it.
Each module is imported when its format is chosen: nobody waits for Word's library to get a table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant import Answer
from assistant.takeaway.rows import ANSWER_COLUMNS, COLUMNS, Kind, answer_rows

MEDIA_TYPES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8; header=present",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
}
FORMATS: Mapping[str, tuple[str, ...]] = {
    "events": ("ics", "csv", "json"),
    "practices": ("csv", "json"),
    "answer": ("md", "docx", "csv", "json"),
}
KINDS: Mapping[str, Kind] = {"events": "event", "practices": "practice"}


@dataclass(frozen=True, slots=True)
class Published:
    """The snapshot that rows are of: its number, and when it was made (ISO 8601)."""

    snapshot: str
    created: str


def written_rows(
    what: str,
    format: str,
    rows: Sequence[Mapping[str, Any]],
    of: Published,
    language: str = "en",
) -> bytes:
    """``rows`` of ``what``, "events" or "practices", in one of its formats.

    ``language`` is that of the calendar's own words; tables have the same columns in all.
    An event that several articles tell of has a row for each, but stands in a calendar once.
    """
    if format == "ics":
        from assistant.exploring.rows import once
        from assistant.takeaway.calendar import events

        return events(once(rows), of.created, language)
    from assistant.takeaway.table import as_json, csv

    if format == "csv":
        return csv(rows, COLUMNS[KINDS[what]])
    return as_json(what, rows, of.snapshot)


def written_answers(format: str, answers: Sequence[Answer], language: str) -> bytes:
    """``answers`` in one of their formats, headed in ``language`` where there are headings."""
    if format == "md":
        from assistant.takeaway.markdown import conversation

        return conversation(answers, language).encode("utf-8")
    if format == "docx":
        from assistant.takeaway.word import conversation as document

        return document(answers, language)
    from assistant.takeaway.table import csv, json_lines

    if format == "csv":
        return csv(list(answer_rows(answers)), ANSWER_COLUMNS)
    return json_lines(answer.to_json() for answer in answers)
