"""How a question was read, part by part, and the question without a part."""

from __future__ import annotations

import pytest

from assistant import Part
from assistant.filters import parse_filters
from assistant.question import understand
from assistant.understanding import parts
from index import EVERYTHING


def read(text: str) -> dict[str, Part]:
    return {part.value: part for part in parts(understand(text), text, EVERYTHING)}


@pytest.mark.parametrize(
    ("text", "value", "words", "left"),
    [
        (
            "Which practices are there in Portugal?",
            "PT",
            "in Portugal",
            "Which practices are there?",
        ),
        (
            "Which practices in Portugal and Spain started after 2014?",
            "PT",
            "in Portugal",
            "Which practices in Spain started after 2014?",
        ),
        (
            "Which practices in Portugal and Spain started after 2014?",
            "ES",
            "Spain",
            "Which practices in Portugal started after 2014?",
        ),
        (
            "Which practices in Portugal started after 2014?",
            "started > 2014",
            "after 2014",
            "Which practices in Portugal started?",
        ),
        (
            "Which practices have a budget of more than 100,000 euros?",
            "budget > 100000",
            "of more than 100,000 euros",
            "Which practices have a budget?",
        ),
        (
            "Which events took place in March 2026?",
            "2026-03-01/2026-03-31",
            "in March 2026",
            "Which events took place?",
        ),
        (
            "Welche guten Praktiken kommen aus Italien?",
            "IT",
            "aus Italien",
            "Welche guten Praktiken kommen?",
        ),
        (
            "Quels réseaux ont leur secrétariat en Belgique ?",
            "BE",
            "en Belgique",
            "Quels réseaux ont leur secrétariat?",
        ),
    ],
)
def test_a_part_names_its_words_and_leaves_the_rest_to_be_asked(
    text: str, value: str, words: str, left: str
) -> None:
    part = read(text)[value]
    assert (part.words, part.without) == (words, left)


def test_what_a_fact_is_about_cannot_be_dropped() -> None:
    assert read("How many inhabitants does Aarhus have?")["Aarhus"].without is None


def test_the_sides_of_a_comparison_are_parts_and_stay() -> None:
    told = read("Which is older, AIVP or LUCI?")
    assert told["AIVP"] == Part("side", "AIVP", "AIVP", None)
    assert told["LUCI"].without is None


def test_a_follow_up_is_dropped_from_the_question_as_it_stands_alone() -> None:
    text = "in Portugal"
    alone = "Which practices are there in Portugal?"
    part = next(p for p in parts(understand(alone), alone, EVERYTHING) if p.value == "PT")
    assert part.without == "Which practices are there?"
    elsewhere = parts(understand(alone), text, EVERYTHING)
    assert all(part.without is None for part in elsewhere)


def test_filters_are_parts_that_are_spelled_as_filters() -> None:
    filters = parse_filters({"country": ["PT", "ES"], "from": "2024-01-01", "theme": "Food"})
    told = parts(understand("What is there?"), "What is there?", filters)
    values = [part.value for part in told if part.kind == "filter"]
    assert values == ["country=PT", "country=ES", "theme=Food", "from=2024-01-01"]


def test_a_group_of_countries_has_no_words_to_drop() -> None:
    part = read("Which Nordic cities have good practices?")["SE"]
    assert (part.words, part.without) == ("", None)
