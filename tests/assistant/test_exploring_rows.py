"""Records become rows: distinct, placed, found, sorted; what is not stated stays open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.exploring.choice import OFF_MAP, Choice
from assistant.exploring.points import REACH, Place, points
from assistant.exploring.projection import apart
from assistant.exploring.rows import EventRow, PracticeRow, event_rows, id_of, practice_rows
from assistant.exploring.view import PAGE_ROWS, Catalogue, countries, themes, view

TODAY = date(2026, 5, 4)


def field(value: Any) -> dict[str, Any]:
    return {"value": value, "span": [0, 1], "inferred": False}


def practice(name: str, city: str | None = None, country: str | None = None, **more: Any) -> Any:
    plain = {
        "kind": "practice",
        "source": more.pop("source", f"{name}.md"),
        "document": "0123456789abcdef",
        "span": [0, 9],
        "name": field(name),
        "city": field(city) if city else None,
        "country": field(country) if country else None,
        "keywords": [field(theme) for theme in more.pop("themes", ())],
    }
    optional = ("started", "ended", "budget", "population")
    return plain | {key: field(more[key]) if key in more else None for key in optional}


def event(name: str, start: str, end: str | None = None, place: str | None = None) -> Any:
    return {
        "kind": "event",
        "source": f"{name} {place}.md",
        "document": "0123456789abcdef",
        "span": [0, 9],
        "name": field(name),
        "start": field(start),
        "end": field(end) if end else None,
        "place": field(place) if place else None,
        "country": None,
        "published": None,
    }


def euros(amount: float, currency: str = "EUR") -> dict[str, Any]:
    return {"amount": amount, "currency": currency}


def chosen(rows: Any, **sent: Any) -> list[str]:
    catalogue = Catalogue(practice_rows(rows, ()), ())
    seen = view(catalogue, Choice.parse(sent, TODAY), "en")
    return [row.name for row in seen.rows]


def test_two_records_of_one_practice_are_a_row_with_what_either_states() -> None:
    [row] = practice_rows(
        [
            practice("Tool library", "Ghent", "BE", themes=["Sharing"], source="a.md"),
            practice("TOOL LIBRARY", "Ghent", "BE", started="2016-05", source="b.md"),
        ],
        [{"source": "b.md", "title": "B", "published": "2024-01-02", "url": "https://b.example"}],
    )
    assert (row.name, row.started, row.themes) == ("Tool library", "2016", ("Sharing",))
    assert [source.title for source in row.sources] == ["a.md", "B"]
    assert row.published == "2024-01-02"


def test_practices_of_one_name_in_two_towns_are_two() -> None:
    rows = practice_rows(
        [practice("Repair café", "Ghent", "BE"), practice("Repair café", "Lyon", "FR")], ()
    )
    assert len({row.id for row in rows}) == 2


def test_an_event_told_twice_is_one_and_lasts_as_long_as_either_says() -> None:
    [row] = event_rows(
        [event("Forum", "2026-05-01"), event("forum", "2026-05-01", "2026-05-03", "Lyon")], ()
    )
    assert (row.end, row.place) == (date(2026, 5, 3), "Lyon")


def test_a_row_and_the_flat_form_of_its_record_have_one_id() -> None:
    [row] = practice_rows([practice("Tool library", "Ghent", "BE")], ())
    assert id_of({"name": "Tool Library", "city": "Ghent", "country": "BE"}) == row.id
    [held] = event_rows([event("Forum", "2026-05-01")], ())
    assert id_of({"name": "Forum", "start": "2026-05-01", "city": None}) == held.id


@pytest.mark.parametrize(
    ("today", "status"),
    [
        ("2026-04-30", "upcoming"),
        ("2026-05-01", "now"),
        ("2026-05-03", "now"),
        ("2026-05-04", "past"),
    ],
)
def test_an_event_is_under_way_from_its_first_to_its_last_day(today: str, status: str) -> None:
    [row] = event_rows([event("Forum", "2026-05-01", "2026-05-03")], ())
    assert row.status(date.fromisoformat(today)) == status


def test_a_record_in_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="record_to_json"):
        practice_rows([{"kind": "practice"}], ())


def test_unknown_values_come_last_in_either_direction() -> None:
    rows = [practice("a"), practice("b", started="2001"), practice("c", started="1999")]
    assert chosen(rows, sort="started") == ["c", "b", "a"]
    assert chosen(rows, sort="started", descending=True) == ["b", "c", "a"]


def test_amounts_are_compared_within_their_currency_only() -> None:
    rows = [
        practice("pounds", budget=euros(5, "GBP")),
        practice("few", budget=euros(10)),
        practice("many", budget=euros(900)),
    ]
    assert chosen(rows, sort="budget") == ["few", "many", "pounds"]
    assert chosen(rows, sort="budget", descending=True) == ["many", "few", "pounds"]


def test_the_search_takes_words_in_any_order_with_the_countrys_name_in_the_readers_language() -> (
    None
):
    rows = practice_rows([practice("Tool library", "Ghent", "BE", themes=["Sharing"])], ())
    for words, language, is_found in (
        ("sharing TOOL", "en", True),
        ("belgië", "nl", True),
        ("belgium", "nl", True),
        ("belgië", "fr", False),
    ):
        seen = view(Catalogue(rows), Choice.parse({"search": words}, TODAY), language)
        assert bool(seen.rows) is is_found, words


def test_a_page_beyond_the_last_is_the_last() -> None:
    rows = practice_rows([practice(f"p{n:03}") for n in range(PAGE_ROWS + 1)], ())
    seen = view(Catalogue(rows), Choice.parse({"page": 99}, TODAY), "en")
    assert (seen.page, seen.pages) == (1, 2)
    assert [row.name for row in seen.shown] == ["p025"]


def test_a_town_that_is_not_known_is_off_the_map_and_never_its_country() -> None:
    rows = practice_rows(
        [
            practice("a", "Xyzqstad", "NL"),
            practice("b", None, "NL"),
            practice("c", "Utrecht", "NL"),
        ],
        (),
    )
    seen = view(Catalogue(rows), Choice.parse({"point": OFF_MAP}, TODAY), "en")
    assert [row.name for row in seen.rows] == ["a", "b"]
    assert [place.name for place in seen.towns] == ["Utrecht"]


def test_facets_count_rows_and_themes_of_any_case_are_one() -> None:
    rows = practice_rows(
        [
            practice("a", country="NL", themes=["Food", "food"]),
            practice("b", country="NL", themes=["food"]),
            practice("c", country="BE", themes=["Housing"]),
        ],
        (),
    )
    assert [(facet.name, facet.count) for facet in countries(rows, "nl")] == [
        ("België", 1),
        ("Nederland", 2),
    ]
    assert [(facet.value, facet.count) for facet in themes(rows)] == [("food", 2), ("housing", 1)]


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "practices",
        {"kind": ["events"], "page": -4, "year": "x", "descending": 1, "today": "2026-02-31"},
        {"page": True, "search": 7, "sort": "drop table", "country": {"a": 1}, "when": None},
        {"search": "x" * 10_000, "point": "\0" * 10_000, "page": 10**30},
    ],
)
def test_what_a_browser_sends_is_understood_or_falls_back(sent: Any) -> None:
    choice = Choice.parse(sent, TODAY)
    assert (choice.kind, choice.sort, choice.today) == ("practices", "name", TODAY)
    assert 0 <= choice.page <= 1_000_000
    assert len(choice.search) <= 200
    assert Choice.parse(choice.to_json(), TODAY) == choice


@given(
    st.lists(st.tuples(st.floats(0, 1000), st.floats(0, 990), st.integers(1, 50)), max_size=60),
    st.sampled_from(["fine", "coarse"]),
)
def test_points_are_far_enough_apart_and_hold_every_town_once(
    drawn: list[tuple[float, float, int]], grain: Any
) -> None:
    towns = [Place(f"XX|{n}", str(n), "XX", x, y, count) for n, (x, y, count) in enumerate(drawn)]
    found = points(towns, grain)
    assert sorted(place.key for point in found for place in point.places) == sorted(
        town.key for town in towns
    )
    for at, point in enumerate(found):
        for other in found[:at]:
            gap = apart((point.lead.x, point.lead.y), (other.lead.x, other.lead.y))
            assert gap >= REACH[grain]


def test_rows_are_values() -> None:
    [row] = practice_rows([practice("a")], ())
    assert isinstance(row, PracticeRow)
    assert replace(row) == row
    [held] = event_rows([event("Forum", "2026-05-01")], ())
    assert isinstance(held, EventRow)
    assert hash(held) == hash(replace(held))
