"""The network that orders the likeliest sentences: what it sees, and what it leaves alone."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import load_file, save_file

from assistant.evidence import RANKED, Evidence, gather
from assistant.matching import NONE, Coverage, Reading, read
from assistant.question import understand
from assistant.ranking import NAMES, PATH, Network, features, ranked
from assistant.service import Townbook
from corpus import Document, Passage, Span
from corpus.errors import TownbookError
from corpus.sentences import sentences
from index import EVERYTHING

TEXT = (
    "The mill house was bought by the town. It is run by a club of retired millers. "
    "Flour is sold on Fridays. Some 300 loaves leave the oven each week. "
    "The roof was mended in May 2011. A stork nests there."
)
QUESTION = understand("Who runs the mill?")


def reading(name: str, text: str = TEXT) -> Reading:
    document = Document(name, f"{name}.txt", text, "", "Mill", "en", "text")
    spans = sentences(text, "en")
    return read(document, [Passage(name, 0, Span(0, len(text)), spans, ())])


MILL, OVEN = reading("mill"), reading("oven")

scored = st.lists(
    st.tuples(
        st.sampled_from([MILL, OVEN]),
        st.integers(0, len(MILL.lines) - 1),
        st.floats(-1, 4),
        st.floats(0, 1),
        st.floats(0, 2),
    ),
    min_size=1,
    max_size=2 * len(MILL.lines),
    unique_by=lambda one: (one[0].document.id, one[1]),
)


def evidence(rows: list[tuple[Reading, int, float, float, float]]) -> list[Evidence]:
    """Sentences of these (reading, line, score, coverage, meaning), best first."""
    found = [
        Evidence(reading, line, score, Coverage(soft, soft, frozenset()), 0.5, meaning)
        for reading, line, score, soft, meaning in rows
    ]
    return sorted(found, key=lambda e: (-e.score, e.document.source, e.index))


@given(scored)
def test_every_sentence_keeps_its_place_in_the_list_or_takes_anothers(
    rows: list[tuple[Reading, int, float, float, float]],
) -> None:
    found = evidence(rows)
    order = ranked(QUESTION, found)
    assert {(e.document.id, e.index) for e in order} == {(e.document.id, e.index) for e in found}
    assert [e.score for e in order] == [e.score for e in found]
    assert ranked(QUESTION, found) == order


@given(scored)
def test_features_are_a_finite_row_a_sentence(
    rows: list[tuple[Reading, int, float, float, float]],
) -> None:
    found = evidence(rows)
    table = features(QUESTION, found)
    assert table.shape == (len(found), len(NAMES))
    assert np.isfinite(table).all()


def test_features_tell_how_a_sentence_stands_among_the_others() -> None:
    first = Evidence(MILL, 1, 2.0, Coverage(0.8, 0.6, frozenset(["runs"])), 0.9, 1.2, fits=0.12)
    after = Evidence(MILL, 2, 1.5, Coverage(0.2, 0.0, frozenset()), 0.9, 0.7)
    other = Evidence(OVEN, 0, 1.0, NONE, 0.4, 0.9)
    table = features(QUESTION, [first, after, other])
    column = {
        name: [round(float(value), 3) for value in table[:, n]] for n, name in enumerate(NAMES)
    }
    assert column["behind"] == [0.0, -0.5, -1.0]
    assert column["meaning_behind"] == [0.0, 0.5, 0.3]
    assert column["document_meaning"] == [1.2, 1.2, 0.9]
    assert column["meaning_behind_document"] == [0.0, 0.5, 0.0]
    assert column["after_meaning"] == [0.7, 0.0, 0.0]
    assert column["before"] == [0.0, 1.0, 0.0]
    assert column["fits"] == [0.12, 0.0, 0.0]
    assert column["documents"] == [0.1, 0.1, 0.1]


def test_only_the_head_of_a_long_list_is_ordered() -> None:
    text = " ".join(f"Sentence number {n} is about the mill." for n in range(RANKED + 20))
    many = reading("long", text)
    found = [
        Evidence(many, n, 2.0 - 0.01 * n, NONE, 0.5, 0.001 * n) for n in range(len(many.lines))
    ]
    order = ranked(QUESTION, found)
    assert list(order[RANKED:]) == found[RANKED:]
    assert {e.index for e in order[:RANKED]} == set(range(RANKED))


def test_a_list_of_one_or_none_stays_as_it_is() -> None:
    only = Evidence(MILL, 0, 1.0, NONE, 0.5)
    assert ranked(QUESTION, [only]) == (only,)
    assert ranked(QUESTION, []) == ()


def test_weights_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    damaged = tmp_path / "ranking.safetensors"
    damaged.write_bytes(b"no tensors")
    narrow = tmp_path / "narrow.safetensors"
    save_file({name: t[1:] for name, t in load_file(PATH).items()}, narrow)
    for path in (damaged, narrow, tmp_path / "none.safetensors"):
        with pytest.raises(TownbookError, match=path.name):
            Network(path)


def test_more_answers_stand_first_than_by_their_own_scores(starter: Townbook) -> None:
    """Over articles and for questions that the network was not fitted on."""
    shelf = starter.shelf()
    lines = (Path(__file__).parent / "evaluation" / "questions.jsonl").read_text("utf-8")
    before = after = total = 0
    for line in lines.splitlines():
        asked = json.loads(line)
        texts = [e["text"] for e in asked.get("evidence") or ()]
        if not texts or asked["type"] in ("list", "compare") or asked.get("history"):
            continue
        question = understand(asked["question"])
        found = gather(question, shelf, EVERYTHING).evidence

        def answers(first: Evidence, texts: list[str] = texts) -> bool:
            return any(first.text in text or text in first.text for text in texts)

        total += 1
        before += any(map(answers, found[:3]))
        after += any(map(answers, ranked(question, found)[:3]))
    assert total > 30
    assert after >= before
    assert after / total >= 0.75
