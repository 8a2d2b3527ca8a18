"""What the gate says of a text: one verdict a sentence, in the order of the text."""

from __future__ import annotations

from dataclasses import dataclass

REASONS = (
    "link",
    "no-marker",
    "unknown-marker",
    "rows",
    "number",
    "unit",
    "date",
    "place",
    "name",
    "negation",
    "unsupported-content",
)
"""Every short code a refusal may carry, in the order the checks are made."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One sentence as it stands in the text, and whether its citations bear it out."""

    sentence: str  # a part of the judged text, letter for letter, markers included
    markers: tuple[int, ...]  # as written, known or not, each once
    supported: bool
    reason: str | None  # one of REASONS; None when supported
    detail: str  # for a person: what was found, what was expected; "" when supported


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdicts on a text, and the rows of a list answer that it leaves out."""

    sentences: tuple[Verdict, ...]
    missing_rows: tuple[str, ...] = ()  # names of Answer.items that no supported sentence has
