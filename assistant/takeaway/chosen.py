"""Which rows somebody wants: by country, place, language, source and days.

Values inside one filter are alternatives, filters must all hold, and a row that does not say
what is filtered by is left out. Unlike a search's filters, which look at whole documents, these
look at what the row itself says.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal

from corpus.places import cities_meant
from index import Filters

When = Literal["upcoming", "past"]


def chosen(
    rows: Iterable[Mapping[str, Any]],
    filters: Filters,
    when: When | None = None,
    today: date | None = None,
) -> list[dict[str, Any]]:
    """The rows of ``assistant.takeaway.rows`` that ``filters`` leave, in their order.

    ``when`` keeps what ends on ``today`` or later, or before it.
    """
    given = tuple(rows)
    towns = _towns(given, filters)
    return [dict(row) for row in given if _fits(row, filters, towns) and _is_then(row, when, today)]


def _towns(rows: Iterable[Mapping[str, Any]], filters: Filters) -> frozenset[str]:
    """The names of places in ``rows``, or parts of them, that the filter's cities mean."""
    if not filters.cities:
        return frozenset()
    named = sorted({part for row in rows for part in _parts(row)})
    near = frozenset(filters.countries)
    return frozenset(part for city in filters.cities for part in cities_meant(city, named, near))


def _fits(row: Mapping[str, Any], filters: Filters, towns: frozenset[str]) -> bool:
    first, last = _days(row)
    return (
        (not filters.countries or row.get("country") in filters.countries)
        and (not filters.cities or not towns.isdisjoint(_parts(row)))
        and (not filters.languages or row.get("language") in filters.languages)
        and (not filters.sources or any(_is_of(row, source) for source in filters.sources))
        and (filters.since is None or (last is not None and last >= filters.since))
        and (filters.until is None or (first is not None and first <= filters.until))
    )


def _is_then(row: Mapping[str, Any], when: When | None, today: date | None) -> bool:
    if when is None or today is None:
        return True
    _first, last = _days(row)
    return last is not None and (last >= today) == (when == "upcoming")


def _parts(row: Mapping[str, Any]) -> tuple[str, ...]:
    named = row.get("city") or row.get("place")
    # "Campus Sint-Jan, Brugge" is in Brugge.
    return (named, *(part.strip() for part in named.split(","))) if named else ()


def _is_of(row: Mapping[str, Any], source: str) -> bool:
    named = str(row["source"])
    return named == source or (source.endswith("/") and named.startswith(source))


def _days(row: Mapping[str, Any]) -> tuple[date | None, date | None]:
    """First and last day: of an event its own, of a practice those it ran, so far as told."""
    first = _first_day(row.get("start") or row.get("started"))
    end = row.get("end") or row.get("ended")
    if end == "ongoing":
        return first, date.max
    last = _last_day(end or row.get("start") or row.get("started"))
    return first, last


def _first_day(iso: str | None) -> date | None:
    """``2016`` begins on its first day."""
    return date.fromisoformat((iso + "-01-01")[:10]) if iso else None


def _last_day(iso: str | None) -> date | None:
    """``2016`` ends on its last day, and so does ``2016-02``."""
    if not iso:
        return None
    year, month, day = (*map(int, iso.split("-")), 0, 0)[:3]
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])
