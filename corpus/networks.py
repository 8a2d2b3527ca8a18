"""Networks: organisations of cities that a document describes in header lines.

Knows the seat of the secretariat, the year of foundation and the aims. Refuses to guess a
network from prose; members and activities stay in the passages.
"""

from __future__ import annotations

import re

from corpus import Document, Field, Network, Span
from corpus.countries import country_code
from corpus.dates import find_dates
from corpus.headers import first_value, metadata, opening_lines, pairs, title_span
from corpus.practices import listed

_SECRETARIAT = frozenset(
    {
        "secretariat country", "secretariat", "country of secretariat", "seat", "headquarters",
        "sekretariat", "sitz", "siege", "pays du secretariat", "sede", "secretaria",
        "secretaria pais", "segretariato", "secretariaat", "siedziba", "sekretariat kraj",
    }
)  # fmt: skip
_FOUNDED = frozenset(
    {
        "founded", "foundation", "established", "since", "gegrundet", "fondation", "fonde",
        "cree", "fundada", "fundacion", "fundado", "fondata", "fondazione", "opgericht",
        "zalozona", "rok zalozenia",
    }
)  # fmt: skip
_AIMS = frozenset(
    {
        "aims", "aim", "objectives", "goals", "ziele", "objectifs", "buts", "objetivos",
        "obiettivi", "scopi", "doelen", "doelstellingen", "cele",
    }
)  # fmt: skip

_ACRONYM = re.compile(r"\((?P<acronym>[^()\n]{2,40})\)[ \t]*$")
_CODE = re.compile(r"[A-Z]{2,3}\b")


def networks(document: Document) -> tuple[Network, ...]:
    """The network the document describes, if its header names a secretariat or a foundation."""
    text, name = document.text, title_span(document)
    if name is None:
        return ()
    lines = list(opening_lines(document, name))
    header = [pair for line in lines for pair in pairs(text, line)]
    keys = {pair.key for pair in header}
    is_network = metadata(document, "kind") == "network"
    if not (is_network or (keys & _SECRETARIAT and keys & (_FOUNDED | _AIMS))):
        return ()
    title, acronym = _named(text, name)
    aims = first_value(header, _AIMS, text)
    return (
        Network(
            document=document.id,
            span=Span(0, len(text)),
            name=Field(title.of(text), title),
            acronym=Field(acronym.of(text), acronym) if acronym else None,
            secretariat=_seat(text, first_value(header, _SECRETARIAT, text)),
            founded=_year(document, first_value(header, _FOUNDED, text)),
            aims=tuple(listed(text, aims, ";")) if aims else (),
        ),
    )


def _named(text: str, title: Span) -> tuple[Span, Span | None]:
    """Name and short name: "Union of Towns (UT)", or "UT: towns that work together"."""
    if match := _ACRONYM.search(text, title.start, title.end):
        stop = match.start()
        while stop > title.start and text[stop - 1].isspace():
            stop -= 1
        if stop > title.start:
            return Span(title.start, stop), Span(*match.span("acronym"))
    before, colon, _ = title.of(text).partition(": ")
    if colon and len(before) <= 40:
        short = Span(title.start, title.start + len(before))
        return short, short if " " not in before else None
    return title, None


def _seat(text: str, at: Span | None) -> Field[str] | None:
    """The first country of the value, as ISO code: of "GB/US" the first."""
    if at is None:
        return None
    if match := _CODE.match(text, at.start, at.end):
        code = country_code(match.group())
        return Field(code, Span(*match.span())) if code else None
    code = country_code(at.of(text))
    return Field(code, at) if code else None


def _year(document: Document, at: Span | None) -> Field[int] | None:
    found = find_dates(document.text, document.language, at) if at else ()
    return Field(found[0].start.year, found[0].span) if found else None
