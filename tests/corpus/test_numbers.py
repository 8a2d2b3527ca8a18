"""Quantities in eight languages: value, unit and exact words."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Span
from corpus.numbers import find_numbers


def read(text: str, language: str = "en") -> list[tuple[float, str | None, str]]:
    return [(n.value, n.unit, n.span.of(text)) for n in find_numbers(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "value", "unit", "words"),
    [
        ("en", "with €1.5m spent", 1_500_000, "EUR", "€1.5m"),
        ("en", "with £500k spent", 500_000, "GBP", "£500k"),
        ("en", "Budget: EUR 60000000", 60_000_000, "EUR", "EUR 60000000"),
        ("en", "Budget: 60000000 EUR", 60_000_000, "EUR", "60000000 EUR"),
        ("en", "60 million € more", 60_000_000, "EUR", "60 million €"),
        ("en", "$2 billion", 2_000_000_000, "USD", "$2 billion"),
        ("de", "46 Millionen Euro", 46_000_000, "EUR", "46 Millionen Euro"),
        ("fr", "2 millions d'euros", 2_000_000, "EUR", "2 millions d'euros"),
        ("it", "2,5 milioni di euro", 2_500_000, "EUR", "2,5 milioni di euro"),
        ("pl", "2 mln zł", 2_000_000, "PLN", "2 mln zł"),
        ("de", "1.234,56 €", 1_234.56, "EUR", "1.234,56 €"),
        ("en", "1,000 people", 1_000, None, "1,000"),
        ("es", "1.000 personas", 1_000, None, "1.000"),
        ("fr", "1 000 personnes", 1_000, None, "1 000"),
        ("fr", "1\u202f000 personnes", 1_000, None, "1\u202f000"),
        ("it", "9mila persone", 9_000, None, "9mila"),
        ("pl", "5 tys. osób", 5_000, None, "5 tys"),
        ("pt", "2 mil pessoas", 2_000, None, "2 mil"),
        ("en", "a 39% rise", 39, "%", "39%"),
        ("en", "a 12 per cent rise", 12, "%", "12 per cent"),
        ("de", "3,5 Prozent", 3.5, "%", "3,5 Prozent"),
        ("nl", "20 procent", 20, "%", "20 procent"),
        ("es", "5 por ciento", 5, "%", "5 por ciento"),
        ("en", "600 000 m2 of roof", 600_000, "m²", "600 000 m2"),
        ("en", "12.5 km of paths", 12.5, "km", "12.5 km"),
        ("en", "2,700 hours", 2_700, "h", "2,700 hours"),
        ("en", "0.5 t of bread", 0.5, "t", "0.5 t"),
        ("en", "120 MWh a year", 120, "MWh", "120 MWh"),
        ("en", "Size of city: 2220445 inhabitants", 2_220_445, None, "2220445"),
    ],
)
def test_a_quantity_has_its_value_and_unit(
    language: str, text: str, value: float, unit: str | None, words: str
) -> None:
    assert read(text, language) == [(value, unit, words)]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "thirteen cities", 13), ("en", "twenty-one cities", 21),
        ("en", "two hundred thousand people", 200_000), ("en", "one million people", 1_000_000),
        ("fr", "dix-sept villes", 17), ("de", "einundzwanzig Städte", 21),
        ("es", "dieciséis ciudades", 16), ("it", "diciotto città", 18), ("nl", "zes dorpen", 6),
        ("pt", "três cidades", 3), ("pl", "trzynaście miast", 13),
    ],
)  # fmt: skip
def test_number_words_count(language: str, text: str, value: float) -> None:
    assert [number.value for number in find_numbers(text, language)] == [value]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "over 40 people"), ("en", "around 40 people"), ("en", "more than 40 people"),
        ("en", "c. 40 people"), ("de", "rund 40 Leute"), ("de", "mehr als 40 Leute"),
        ("fr", "environ 40 personnes"), ("fr", "près de 40 personnes"), ("es", "unos 40 vecinos"),
        ("it", "circa 40 persone"), ("nl", "ongeveer 40 mensen"), ("pt", "cerca de 40 pessoas"),
        ("pl", "około 40 osób"),
    ],
)  # fmt: skip
def test_a_rough_number_says_so(language: str, text: str) -> None:
    assert [n.approximate for n in find_numbers(text, language)] == [True]
    assert [n.approximate for n in find_numbers("40 x", language)] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "on 23 March 2021", "by 02/06/2021", "in 2020", "since 23 March", "#3 – Somewhere",
        "see note [4]", "call +32 2 555 12 34", "tel. 020 1234567", "at 10:30", "at 5 pm",
        "the 5th time", "the 1990s", "G1000 and CO2 and 3D", "1. First things", "page 12",
        "one day",
    ],
)  # fmt: skip
def test_dates_marks_and_references_are_no_quantities(text: str) -> None:
    assert read(text) == []


def test_both_ends_of_a_range_are_read() -> None:
    assert read("10-15 people") == [(10, None, "10"), (15, None, "15")]


def test_only_the_part_asked_for_is_read() -> None:
    text = "10 men, 20 women, 30 children"
    assert [n.span.of(text) for n in find_numbers(text, "en", Span(8, 16))] == ["20"]


@given(st.text(alphabet=st.sampled_from("0123456789 .,€%mk-onetwohudr\u202f\n"), max_size=120))
def test_every_number_has_words_inside_the_text_and_apart(text: str) -> None:
    found = find_numbers(text, "en")
    assert all(number.span.of(text).strip() for number in found)
    for left, right in pairwise(found):
        assert left.span.end <= right.span.start


@pytest.mark.parametrize("piece", ["1 ", "1.", "100 ", "one ", "€", "0 ", "~ ", "a b "])
def test_hostile_text_takes_time_in_proportion_to_its_length(piece: str) -> None:
    find_numbers("warm", "en")
    started = time.process_time()
    find_numbers(piece * (20_000 // len(piece)), "en")
    assert time.process_time() - started < 5
