"""A stream of words to whole sentences, each with the markers that follow it.

A marker after the full stop belongs to the sentence before it, so a sentence is given out once the
next has begun. What a reasoning model thinks aloud before its answer is left out. Knows sentences;
refuses to judge them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.sentences import sentences

_MARKERS = r"(?:\s*\[\d{1,3}(?:\s?[,;]\s?\d{1,3})*\])"
_LEADING = re.compile(rf"\A{_MARKERS}+[\s.]*")
_WHOLE = re.compile(r"(?:[.!?…。]|\])[\s\"'”’»)*_]*\Z")
_THOUGHTS = re.compile(r"\A\s*<think>.*?(?:</think>\s*|\Z)", re.DOTALL)
_LONGEST = 8_000  # characters that are read of an answer


def whole_sentences(words: Iterable[str], language: str) -> Iterator[str]:
    """Each sentence once it is whole, markers included; a last one that is cut off is left out."""
    text, given = "", 0
    for piece in words:
        text += piece
        said = split(_THOUGHTS.sub("", text), language)
        # The last but one may still get markers from the beginning of the last.
        for sentence in said[given:-1]:
            given += 1
            yield sentence
        if len(text) > _LONGEST:
            return
    said = split(_THOUGHTS.sub("", text), language)
    yield from said[given:-1]
    if said[given:] and _WHOLE.search(said[-1]):
        yield said[-1]


def split(text: str, language: str) -> list[str]:
    """``text`` as sentences; markers at the start of one go to the one before it."""
    found: list[str] = []
    for span in sentences(text, language):
        sentence = span.of(text).strip()
        led = _LEADING.match(sentence)
        if led and found:
            found[-1] = f"{found[-1]} {led[0].strip()}"
            sentence = sentence[led.end() :]
        if sentence:
            found.append(sentence)
    return found
