"""Facets count what a filter would leave, for every value and beside any other choice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.facets import FACETS, Count, folder_of
from assistant.filters import parse_filters
from assistant.service import Townbook
from assistant.settings import Settings
from index import EVERYTHING, Filters

PRACTICE = """Gardens of {city}

{city}, {country}

Size of city: 12 000 inhabitants
Start: 2016
End: Ongoing
Keywords: {keywords}

The city lends its roofs to people who grow vegetables.
"""


@pytest.fixture(scope="module")
def themed(tmp_path_factory: pytest.TempPathFactory, hashing: type[Any]) -> Iterator[Townbook]:
    """Three practices, of which two carry one keyword in two spellings."""
    folder: Path = tmp_path_factory.mktemp("articles-with-keywords")
    for name, city, country, keywords in (
        ("a.txt", "Malmö", "Sweden", "Food; volunteers"),
        ("b.txt", "Gent", "Belgium", "food; Bees"),
        ("c.txt", "Brno", "Czechia", ""),
    ):
        told = PRACTICE.format(city=city, country=country, keywords=keywords)
        (folder / name).write_text(told, encoding="utf-8")
    townbook = Townbook(Settings(home=folder / "home"), encoder=hashing(dimension=256))
    townbook.refresh([str(folder)])
    yield townbook
    townbook.close()


@pytest.mark.parametrize(
    "filters",
    [
        EVERYTHING,
        parse_filters({"country": "PT"}),
        parse_filters({"country": ["PT", "DE"], "language": "en"}),
        parse_filters({"kind": "practice", "from": "2000-01-01"}),
    ],
    ids=str,
)
def test_every_count_is_what_choosing_the_value_leaves(quick: Townbook, filters: Filters) -> None:
    found = quick.facets(filters)
    snapshot = quick.shelf().snapshot
    assert found.documents == len(snapshot.documents_within(filters))
    for name in FACETS:
        for count in getattr(found, name):
            one: dict[str, Any] = {name: (count.value,)}
            chosen = replace(filters, **one)
            assert len(snapshot.documents_within(chosen)) == count.documents, (name, count)


def test_a_chosen_value_does_not_hide_its_alternatives(quick: Townbook) -> None:
    every = quick.facets(EVERYTHING)
    chosen = quick.facets(parse_filters({"country": every.countries[0].value}))
    assert chosen.countries == every.countries
    assert chosen.documents == every.countries[0].documents < every.documents


def test_a_theme_restricts_to_the_practices_that_carry_it_however_it_is_spelled(
    themed: Townbook,
) -> None:
    assert themed.facets().themes == (Count("Food", 2), Count("Bees", 1), Count("volunteers", 1))
    within = themed.shelf().snapshot.documents_within(parse_filters({"theme": "FOOD"}))
    assert [document.source for document in within] == ["a.txt", "b.txt"]
    both = parse_filters({"theme": ["bees", "food"], "country": "SE"})
    assert themed.facets(both).documents == 1
    answer = themed.ask("Which practices are there?", filters=parse_filters({"theme": "bees"}))
    assert {citation.source for citation in answer.citations} <= {"b.txt"}


def test_nothing_is_left_of_a_theme_that_no_practice_has(themed: Townbook) -> None:
    found = themed.facets(parse_filters({"theme": "no such theme"}))
    assert (found.documents, found.practices, found.countries) == (0, 0, ())
    assert found.themes == themed.facets().themes


@pytest.mark.parametrize(
    ("source", "folder"),
    [
        ("starter/a.md", "starter/"),
        ("a.md", ""),
        ("news/2024/a.html", "news/"),
        ("https://city.example/a/b", "https://city.example/"),
    ],
)
def test_the_folder_of_a_source_is_its_first_or_its_site(source: str, folder: str) -> None:
    assert folder_of(source) == folder
