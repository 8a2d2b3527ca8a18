"""How a question was understood, in words a person can check at a glance."""

from __future__ import annotations

from assistant.question import Question
from corpus.places import country_name
from index import Filters


def describe(question: Question, filters: Filters) -> str:
    """For example "list · practice · Sweden · started >= 2015"; empty for a plain fact."""
    parts: list[str] = []
    if question.kind != "fact":
        parts.append(question.kind)
    if question.collection:
        parts.append(question.collection)
    parts += [country_name(code, "en") for code in question.countries]
    parts += [place.name for place in question.places]
    parts += [str(bound) for bound in question.bounds]
    if question.period:
        first, last = question.period
        parts.append(first.isoformat() if first == last else f"{first} – {last}")
    elif question.years and not question.bounds:
        parts.append(", ".join(map(str, question.years)))
    parts += [
        f"{name}: {', '.join(value) if isinstance(value, tuple) else value}"
        for name in ("countries", "cities", "languages", "sources", "kinds", "since", "until")
        if (value := getattr(filters, name))
    ]
    return " · ".join(dict.fromkeys(parts))
