"""A conversation comes back from a browser as it went, or not at all."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Answer
from assistant.filters import parse_filters
from assistant.kept import MOST_PACKED, Exchange, pack, unpack
from assistant.service import Townbook
from index import EVERYTHING

QUESTIONS = ("Which practices are there in Portugal?", "Who owns the moon in 2031?")


@pytest.fixture(scope="module")
def exchanges(quick: Townbook) -> tuple[Exchange, ...]:
    filters = (parse_filters({"country": "PT", "from": "2000-01-01"}), EVERYTHING)
    return tuple(
        Exchange(question, filter, quick.ask(question, filters=filter))
        for question, filter in zip(QUESTIONS, filters, strict=True)
    )


def test_what_was_packed_comes_back_equal(quick: Townbook, exchanges: tuple[Exchange, ...]) -> None:
    assert [e.answer and e.answer.answered for e in exchanges] == [True, False]
    assert unpack(pack(exchanges), quick.document) == exchanges


def test_only_the_latest_that_fit_are_packed(exchanges: tuple[Exchange, ...]) -> None:
    answer = exchanges[0].answer
    assert answer is not None
    # Noise does not compress.
    many = [
        Exchange(str(i), EVERYTHING, replace(answer, text="".join(map(chr, range(200, 20_000)))))
        for i in range(9)
    ]
    packed = pack(many)
    assert 0 < len(packed) <= MOST_PACKED
    assert packed != pack(many[:5])


def forged(packed: str, change: Callable[[dict[str, Any]], None]) -> str:
    told = json.loads(zlib.decompress(base64.b64decode(packed)))
    change(told["exchanges"][0]["answer"])
    return base64.b64encode(zlib.compress(json.dumps(told).encode())).decode()


def shift(answer: dict[str, Any]) -> None:
    answer["citations"][0]["start"] += 1


def reword(answer: dict[str, Any]) -> None:
    answer["citations"][0]["quote"] += "!"


def move(answer: dict[str, Any]) -> None:
    answer["citations"][0]["source"] = "elsewhere.md"


def uncite(answer: dict[str, Any]) -> None:
    answer["citations"] = []


def mistype(answer: dict[str, Any]) -> None:
    answer["items"] = "none"


@pytest.mark.parametrize("change", [shift, reword, move, uncite, mistype])
def test_an_answer_that_does_not_stand_leaves_its_question_only(
    quick: Townbook, exchanges: tuple[Exchange, ...], change: Callable[[dict[str, Any]], None]
) -> None:
    first, second = unpack(forged(pack(exchanges), change), quick.document)
    assert first == Exchange(QUESTIONS[0], exchanges[0].filters, None)
    assert second == exchanges[1]


def test_the_articles_own_title_is_shown_whatever_came_back(
    quick: Townbook, exchanges: tuple[Exchange, ...]
) -> None:
    def rename(answer: dict[str, Any]) -> None:
        answer["citations"][0]["title"] = "<b>Another</b>"

    first = unpack(forged(pack(exchanges), rename), quick.document)[0]
    answer = first.answer
    assert answer is None or "Another" not in answer.citations[0].title


@given(st.one_of(st.text(), st.binary().map(lambda b: base64.b64encode(b).decode()), st.integers()))
def test_whatever_else_comes_back_is_no_conversation(packed: object) -> None:
    assert unpack(packed, lambda _source: None) == ()


def test_a_small_packet_cannot_fill_the_memory() -> None:
    bomb = base64.b64encode(zlib.compress(b" " * 50_000_000)).decode()
    assert len(bomb) < MOST_PACKED
    assert unpack(bomb, lambda _source: None) == ()


def test_an_answer_is_read_as_it_was_written(exchanges: tuple[Exchange, ...]) -> None:
    assert all(isinstance(exchange.answer, Answer) for exchange in exchanges)
