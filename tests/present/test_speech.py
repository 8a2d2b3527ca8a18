"""What the page says itself: every sentence in eight languages, and the reader's own chosen."""

from __future__ import annotations

import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.present.speech import LANGUAGES, ROOMS, Sentence, locale, number, say, sentences
from assistant.present.speech.reader import reader_language

CODE = Path(__file__).parents[2] / "assistant"


def wordings(sentence: Sentence) -> Iterator[str]:
    yield from [sentence] if isinstance(sentence, str) else sentence.values()


def fields(wording: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(wording) if name}


@pytest.mark.parametrize("key", sorted(sentences()))
def test_a_sentence_is_there_in_every_language_with_the_same_values(key: str) -> None:
    by_language = sentences()[key]
    assert list(by_language) == list(LANGUAGES)
    expected = set().union(*(fields(wording) for wording in wordings(by_language["en"])))
    for language, sentence in by_language.items():
        for wording in wordings(sentence):
            assert wording == wording.strip() != ""
            assert fields(wording) <= expected
        assert set().union(*(fields(w) for w in wordings(sentence))) == expected
        if not isinstance(sentence, str):
            assert "other" in sentence
            assert set(sentence) <= {"other", *locale(language).plural_form.tags}


def test_no_sentence_is_left_that_nothing_says() -> None:
    written = "\n".join(p.read_text(encoding="utf-8") for p in [*CODE.rglob("*.py")]) + (
        CODE.parent / "ui.py"
    ).read_text(encoding="utf-8")
    built = tuple(f"{room}.{stem}" for room in ROOMS for stem in ("stage_", "room_", "kind_"))
    unused = [k for k in sentences() if f'"{k}"' not in written and f"'{k}'" not in written]
    assert [key for key in unused if not key.startswith(built)] == []


@pytest.mark.parametrize(
    ("count", "words"), [(1, "1 artykuł"), (3, "3 artykuły"), (5, "5 artykułów")]
)
def test_a_count_takes_the_plural_of_its_language(count: int, words: str) -> None:
    assert say("pl", "common.articles", count=count) == words


def test_numbers_are_grouped_as_the_language_does() -> None:
    assert number(1234567, "en") == "1,234,567"
    assert number(1234567, "de") == "1.234.567"


def test_a_language_that_is_not_spoken_gets_english() -> None:
    assert say("sv", "common.room_ask") == "Ask"


@pytest.mark.parametrize(
    ("chosen", "accepted", "expected"),
    [
        (None, None, "en"),
        (None, "", "en"),
        (None, "de-AT,de;q=0.9,en;q=0.8", "de"),
        (None, "sv, nl;q=0.5, fr;q=0.7", "fr"),
        (None, "pl;q=0, it;q=0.1", "it"),
        (None, "de;q=much", "en"),
        ("PT", "de", "pt"),
        ("<script>", "de", "de"),
    ],
)
def test_the_reader_gets_the_language_chosen_or_the_browsers(
    chosen: str | None, accepted: str | None, expected: str
) -> None:
    assert reader_language(chosen, accepted) == expected
