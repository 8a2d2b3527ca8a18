"""Words are compared by folded stems; offsets always come from the text itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.words import content_terms, fold, stem, words


@given(st.text())
def test_every_word_stands_where_its_span_says(text: str) -> None:
    found = words(text)
    assert all(word.span.of(text) == word.text for word in found)
    assert [w.span.start for w in found] == sorted(w.span.start for w in found)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Łódź", "lodz"), ("Café", "CAFÉ"), ("Straße", "strasse"), ("re\u200bpair", "repair")],
)
def test_spellings_that_a_reader_takes_for_one_word_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "volunteers", "volunteering"),
        ("de", "Flüchtlingen", "Flüchtling"),
        ("fr", "associations", "association"),
        ("es", "ayuntamientos", "ayuntamiento"),
        ("it", "cittadini", "cittadino"),
        ("nl", "bijeenkomsten", "bijeenkomst"),
        ("pt", "orçamentos", "orçamento"),
        ("pl", "budynków", "budynkowi"),
    ],
)
def test_inflected_forms_share_a_stem(language: str, one: str, other: str) -> None:
    assert stem(one, language) == stem(other, language)


def test_digit_groups_are_one_term_whatever_their_separator() -> None:
    assert content_terms("1,000 and 1.000", "en") == ["1000", "1000"]
    assert content_terms("2.5 km", "en") == ["2.5", "km"]


def test_function_and_question_words_are_not_content() -> None:
    assert content_terms("Which cities run repair cafés?", "en") == [
        "citi",
        "run",
        "repair",
        "cafe",
    ]
    assert content_terms("Wie viele Besucher hat der Hub?", "de") == ["besuch", "hub"]
