"""Whole sentences out of a stream, and what may stand in one."""

from __future__ import annotations

import pytest

from assistant.llm.closing import whole_sentences
from assistant.llm.plain import plain, unmarked


def streamed(text: str, size: int, language: str = "en") -> list[str]:
    return list(whole_sentences([text[i : i + size] for i in range(0, len(text), size)], language))


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
def test_markers_stay_with_their_sentence_however_the_words_come(size: int) -> None:
    text = "It mends 40 bicycles. [1] Two towns do so [1, 2]. It began in 2019.[3] Half a sente"
    assert streamed(text, size) == [
        "It mends 40 bicycles. [1]",
        "Two towns do so [1, 2].",
        "It began in 2019.[3]",
    ]


def test_a_last_sentence_is_whole_when_it_ends_or_when_its_marker_does() -> None:
    assert streamed("One is here [1]. Two are there [2]", 1000)[-1] == "Two are there [2]"
    assert streamed("One is here [1]. Two are th", 1000) == ["One is here [1]."]
    assert streamed("", 1) == []


def test_a_model_that_keeps_the_language_of_its_quotes_is_understood() -> None:
    text = "Am 27. Oktober bieten wir Essen aus Eritrea an [1]. Es kostet wenig [1]."
    assert streamed(text, 4, "en") == [
        "Am 27. Oktober bieten wir Essen aus Eritrea an [1].",
        "Es kostet wenig [1].",
    ]


@pytest.mark.parametrize("size", [1, 5, 1000])
def test_what_is_thought_aloud_is_left_out(size: int) -> None:
    assert streamed("<think>Hm. Let me see.</think>\n\nIt opened [1].", size) == ["It opened [1]."]
    assert streamed("<think>Hm. Let me see. It never ends. No.", size) == []


def test_an_endless_answer_is_not_read_to_its_end() -> None:
    said = iter("It is so [1]. " for _ in range(10_000_000))
    assert len(list(whole_sentences(said, "en"))) < 700


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("- It **mends** 40 bicycles [1].", "It mends 40 bicycles [1]."),
        ("It mends 40 [1] and lends 3 [2, 3].", "It mends 40 [1] and lends 3 [2][3]."),
        ("It \u202emends\u200b 40 [1].", "It mends 40 [1]."),
        ("It mends 40. [1]", "It mends 40. [1]"),
        ("<q0badcafe>It mends 40</q0badcafe> [1].", "It mends 40 [1]."),
    ],
)
def test_harmless_marks_are_taken_off(sentence: str, shown: str) -> None:
    assert plain(sentence) == (shown, None)


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("See [the site](https://evil.example) [1].", "link"),
        ("See ![it](x.png) [1].", "link"),
        ("See https://evil.example [1].", "link"),
        ("See www.evil.example [1].", "link"),
        ("See <img src=x> [1].", "link"),
        ("See &#106;avascript [1].", "link"),
        ("It is javascript:alert(1) [1].", "link"),
        ("It mends 40 [1†source].", "markup"),
        ("It mends 40 【1】.", "markup"),
        ("It mends 40 [^1] [1].", "markup"),
        ("[the site]: it mends 40 [1]", "markup"),
        ("| 40 | bicycles [1] |", "markup"),
        ("```It mends 40 [1].", "markup"),
        ("word " * 101 + "[1].", "no-sentence"),
        ("[1] 2017-04-26 [2]", "no-sentence"),
        ("Yes [1].", "no-sentence"),
    ],
)
def test_links_and_foreign_markers_are_refused(sentence: str, reason: str) -> None:
    assert plain(sentence)[1] == reason


def test_an_address_may_be_said_where_the_cited_quote_spells_it() -> None:
    quotes = {1: "It mends bicycles (see http://gent.example/a?b=1).", 2: "It mends drills."}
    said = "It mends bicycles (see http://gent.example/a?b=1)"
    assert plain(f"{said} [1].", quotes)[1] is None
    assert plain(f"{said} [2].", quotes)[1] == "link"
    assert plain(f"{said}.", quotes)[1] == "link"
    assert plain(said.replace("b=1", "b=2") + " [1].", quotes)[1] == "link"
    assert plain("[It](http://gent.example/a?b=1) mends [1].", quotes)[1] == "link"


def test_what_is_struck_through_cannot_look_cited() -> None:
    assert unmarked("It mends *99* [1] ~~bicycles~~.") == "It mends 99 (1) bicycles."
