"""Which of the likeliest sentences comes first: a small network over how each stands among them.

Weighing each sentence by itself misses what a list tells: that this one is the best of its
article, that the next one holds the rest of the words, that all are in another language. Knows the
order of sentences that were found with the default encoder, whose vectors it was fitted on
(``benchmarks/fit_ranking.py``); refuses to find any, or to judge whether the first one answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file

from assistant.evidence import RANKED, Evidence
from assistant.question import Question
from corpus.errors import TownbookError

Floats = NDArray[np.float32]

PATH = Path(__file__).with_name("ranking.safetensors")
_SHORT = 6  # words; less is a heading, a label or a scrap
_LONG = 60
_MARKS = ("#", "*", "-", "|")  # a heading, a bullet, a row of a table
_LABEL = 30  # characters within which "Budget:" or "Where:" ends

NAMES = (
    "behind", "soft", "strict", "closeness", "meaning", "foreign", "foreign_meaning",
    "foreign_soft", "fits", "heading", "beside", "document_meaning", "document_soft",
    "meaning_behind_document", "soft_behind_document", "place_in_document_by_meaning",
    "document_behind", "document_order", "document_found", "documents",
    "before_meaning", "before_soft", "after_meaning", "after_soft", "before", "after",
    "second_before_meaning", "second_after_meaning", "words", "scrap", "depth", "order",
    "sentence_end", "asks", "digits", "marked", "label", "meaning_behind", "soft_behind",
    "strict_behind", "order_by_meaning", "order_by_soft", "most_meaning", "most_soft",
    "question_words", "number", "event",
)  # fmt: skip


def ranked(question: Question, found: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """``found``, best first, with the first RANKED of it in the network's order.

    They share out the scores that they had: the first one gets the highest. So a score goes on
    meaning how much of a question is covered, and how far one sentence is ahead of the next.
    """
    head = found[:RANKED]
    if len(head) < 2:
        return tuple(found)
    # Rounded: the last bits depend on the processor.
    chances = np.round(_network().scores(features(question, head)), 3)
    order = np.argsort(-chances, kind="stable")
    dealt = (replace(head[n], score=head[place].score) for place, n in enumerate(order))
    return (*dealt, *found[RANKED:])


def features(question: Question, found: Sequence[Evidence]) -> Floats:
    """One row a sentence, best first, in the order of NAMES; most are shares near [0, 1]."""
    texts = [e.text.strip() for e in found]
    numbers: dict[str, int] = {}
    document = np.array([numbers.setdefault(e.document.id, len(numbers)) for e in found])
    same = document[:, None] == document[None, :]
    meaning = np.array([e.meaning for e in found])
    soft = np.array([e.coverage.soft for e in found])
    strict = np.array([e.coverage.strict for e in found])
    score = np.array([e.score for e in found])
    line = np.array([e.index for e in found])
    foreign = np.array([e.document.language != question.language for e in found], np.float64)
    words = np.array([len(text.split()) for text in texts])
    places = {(d, i): n for n, (d, i) in enumerate(zip(document, line, strict=True))}

    def best(values: NDArray[np.float64]) -> NDArray[np.float64]:
        """The highest value in each sentence's document."""
        highest: NDArray[np.float64] = np.where(same, values[None, :], -np.inf).max(axis=1)
        return highest

    def beside(distance: int) -> NDArray[np.int64]:
        """The number of the sentence so many lines on in the same document; -1: not among these."""
        near = [places.get((d, i + distance), -1) for d, i in zip(document, line, strict=True)]
        return np.array(near)

    def of(near: NDArray[np.int64], values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.where(near >= 0, values[near], 0.0)

    before, after = beside(-1), beside(1)
    ahead_in_document = (same & (meaning[None, :] > meaning[:, None])).sum(axis=1)
    every = np.ones(len(found))
    columns = (
        score - score[0], soft, strict, [e.closeness for e in found], meaning, foreign,
        foreign * meaning, foreign * soft, [e.fits for e in found],
        [e.reading.lines[e.index].heading for e in found], [e.beside for e in found],
        best(meaning), best(soft), best(meaning) - meaning, best(soft) - soft,
        np.log1p(ahead_in_document) / 3, best(score) - score[0], np.minimum(document, 10) / 10,
        same.sum(axis=1) / 20, every * len(numbers) / 20,
        of(before, meaning), of(before, soft), of(after, meaning), of(after, soft),
        before >= 0, after >= 0, of(beside(-2), meaning), of(beside(2), meaning),
        np.minimum(words, _LONG) / 30, words < _SHORT, np.log1p(line) / 5,
        np.arange(len(found)) / 20, [text[-1:] in ".!?" for text in texts],
        [text.endswith("?") for text in texts], [any(map(str.isdigit, t)) for t in texts],
        [text.startswith(_MARKS) for text in texts], [":" in text[:_LABEL] for text in texts],
        meaning.max() - meaning, soft.max() - soft, strict.max() - strict,
        np.log1p(_order(meaning)) / 4, np.log1p(_order(soft)) / 4, every * meaning.max(),
        every * soft.max(), every * min(len(question.search_text.split()), 30) / 20,
        every * (question.kind == "number"), every * (question.kind == "event"),
    )  # fmt: skip
    return np.stack([np.asarray(column, np.float32) for column in columns], axis=1)


def _order(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """Each value's place when the highest comes first."""
    places: NDArray[np.int64] = np.argsort(np.argsort(-values, kind="stable"), kind="stable")
    return places


class Network:
    """One hidden layer of Gaussian error linear units (Hendrycks and Gimpel 2016), tanh form."""

    def __init__(self, path: Path = PATH) -> None:
        """Raises TownbookError when the file is missing, damaged or of other features."""
        try:
            tensors = load_file(path)
            self._shift, self._scale = tensors["shift"], tensors["scale"]
            self._inner, self._inner_bias = tensors["inner"], tensors["inner_bias"]
            self._outer = tensors["outer"]
            if self._inner.shape[0] != len(NAMES):
                raise ValueError(f"{self._inner.shape[0]} features for {len(NAMES)}")
        except (OSError, KeyError, ValueError, SafetensorError) as error:
            raise TownbookError(
                f"could not read {path} ({error})",
                "the weights of the ranking as they were installed",
                "install townbook again",
            ) from error

    def scores(self, rows: Floats) -> Floats:
        """A score for each row of features: more for what answers, comparable within one list."""
        inner = ((rows - self._shift) / self._scale) @ self._inner + self._inner_bias
        open_by = np.tanh(np.sqrt(2 / np.pi) * (inner + 0.044715 * inner**3))
        scores: Floats = (0.5 * inner * (1.0 + open_by)) @ self._outer
        return scores


@cache
def _network() -> Network:
    return Network()
