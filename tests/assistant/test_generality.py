"""Questions that several articles answer, each a part, without grammar that asks for a list."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant import Answer
from assistant.question import understand

GENERAL = [
    "Where do residents share electric cars?",
    "Wo teilen sich Nachbarn ein Auto?",
    "Où les habitants partagent-ils une voiture ?",
    "¿Dónde comparten coche los vecinos?",
    "Dove si condivide l'auto tra vicini?",
    "Waar delen buren een auto?",
    "Onde é que os vizinhos partilham um carro?",
    "Gdzie sąsiedzi dzielą się samochodem?",
    "shared gardens - where?",
    "Leere Läden im Viertel: Wo hat man neue Nutzer gefunden?",
    "hackathons and barcamps",
    "jardins partagés et potagers",
    "concerts against racism in Hürth",
]
ONE_ANSWER = [
    "Where did the jury of Brno meet?",
    "Where did the jury meet in 2016?",
    "Where and when did the jury meet?",
    "Where is the seat of Eurocities?",
    "When do residents share electric cars?",
    "Why do residents share cars?",
    "What is a time bank?",
    "How do they know where to meet?",
    "Who mends things?",
    "What is sold in the hall, where neighbours meet?",
    "budget of the repair hub",
    "Name the mayor of Ghent",
]


@pytest.mark.parametrize("text", GENERAL)
def test_a_question_that_names_no_one_thing_is_general(text: str) -> None:
    question = understand(text)
    assert question.general
    assert question.kind == "fact"


@pytest.mark.parametrize("text", ONE_ANSWER)
def test_a_question_for_one_thing_or_another_value_is_not(text: str) -> None:
    assert not understand(text).general


ARTICLES = {
    "ash.txt": "A garden for all\n\nNeighbours in Ghent swap seeds in a shared garden.\n",
    "elm.txt": "Seeds at school\n\nIn Gdynia pupils swap seeds in a shared garden.\n",
    "oak.txt": "Night lines\n\nThe trams of Zaragoza run until midnight on Saturdays.\n",
}


@pytest.mark.parametrize("question", ["Where do people swap seeds?", "seeds swapped in a garden"])
def test_a_general_question_is_answered_with_a_row_for_each_article(
    ask: Callable[..., Answer], question: str
) -> None:
    answer = ask(ARTICLES, question)
    assert answer.answered
    assert {item.name for item in answer.items} == {"Ghent", "Gdynia"}
    assert {c.source.rsplit("/")[-1] for c in answer.citations} == {"ash.txt", "elm.txt"}


def test_where_one_article_answers_there_are_no_rows(ask: Callable[..., Answer]) -> None:
    answer = ask(ARTICLES, "Where do trams run until midnight?")
    assert answer.answered
    assert answer.items == ()
    assert "Zaragoza" in answer.text
