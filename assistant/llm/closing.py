"""A stream of words to whole sentences, each with the markers that follow it.

A marker after the full stop belongs to the sentence before it, so a sentence is given out once the
next has begun. What a reasoning model thinks aloud before its answer is left out. Knows sentences;
refuses to judge them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.question import language_of
from corpus.sentences import sentences

_MARKERS = r"(?:\s*\[\d{1,3}(?:\s?[,;]\s?\d{1,3})*\])"
_LEADING = re.compile(rf"\A{_MARKERS}+[\s.]*")
_WHOLE = re.compile(r"(?:[.!?…。]|\])[\s\"'”’»)*_]*\Z")
_THOUGHTS = re.compile(r"\A\s*<think>.*?</think>\s*", re.DOTALL)
_THINKING = "<think>"
# "17." ends a sentence unless the next word is a month, in whichever language that is: a claim has
# its marker before the full stop or after it, so without one the sentence goes on.
_ORDINAL = re.compile(r"\b\d{1,2}\.\Z")
_ONE_WORD = re.compile(r"\S+\s")
_LONGEST = 8_000  # characters that are read of an answer


def whole_sentences(words: Iterable[str], language: str) -> Iterator[str]:
    """Each sentence once it is whole, markers included; a last one that is cut off is left out.

    ``language`` is the one asked for; a model may keep that of its quotes.
    """
    text, length = "", 0
    for piece in words:
        length += len(piece)
        text = _THOUGHTS.sub("", text + piece)
        if length > _LONGEST:
            break
        if text.lstrip()[: len(_THINKING)] == _THINKING[: len(text.lstrip())]:
            continue
        # The last but one may still get markers from the beginning of the last.
        *whole, last = split(text, language_of(text, likely=language)) or [("", 0)]
        if whole and _ONE_WORD.match(last[0]):
            yield from (sentence for sentence, _ in whole)
            text = text[whole[-1][1] :]
    if text.lstrip().startswith(_THINKING):
        return
    for sentence, end in split(text, language_of(text, likely=language)):
        if end < len(text.rstrip()) or _WHOLE.search(sentence):
            yield sentence


def split(text: str, language: str) -> list[tuple[str, int]]:
    """The sentences of ``text`` and where each ends; markers that open one go to the one before."""
    found: list[tuple[str, int]] = []
    for span in sentences(text, language):
        start, sentence = span.start, span.of(text)
        led = _LEADING.match(sentence)
        if led and found:
            found[-1] = (f"{found[-1][0]} {led[0].strip()}", start + led.end())
            sentence = sentence[led.end() :]
        if found and _ORDINAL.search(found[-1][0]):
            sentence = f"{found.pop()[0]} {sentence.strip()}"
        if sentence.strip():
            found.append((sentence.strip(), span.end))
    return found
