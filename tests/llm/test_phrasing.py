"""What becomes of a model's sentences, with a gate that is handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from assistant import Answer
from assistant.llm.failures import Unavailable
from assistant.llm.frame import frame_of
from assistant.llm.phrasing import Phrasing, phrase
from assistant.phrases import say

GENT = "The workshop in Gent mends 40 bicycles a week [1]."
BRAGA = "Neighbours in Braga borrow drills free of charge [3]."
WRONG = "The workshop in Gent mends 99 bicycles a week [1]."

Says = Callable[[str], Callable[[Sequence[Any]], Iterator[str]]]


def saying(text: str, failure: Unavailable | None = None) -> Any:
    """A model that says a text word by word, and then fails where it is told to."""

    def complete(_messages: Sequence[Any]) -> Iterator[str]:
        yield from (f"{word} " for word in text.split())
        if failure is not None:
            raise failure

    return complete


@pytest.fixture
def phrased(strict: Any, fit: Any) -> Callable[..., list[Phrasing]]:
    def run(answer: Answer, complete: Any, **options: Any) -> list[Phrasing]:
        return list(phrase(answer, complete, strict, fit, **options))

    return run


def test_supported_sentences_become_the_answer_and_nothing_else_of_it_changes(
    fact: Answer, phrased: Any
) -> None:
    *before, last = phrased(fact, saying(f"{GENT} {BRAGA}"))
    assert last.final
    assert last.answer.method == "llm"
    assert last.answer.text == f"{GENT} {BRAGA}"
    assert last.answer.citations == fact.citations
    assert last.answer.answer_id != fact.answer_id
    assert (
        replace(
            last.answer,
            text=fact.text,
            method=fact.method,
            answer_id=fact.answer_id,
            seconds=fact.seconds,
        )
        == fact
    )
    assert last.answer.seconds["total"] >= fact.seconds["total"]
    assert [step.shown for step in before] == [GENT, f"{GENT} {BRAGA}"]
    assert all(step.answer == fact and not step.final for step in before)


def test_what_is_not_supported_is_dropped_with_its_reason(fact: Answer, phrased: Any) -> None:
    *_, last = phrased(fact, saying(f"{GENT} {WRONG} Nobody cites this."))
    assert last.answer.text == last.shown == GENT
    assert [said.reason for said in last.said] == [None, "unsupported-content", "no-marker"]
    told = last.to_json()
    assert told["sentences"] == 3
    assert told["unsupported"] == [
        {"reason": "unsupported-content", "sentence": None},
        {"reason": "no-marker", "sentence": None},
    ]


def test_struck_through_it_is_shown_but_never_part_of_the_answer(
    fact: Answer, phrased: Any
) -> None:
    *_, last = phrased(fact, saying(f"{WRONG} {GENT}"), unsupported="strike")
    assert last.answer.text == GENT
    assert last.shown == (
        f"~~The workshop in Gent mends 99 bicycles a week (1).~~ (unsupported-content) {GENT}"
    )
    assert last.to_json()["unsupported"][0]["sentence"] == WRONG


def test_where_nothing_is_supported_the_extractive_answer_stays(fact: Answer, phrased: Any) -> None:
    *_, last = phrased(fact, saying(WRONG))
    assert last.final
    assert last.answer is fact
    assert last.shown == fact.text
    assert last.reason == "unsupported"


@pytest.mark.parametrize("text", ["", GENT, f"{GENT} {BRAGA} And"])
def test_a_failure_at_any_moment_leaves_the_extractive_answer(
    fact: Answer, phrased: Any, text: str
) -> None:
    failure = Unavailable("cut", "models.example broke off", "an end", "try again")
    *_, last = phrased(fact, saying(text, failure))
    assert last.final
    assert last.answer is fact
    assert (last.reason, last.told) == ("cut", str(failure))


def test_a_refusal_is_never_phrased_and_no_model_is_asked(refusal: Answer, phrased: Any) -> None:
    def complete(_messages: Sequence[Any]) -> Iterator[str]:
        raise AssertionError("asked")

    [only] = phrased(refusal, complete)
    assert only.final
    assert only.answer is refusal
    assert only.reason == "nothing-to-phrase"


def test_rows_stay_as_they_are_below_what_the_model_writes(rows: Answer, phrased: Any) -> None:
    *_, last = phrased(rows, saying(f"{GENT} {BRAGA} {GENT} {GENT}"))
    assert last.answer.text == f"{GENT} {BRAGA}\n\n{rows.text}"
    assert last.answer.items == rows.items
    assert last.answer.coverage == rows.coverage


def test_values_in_bold_stay_above_what_the_model_writes(fact: Answer, phrased: Any) -> None:
    valued = replace(fact, text=f"**40 bicycles** [1]\n\n{fact.text}\n\n- **Gent**: so [1]")
    *_, last = phrased(valued, saying(BRAGA))
    assert last.answer.text == f"**40 bicycles** [1]\n\n{BRAGA}\n\n- **Gent**: so [1]"


def test_sources_that_differ_stay_side_by_side(fact: Answer, phrased: Any) -> None:
    values = "**40 bicycles** [1] (2026-02-19) · **60 bicycles** [2] (2026-02-19)"
    told = say("conflict", "en", values=values)
    *_, last = phrased(replace(fact, text=f"{fact.text}\n\n{told}"), saying(GENT))
    assert last.answer.text == f"{GENT}\n\n{told}"


def test_sentences_that_are_refused_in_company_are_refused(fact: Answer, phrased: Any) -> None:
    *_, last = phrased(fact, saying(f"{GENT} {BRAGA} Neighbours in Braga borrow drills [3]."))
    assert last.answer is fact
    assert {said.reason for said in last.said} == {"rows"}


def test_talk_without_end_is_read_to_the_eighth_sentence(fact: Answer, phrased: Any) -> None:
    left: list[bool] = []

    def complete(_messages: Sequence[Any]) -> Iterator[str]:
        try:
            while True:
                yield f"{GENT} "
        finally:
            left.append(True)

    *_, last = phrased(fact, complete)
    assert [said.reason for said in last.said] == [None, *["repeated"] * 7]
    assert last.answer.text == GENT
    assert left == [True]


def test_the_same_words_give_the_same_answer(fact: Answer, phrased: Any) -> None:
    once, again = (phrased(fact, saying(GENT))[-1].answer for _ in range(2))
    assert replace(once, seconds={}) == replace(again, seconds={})


def test_prose_alone_is_replaced(fact: Answer, rows: Answer) -> None:
    assert frame_of(fact).around("x") == "x"
    assert frame_of(rows).around("x") == f"x\n\n{rows.text}"
    assert frame_of(replace(fact, text="**a** [1]")).around("x") == "**a** [1]\n\nx"
