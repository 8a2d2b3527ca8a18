"""A comparison falls into one question for each side, without the other side's words."""

from __future__ import annotations

import pytest

from assistant.answering.side_questions import common_part, phrase_of, side_question
from assistant.question import understand


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        (
            "Which had the larger budget, the home for older people in Naas or the media centre in"
            " Barnsley?",
            ["the home for older people in Naas", "the media centre in Barnsley"],
        ),
        ("Waar wonen meer mensen, in Akkrum of in Aldeboarn?", ["in Akkrum", "in Aldeboarn"]),
    ],
)
def test_a_side_is_its_name_with_the_words_that_describe_it(text: str, phrases: list[str]) -> None:
    question = understand(text)
    assert [phrase_of(question, s).of(text).strip() for s in question.sides] == phrases


def test_what_is_compared_is_read_from_the_words_of_neither_side() -> None:
    question = understand(
        "Which had the larger budget, the home for older people in Naas or the media centre in"
        " Barnsley?"
    )
    assert "older" not in common_part(question)
    assert "budget" in common_part(question)


def test_a_side_is_asked_about_without_the_other_one() -> None:
    question = understand("Which cost more, the fair in Brno or the market in Porto?")
    one = side_question(question, question.sides[0], frozenset({"money"}))
    assert "Brno" in one.text
    assert "Porto" not in one.text
    assert "market" not in {term.text for term in one.terms}
    assert "money" in one.asked
    assert one.sides == ()
