"""A question is read as a value: its kind, what it asks for, and what it is restricted to."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.bounds import Bound
from assistant.question import language_of, understand


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Which cities run repair cafés?", "list"),
        ("Name the towns that keep bees on public roofs.", "list"),
        ("Which city keeps bees on the roof of its theatre?", "fact"),
        ("How many volunteers help at the hub?", "number"),
        ("When does the working group meet in Brno?", "event"),
        ("Which events are held in Austria?", "list"),
        ("Which is older, the hub of Braga or the one of Ghent?", "compare"),
        ("Quelles villes ont une banque de temps ?", "list"),
        ("Combien de visiteurs viennent chaque jour ?", "number"),
        ("Welche Städte haben ein Reparaturcafé?", "list"),
        ("Wie viele Ehrenamtliche helfen mit?", "number"),
        ("Wann trifft sich die Arbeitsgruppe?", "event"),
        ("¿Qué ciudades tienen un banco de tiempo?", "list"),
        ("¿Cuántos vecinos participaron?", "number"),
        ("Quali città hanno un repair café?", "list"),
        ("Quando si riunisce il gruppo di lavoro?", "event"),
        ("Welke steden hebben een repaircafé?", "list"),
        ("Hoeveel vrijwilligers helpen mee?", "number"),
        ("Que cidades têm um orçamento participativo?", "list"),
        ("Quantos moradores participaram?", "number"),
        ("Które miasta mają bank czasu?", "list"),
        ("Ile osób odwiedza centrum?", "number"),
    ],
)
def test_the_kind_of_a_question_follows_its_question_words(text: str, kind: str) -> None:
    assert understand(text).kind == kind


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Which cities have a time bank?", "en"),
        ("Quelles villes ont une banque de temps ?", "fr"),
        ("Welche Städte haben eine Zeitbank?", "de"),
        ("¿Qué ciudades tienen un banco de tiempo?", "es"),
        ("Quali città hanno una banca del tempo?", "it"),
        ("Welke steden hebben een tijdbank?", "nl"),
        ("Que cidades têm um banco de tempo?", "pt"),
        ("Które miasta mają bank czasu?", "pl"),
    ],
)
def test_the_language_is_told_by_its_function_words(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("Which networks were founded before 1975?", Bound("started", high=1975, strict=True)),
        ("Which networks were founded in 1975 or later?", Bound("started", low=1975)),
        ("Name the good practices launched in 2014.", Bound("started", 2014, 2014)),
        (
            "Which good practices cost more than 2 million euros?",
            Bound("budget", low=2e6, strict=True),
        ),
        ("Quels réseaux ont été fondés avant 1990 ?", Bound("started", high=1990, strict=True)),
        (
            "Which good practices come from towns of fewer than 9,000 inhabitants?",
            Bound("population", high=9000, strict=True),
        ),
    ],
)
def test_bounds_hold_records_against_them(text: str, bound: Bound) -> None:
    assert understand(text).bounds == (bound,)


def test_countries_and_cities_are_told_apart() -> None:
    question = understand("Which good practices come from Sweden, and which from Ghent?")
    assert question.countries == ("SE",)
    assert [place.surface for place in question.places] == ["Ghent"]


def test_a_range_of_days_becomes_a_period() -> None:
    question = understand("Which events take place between 3 and 9 May 2019?")
    assert question.period == (date(2019, 5, 3), date(2019, 5, 9))


def test_the_two_sides_of_a_comparison_are_found() -> None:
    text = "Which has the larger budget, the depot in Graz or the one in Brno?"
    assert [span.of(text) for span in understand(text).sides] == ["Graz", "Brno"]


def test_what_filters_and_collections_say_is_not_part_of_the_concept() -> None:
    question = understand("Which good practices from Italy teach music?")
    assert [term.text for term in question.concept] == ["teach", "music"]


@settings(deadline=None)  # the first example compiles a language's cues
@given(st.text(max_size=300))
def test_any_text_is_understood_somehow(text: str) -> None:
    question = understand(text)
    assert all(term.span.of(text) == term.text for term in question.terms)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("How was it settled which subjects came up?", "fact"),
        ("In which towns is there a time bank?", "list"),
    ],
)
def test_the_first_question_word_says_what_kind_of_answer_is_wanted(text: str, kind: str) -> None:
    assert understand(text).kind == kind


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("What did the second phase of the WHO network set out to do?", set()),
        ("Who leads the WHO network?", {"person"}),
        ("WHO RUNS THE REPAIR CAFÉ?", {"person"}),
        ("What sum did the town put into the hub?", {"money"}),
    ],
)
def test_words_ask_for_types_of_value_and_acronyms_for_none(text: str, asked: set[str]) -> None:
    assert understand(text).asked == asked
