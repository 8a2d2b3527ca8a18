"""A question and sentences as one row of tokens, and the trained reader of such rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Candidate, Selection
from index.encoders import load_encoder
from index.encoders.selector import exactness, weights
from index.encoders.selector.converting import sample_rows
from index.encoders.selector.model import probabilities
from index.encoders.selector.packing import END, START, pack, texts_of


def cut(texts: Sequence[str]) -> list[list[int]]:
    """A token for every character but spaces."""
    return [[3 + ord(c) % 90 for c in text if c != " "] for text in texts]


def test_sentences_of_a_document_are_read_in_the_order_of_its_text() -> None:
    candidates = [
        Candidate("b", "Bees", 7, "later"),
        Candidate("a", "Ants", 0, "other"),
        Candidate("b", "Bees", 2, "first"),
    ]
    row = pack(candidates, cut(texts_of("who", candidates)))
    assert [number for number, _, _ in row.sentences] == [2, 0, 1]


def test_a_row_opens_with_the_question_and_marks_it_apart() -> None:
    candidates = [Candidate("a", "Ants", 0, "they dig")]
    tokens = cut(texts_of("who digs", candidates))
    row = pack(candidates, tokens)
    opening = [START, *tokens[0], END]
    assert list(row.ids[: len(opening)]) == opening
    assert row.kinds == (0,) * len(opening) + (1,) * (len(row.ids) - len(opening))


@given(
    st.lists(
        st.builds(
            Candidate,
            st.sampled_from("abc"),
            st.sampled_from(["One", "Another title"]),
            st.integers(0, 9),
            st.text("xyz ", min_size=1, max_size=120),
        ),
        max_size=9,
    ),
    st.integers(12, 200),
)
def test_a_row_keeps_within_its_room_and_says_where_every_sentence_stands(
    candidates: list[Candidate], most: int
) -> None:
    tokens = cut(texts_of("who", candidates))
    row = pack(candidates, tokens, most)
    assert len(row.ids) == len(row.kinds) <= max(most, len(tokens[0]) + 2)
    titles = len({c.title for c in candidates})
    for number, start, end in row.sentences:
        own = tokens[1 + titles + number][: end - start]
        assert list(row.ids[start:end])[: len(own)] == own
    numbers = [number for number, _, _ in row.sentences]
    assert len(set(numbers)) == len(numbers)


def test_the_first_candidates_are_kept_where_room_runs_short() -> None:
    candidates = [Candidate("a", "Ants", place, "x" * 20) for place in (3, 2, 1, 0)]
    row = pack(candidates, cut(texts_of("who", candidates)), 60)
    assert sorted(number for number, _, _ in row.sentences) == [0, 1]


def test_chances_sum_to_one_and_what_was_not_read_has_none() -> None:
    chances = probabilities(Selection((1.0, None, 3.0), none=2.0))
    assert chances.sum() == pytest.approx(1.0)
    assert chances[2] == 0.0
    assert chances.argmax() == 3  # after "none" itself


def test_the_weights_are_few_and_name_the_encoder_they_belong_to() -> None:
    assert weights.PATH.stat().st_size < 4_000_000
    assert weights.PATH.suffix == ".safetensors"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def test_the_real_selector_prefers_the_sentence_that_answers(home: Path) -> None:
    selector = load_encoder("multilingual-e5-small", home).selector
    assert selector is not None
    told = (
        "The reading room opened in 2019.",
        "Some 120 people come to it every day.",
        "A clock hangs over its door.",
        "Painting the walls cost 40,000 euros.",
    )
    candidates = [Candidate("a", "The reading room", n, text) for n, text in enumerate(told)]

    def best(question: str) -> int:
        return int(probabilities(selector.select(question, candidates))[1:].argmax())

    assert best("What did the paint job cost?") == 3
    assert best("How many visitors does it have a day?") == 1
    again = selector.select("What did the paint job cost?", candidates)
    assert again == selector.select("What did the paint job cost?", candidates)


def test_sums_of_8_bit_numbers_are_right_in_32_bits_on_any_processor() -> None:
    assert exactness.sums_are_right(in_eight_bits=False)


def test_where_8_bits_are_not_exact_it_runs_in_32_and_says_the_same(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or nearly: the last bits of a sum decide what is rounded up."""
    rows = sample_rows()
    usual = load_encoder("multilingual-e5-small", home).selector
    monkeypatch.setattr(exactness, "multiplies_exactly", lambda: False)
    other = load_encoder("multilingual-e5-small", home).selector
    assert usual is not None
    assert other is not None
    for question, candidates in rows:
        one, two = (probabilities(s.select(question, candidates)) for s in (usual, other))
        assert one == pytest.approx(two, abs=0.15)


def test_an_encoder_without_a_selector_of_its_own_has_none(home: Path) -> None:
    assert load_encoder("all-MiniLM-L6-v2", home).selector is None


def test_the_reference_reads_no_sentences(home: Path) -> None:
    assert load_encoder("multilingual-e5-small", home, "reference").selector is None
