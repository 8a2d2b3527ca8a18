"""The Explore room as HTML: inert whatever articles hold, and drawn where things belong."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.exploring.choice import Choice
from assistant.exploring.rows import EventRow, PracticeRow, Source, Stated
from assistant.exploring.view import Catalogue, View, countries, themes, view
from assistant.present import choosing
from assistant.present.days import written_days
from assistant.present.events import events
from assistant.present.evidence import evidence
from assistant.present.map import where
from assistant.present.practices import money, practices
from assistant.present.saving import address, saving
from assistant.present.speech import LANGUAGES
from assistant.present.timeline import WIDTH, chosen_year, marks, timeline
from corpus import Document, Money, Span

TODAY = date(2026, 5, 4)
SOURCE = Source("a.md", "An article", "https://city.example/a", "2024-03-05")
TOOLS = PracticeRow(
    id="aa",
    name="Tool library",
    city="Ghent",
    country="BE",
    themes=("Sharing",),
    started="2016",
    budget=Money(12000, "EUR"),
    published="2024-03-05",
    sources=(SOURCE,),
    stated=(),
)
FORUM = EventRow(
    id="ee",
    name="Forum",
    start=date(2026, 5, 1),
    end=date(2026, 5, 8),
    place="Lyon",
    country="FR",
    published="",
    sources=(SOURCE,),
    stated=(),
)


def seen(*rows: Any, language: str = "en", **sent: Any) -> View:
    held = Catalogue(
        tuple(row for row in rows if isinstance(row, PracticeRow)),
        tuple(row for row in rows if isinstance(row, EventRow)),
    )
    return view(held, Choice.parse(sent, TODAY), language)


def absent(_source: str) -> None:
    return None


def test_hostile_values_stay_words_in_every_part(hostile: str, browse: Any) -> None:
    source = Source(hostile, hostile, hostile, hostile)
    tools = replace(TOOLS, name=hostile, city=hostile, country=hostile, themes=(hostile,) * 6)
    tools = replace(tools, id=hostile, started=hostile, published=hostile, sources=(source,))
    known = replace(TOOLS, name=hostile, id="bb")
    forum = replace(FORUM, name=hostile, place=hostile, country=hostile, sources=(source,))
    one, other = seen(tools, known), seen(forum, kind="events", search="")
    rows = one.rows
    for html in (
        practices(one, absent, "en"),
        events(other, absent, "en"),
        where(one, countries(rows, "en"), "en"),
        timeline(other, "en"),
        choosing.form(
            Choice.parse({"search": hostile, "theme": hostile}, TODAY),
            countries(rows, "en"),
            themes([tools]),
            "en",
        ),
        choosing.chosen_point(seen(known, point="BE|ghent"), "en"),
        saving(Choice.parse({"search": hostile}, TODAY), "en"),
    ):
        found = browse(html)
        assert html
        # The page's own markup names no other elements than these, whatever the words are.
        assert found.tags <= {
            *("div", "section", "nav", "p", "h2", "h3", "ol", "li", "span", "b", "small", "bdi"),
            *("table", "caption", "thead", "tbody", "tr", "th", "td", "time", "a", "button"),
            *("svg", "g", "path", "circle", "rect", "line", "text", "title"),
            *("label", "input", "select", "option"),
        }
        for _, attributes in found.elements:
            assert not any(name.startswith("on") or name in {"style", "src"} for name in attributes)
            assert attributes.get("href", "#").startswith(("#", "https://", "http://", "/api/v1/"))
        assert not re.search(r"[$`{}]", html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_is_there_in_every_language(language: str, browse: Any) -> None:
    html = practices(seen(TOOLS, language=language), absent, language)
    assert "Ghent" in browse(html).words
    html = timeline(seen(FORUM, kind="events"), language)
    assert written_days(FORUM.start, FORUM.end, language) in browse(html).words
    assert browse(where(seen(TOOLS), (), language)).of("a")


def test_the_table_says_what_it_is_sorted_by(browse: Any) -> None:
    found = browse(practices(seen(TOOLS, sort="city", descending=True), absent, "en"))
    orders = [head["aria-sort"] for head in found.of("th") if "aria-sort" in head]
    assert orders == ["none", "descending", "none", "none", "none", "none", "none", "none"]
    assert {head["scope"] for head in found.of("th")} == {"col", "row"}


def test_a_point_lies_within_the_map_and_tells_its_place_and_number(browse: Any) -> None:
    found = browse(where(seen(TOOLS, replace(TOOLS, id="cc", name="Other")), (), "en"))
    assert {point["aria-label"] for point in found.of("a")} == {"Ghent, Belgium: 2 practices"}
    for circle in found.of("circle"):
        assert 0 < float(circle["cx"]) < 1000
        assert 0 < float(circle["cy"]) < 990


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (Money(18500, "EUR"), "18,500 EUR"),
        (Money(0.5, "GBP"), "0.5 GBP"),
        (None, ""),
    ],
)
def test_an_amount_is_written_whole_and_never_converted(
    amount: Money | None, words: str, browse: Any
) -> None:
    assert browse(money(amount, "en")).words == words


def test_quotes_mark_the_very_words_in_their_line(browse: Any, make_document: Any) -> None:
    text = "# Tools\n\nSince 2016 the city of Ghent lends tools.\n"
    document = make_document(text, source="a.md")
    stated = tuple(
        Stated(part, "a.md", document.id, Span(text.index(w), text.index(w) + len(w)))
        for part, w in (("started", "2016"), ("city", "Ghent"))
    )
    html = evidence(replace(TOOLS, stated=stated), lambda _source: document, "en")
    assert browse(html).marked == "2016Ghent"
    assert "Since 2016 the city of Ghent lends tools." in browse(html).words


def test_an_article_that_has_changed_is_not_quoted(make_document: Any) -> None:
    held: Document = make_document("Another text.", source="a.md")
    row = replace(TOOLS, stated=(Stated("name", "a.md", "0" * 16, Span(0, 4)),))
    assert evidence(row, lambda _source: held, "en") == ""


event_days = st.tuples(st.integers(0, 364), st.integers(0, 40), st.integers(1, 90))


@given(st.lists(event_days, min_size=1, max_size=30))
def test_bars_and_labels_stay_on_the_line_and_in_order(drawn: list[tuple[int, int, int]]) -> None:
    rows = [
        replace(
            FORUM,
            name="x" * length,
            start=date(2026, 1, 1) + timedelta(start),
            end=date(2026, 1, 1) + timedelta(start + lasting),
        )
        for start, lasting, length in drawn
    ]
    for mark, row in zip(marks(rows, 2026), rows, strict=True):
        assert 0 <= mark.start < mark.end <= WIDTH
        assert mark.extent[0] >= 0
        assert mark.extent[1] <= WIDTH
        assert mark.row is row


def test_the_year_shown_is_the_wanted_one_or_the_nearest_to_today() -> None:
    rows = [
        replace(FORUM, start=date(year, 6, 1), end=date(year, 6, 2)) for year in (2019, 2023, 2029)
    ]
    assert chosen_year(rows, 2019, TODAY) == 2019
    assert chosen_year(rows, 1999, TODAY) == 2029
    assert chosen_year(rows, 0, date(2024, 1, 1)) == 2023
    assert chosen_year([], 0, TODAY) == 2026


def test_an_event_over_new_year_stands_in_both_years(browse: Any) -> None:
    fair = replace(FORUM, start=date(2025, 12, 20), end=date(2026, 1, 6))
    for year in (2025, 2026):
        html = timeline(seen(fair, kind="events", year=year), "en")
        assert len(browse(html).of("a")) == 1
        assert f"Events in {year}" in browse(html).words


def test_a_crowded_year_says_how_many_are_in_the_table_only(browse: Any) -> None:
    rows = [replace(FORUM, id=str(n), name=f"Event {n}") for n in range(65)]
    html = timeline(seen(*rows, kind="events"), "en")
    assert len(browse(html).of("a")) == 60
    assert "5 more events of this year" in browse(html).words


def test_a_saving_link_carries_what_is_chosen_and_nothing_else() -> None:
    plain = address(Choice.parse({}, TODAY), "csv", "en")
    assert plain == "/api/v1/export/practices.csv?sort=name&page_language=en"
    asked = {"kind": "events", "search": "a&b=c", "when": "past"}
    link = address(Choice.parse(asked, TODAY), "ics", "pl")
    assert link == (
        "/api/v1/export/events.ics?search=a%26b%3Dc&sort=start&page_language=pl&when=past"
        "&today=2026-05-04"
    )
