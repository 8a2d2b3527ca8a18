"""Bounds as questions set them, in the languages and forms they come in."""

from __future__ import annotations

import pytest

from assistant.bounds import Bound, find_bounds
from assistant.question import understand


@pytest.mark.parametrize(
    ("text", "language", "bound"),
    [
        (
            "Towns with between 5,000 and 9,000 inhabitants",
            "en",
            Bound("population", 5_000, 9_000),
        ),
        (
            "Practices that cost between 1 and 2 million euros",
            "en",
            Bound("budget", 1e6, 2e6),
        ),
        ("Networks founded from 1980 to 1984", "en", Bound("started", 1980, 1984)),
        ("Networks founded in the 1980s", "en", Bound("started", 1980, 1989)),
        ("Réseaux fondés dans les années 1980", "fr", Bound("started", 1980, 1989)),
        ("Städtenetzwerke, gegründet zwischen 1980 und 1984", "de", Bound("started", 1980, 1984)),
        ("Good practices that ended by 2015", "en", Bound("ended", high=2015)),
        ("Städte mit mindestens 9.000 Einwohnern", "de", Bound("population", low=9_000)),
        (
            "Ciudades con menos de 9.000 habitantes",
            "es",
            Bound("population", high=9_000, strict=True),
        ),
        ("Which networks date from 1984?", "en", Bound("started", 1984, 1984)),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else None,
)
def test_a_bound_has_two_ends(text: str, language: str, bound: Bound) -> None:
    assert find_bounds(text, language, dated=True) == (bound,)


@pytest.mark.parametrize(
    "text",
    [
        "Which of the 2017 good practices began late?",
        "Which good practices of 2017 began late?",
        "How many people came in 2017?",
    ],
)
def test_the_year_of_an_edition_bounds_nothing(text: str) -> None:
    assert find_bounds(text, "en", dated=True) == ()


def test_a_strict_end_is_left_out_and_another_is_not() -> None:
    assert not Bound("budget", low=10, strict=True).holds(10)
    assert Bound("budget", low=10).holds(10)


@pytest.mark.parametrize(
    ("text", "superlative"),
    [
        ("Which network is the oldest?", ("started", "least")),
        ("Quel réseau de villes a été fondé le plus récemment ?", ("started", "most")),
        ("Which good practice has the largest budget?", (None, "most")),
        ("Welche gute Praxis hat das kleinste Budget?", (None, "least")),
        ("Which good practices cost more than 9,000 euros?", None),
    ],
)
def test_superlatives_say_what_is_ordered_and_which_end_counts(
    text: str, superlative: object
) -> None:
    assert understand(text).superlative == superlative


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("How many good practices come from Italy?", True),
        ("Combien de réseaux de villes ont leur siège en France ?", True),
        ("How many visitors does the good practice of Braga have?", False),
    ],
)
def test_members_are_counted_only_where_they_are_asked_for(text: str, counted: bool) -> None:
    assert understand(text).counted is counted


def test_groups_of_countries_stand_for_their_members() -> None:
    assert set(understand("Which Nordic cities have a good practice?").countries) == {
        "DK", "FI", "IS", "NO", "SE",
    }  # fmt: skip
