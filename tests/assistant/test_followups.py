"""What is suggested can be answered, in the language of the question, and was not asked before."""

from __future__ import annotations

import pytest

from assistant.lexicon import LANGUAGES
from assistant.question import language_of
from assistant.service import Townbook
from assistant.wordings import in_country

QUESTIONS = (
    "Which practices are there in Portugal?",
    "Which network is older, AIVP or LUCI?",
    "Who owns the moon?",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_follow_up_is_answered(quick: Townbook, question: str) -> None:
    suggested = quick.follow_ups(quick.ask(question))
    assert 1 <= len(suggested) <= 3
    assert question not in suggested
    for text in suggested:
        answer = quick.ask(text)
        assert answer.answered, text
        assert len(answer.items) > 1, text


def test_what_was_asked_is_not_suggested_again(quick: Townbook) -> None:
    answer = quick.ask(QUESTIONS[0])
    first = quick.follow_ups(answer)
    assert not set(first) & set(quick.follow_ups(answer, asked=first))


def test_follow_ups_stay_within_the_filters(quick: Townbook) -> None:
    from assistant.filters import parse_filters

    filters = parse_filters({"country": "PT"})
    for text in quick.follow_ups(quick.ask(QUESTIONS[0], filters=filters), filters=filters):
        assert quick.ask(text, filters=filters).answered


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_first_questions_in_every_language_and_each_is_answered(
    quick: Townbook, language: str
) -> None:
    questions = quick.first_questions(language)
    assert len(questions) >= 3
    for text in questions:
        assert language_of(text) == language
        assert quick.ask(text).answered, text


@pytest.mark.parametrize(
    ("code", "language", "words"),
    [
        ("PT", "en", "in Portugal"),
        ("NL", "en", "in the Netherlands"),
        ("PT", "fr", "au Portugal"),
        ("BE", "fr", "en Belgique"),
        ("NL", "fr", "aux Pays-Bas"),
        ("CH", "de", "in der Schweiz"),
        ("NL", "it", "nei Paesi Bassi"),
        ("BE", "pt", "na Bélgica"),
        ("PT", "pl", "w kraju Portugalia"),
    ],
)
def test_a_country_follows_the_grammar_of_its_language(
    code: str, language: str, words: str
) -> None:
    assert in_country(code, language) == words
