"""A follow-up is restated so that it can be answered without the turns before it."""

from __future__ import annotations

import pytest

from assistant import Turn
from assistant.conversation import StandAlone, leans_on_history, spoken, stand_alone

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


@pytest.mark.parametrize(
    ("asked", "question", "expected"),
    [
        (
            "How many boats took part in 2011?",
            "And two years later?",
            "How many boats took part in 2013?",
        ),
        (
            "Combien de bateaux ont participé en 2011 ?",
            "Et l'année suivante ?",
            "Combien de bateaux ont participé en 2012 ?",
        ),
        (
            "Wie viele Boote waren 2011 dabei?",
            "Und im Jahr davor?",
            "Wie viele Boote waren 2010 dabei?",
        ),
        (
            "¿Cuántos barcos participaron en 2011?",
            "¿Y tres años después?",
            "¿Cuántos barcos participaron en 2014?",
        ),
        (
            "Quante barche hanno partecipato nel 2011?",
            "E l'anno dopo?",
            "Quante barche hanno partecipato nel 2012?",
        ),
        (
            "Hoeveel boten deden er in 2011 mee?",
            "En een jaar later?",
            "Hoeveel boten deden er in 2012 mee?",
        ),
        (
            "Quantos barcos participaram em 2011?",
            "E no ano seguinte?",
            "Quantos barcos participaram em 2012?",
        ),
        (
            "Ile łodzi wzięło udział w 2011 roku?",
            "A rok później?",
            "Ile łodzi wzięło udział w 2012 roku?",
        ),
    ],
)
def test_a_year_told_by_its_distance_is_put_into_the_question_before(
    asked: str, question: str, expected: str
) -> None:
    history = [Turn("user", asked), Turn("assistant", "47.")]
    alone = stand_alone(question, history)
    assert alone.text == expected
    assert alone.loosely


def test_a_year_that_only_the_answer_told_is_added() -> None:
    history = [
        Turn("user", "How full was the Boathouse?"),
        Turn("assistant", "In March 2017 it was full."),
    ]
    assert stand_alone("And two years earlier?", history).text == (
        "How full was the Boathouse in 2015?"
    )


def test_a_question_of_its_own_with_such_a_year_is_read_as_it_stands() -> None:
    history = [Turn("user", "How many rowed in the 2011 race?"), Turn("assistant", "Over 40.")]
    alone = stand_alone("And how many swam two years later?", history)
    assert alone.text == "And how many swam in 2013? (rowed; race; 40)"
    assert alone.asking == "And how many swam two years later?"
    carried = {term.text for term in alone.carried}
    assert "2013" in carried
    assert "2011" not in carried


def test_a_second_ellipsis_is_put_into_what_the_first_one_stood_for() -> None:
    history = [
        Turn("user", "How many boats took part in 2011?"),
        Turn("assistant", "47."),
        Turn("user", "And two years later?"),
        Turn("assistant", "51."),
    ]
    assert stand_alone("And in Ghent?", history).text.startswith("And in Ghent?")
    assert stand_alone("And in 2015?", history).text == "How many boats took part in 2015?"


def test_two_things_named_in_two_answers_are_set_side_by_side() -> None:
    history = [
        Turn("user", "Which league sorts waste?"),
        Turn("assistant", "WAL+, the League for Waste."),
        Turn("user", "And which one plants trees?"),
        Turn("assistant", "TREL, the Tree League."),
    ]
    assert stand_alone("Which of the two came first?", history).text == (
        "Which of the two came first: WAL+ or TREL?"
    )


def test_days_are_no_things_to_choose_from() -> None:
    history = [Turn("user", "When did it open?"), Turn("assistant", "In May 2001, in Ghent.")]
    text = stand_alone("Which of the two was it?", history).text
    assert " or " not in text


def test_a_short_follow_up_is_in_the_language_spoken_before() -> None:
    history = [Turn("user", "Quantos barcos participaram em 2011?"), Turn("assistant", "47.")]
    assert spoken("E no ano?", history) == "pt"
