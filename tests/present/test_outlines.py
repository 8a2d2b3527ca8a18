"""The outlines that ship with the page: whose they are, how large, and where they lie."""

from __future__ import annotations

import json
import re

import pytest

from assistant.exploring.projection import EUROPE
from assistant.present.outlines import DATA, outlines
from corpus.coordinates import find_coordinates


def rings(path: str) -> list[list[tuple[int, int]]]:
    found = []
    for piece in re.findall(r"M([^z]*)z", path):
        numbers = [int(number) for number in re.findall(r"-?\d+", piece)]
        x, y = numbers[:2]
        ring = [(x, y)]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        found.append(ring)
    return found


def holds(ring: list[tuple[int, int]], x: float, y: float) -> bool:
    inside = False
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


@pytest.mark.parametrize(
    ("city", "country"),
    [
        ("Madrid", "ES"),
        ("Paris", "FR"),
        ("Berlin", "DE"),
        ("Vienna", "AT"),
        ("Warsaw", "PL"),
        ("Kyiv", "UA"),
        ("Simferopol", "UA"),
        ("Tampere", "FI"),
        ("Ankara", "TR"),
        ("Pristina", "XK"),
        ("Nicosia", "CY"),
        ("Birmingham", "GB"),
    ],
)
def test_a_city_lies_within_the_outline_of_its_country(city: str, country: str) -> None:
    found = find_coordinates(city, country)
    assert found is not None
    point = EUROPE.point(*found)
    assert point is not None
    assert any(holds(ring, *point) for ring in rings(outlines()[country]))


def test_every_country_of_the_union_is_drawn() -> None:
    union = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE"
    assert set(union.split()) <= set(outlines())


def test_outlines_are_plain_paths_on_the_sheet() -> None:
    for path in outlines().values():
        assert re.fullmatch(r"(M-?\d+ -?\d+l[-\d ]+z)+", path)
        for ring in rings(path):
            assert all(-20 <= x <= EUROPE.width + 20 for x, _ in ring)
            assert all(-20 <= y <= EUROPE.height + 20 for _, y in ring)


def test_the_file_is_small_and_says_where_it_comes_from() -> None:
    assert DATA.stat().st_size < 60_000
    assert "Natural Earth" in json.loads(DATA.read_text(encoding="utf-8"))["origin"]
