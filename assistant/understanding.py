"""How a question was understood, in words a person can check at a glance."""

from __future__ import annotations

from assistant import Part
from assistant.dropping import figures_of, phrase, without
from assistant.filters import to_words
from assistant.question import Question
from corpus import Span
from corpus.dates import find_dates
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
        for name in (
            "countries",
            "cities",
            "languages",
            "sources",
            "kinds",
            "themes",
            "since",
            "until",
        )
        if (value := getattr(filters, name))
    ]
    return " · ".join(dict.fromkeys(parts))


def parts(question: Question, standalone: str, filters: Filters) -> tuple[Part, ...]:
    """What ``question`` was taken for, part by part, in the order of its words.

    ``standalone`` is the whole question, in which the words of a part are looked for: what is
    asked again without them must stand alone.
    """
    told = [Part("kind", question.kind)] if question.kind != "fact" else []
    if question.collection:
        told.append(Part("collection", question.collection))
    shift = standalone.find(question.text)
    found: list[tuple[Span, str, str]] = [
        *((side, "side", side.of(question.text)) for side in question.sides),
        *_places(question),
        *_days(question),
        *((span, "bound", str(bound)) for bound, span in figures_of(question)),
    ]
    taken: list[Span] = []
    for span, kind, value in sorted(found, key=lambda part: part[0]):
        if any(span.overlaps(other) for other in taken):
            continue  # "Brno or Gent" are two sides, and two places besides
        taken.append(span)
        words = phrase(question.text, span, question.language)
        left = None
        if (
            shift >= 0
            and not question.sides
            and (len(words) > len(span) or question.kind == "list")
        ):
            left = without(standalone, words.shifted(shift), question.language)
        told.append(Part(kind, value, words.of(question.text), left))
    named = {part.value for part in told if part.kind == "country"}
    told += [Part("country", code) for code in question.countries if code not in named]
    told += [Part("filter", f"{word}={value}", value) for word, value in to_words(filters)]
    return tuple(told)


def _places(question: Question) -> list[tuple[Span, str, str]]:
    from corpus.places import find_places  # read again: the value keeps a country's code only

    return [
        (place.span, "country", place.country)
        if place.kind == "country" and place.country
        else (place.span, "place", place.name)
        for place in find_places(question.text, question.language)
    ]


def _days(question: Question) -> list[tuple[Span, str, str]]:
    if question.bounds:
        return []
    found: list[tuple[Span, str, str]] = []
    for day in find_dates(question.text, question.language):
        if day.precision == "year":
            found.append((day.span, "year", str(day.start.year)))
        elif day.start == day.end:
            found.append((day.span, "period", day.start.isoformat()))
        else:
            found.append((day.span, "period", f"{day.start.isoformat()}/{day.end.isoformat()}"))
    years = set(question.years)
    told = {value for _, _, value in found}
    for year in sorted(years):
        at = question.text.find(str(year))
        if str(year) not in told and at >= 0:
            found.append((Span(at, at + 4), "year", str(year)))
    return found
