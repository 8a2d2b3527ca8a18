"""How many times a selector reads for one question, and what the further readings are of."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.evidence import Evidence, Gathered
from assistant.matching import NONE, read
from assistant.question import understand
from assistant.selecting import reread
from corpus import Document, Passage, Span
from corpus.sentences import sentences
from index import Candidate, Selection

QUESTION = understand("Who runs the mill?")


class ReadsFew:
    """Reads two sentences a time; ``odds`` are what it gives to those that hold the words."""

    def __init__(self, odds: dict[str, float], each_time: float = 0.0) -> None:
        self._odds, self._each_time = odds, each_time
        self.read: list[list[str]] = []

    def select(self, question: str, candidates: Sequence[Candidate]) -> Selection:
        none = self._each_time * len(self.read)
        self.read.append([f"{c.document}{c.place}" for c in candidates[:2]])
        scores = [
            none + next((odds for words, odds in self._odds.items() if words in c.text), -4.0)
            for c in candidates[:2]
        ]
        return Selection((*scores, *[None] * (len(candidates) - 2)), none)


def lines_of(name: str, text: str) -> list[Evidence]:
    document = Document(name, f"{name}.txt", text, "", "Mill", "en", "text")
    passage = Passage(name, 0, Span(0, len(text)), sentences(text, "en"), ())
    reading = read(document, [passage])
    return [Evidence(reading, n, 1.0, NONE, 0.5) for n in range(len(reading.lines))]


@pytest.fixture(autouse=True)
def as_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sentences are read in the order of the list, which is what these tests are about."""
    monkeypatch.setattr("assistant.selecting.ranked", lambda question, found: tuple(found))


@pytest.fixture
def gathered() -> Gathered:
    a = lines_of(
        "a", "The mill was sold. A club of millers runs it. Its roof leaks. It has a stork."
    )
    b = lines_of("b", "Another mill burnt down. Its owner left the town. Nobody knows when.")
    return Gathered((a[0], b[0], a[2], b[1], a[1], b[2], a[3]), {"en": ()}, {})


def test_a_sure_selector_and_one_without_hope_read_once(gathered: Gathered) -> None:
    for odds in (5.0, -8.0):
        reader = ReadsFew({"mill was sold": odds, "burnt down": odds})
        reread(QUESTION, gathered, reader)
        assert reader.read == [["a0", "b0"]]


def test_an_unsure_one_reads_on_with_the_likeliest_sentence_beside_the_next(
    gathered: Gathered,
) -> None:
    reader = ReadsFew({"mill was sold": -0.5, "left the town": 1.0})
    found = reread(QUESTION, gathered, reader)
    assert reader.read == [["a0", "b0"], ["a0", "a2"], ["a0", "b1"]]
    assert found.best is not None
    assert found.best.text == "Its owner left the town."
    assert {e.document.id + str(e.index) for e in found.evidence if e.chance} == {
        *("a0", "b0", "a2", "b1")
    }


def test_readings_are_put_on_one_scale_by_the_sentence_that_all_of_them_have(
    gathered: Gathered,
) -> None:
    odds = {"mill was sold": -0.5, "roof leaks": -1.0, "millers runs": -1.5}
    plain = reread(QUESTION, gathered, ReadsFew(odds))
    shifted = reread(QUESTION, gathered, ReadsFew(odds, each_time=7.0))
    assert [e.chance for e in plain.evidence] == pytest.approx([e.chance for e in shifted.evidence])
    assert plain.none == pytest.approx(shifted.none)


def test_a_selector_that_can_read_nothing_changes_nothing(gathered: Gathered) -> None:
    class ReadsNothing:
        def select(self, question: str, candidates: Sequence[Candidate]) -> Selection:
            return Selection((None,) * len(candidates), 0.0)

    assert reread(QUESTION, gathered, ReadsNothing()) is gathered
