"""Draws assistant/present/europe.json: the outlines of Europe's countries on the page's map.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m benchmarks.outlines package/countries-50m.json

The outlines are Natural Earth's (https://www.naturalearthdata.com, public domain), version 4.1 at
1:50 million, as the package world-atlas (ISC) hands them on in TopoJSON. Borders that two
countries share are simplified once, so that no gap opens between them.
"""

from __future__ import annotations

import argparse
import heapq
import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from babel.core import get_global

from assistant.exploring.projection import EUROPE, Sheet, project
from assistant.present.outlines import DATA

Point = tuple[float, float]
Line = list[Point]

SMALLEST_BEND = 1.5  # square units of the sheet; a triangle below is no bend anybody sees
SMALLEST_ISLAND = 6.0  # square units; a country's largest piece is always drawn
BEYOND = 12.0  # units over the sheet's edge to draw, so that the cut itself is not seen
# Degrees: nothing outside comes near the sheet, and some of it cannot be projected at all, so it
# is drawn in to these bounds, which are off the sheet themselves.
WEST, SOUTH, EAST, NORTH = -50.0, 15.0, 80.0, 85.0

# Natural Earth draws who holds a place; the page's readers work by international law. United
# Nations General Assembly resolution 68/262: Crimea is part of Ukraine.
CRIMEA = (32.4, 44.3, 36.7, 46.3)  # west, south, east, north
UNNUMBERED = {"Kosovo": "XK", "N. Cyprus": "CY"}  # areas that have no ISO number of their own


def arcs_of(topology: dict[str, Any]) -> list[Line]:
    """Every arc in degrees east and north, decoded as the TopoJSON specification says (2.1.4)."""
    (scale_x, scale_y), (west, south) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    decoded = []
    for arc in topology["arcs"]:
        x = y = 0
        line: Line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * scale_x + west, y * scale_y + south))
        decoded.append(line)
    return decoded


def rings_of(geometry: dict[str, Any]) -> Iterator[list[int]]:
    """The rings of a polygon or of several, each as the numbers of its arcs."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        yield from polygon


def stitched(ring: Sequence[int], arcs: Sequence[Line]) -> Line:
    """A ring's points; an arc ``~n`` is arc ``n`` backwards."""
    points: Line = []
    for number in ring:
        part = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += part if not points else part[1:]
    return points


def on_sheet(line: Line, sheet: Sheet) -> Line:
    """A line of degrees as one of the sheet's units."""
    return [
        sheet.place(*project(min(max(north, SOUTH), NORTH), min(max(east, WEST), EAST)))
        for east, north in line
    ]


def simplified(line: Line, smallest: float = SMALLEST_BEND) -> Line:
    """``line`` without its smallest bends: Visvalingam and Whyatt 1993, by effective area.

    Ends stay, and of a closed line enough that it stays an area.
    """
    count = len(line)
    fewest = 4 if line[0] == line[-1] else 2
    before, after = list(range(-1, count - 1)), list(range(1, count + 1))
    alive = [True] * count

    def bend(at: int) -> float:
        return abs(area([line[before[at]], line[at], line[after[at]]]))

    queue = [(bend(at), at) for at in range(1, count - 1)]
    areas = {at: found for found, at in queue}
    heapq.heapify(queue)
    left = count
    while queue and left > fewest:
        found, at = heapq.heappop(queue)
        if not alive[at] or found != areas[at]:
            continue
        if found >= smallest:
            break
        alive[at] = False
        left -= 1
        one, other = before[at], after[at]
        after[one], before[other] = other, one
        for neighbour in (one, other):
            if 0 < neighbour < count - 1:
                areas[neighbour] = max(found, bend(neighbour))
                heapq.heappush(queue, (areas[neighbour], neighbour))
    return [point for at, point in enumerate(line) if alive[at]]


def area(ring: Sequence[Point]) -> float:
    """The area inside a ring, with the sign of its turn."""
    closed = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in closed) / 2


def clipped(ring: Line, sheet: Sheet, beyond: float = BEYOND) -> Line:
    """The part of a ring on the sheet and a little beyond: Sutherland and Hodgman 1974."""
    edges = (
        (0, 1, -beyond),
        (0, -1, -(sheet.width + beyond)),
        (1, 1, -beyond),
        (1, -1, -(sheet.height + beyond)),
    )
    for axis, sign, least in edges:
        kept: Line = []
        for one, other in zip([ring[-1], *ring[:-1]], ring, strict=True) if ring else ():
            here, there = sign * one[axis] - least, sign * other[axis] - least
            if (here < 0) != (there < 0):
                share = here / (here - there)
                kept.append(
                    (one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1]))
                )
            if there >= 0:
                kept.append(other)
        ring = kept
    return ring


def path(ring: Line) -> str:
    """A closed ring as an SVG path in whole units, each step relative to the last."""
    whole = [(round(x), round(y)) for x, y in ring]
    steps = [(one, other) for one, other in pairwise(whole) if one != other]
    if len(steps) < 2:
        return ""
    drawn = f"M{whole[0][0]} {whole[0][1]}l"
    for (x, y), (next_x, next_y) in steps:
        dx, dy = next_x - x, next_y - y
        drawn += f"{'' if drawn.endswith('l') or dx < 0 else ' '}{dx}{'' if dy < 0 else ' '}{dy}"
    return drawn + "z"


def outlines(topology: dict[str, Any], sheet: Sheet = EUROPE) -> dict[str, str]:
    """An SVG path for each country on the sheet, by ISO 3166-1 alpha-2 code."""
    degrees = arcs_of(topology)
    drawn = [simplified(on_sheet(arc, sheet)) for arc in degrees]
    aliases = get_global("territory_aliases")
    found: dict[str, list[Line]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        code = UNNUMBERED.get(name) or next(iter(aliases.get(geometry.get("id"), ())), "")
        for ring in rings_of(geometry):
            around = stitched(ring, degrees)
            if not any(WEST < east < EAST and SOUTH < north < NORTH for east, north in around):
                continue  # drawn in to the bounds, its sides could lie across the sheet
            piece = clipped(stitched(ring, drawn), sheet)
            if len(piece) > 2:
                east, north = around[0]
                crimea = CRIMEA[0] < east < CRIMEA[2] and CRIMEA[1] < north < CRIMEA[3]
                found.setdefault("UA" if code == "RU" and crimea else code, []).append(piece)
    return {
        code: drawing for code, pieces in sorted(found.items()) if (drawing := _drawing(pieces))
    }


def _drawing(pieces: list[Line]) -> str:
    largest = max(pieces, key=lambda ring: abs(area(ring)))
    return "".join(
        path([*ring, ring[0]])
        for ring in pieces
        if ring is largest or abs(area(ring)) >= SMALLEST_ISLAND
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("topology", type=Path, help="countries-50m.json of the package world-atlas")
    topology = json.loads(parser.parse_args().topology.read_text(encoding="utf-8"))
    countries = outlines(topology)
    drawn = {
        "origin": "Natural Earth 4.1, 1:50m (public domain, naturalearthdata.com) by way of"
        " world-atlas 2.0.2 (ISC); projected, simplified and cut by benchmarks/outlines.py",
        "width": EUROPE.width,
        "height": EUROPE.height,
        "countries": countries,
    }
    text = json.dumps(drawn, ensure_ascii=False, indent=0)
    DATA.write_text(text + "\n", encoding="utf-8")
    print(f"{len(countries)} countries, {len(text):,} characters")


if __name__ == "__main__":
    main()
