"""A question that asks two things is read as two, in each of the eight languages."""

from __future__ import annotations

import pytest

from assistant.parts import parts_of
from assistant.question import part_questions, understand


@pytest.mark.parametrize(
    ("language", "text", "second"),
    [
        ("en", "How many bees live there and what is the roof called?", "what is the roof called?"),
        ("en", "On which day and at what time does it meet?", "at what time does it meet?"),
        ("fr", "Combien de lits et combien de tables a la maison ?", "combien de tables"),
        ("de", "Seit wann gibt es ihn, und wie oft findet er statt?", "wie oft findet"),
        ("es", "¿Cuántos vecinos y de cuántos barrios vinieron?", "de cuántos barrios"),
        ("it", "Quanti alberi ha il parco e quante panchine?", "quante panchine?"),
        ("nl", "Hoeveel leden telt hij, en hoeveel kwamen er?", "hoeveel kwamen er?"),
        ("pt", "Quantos jovens vieram e a quantas escolas pertencem?", "a quantas escolas"),
        ("pl", "Ile osób przyszło, a ile z nich głosowało?", "ile z nich głosowało?"),
    ],
)
def test_a_second_question_is_found(language: str, text: str, second: str) -> None:
    parts = parts_of(text, language)
    assert len(parts) == 2
    assert parts[1].of(text).startswith(second)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Which cities have a hub and a garden?"),
        ("en", "When and where does the group meet?"),
        ("en", "In towns and what lies around them?"),
        ("es", "¿Qué red reúne pueblos y que fue fundada en Lyon?"),
        ("de", "Welche Stadt hat Bäder und Gärten?"),
        ("fr", "Quelle ville a un port et un musée ?"),
    ],
)
def test_one_question_stays_whole(language: str, text: str) -> None:
    assert parts_of(text, language) == ()


def test_each_part_knows_the_words_of_the_other_at_less_weight() -> None:
    first, second = part_questions(
        understand("How many proposals did Ghent receive, and how many were chosen?")
    )
    weights = {term.text: term.weight for term in second.terms}
    assert weights["chosen"] == 1.0
    assert 0 < weights["Ghent"] < 1.0
    assert {term.text for term in first.terms} >= {"proposals", "Ghent"}


def test_a_bare_question_word_is_about_what_the_other_part_is_about() -> None:
    first, _second = part_questions(
        understand("On what date and at what time does the hackerspace meet?")
    )
    assert {term.text: term.weight for term in first.terms}["hackerspace"] == 1.0
