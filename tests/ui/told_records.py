"""Practices and events as articles tell them: each a line here, a document and a record there."""

from __future__ import annotations

from datetime import date
from typing import Any

from corpus import Document, Event, Field, Money, Practice, Span
from tests.ui.articles import document


def field_of(text: str, words: str, value: Any = None) -> Field[Any]:
    """A value read from the first place where ``words`` stand."""
    at = text.index(words)
    return Field(words if value is None else value, Span(at, at + len(words)))


# name | city | country | theme | since | euros
PRACTICES = """
Tool library | Ghent | BE | Sharing | 2016 | 12000
Night buses | Lisbon | PT | Mobility | 2009 | 3500000
Open kitchens | Lisbon | PT | Food | 2021 |
School gardens | Bologna | IT | Food | 2013 | 48000
Repair van | Modena | IT | Sharing | 2019 | 9500
Quiet streets | Tampere | FI | Mobility | 2018 | 220000
Neighbour phone | Xyzqstad | NL | Care | 2020 | 700
"""
# name | first day | last day | place | country
EVENTS = """
Sharing cities forum | 2025-11-03 | 2025-11-05 | Ghent | BE
Night transport day | 2026-02-10 | 2026-02-10 | Lisbon | PT
School food week | 2026-05-01 | 2026-05-08 | Bologna | IT
Quiet streets study visit | 2026-09-14 | 2026-09-15 | Tampere | FI
Repair summit | 2026-09-14 | 2026-09-20 | Berlin | DE
"""


def told_practice(line: str) -> tuple[Document, Practice]:
    """An article that tells of one practice, and what is read out of it."""
    name, city, country, theme, since, euros = (part.strip() for part in line.split("|"))
    cost = f" It costs {euros} EUR a year." if euros else ""
    text = f"# {name}\n\n{name} is what {city} has done since {since}.{cost} It is about {theme}.\n"
    article = document(
        f"{name.lower().replace(' ', '-')}.md",
        text,
        f"{name} in {city}",
        published=date(2024, 3, int(since) % 28 + 1),
        url=f"https://{country.lower()}.example/{name.split()[0].lower()}",
    )
    return article, Practice(
        document=article.id,
        span=Span(0, len(text)),
        name=field_of(text, name),
        city=field_of(text, city),
        country=field_of(text, city, country),
        started=field_of(text, since),
        budget=field_of(text, f"{euros} EUR", Money(float(euros), "EUR")) if euros else None,
        keywords=(field_of(text, theme),),
    )


def told_event(line: str) -> tuple[Document, Event]:
    name, first, last, place, country = (part.strip() for part in line.split("|"))
    text = f"# {name}\n\nFrom {first} to {last}, {name} takes place in {place}.\n"
    article = document(f"event-{first}-{place}.md", text, name)
    return article, Event(
        document=article.id,
        span=Span(0, len(text)),
        name=field_of(text, name),
        start=field_of(text, first, date.fromisoformat(first)),
        end=field_of(text, last, date.fromisoformat(last)),
        place=field_of(text, place),
        country=field_of(text, place, country),
    )
