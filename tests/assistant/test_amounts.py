"""Amounts in words and parts of years, as questions set them."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.amounts import find_amounts, in_digits
from assistant.bounds import Bound, find_bounds
from assistant.question import understand
from assistant.year_parts import part_of_year


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("more than one and a half million euros", "en", 1.5e6),
        ("less than half a million euros", "en", 0.5e6),
        ("plus de deux millions et demi d'euros", "fr", 2.5e6),
        ("plus d'un million et demi d'euros", "fr", 1.5e6),
        ("mehr als anderthalb Millionen Euro", "de", 1.5e6),
        ("mehr als zweieinhalb Millionen Euro", "de", 2.5e6),
        ("más de un millón y medio de euros", "es", 1.5e6),
        ("più di un milione e mezzo di euro", "it", 1.5e6),
        ("meer dan anderhalf miljoen euro", "nl", 1.5e6),
        ("mais de um milhão e meio de euros", "pt", 1.5e6),
        ("ponad półtora miliona euro", "pl", 1.5e6),
        ("mniej niż dwa i pół miliona euro", "pl", 2.5e6),
    ],
)
def test_a_half_beside_a_scale_is_counted(text: str, language: str, value: float) -> None:
    assert [amount.value for amount in find_amounts(text, language)] == [value]


def test_the_lower_end_of_a_range_takes_the_scale_of_the_upper() -> None:
    told = "Practices that cost between one and two million euros"
    assert in_digits(told, "en") == "Practices that cost between 1000000 and two million euros"
    assert find_bounds(told, "en", dated=True) == (Bound("budget", 1e6, 2e6),)


@pytest.mark.parametrize("text", ["one of two million reasons", "this one and that one", "one"])
def test_an_article_is_no_amount(text: str) -> None:
    assert find_amounts(text, "en") == ()


def test_an_amount_in_words_bounds_a_list_and_is_no_concept() -> None:
    question = understand("Which good practices cost more than one and a half million euros?")
    assert question.bounds == (Bound("budget", low=1.5e6, strict=True),)
    assert question.concept == ()


@pytest.mark.parametrize(
    ("text", "language", "first", "last"),
    [
        ("events in the first half of 2017", "en", date(2017, 1, 1), date(2017, 6, 30)),
        ("events in the second half of the year 2017", "en", date(2017, 7, 1), date(2017, 12, 31)),
        ("in the spring of 2016", "en", date(2016, 3, 1), date(2016, 5, 31)),
        ("au premier semestre 2017", "fr", date(2017, 1, 1), date(2017, 6, 30)),
        ("à l'automne 2018", "fr", date(2018, 9, 1), date(2018, 11, 30)),
        ("im zweiten Halbjahr 2017", "de", date(2017, 7, 1), date(2017, 12, 31)),
        ("im Frühjahr 2016", "de", date(2016, 3, 1), date(2016, 5, 31)),
        ("en la primera mitad de 2017", "es", date(2017, 1, 1), date(2017, 6, 30)),
        ("nell'estate del 2017", "it", date(2017, 6, 1), date(2017, 8, 31)),
        ("in de tweede helft van 2017", "nl", date(2017, 7, 1), date(2017, 12, 31)),
        ("no primeiro trimestre de 2020", "pt", date(2020, 1, 1), date(2020, 3, 31)),
        ("w pierwszej połowie 2017", "pl", date(2017, 1, 1), date(2017, 6, 30)),
        ("wiosną 2016 roku", "pl", date(2016, 3, 1), date(2016, 5, 31)),
    ],
)
def test_a_part_of_a_year_has_a_first_and_a_last_day(
    text: str, language: str, first: date, last: date
) -> None:
    part = part_of_year(text, language)
    assert part is not None
    assert part[1:] == (first, last)


@pytest.mark.parametrize("text", ["the first half of the match", "spring cleaning", "winter 2016"])
def test_what_has_no_year_or_two_is_no_part_of_one(text: str) -> None:
    assert part_of_year(text, "en") is None


def test_a_part_of_a_year_restricts_events_and_is_no_concept() -> None:
    question = understand("Which events were held in the first half of 2017?")
    assert question.period == (date(2017, 1, 1), date(2017, 6, 30))
    assert question.concept == ()
