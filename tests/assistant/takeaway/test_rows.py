"""Rows of records and answers: what they say, where it stands, and which ones are wanted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.takeaway.chosen import chosen
from assistant.takeaway.formats import FORMATS, MEDIA_TYPES
from assistant.takeaway.rows import ANSWER_COLUMNS, COLUMNS, answer_rows
from index import Filters


@pytest.mark.parametrize("kind", ["event", "practice"])
def test_every_row_of_the_starter_articles_quotes_its_article(quick: Any, kind: Any) -> None:
    rows = quick.rows(kind)
    assert len(rows) == quick.status()[f"{kind}s"] > 5
    for row in rows:
        assert set(row) == set(COLUMNS[kind])
        document = quick.document(row["source"])
        assert document.text[row["quote_start"] : row["quote_end"]] == row["quote"]
        assert 0 < len(row["quote"]) <= 600
        assert (row["sha256"], row["title"]) == (document.sha256, document.title)
    assert rows == quick.rows(kind)


def test_events_come_in_the_order_of_their_days(quick: Any) -> None:
    days = [row["start"] for row in quick.rows("event")]
    assert days == sorted(days)


def test_an_answer_has_a_row_for_each_quote_of_each_thing(talk: Any) -> None:
    rows = list(answer_rows(talk))
    assert [(row["found"], row["country"], row["n"]) for row in rows] == [
        ("Gent", "BE", 1),
        ("Braga", "PT", 2),
        (None, None, 1),
        (None, None, 2),
    ]
    assert all(tuple(row) == ANSWER_COLUMNS for row in rows)
    assert rows[0]["quote"] == "The workshop mends 40 bicycles a week."


EVENTS: list[dict[str, Any]] = [
    {"name": "a", "start": "2026-05-01", "end": "2026-05-03", "place": "Gent", "country": "BE"},
    {"name": "b", "start": "2026-06-01", "end": None, "place": "Zaal 1, Brugge", "country": "BE"},
    {"name": "c", "start": "2025-01-01", "end": None, "place": None, "country": None},
]
PRACTICES: list[dict[str, Any]] = [
    {"name": "a", "started": "2016", "ended": "2018", "city": "Gent"},
    {"name": "b", "started": "2016-02", "ended": "ongoing", "city": "Braga"},
    {"name": "c", "started": None, "ended": None, "city": None},
    {"name": "d", "started": "2016-05-09", "ended": None, "city": "Gent"},
]


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (Filters(), "abc"),
        (Filters(countries=("BE",)), "ab"),
        (Filters(countries=("BE", "PT"), cities=("brugge",)), "b"),
        (Filters(cities=("Ghent", "Brugge")), "ab"),
        (Filters(cities=("Bruges",)), "b"),
        (Filters(cities=("Zaal 1",)), "b"),
        (Filters(cities=("Genk",)), ""),
        (Filters(since=date(2026, 5, 3)), "ab"),
        (Filters(since=date(2026, 5, 4)), "b"),
        (Filters(until=date(2026, 5, 1)), "ac"),
        (Filters(since=date(2026, 5, 2), until=date(2026, 5, 2)), "a"),
        (Filters(languages=("nl",)), "b"),
        (Filters(sources=("b.md",)), "b"),
        (Filters(sources=("folder/",)), "ac"),
    ],
    ids=str,
)
def test_filters_look_at_what_an_event_says_itself(filters: Filters, names: str) -> None:
    rows = [
        row | {"language": "nl" if row["name"] == "b" else "en", "source": source}
        for row, source in zip(EVENTS, ("folder/a.md", "b.md", "folder/c.md"), strict=True)
    ]
    assert "".join(row["name"] for row in chosen(rows, filters)) == names


@pytest.mark.parametrize(
    ("since", "until", "names"),
    [
        (date(2018, 12, 31), None, "ab"),
        (date(2019, 1, 1), None, "b"),
        (None, date(2016, 1, 31), "a"),
        (None, date(2016, 2, 1), "ab"),
        (date(2016, 5, 9), date(2016, 5, 9), "abd"),
        (date(2016, 5, 10), date(2016, 5, 10), "ab"),
    ],
    ids=str,
)
def test_a_practice_is_looked_for_in_the_time_it_ran(since: Any, until: Any, names: str) -> None:
    rows = [row | {"source": "a.md"} for row in PRACTICES]
    found = chosen(rows, Filters(since=since, until=until))
    assert "".join(row["name"] for row in found) == names


@pytest.mark.parametrize(
    ("when", "today", "names"),
    [
        ("upcoming", date(2026, 5, 3), "ab"),
        ("upcoming", date(2026, 5, 4), "b"),
        ("past", date(2026, 5, 3), "c"),
        ("past", date(2026, 5, 4), "ac"),
        (None, date(2026, 5, 4), "abc"),
    ],
)
def test_an_event_is_past_the_day_after_its_last(when: Any, today: date, names: str) -> None:
    rows = [row | {"source": "a.md"} for row in EVENTS]
    assert "".join(row["name"] for row in chosen(rows, Filters(), when, today)) == names


def test_every_format_has_a_media_type_and_is_what_the_command_offers() -> None:
    from assistant.cli import exporting
    from assistant.takeaway.headings import LANGUAGES

    assert {format for formats in FORMATS.values() for format in formats} == set(MEDIA_TYPES)
    assert exporting.FORMATS == FORMATS
    assert exporting.LANGUAGES == LANGUAGES
