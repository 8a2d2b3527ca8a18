"""The members of an enumeration are found as spans, whatever language joins them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.enumerations import members
from corpus import Span


def _found(text: str) -> list[str]:
    return [span.of(text) for span in members(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Delegates from Graz, Novi Sad, Porto and Turku attended the opening.",
            ["Graz", "Novi Sad", "Porto", "Turku"],
        ),
        ("Dabei waren Köln, Essen und Bonn.", ["Köln", "Essen", "Bonn"]),
        ("Les villes de Lyon, Metz et Brest.", ["Lyon", "Metz", "Brest"]),
        ("En el taller estaban Gijón, Vigo y Lugo.", ["Gijón", "Vigo", "Lugo"]),
        ("Deelnemers: Gent, Breda en Delft.", ["Gent", "Breda", "Delft"]),
    ],
)
def test_members_are_split_at_commas_and_the_word_for_and(text: str, expected: list[str]) -> None:
    assert _found(text) == expected


def test_prose_without_an_enumeration_has_no_members() -> None:
    assert _found("The hub opens at nine, and nobody has to pay.") == []


@given(st.text(max_size=200))
def test_members_stand_inside_the_span_in_order(text: str) -> None:
    found = members(text, Span(0, len(text)))
    assert list(found) == sorted(found)
    assert all(0 <= s.start < s.end <= len(text) for s in found)
