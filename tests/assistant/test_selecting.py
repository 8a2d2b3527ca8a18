"""What a selector's reading changes, with one that prefers what it is told to prefer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.answering.chosen import choose, complete, further
from assistant.evidence import Evidence, Gathered
from assistant.matching import NONE, read
from assistant.question import understand
from assistant.selecting import reread
from corpus import Document, Passage, Span
from corpus.sentences import sentences
from index import Candidate, Selection

TEXT = (
    "The mill house was bought by the town. It is run by a club of retired millers. "
    "Flour is sold on Fridays. Some 300 loaves leave the oven each week. "
    "The roof was mended in May 2011. A stork nests there."
)


class Prefers:
    """Gives the sentence that holds ``words`` a high score."""

    def __init__(self, words: str, none: float = 0.0) -> None:
        self._words, self._none = words, none

    def select(self, question: str, candidates: Sequence[Candidate]) -> Selection:
        scores = tuple(4.0 if self._words in c.text else -4.0 for c in candidates)
        return Selection(scores, self._none)


@pytest.fixture
def gathered() -> Gathered:
    document = Document("d", "mill.txt", TEXT, "", "Mill", "en", "text")
    spans = sentences(TEXT, "en")
    passage = Passage("d", 0, Span(0, len(TEXT)), spans, ())
    reading = read(document, [passage])
    evidence = [Evidence(reading, n, 1.0 - 0.01 * n, NONE, 0.5) for n in range(len(reading.lines))]
    return Gathered(tuple(evidence), {"en": ()}, {})


def test_without_a_selector_nothing_changes(gathered: Gathered) -> None:
    assert reread(understand("Who runs the mill?"), gathered, None) is gathered


def test_what_the_selector_prefers_comes_first_and_has_the_best_chance(gathered: Gathered) -> None:
    found = reread(understand("Who runs the mill?"), gathered, Prefers("retired millers"))
    assert found.best is not None
    assert "retired millers" in found.best.text
    assert found.best.chance == max(e.chance or 0.0 for e in found.evidence)
    assert found.none is not None


def test_the_odds_of_none_grow_with_its_score(gathered: Gathered) -> None:
    question = understand("Who runs the mill?")
    low = reread(question, gathered, Prefers("retired", none=-2.0)).none
    high = reread(question, gathered, Prefers("retired", none=5.0)).none
    assert low is not None
    assert high is not None
    assert low < high


def test_a_sentence_that_leans_on_the_one_before_is_quoted_with_it(gathered: Gathered) -> None:
    question = understand("Who runs the mill?")
    found = reread(question, gathered, Prefers("retired millers"))
    assert found.best is not None
    texts = [e.text for e in complete(question, found.best, found)]
    assert texts[0].startswith("The mill house")
    assert texts[1].startswith("It is run")


def test_two_types_that_are_asked_for_are_both_quoted(gathered: Gathered) -> None:
    question = understand("How many loaves are baked, and when was the roof mended?")
    question = replace(question, parts=())
    found = reread(question, gathered, Prefers("300 loaves"))
    assert found.best is not None
    quoted = " ".join(e.text for e in complete(question, found.best, found))
    assert "300 loaves" in quoted
    assert "May 2011" in quoted


def test_unlikely_sentences_are_left_out(gathered: Gathered) -> None:
    question = understand("Who runs the mill?")
    found = reread(question, gathered, Prefers("retired millers"))
    assert found.best is not None
    assert len(complete(question, found.best, found)) == 2


def test_choosing_without_parts_is_completing(gathered: Gathered) -> None:
    question = understand("Who runs the mill?")
    best = gathered.evidence[0]
    assert choose(question, best, gathered, None) == complete(question, best, gathered)  # type: ignore[arg-type]  # no shelf is needed for one part


def test_an_unsure_selector_adds_sentences_and_a_sure_one_none(gathered: Gathered) -> None:
    question = understand("Who runs the mill?")
    chances = (0.4, 0.3, 0.2, 0.06, 0.03, 0.01)
    unsure = replace(
        gathered,
        evidence=tuple(
            replace(e, chance=c) for e, c in zip(gathered.evidence, chances, strict=True)
        ),
    )
    added = list(further(question, unsure.evidence[:2], unsure))
    assert [e.index for e in added] == [2, 3, 4]  # then .99 of all chances are quoted
    sure = replace(
        gathered,
        evidence=tuple(
            replace(e, chance=0.995 if e.index == 0 else 0.001) for e in gathered.evidence
        ),
    )
    assert list(further(question, sure.evidence[:1], sure)) == []
    assert list(further(question, gathered.evidence[:1], gathered)) == []
