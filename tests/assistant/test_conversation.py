"""A follow-up is restated so that it can be answered without the turns before it."""

from __future__ import annotations

import pytest

from assistant import Turn
from assistant.conversation import StandAlone, leans_on_history, stand_alone

HUB = [
    Turn("user", "What is the Riverside Hub?"),
    Turn("assistant", "A meeting place in Leuven (BE) that lends tools to residents."),
]


def test_a_question_without_history_stands_alone() -> None:
    question = "How many people visit it?"
    assert stand_alone(question, []) == StandAlone(question, question)


def test_a_pronoun_takes_its_topic_from_the_turns_before() -> None:
    alone = stand_alone("How many people visit it in a day?", HUB)
    assert alone.text == (
        "How many people visit it in a day? "
        "(Riverside Hub; meeting place in Leuven; lends tools to residents)"
    )
    assert alone.asking == "How many people visit it in a day?"
    assert {"Riverside", "Hub", "Leuven"} <= {term.text for term in alone.carried}
    assert all(term.weight < 1 for term in alone.carried)


def test_a_changed_country_is_put_into_the_question_before() -> None:
    history = [Turn("user", "Which good practices come from Latvia?"), Turn("assistant", "Riga.")]
    expected = "Which good practices come from Austria?"
    assert stand_alone("And from Austria?", history) == StandAlone(expected, expected)


def test_a_changed_day_is_put_into_the_question_before() -> None:
    history = [Turn("user", "Où va la délégation le 6 mars 2018 ?"), Turn("assistant", "À Lille.")]
    alone = stand_alone("Et le 17 avril ?", history)
    assert alone.text == "Où va la délégation le 17 avril 2018 ?"
    assert alone.carried == ()


def test_a_full_question_of_its_own_is_left_as_it_is() -> None:
    question = (
        "Which Danish towns published an atlas of vacant buildings along their harbour fronts?"
    )
    assert not leans_on_history(question, HUB)
    assert stand_alone(question, HUB) == StandAlone(question, question)


@pytest.mark.parametrize(
    ("question", "said", "expected"),
    [
        (
            "Which of the two is older?",
            "Riverside and LumiCity.",
            "Which of the two is older: Riverside or LumiCity?",
        ),
        (
            "Lequel des deux est plus ancien ?",
            "2 trouvés :\n- **Le Pont** [1]\n- **La Rive** [2]",
            "Lequel des deux est plus ancien: Le Pont ou La Rive?",
        ),
        (
            "Welche der beiden ist älter?",
            "Riverside und LumiCity",
            "Welche der beiden ist älter: Riverside oder LumiCity?",
        ),
    ],
)
def test_two_things_named_before_are_set_side_by_side(
    question: str, said: str, expected: str
) -> None:
    history = [Turn("user", "Which networks are there?"), Turn("assistant", said)]
    assert stand_alone(question, history) == StandAlone(expected, expected)


def test_of_three_things_named_before_no_two_are_chosen() -> None:
    history = [Turn("user", "Which are there?"), Turn("assistant", "Ash, Birch and Cedar.")]
    assert "or" not in stand_alone("Which of the two is older?", history).text.split()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What else is on in the same month?", "What else is on in October 2017?"),
        ("Was gibt es noch in diesem Jahr?", "Was gibt es noch 2017?"),
        ("Que se passe-t-il le même mois ?", "Que se passe-t-il octobre 2017 ?"),
    ],
)
def test_the_same_month_or_year_is_the_one_spoken_of(question: str, expected: str) -> None:
    history = [Turn("user", "When is the fair?"), Turn("assistant", "On 4 October 2017 in Graz.")]
    assert stand_alone(question, history) == StandAlone(expected, expected)
