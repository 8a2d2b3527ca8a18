"""The rows that a choice leaves, in its order, and what there is to choose from.

Knows search, filters, sorting and pages over rows that are all in memory: of 20,000 rows a view
takes a fraction of a second. Refuses to know how any of it looks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.exploring.choice import OFF_MAP, Choice, Kind
from assistant.exploring.points import Place, Point, is_on_map, place_of, places, points
from assistant.exploring.rows import EventRow, PracticeRow, Row
from corpus.countries import country_name
from corpus.words import fold

PAGE_ROWS = 25
MOST_THEMES = 300  # in the list to choose from; the rarest are found by the search


@dataclass(frozen=True, slots=True)
class Facet:
    """One value to filter by, and how many rows have it."""

    value: str
    name: str
    count: int


@dataclass(frozen=True)
class Catalogue:
    """Every row of one snapshot."""

    practices: tuple[PracticeRow, ...] = ()
    events: tuple[EventRow, ...] = ()
    # What the search looks at, by kind and language; filled as it is asked for.
    _texts: dict[tuple[Kind, str], list[str]] = field(default_factory=dict, repr=False)

    def rows(self, kind: Kind) -> Sequence[Row]:
        return self.practices if kind == "practices" else self.events

    def texts(self, kind: Kind, language: str) -> list[str]:
        """The folded words of each row, its country's name in ``language`` among them."""
        known = self._texts.get((kind, language))
        if known is None:
            known = [_words(row, language) for row in self.rows(kind)]
            self._texts[kind, language] = known
        return known

    def find(self, kind: Kind, id: str) -> Row | None:
        return next((row for row in self.rows(kind) if row.id == id), None)


@dataclass(frozen=True, slots=True)
class View:
    """What a choice comes to."""

    choice: Choice
    total: int  # rows of the kind
    everywhere: tuple[Row, ...]  # what all but the chosen point leave, in order
    rows: tuple[Row, ...]  # what the choice leaves, in order
    chosen: Point | None  # the point that was chosen, if it is still there

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.rows) // PAGE_ROWS))

    @property
    def page(self) -> int:
        """From 0; the last when the choice names one beyond."""
        return min(self.choice.page, self.pages - 1)

    @property
    def shown(self) -> tuple[Row, ...]:
        """The rows of the page."""
        return self.rows[self.page * PAGE_ROWS : (self.page + 1) * PAGE_ROWS]

    @property
    def towns(self) -> tuple[Place, ...]:
        return places(self.everywhere)


def view(catalogue: Catalogue, choice: Choice, language: str) -> View:
    """The rows that ``choice`` leaves; countries are sorted and found by names in ``language``."""
    wanted = fold(choice.search).split()
    found = [
        row
        for row, text in zip(
            catalogue.rows(choice.kind), catalogue.texts(choice.kind, language), strict=True
        )
        if all(word in text for word in wanted) and _fits(row, choice)
    ]
    everywhere = tuple(ordered(found, choice, language))
    rows, point = everywhere, None
    if choice.point == OFF_MAP:
        rows = tuple(row for row in everywhere if not is_on_map(row))
    elif choice.point:
        marks = points(places(everywhere), choice.grain)
        point = next((mark for mark in marks if mark.lead.key == choice.point), None)
        if point is not None:
            there = {place.key for place in point.places}
            rows = tuple(row for row in everywhere if place_of(row) in there)
    return View(choice, len(catalogue.rows(choice.kind)), everywhere, rows, point)


def countries(rows: Sequence[Row], language: str) -> tuple[Facet, ...]:
    """The countries of ``rows``, by their names in ``language``."""
    counted = Counter(row.country for row in rows if row.country)
    found = (Facet(code, country_name(code, language), n) for code, n in counted.items())
    return tuple(sorted(found, key=lambda facet: fold(facet.name)))


def themes(rows: Sequence[PracticeRow]) -> tuple[Facet, ...]:
    """The commonest themes of ``rows``, by name; themes that differ by case only are one."""
    counted: Counter[str] = Counter()
    written: dict[str, Counter[str]] = {}
    for row in rows:
        for theme in row.themes:
            key = fold(theme)
            counted[key] += 1
            written.setdefault(key, Counter())[theme] += 1
    common = [
        Facet(key, max(written[key].items(), key=lambda spelt: (spelt[1], spelt[0]))[0], count)
        for key, count in sorted(counted.items(), key=lambda found: (-found[1], found[0]))
    ][:MOST_THEMES]
    return tuple(sorted(common, key=lambda facet: facet.value))


def ordered(rows: Sequence[Row], choice: Choice, language: str) -> list[Row]:
    """``rows`` by the chosen column; those without a value there come last, either way."""
    value = _ORDERS[choice.sort]
    have = [(value(row, choice, language), row) for row in rows]
    known = [(key, row) for key, row in have if key not in ("", None)]
    known.sort(key=lambda pair: pair[0], reverse=choice.descending)
    if choice.sort == "budget":
        # Amounts compare within a currency only: euros first, then by code.
        known.sort(key=lambda pair: (_currency(pair[1]) != "EUR", _currency(pair[1])))
    return [row for _, row in known] + [row for key, row in have if key in ("", None)]


def _currency(row: Row) -> str:
    return row.budget.currency if isinstance(row, PracticeRow) and row.budget else ""


def _fits(row: Row, choice: Choice) -> bool:
    if choice.country and row.country != choice.country:
        return False
    if isinstance(row, PracticeRow):
        return not choice.theme or any(fold(theme) == choice.theme for theme in row.themes)
    if choice.when == "all":
        return True
    return (row.status(choice.today) == "past") == (choice.when == "past")


def _words(row: Row, language: str) -> str:
    names = {country_name(row.country, code) for code in (language, "en")} if row.country else ()
    own: tuple[str, ...]
    if isinstance(row, PracticeRow):
        budget = f"{row.budget.amount:.0f} {row.budget.currency}" if row.budget else ""
        own = (row.city, *row.themes, row.started, budget)
    else:
        own = (row.place, row.start.isoformat(), row.end.isoformat())
    titles = (source.title for source in row.sources)
    return fold(" \n ".join((row.name, *own, *names, row.published, *titles)))


_Order = Callable[[Any, Choice, str], Any]  # a row of the kind that has the column
_STATUS = {"now": 0, "upcoming": 1, "past": 2}
_ORDERS: dict[str, _Order] = {
    "name": lambda row, _choice, _language: fold(row.name),
    "city": lambda row, _choice, _language: fold(row.city),
    "place": lambda row, _choice, _language: fold(row.place),
    "country": lambda row, _choice, language: (
        fold(country_name(row.country, language)) if row.country else ""
    ),
    "themes": lambda row, _choice, _language: fold(row.themes[0]) if row.themes else "",
    "started": lambda row, _choice, _language: row.started,
    "budget": lambda row, _choice, _language: row.budget.amount if row.budget else None,
    "published": lambda row, _choice, _language: row.published,
    "source": lambda row, _choice, _language: fold(row.sources[0].title),
    "start": lambda row, _choice, _language: (row.start, row.end),
    "status": lambda row, choice, _language: (_STATUS[row.status(choice.today)], row.start),
}
