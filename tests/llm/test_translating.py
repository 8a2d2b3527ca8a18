"""Quotes in the question's language: what is offered, and what is held back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from assistant import Answer, Citation
from assistant.llm.failures import Unavailable
from assistant.llm.translating import translate

GERMAN = "Das Repair-Café in Hürth gibt es seit Mai 2015 mit 12 Helfern."
GOOD = "The repair café in Hürth has existed since May 2015 with 12 helpers."


@pytest.fixture
def foreign(fact: Answer) -> Answer:
    """An answer in English that cites two German quotes and an English one."""
    first, second, third = fact.citations
    quotes: tuple[Citation, ...] = (
        replace(first, quote=GERMAN),
        second,
        replace(third, quote="Es öffnet am Montag."),
    )
    return replace(fact, text=f"{GERMAN} [1] {second.quote} [2]", citations=quotes)


LANGUAGES = {1: "de", 2: "en", 3: "de"}


def saying(text: str, asked: list[Any] | None = None) -> Any:
    def complete(messages: Sequence[Any]) -> Iterator[str]:
        if asked is not None:
            asked.append(messages)
        yield text

    return complete


def test_a_quote_in_another_language_is_translated_and_stays_what_is_cited(
    foreign: Answer,
) -> None:
    asked: list[Any] = []
    found = translate(foreign, LANGUAGES, saying(f"[1] {GOOD}\n[2] Something.", asked), "q0")
    assert found == {"1": GOOD}
    [(system, user)] = asked
    assert "into English" in system["content"]
    assert user["content"] == f"[1] <q0>{GERMAN}</q0>"


@pytest.mark.parametrize(
    "said",
    [
        GOOD.replace("2015", "2016"),
        GOOD.replace("12", "20"),
        GOOD.replace("Hürth", "Cologne"),
        GOOD.replace(" with 12 helpers", ""),
        GOOD.replace(".", " and Caritas pays."),
        f"{GOOD} See https://evil.example",
        f"{GOOD} [2]",
        f"<b>{GOOD}</b>",
        f"{GOOD} " * 3,
        "Yes.",
    ],
    ids=lambda said: said[-40:],
)
def test_one_that_does_not_agree_with_its_quote_is_held_back(foreign: Answer, said: str) -> None:
    assert translate(foreign, LANGUAGES, saying(f"[1] {said}")) == {}


def test_nobody_is_asked_when_every_quote_is_in_the_questions_language(foreign: Answer) -> None:
    asked: list[Any] = []
    assert translate(replace(foreign, language="de"), {1: "de"}, saying("", asked)) == {}
    assert translate(foreign, {}, saying("", asked)) == {}
    assert asked == []


def test_a_model_that_fails_translates_nothing(foreign: Answer) -> None:
    def complete(_messages: Sequence[Any]) -> Iterator[str]:
        yield f"[1] {GOOD}\n"
        raise Unavailable("cut", "it broke off", "an end", "try again")

    assert translate(foreign, LANGUAGES, complete) == {}
