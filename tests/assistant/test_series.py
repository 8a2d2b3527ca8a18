"""A series in prose is cut into its members, with just so many as are asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.series import series
from corpus import Span


def _found(text: str, language: str = "en", wanted: int | None = None) -> list[str]:
    return [span.of(text) for span in series(text, Span(0, len(text)), language, wanted)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The sale of lime, wood chips and rain barrels was stopped.",
         ["sale of lime", "wood chips", "rain barrels"]),
        ("en", "Members meet in Oslo, Turku and Graz.", ["Oslo", "Turku", "Graz"]),
        ("en", "It rests on four pillars: trust; a shared plan; money; patience.",
         ["trust", "shared plan", "money", "patience"]),
        ("de", "Gesammelt werden Glas, alte Kleider und Papier.",
         ["Glas", "alte Kleider", "Papier"]),
        ("fr", "On y trouve : un four, une presse et des outils.",
         ["four", "presse", "outils"]),
        ("nl", "Er is een winkel, een werkplaats of een tuin.", ["winkel", "werkplaats", "tuin"]),
        ("es", "Colaboran en Vigo, Lugo y Ferrol, según el alcalde.", ["Vigo", "Lugo", "Ferrol"]),
    ],
)  # fmt: skip
def test_members_are_told_from_what_stands_before_and_after(
    language: str, text: str, expected: list[str]
) -> None:
    assert _found(text, language) == expected


def test_quotes_and_brackets_are_never_cut() -> None:
    text = "The plans “Sun and Rain”, “Wind” and “Ice, Snow” were shown."
    assert _found(text, wanted=3) == ["Sun and Rain", "Wind", "Ice, Snow"]
    text = "He thanked the mayors of Graz (Ada Lind), Turku (Bo Falk) and Oslo (Cy Moe)."
    assert _found(text, wanted=3) == ["Graz (Ada Lind)", "Turku (Bo Falk)", "Oslo (Cy Moe)"]


def test_an_address_in_brackets_is_no_part_of_a_name() -> None:
    text = "Copies run in Spain (https://a.example), Malta (www.b.example) and Peru."
    assert _found(text) == ["Spain", "Malta", "Peru"]


def test_the_number_asked_for_decides_how_a_series_is_cut() -> None:
    text = "There are three desks: Law and Order, Sport and Play, and Health."
    assert _found(text, wanted=3) == ["Law and Order", "Sport and Play", "Health"]
    assert _found(text, wanted=5) == ["Law", "Order", "Sport", "Play", "Health"]
    assert _found(text, wanted=6) == []


def test_prose_without_a_series_has_none() -> None:
    assert _found("The hub opens at nine and nobody has to pay.") == []


@given(st.text(max_size=200), st.sampled_from(["en", "de", "pl"]), st.integers(2, 6) | st.none())
def test_members_stand_inside_the_span_in_order(
    text: str, language: str, wanted: int | None
) -> None:
    found = series(text, Span(0, len(text)), language, wanted)
    assert list(found) == sorted(found)
    assert all(0 <= s.start < s.end <= len(text) for s in found)
    assert wanted is None or len(found) in (0, wanted)
