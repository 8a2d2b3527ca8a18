"""Share links: they fill a question in, lead nowhere else, and are taken whole or not at all."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.present.links import MOST_QUESTION, parse_share, share_path
from corpus.errors import UsageError
from index import EVERYTHING, Filters

FULL = Filters(
    countries=("BE", "PT"),
    cities=("Gent", "Póvoa; Varzim, 100%"),
    languages=("nl",),
    sources=("notes/",),
    kinds=("event",),
    since=date(2026, 1, 1),
    until=date(2026, 12, 31),
)


def pairs(path: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(path).query, keep_blank_values=True)


def test_a_link_is_a_path_that_a_person_can_read() -> None:
    assert (
        share_path("Which cities lend tools?", Filters(countries=("BE", "PT")), "de")
        == "/?q=Which+cities+lend+tools%3F&country=BE;PT&lang=de"
    )


def test_a_link_brings_back_question_filters_and_language() -> None:
    path = share_path("Wat is er nieuw?", FULL, "nl")
    assert parse_share(pairs(path)) == ("Wat is er nieuw?", FULL, "nl")
    assert parse_share(dict(pairs(path))) == ("Wat is er nieuw?", FULL, "nl")
    assert parse_share(pairs(share_path("News?"))) == ("News?", EVERYTHING, None)


@given(st.text(min_size=1, max_size=300), st.lists(st.text(min_size=1, max_size=9), max_size=3))
def test_any_question_and_cities_come_back_as_one_line(question: str, cities: list[str]) -> None:
    named = tuple(" ".join(c.split()) for c in cities if c.isprintable() and c.strip())
    try:
        path = share_path(question, Filters(cities=named))
    except UsageError:
        assert not question.strip() or not any(c.isprintable() for c in question)
        return
    found = parse_share(pairs(path))
    assert found is not None
    asked, filters, _ = found
    assert filters.cities == named
    assert share_path(asked, filters) == path


@pytest.mark.parametrize(
    "question",
    ["//evil.example", "https://evil.example", "javascript:alert(1)", '"><script>', "a\r\nX: y"],
)
def test_whatever_is_asked_the_path_leads_to_our_own_page(question: str) -> None:
    path = share_path(question)
    parts = urlsplit(path)
    assert (parts.scheme, parts.netloc, parts.path) == ("", "", "/")
    assert not set(path) & set("<>\"'\\ \r\n")


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"q": ""},
        {"q": " \u202e\x00"},
        {"q": "x" * (MOST_QUESTION + 1)},
        {"q": "News?", "country": "Atlantis"},
        {"q": "News?", "from": "soon"},
        {"q": "News?", "from": "2026-01-01;2026-02-01"},
        {"q": "News?", "kind": "secret"},
        {"q": "News?", "city": ";"},
        {"q": "News?", "city": ";".join("abcdefghijklmnopqrstu")},
        {"q": "News?", "city": "x" * 9_000},
        {"q": "News?", "lang": "xx"},
        [("q", "News?"), ("q", "Other?")],
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_link_of_which_a_part_cannot_be_used_fills_in_nothing(query: object) -> None:
    assert parse_share(query) is None  # type: ignore[arg-type]  # as it comes from anybody


def test_names_that_mean_nothing_here_are_passed_over() -> None:
    assert parse_share({"q": "News?", "utm_source": "mail", "next": "//evil.example"}) == (
        "News?",
        EVERYTHING,
        None,
    )


def test_characters_that_hide_or_reorder_words_are_not_filled_in() -> None:
    found = parse_share({"q": "pay\u202e001\u202c \n now\x1b[31m", "city": "Ge%0Ant"})
    assert found is not None
    assert found[:2] == ("pay 001 now [31m", Filters(cities=("Ge nt",)))


@pytest.mark.parametrize("question", ["", " ", "x" * (MOST_QUESTION + 1)])
def test_a_question_that_no_link_can_hold_is_refused(question: str) -> None:
    with pytest.raises(UsageError):
        share_path(question)


def test_a_link_that_browsers_may_cut_off_is_refused() -> None:
    with pytest.raises(UsageError, match="drop some filters"):
        share_path("News?", Filters(cities=("é" * 300,) * 20))
