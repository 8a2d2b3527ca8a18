"""Practices: what a city does, read out of header lines, numbered sections and titles.

Knows three forms. A header: "City, Country" under the title, perhaps with size, start, end,
budget and keywords. A section: "#3 – Somewhere (BE)". A case study: a title that ends in its
place, over the sections such studies have. Refuses everything else; prose about a city is not
a practice until someone writes it down as one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from corpus import Document, Field, Money, Practice, Span
from corpus.countries import country_code
from corpus.dates import find_dates
from corpus.headers import (
    Pair,
    first_value,
    is_empty,
    metadata,
    opening_lines,
    pairs,
    title_span,
)
from corpus.numbers import find_numbers
from corpus.places import Place, city_line, find_places, same_city
from corpus.words import fold

# Keys of the header, folded, in the eight languages.
_SIZE = frozenset(
    {
        "size of city", "city size", "population", "inhabitants", "einwohner", "einwohnerzahl",
        "habitants", "nombre d'habitants", "habitantes", "poblacion", "abitanti", "popolazione",
        "inwoners", "inwonertal", "populacao", "mieszkancy", "liczba mieszkancow",
    }
)  # fmt: skip
_START = frozenset(
    {"start", "started", "start year", "beginn", "debut", "inicio", "inizio", "begin", "poczatek"}
)
_END = frozenset({"end", "ended", "end year", "ende", "fin", "fine", "einde", "fim", "koniec"})
_BUDGET = frozenset(
    {
        "budget",
        "total budget",
        "cost",
        "presupuesto",
        "bilancio",
        "begroting",
        "orcamento",
        "budzet",
    }
)
_KEYWORDS = frozenset(
    {
        "keywords", "key words", "tags", "topics", "themes", "mots cles", "schlagworter",
        "stichworte", "palabras clave", "parole chiave", "trefwoorden", "palavras chave",
        "slowa kluczowe",
    }
)  # fmt: skip
_CITY = frozenset({"city", "town", "stadt", "ville", "ciudad", "citta", "stad", "cidade", "miasto"})
_COUNTRY = frozenset({"country", "land", "pays", "pais", "paese", "kraj"})

_ONGOING = re.compile(
    r"on ?-?going|annual|continu|en cours|laufend|fortlaufend|en curso|in corso|lopend|doorlopend"
    r"|em curso|w toku|permanent|periodic|present|still running"
)

# Headings that case studies of participation share; two of them make the form.
_CASE_SECTIONS = re.compile(
    r"^[ \t#*]{0,8}(?:problems? (?:and|&) purposes?|background(?: history)?|history"
    r"|originating entities(?: and| &)?(?: funding)?|participant (?:recruitment|selection)"
    r"(?: and \w+)?|deliberation,? decisions.{0,40}|influence,? outcomes.{0,30}"
    r"|analysis and (?:lessons|criticism).{0,20}"
    r"|methods and tools.{0,20}|what went on.{0,60}|secondary sources|external links|summary"
    r"|participants|funding|outcomes|lessons learned|analysis and criticism|overview|organisation"
    r"|who|what|how|where|[^\n:]{0,40} aims|additional information|origines?.{0,30}"
    r"|influence, résultats et effets|analyse et critiques|metodologia|partecipanti"
    r"|modalità di svolgimento)[ \t:*]{0,4}$",
    re.IGNORECASE | re.MULTILINE,
)

_SECTION = re.compile(
    r"^[ \t*]{0,4}#{1,6}[ \t]{0,2}\d{1,3}[ \t]{0,3}[.):–—-]{0,2}[ \t]{0,3}"
    r"(?P<place>[^\n()]{2,60}[ \t]\([A-Z]{2}\))[ \t*]{0,4}$",
    re.MULTILINE,
)
_CAPTION = re.compile(
    r"^[ \t]{0,4}(?P<name>[^\W\d_][^\n()]{2,80}?)[ \t](?:in|à|a|en|em|te|w|we)[ \t]"
    r"(?P<city>[^\n()]{2,40})[ \t]\((?P<code>[A-Z]{2})\)[ \t]{0,4}$",
    re.MULTILINE,
)


def practices(document: Document) -> tuple[Practice, ...]:
    """Every practice the document writes down, in the order of the text."""
    text = document.text
    by_header = _by_header(document)
    if by_header is not None:
        return (by_header,)
    sections = tuple(_by_sections(document))
    if sections:
        return sections
    by_title = _by_title(document) if text else None
    return (by_title,) if by_title else ()


# ---------------------------------------------------------------- header


def _by_header(document: Document) -> Practice | None:
    text, name = document.text, title_span(document)
    if name is None:
        return None
    lines = list(opening_lines(document, name))
    place = next(
        (found for line in lines[:3] if (found := city_line(text, line)) is not None), None
    )
    header = [pair for line in lines for pair in pairs(text, line)]
    known = [
        pair for pair in header if pair.key in _SIZE | _START | _END | _BUDGET | _KEYWORDS | _CITY
    ]
    stated_kind = metadata(document, "kind")
    if stated_kind not in {None, "practice"}:
        return None
    # A place under the title, or two header lines; one alone may stand anywhere.
    enough = place is not None and (known or stated_kind or _first_two(lines, place[0]))
    if not enough and not (len(known) > 1 and any(p.key in _CITY | _SIZE for p in known)):
        return None
    city, country = _place_fields(document, place, header)
    start_at = first_value(header, _START, text)
    budget_at = first_value(header, _BUDGET, text)
    size_at = first_value(header, _SIZE, text)
    return Practice(
        document=document.id,
        span=Span(0, len(text)),
        name=Field(name.of(text), name),
        city=city,
        country=country,
        started=_moment(document, start_at) if start_at else None,
        ended=_ended(document, first_value(header, _END, text)),
        budget=_money(document, budget_at) if budget_at else None,
        population=_people(document, size_at) if size_at else None,
        keywords=_keywords(text, header),
    )


def _first_two(lines: list[Span], city: Span) -> bool:
    """Whether the place is the first line under the title, and prose follows it."""
    return bool(lines) and lines[0].holds(city) and len(lines) > 1


def _place_fields(
    document: Document, place: tuple[Span, Span, str] | None, header: list[Pair]
) -> tuple[Field[str] | None, Field[str] | None]:
    text = document.text
    if place is not None:
        city, country, stated = place
        return Field(city.of(text), city), Field(stated, country)
    at = first_value(header, _CITY, text)
    where = first_value(header, _COUNTRY, text)
    code = country_code(where.of(text)) if where else None
    return (
        Field(at.of(text), at) if at else None,
        Field(code, where) if code and where else None,
    )


def _moment(document: Document, at: Span) -> Field[str] | None:
    """The year, month or day a value begins with, as ISO 8601."""
    found = find_dates(document.text, document.language, at)
    if not found:
        return None
    first = found[0]
    length = {"year": 4, "month": 7, "day": 10}[first.precision]
    return Field(first.start.isoformat()[:length], first.span)


def _ended(document: Document, at: Span | None) -> Field[str] | None:
    if at is None:
        return None
    if moment := _moment(document, at):
        return moment
    if _ONGOING.search(fold(at.of(document.text))):
        return Field("ongoing", at)
    return None


def _money(document: Document, at: Span) -> Field[Money] | None:
    for number in find_numbers(document.text, document.language, at):
        if number.unit is not None and len(number.unit) == 3 and number.unit.isupper():
            return Field(Money(number.value, number.unit), number.span)
    return None


def _people(document: Document, at: Span) -> Field[int] | None:
    numbers = find_numbers(document.text, document.language, at)
    return Field(int(numbers[0].value), numbers[0].span) if numbers else None


def _keywords(text: str, header: list[Pair]) -> tuple[Field[str], ...]:
    at = first_value(header, _KEYWORDS, text)
    if at is None:
        return ()
    mark = ";" if ";" in at.of(text) else ","
    return tuple(listed(text, at, mark))


def listed(text: str, within: Span, mark: str) -> Iterator[Field[str]]:
    """The parts of a value between ``mark``s, each with its span; empty ones left out."""
    start = within.start
    while start < within.end:
        stop = text.find(mark, start, within.end)
        stop = within.end if stop < 0 else stop
        left, right = start, stop
        while left < right and text[left].isspace():
            left += 1
        while right > left and text[right - 1].isspace():
            right -= 1
        if left < right and not is_empty(text[left:right]):
            yield Field(text[left:right], Span(left, right))
        start = stop + len(mark)


# ---------------------------------------------------------------- numbered sections


def _by_sections(document: Document) -> Iterator[Practice]:
    text = document.text
    found = list(_SECTION.finditer(text))
    if len(found) < 2:  # one bracketed code after one number is a reference, not a form
        return
    captions: dict[str, list[re.Match[str]]] = {}
    for caption in _CAPTION.finditer(text):
        captions.setdefault(caption["code"], []).append(caption)
    heads = sorted(
        {heading.span.start for heading in document.headings}
        | {match.start() for match in found}
        | {len(text)}
    )
    for match in found:
        place = city_line(text, Span(*match.span("place")))
        if place is None:
            continue
        city, country, code = place
        name = next(
            (
                Span(*caption.span("name"))
                for caption in captions.get(country.of(text), [])[:_MOST_CAPTIONS]
                if same_city(caption["city"], city.of(text))
            ),
            city,
        )
        yield Practice(
            document=document.id,
            span=Span(match.start(), heads[bisect_right(heads, match.end() - 1)]),
            name=Field(name.of(text), name),
            city=Field(city.of(text), city),
            country=Field(code, country),
        )


_MOST_CAPTIONS = 50  # of one country; keeps a hostile text linear


# ---------------------------------------------------------------- case studies


def _by_title(document: Document) -> Practice | None:
    text, name = document.text, title_span(document)
    if name is None or document.published is not None:
        return None  # dated texts are news
    places = find_places(text, document.language, name)
    # "(Hackney, London, UK)": the first town is the one that acted.
    city = next((place for place in places if place.kind == "city"), None)
    local = city or next((place for place in places if place.kind == "region"), None)
    if local is None or local.country is None:
        return None  # a country alone is no town's practice
    stated = next(
        (p for p in reversed(places) if p.kind != "city" and p.country == local.country), None
    )
    if not (_ends_in_place(text, name, places) and stated) and not _is_case_study(text):
        return None
    return Practice(
        document=document.id,
        span=Span(0, len(text)),
        name=Field(name.of(text).strip(), name),
        city=Field(city.surface, city.span) if city else None,
        country=Field(local.country, (stated or local).span, inferred=stated is None),
    )


def _ends_in_place(text: str, name: Span, places: tuple[Place, ...]) -> bool:
    """Whether a place set off by a comma or bracket closes the title: "Budget (Lyon, France)"."""
    last = places[-1].span
    rest = text[last.end : name.end].strip(" )")
    return not rest and (_set_off(text, places[0].span) or _set_off(text, last))


def _set_off(text: str, place: Span) -> bool:
    return text[max(0, place.start - 2) : place.start].strip() in {"(", ","}


def _is_case_study(text: str) -> bool:
    found = {fold(match.group()).strip(" #*:\t") for match in _CASE_SECTIONS.finditer(text)}
    return len(found) > 1
