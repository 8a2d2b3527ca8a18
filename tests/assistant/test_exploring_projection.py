"""Places come out where the official projection has them, and only on the sheet."""

from __future__ import annotations

from math import cos, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.exploring.projection import EUROPE, apart, project


@pytest.mark.parametrize(
    ("north", "east", "easting", "northing"),
    [
        (52.0, 10.0, 4_321_000.0, 3_210_000.0),  # the centre
        (50.0, 5.0, 3_962_799.45, 2_999_718.85),  # the example of IOGP Guidance Note 7-2
    ],
)
def test_a_point_is_where_the_standard_has_it(
    north: float, east: float, easting: float, northing: float
) -> None:
    assert project(north, east) == pytest.approx((easting, northing), abs=0.01)


def test_vienna_and_bratislava_are_as_far_apart_on_the_map_as_on_the_ground() -> None:
    vienna, bratislava = EUROPE.point(48.208, 16.373), EUROPE.point(48.149, 17.107)
    assert vienna is not None
    assert bratislava is not None
    assert apart(vienna, bratislava) * EUROPE.metres == pytest.approx(55_000, abs=1_500)


@given(st.floats(36, 68), st.floats(-8, 30))
def test_a_small_square_keeps_its_area(north: float, east: float) -> None:
    step = 0.01
    corners = [
        project(north, east),
        project(north, east + step),
        project(north + step, east + step),
        project(north + step, east),
    ]
    drawn = 0.5 * sum(
        x * other_y - other_x * y
        for (x, y), (other_x, other_y) in zip(corners, [*corners[1:], corners[0]], strict=True)
    )
    middle = radians(north + step / 2)
    eccentricity = 0.00669438002  # of GRS 1980, squared
    bulge = (1 - eccentricity) / (1 - eccentricity * (1 - cos(middle) ** 2)) ** 2
    ground = (6_378_137.0 * radians(step)) ** 2 * cos(middle) * bulge
    assert drawn == pytest.approx(ground, rel=1e-4)


@pytest.mark.parametrize(
    ("north", "east"), [(40.7, -74.0), (-33.9, 151.2), (15.6, 32.5), (41.7, 44.8), (-52.0, -170.0)]
)
def test_what_lies_off_the_sheet_has_no_point_on_it(north: float, east: float) -> None:
    assert EUROPE.point(north, east) is None


def test_the_far_side_of_the_globe_is_refused() -> None:
    with pytest.raises(ValueError, match="Europe's half"):
        project(-52.0, -170.0)
