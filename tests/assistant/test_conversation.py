"""A follow-up is restated so that it can be answered without the turns before it."""

from __future__ import annotations

from assistant import Turn
from assistant.conversation import leans_on_history, stand_alone

HUB = [
    Turn("user", "What is the Riverside Hub?"),
    Turn("assistant", "A meeting place in Leuven (BE) that lends tools to residents."),
]


def test_a_question_without_history_stands_alone() -> None:
    assert stand_alone("How many people visit it?", []) == ("How many people visit it?", ())


def test_a_pronoun_takes_its_topic_from_the_turns_before() -> None:
    standalone, carried = stand_alone("How many people visit it in a day?", HUB)
    assert standalone.startswith("How many people visit it in a day?")
    assert {"Riverside", "Hub", "Leuven"} <= {term.text for term in carried}
    assert all(term.weight < 1 for term in carried)


def test_a_changed_country_is_put_into_the_question_before() -> None:
    history = [Turn("user", "Which good practices come from Latvia?"), Turn("assistant", "Riga.")]
    assert stand_alone("And from Austria?", history) == (
        "Which good practices come from Austria?",
        (),
    )


def test_a_changed_day_is_put_into_the_question_before() -> None:
    history = [Turn("user", "Où va la délégation le 6 mars 2018 ?"), Turn("assistant", "À Lille.")]
    standalone, carried = stand_alone("Et le 17 avril ?", history)
    assert standalone == "Où va la délégation le 17 avril ?"
    assert carried == ()


def test_a_full_question_of_its_own_is_left_as_it_is() -> None:
    question = (
        "Which Danish towns published an atlas of vacant buildings along their harbour fronts?"
    )
    assert not leans_on_history(question, HUB)
    assert stand_alone(question, HUB) == (question, ())
