"""The column of facets: what is chosen stays in view, and nothing in it is markup."""

from __future__ import annotations

from typing import Any

from assistant.facets import Count, Facets
from assistant.filters import parse_filters
from assistant.present import facets
from index import EVERYTHING, Filters


def many(count: int) -> tuple[Count, ...]:
    return tuple(Count(f"Theme {i:03d}", count - i) for i in range(count))


def test_each_value_has_a_named_box_and_its_count(browse: Any) -> None:
    held = Facets(1200, 2, 0, countries=(Count("BE", 1100), Count("PT", 3)))
    seen = browse(facets.panel(held, EVERYTHING, "nl"))
    assert [box["value"] for box in seen.of("input")] == ["BE", "PT"]
    assert "België1.100" in seen.words
    assert "1.200 artikelen" in seen.words
    assert "Filters wissen" not in seen.words


def test_what_is_chosen_comes_first_even_where_nothing_is_left_of_it(browse: Any) -> None:
    held = Facets(5, 2, 0, themes=many(30))
    chosen = parse_filters({"theme": ["Theme 020", "gone"]})
    seen = browse(facets.panel(held, chosen, "en"))
    boxes = [box for box in seen.of("input") if box["name"] == "theme"]
    assert [box["value"] for box in boxes[:3]] == ["Theme 020", "gone", "Theme 000"]
    assert ["checked" in box for box in boxes[:3]] == [True, True, False]
    assert "Clear filters" in seen.words
    assert f"{31 - facets.SHOWN} more" in seen.words


def test_a_city_that_was_asked_for_in_another_language_ticks_the_articles_name(
    browse: Any,
) -> None:
    held = Facets(5, 2, 0, cities=(Count("Lyon", 3), Count("Ghent", 2)))
    seen = browse(facets.panel(held, parse_filters({"city": ["Gand", "Brugge"]}), "en"))
    boxes = [(box["value"], "checked" in box) for box in seen.of("input")]
    assert boxes == [("Ghent", True), ("Brugge", True), ("Lyon", False)]


def test_the_period_holds_the_days_that_were_chosen(browse: Any) -> None:
    chosen = parse_filters({"from": "2024-01-01", "to": "2024-12-31"})
    seen = browse(facets.panel(Facets(0, 0, 0), chosen, "en"))
    assert [box["value"] for box in seen.of("input")] == ["2024-01-01", "2024-12-31"]


def test_hostile_values_are_words(hostile: str, browse: Any) -> None:
    values = (Count(hostile, 1),)
    held = Facets(1, 1, 1, values, values, values, values, values, values)
    for filters in (EVERYTHING, Filters(themes=(hostile,), cities=(hostile,))):
        html = facets.panel(held, filters, "en")
        assert browse(html).inert
        assert not {"$", "{", "`", "\n"} & set(html)


def test_without_figures_the_column_only_says_what_it_is(browse: Any) -> None:
    assert browse(facets.panel(None, EVERYTHING, "fr")).words == "Limiter la recherche"
