"""A place on the globe as a point on Europe's map: Lambert's azimuthal equal-area projection.

The one European statistics are mapped in, ETRS89-extended / LAEA Europe (EPSG:3035), so that
countries have their true share of the sheet. Knows the formula and the part of Europe that is
drawn; refuses to know what is drawn on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, atanh, cos, hypot, pi, radians, sin, sqrt

# IOGP Guidance Note 7-2, method EPSG:9820, on GRS 1980, centred on 52° N 10° E.
_SEMI_MAJOR_METRES = 6_378_137.0
_FLATTENING = 1 / 298.257222101
_ECCENTRICITY = sqrt(2 * _FLATTENING - _FLATTENING**2)
_CENTRE_NORTH = radians(52)
_CENTRE_EAST = radians(10)
_FALSE_EASTING = 4_321_000.0
_FALSE_NORTHING = 3_210_000.0


def _q(north: float) -> float:
    """The formula's q of a latitude in radians: what makes its areas those of the ellipsoid."""
    e, s = _ECCENTRICITY, sin(north)
    return (1 - e**2) * (s / (1 - (e * s) ** 2) + atanh(e * s) / e)


_Q_POLE = _q(pi / 2)
_BETA_CENTRE = asin(_q(_CENTRE_NORTH) / _Q_POLE)
_RADIUS = _SEMI_MAJOR_METRES * sqrt(_Q_POLE / 2)
_D = (
    _SEMI_MAJOR_METRES
    * cos(_CENTRE_NORTH)
    / sqrt(1 - (_ECCENTRICITY * sin(_CENTRE_NORTH)) ** 2)
    / (_RADIUS * cos(_BETA_CENTRE))
)


def project(north: float, east: float) -> tuple[float, float]:
    """Easting and northing in metres of a point given in degrees north and east.

    Meant for Europe and around; ValueError for the far side of the globe, where there is no map.
    """
    turned = radians(east) - _CENTRE_EAST
    beta = asin(max(-1.0, min(1.0, _q(radians(north)) / _Q_POLE)))
    facing = 1 + sin(_BETA_CENTRE) * sin(beta) + cos(_BETA_CENTRE) * cos(beta) * cos(turned)
    if facing < 0.1:
        raise ValueError(
            f"got {north}° N {east}° E, expected a point on Europe's half of the globe"
        )
    scale = _RADIUS * sqrt(2 / facing)
    easting = scale * _D * cos(beta) * sin(turned)
    northing = (scale / _D) * (
        cos(_BETA_CENTRE) * sin(beta) - sin(_BETA_CENTRE) * cos(beta) * cos(turned)
    )
    return _FALSE_EASTING + easting, _FALSE_NORTHING + northing


@dataclass(frozen=True, slots=True)
class Sheet:
    """The drawn part of the projected plane, in metres, and its size in the drawing's units."""

    west: float
    south: float
    metres: float  # of the map to one unit of the drawing
    width: int
    height: int

    def point(self, north: float, east: float) -> tuple[float, float] | None:
        """Where on the sheet, from its top left corner; None for what lies off it."""
        try:
            x, y = self.place(*project(north, east))
        except ValueError:
            return None
        return (x, y) if 0 <= x <= self.width and 0 <= y <= self.height else None

    def place(self, easting: float, northing: float) -> tuple[float, float]:
        """The point of the projected plane on the sheet, or beyond its edges."""
        x = (easting - self.west) / self.metres
        return x, self.height - (northing - self.south) / self.metres


# From Iceland and Portugal to Kyiv and Cyprus, from Crete to the North Cape.
EUROPE = Sheet(west=2_500_000, south=1_390_000, metres=4_150, width=1000, height=990)


def apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance of two points of a sheet in its units."""
    return hypot(one[0] - other[0], one[1] - other[1])
