"""Rows on the map: towns as points, and points that would touch as one.

Knows where the gazetteer's towns lie on the sheet. Refuses to place a row whose town is unknown,
abroad of the sheet or not stated: such rows are counted instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.exploring.choice import Grain
from assistant.exploring.projection import EUROPE, apart
from assistant.exploring.rows import Row
from corpus.coordinates import find_coordinates
from corpus.gazetteer import place_key

# Units of the sheet between two points: 24 CSS pixels (WCAG 2.2, 2.5.8) where it is 600 pixels
# wide, and where it is 360, as on a phone.
REACH: Mapping[Grain, float] = {"fine": 40.0, "coarse": 66.0}


@dataclass(frozen=True, slots=True)
class Place:
    """A town with how many rows lie in it."""

    key: str
    name: str
    country: str
    x: float
    y: float
    count: int


@dataclass(frozen=True, slots=True)
class Point:
    """One mark of the map: its places, the one with most rows first, and where that one lies."""

    places: tuple[Place, ...]

    @property
    def lead(self) -> Place:
        return self.places[0]

    @property
    def count(self) -> int:
        return sum(place.count for place in self.places)


def place_of(row: Row) -> str:
    """The key of the town a row lies in: its country and the name to compare by."""
    return f"{row.country}|{place_key(row.place)}"


@lru_cache(maxsize=16_384)
def spot(name: str, country: str) -> tuple[float, float] | None:
    """Where a town is on the sheet; None when it is unknown or off the sheet."""
    found = find_coordinates(name, country) if name and country else None
    return None if found is None else EUROPE.point(*found)


def is_on_map(row: Row) -> bool:
    """Whether the row's town can be drawn."""
    return spot(row.place, row.country) is not None


def places(rows: Iterable[Row]) -> tuple[Place, ...]:
    """The towns of ``rows`` that can be drawn, most rows first."""
    counted: Counter[str] = Counter()
    first: dict[str, Row] = {}
    for row in rows:
        if is_on_map(row):
            key = place_of(row)
            counted[key] += 1
            first.setdefault(key, row)
    found = []
    for key, count in counted.items():
        row = first[key]
        at = spot(row.place, row.country)
        if at is not None:
            found.append(Place(key, row.place, row.country, *at, count))
    return tuple(sorted(found, key=lambda place: (-place.count, place.key)))


def points(towns: Sequence[Place], grain: Grain) -> tuple[Point, ...]:
    """The towns, most rows first, as marks that are at least the grain's reach apart.

    A town too close to a mark joins the nearest one.
    """
    reach = REACH[grain]
    cells: dict[tuple[int, int], list[list[Place]]] = {}
    groups: list[list[Place]] = []
    for town in towns:
        column, line = int(town.x // reach), int(town.y // reach)
        near = [
            group
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for group in cells.get((column + dx, line + dy), ())
            if _gap(group[0], town) < reach
        ]
        if near:
            min(near, key=lambda group: _gap(group[0], town)).append(town)
        else:
            cells.setdefault((column, line), []).append([town])
            groups.append(cells[column, line][-1])
    return tuple(Point(tuple(group)) for group in groups)


def _gap(one: Place, other: Place) -> float:
    return apart((one.x, one.y), (other.x, other.y))
