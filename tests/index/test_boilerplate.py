"""What many documents of one source repeat is found, wins no search, and is not lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.boilerplate import LEAST_DOCUMENTS, boilerplate
from index.fusion import reciprocal_ranks
from index.home import Home
from index.own_words import Matching, fused
from tests.index.test_equals_rebuild import all_of
from tests.index.workshop import Workshop

FOOTER = (
    "The network supports fair energy cooperation between committed European municipalities."
    " Subscribe to our monthly newsletter for stories about energy and climate."
    " This website uses cookies to measure how visitors find our pages.\n"
)
STREETS = [
    f"{a}{b}"
    for a in ("Brunn", "Linden", "Kirch", "Mühl")
    for b in ("weg", "gasse", "hof", "ort", "tal")
]


def article(number: int, own: str = "") -> str:
    street = STREETS[number]
    return (
        f"Works in {street}\n\nIn {street} the town planted {number + 3} trees and mended the"
        f" pavement. {own}Shops in {street} stayed open meanwhile.\n\n{FOOTER}"
    )


@pytest.fixture
def footers(workshop: Workshop) -> Workshop:
    """Twenty articles with one footer; one of them says something of its own in such words."""
    for path in workshop.folder.rglob("*.*"):
        path.unlink()
    for number in range(20):
        own = "A cooperation of municipalities pays for fair energy there. " if number == 13 else ""
        workshop.write(f"{number:02d}.txt", article(number, own))
    workshop.refresh()
    return workshop


def found_by(workshop: Workshop, query: str) -> list[str]:
    vector = workshop.encoder.encode_queries([query])[0]
    return [hit.document.source for hit in workshop.open().hybrid(query, "en", vector, 20)]


def test_an_articles_own_sentence_comes_before_the_footers_that_hold_more_of_the_words(
    footers: Workshop,
) -> None:
    """Another article has fewer of the words, and is the only one that says them itself."""
    query = "Which network supports fair energy cooperation between European municipalities?"
    assert found_by(footers, query)[0] == "13.txt"
    footers.write("13.txt", article(13))
    footers.write("own.txt", "Aarau\n\nA cooperation of municipalities pays for fair energy.\n")
    footers.refresh()
    first, second, *_rest = found_by(footers, query)
    assert first == "own.txt"
    assert second != "own.txt"


def test_what_only_the_footer_says_is_still_found(footers: Workshop) -> None:
    vector = footers.encoder.encode_queries(["monthly newsletter"])[0]
    [first, *_] = footers.open().hybrid("monthly newsletter", "en", vector, 5)
    assert "newsletter" in first.text


def test_the_sentences_of_a_document_say_which_are_boilerplate(footers: Workshop) -> None:
    snapshot = footers.open()
    document = snapshot.find_document("13.txt")
    assert document is not None
    shared = snapshot.boilerplate_in(document.id)
    texts = [
        span.of(document.text) for p in snapshot.passages_of(document.id) for span in p.sentences
    ]
    assert len(shared) == len(texts) == len(snapshot.sentence_vectors(document.id))
    assert {text for text, is_shared in zip(texts, shared, strict=True) if is_shared} == set(
        map(str.strip, FOOTER.replace(". ", ".\n").split("\n"))
    ) - {""}
    assert len(snapshot.boilerplate_in("unknown")) == 0


def test_footers_spread_one_article_at_a_time_and_equal_one_build(workshop: Workshop) -> None:
    """The fifth article makes a footer of what four others say; a loss unmakes it."""
    for number in range(7):
        workshop.write(f"{number}.txt", article(number))
        workshop.refresh()
    (workshop.folder / "1.txt").unlink()
    workshop.refresh()
    (workshop.folder / "2.txt").unlink()
    workshop.refresh()
    for step in range(2):
        built = replace(workshop, home=Home(workshop.home.path.with_name(f"built-{step}")))
        built.refresh()
        assert all_of(workshop.open(), workshop.encoder) == all_of(built.open(), workshop.encoder)
        query = "fair energy cooperation"
        assert found_by(workshop, query) == found_by(built, query)
        document = workshop.open().find_document("6.txt")
        assert document is not None
        assert workshop.open().boilerplate_in(document.id).any() == (step == 0)
        (workshop.folder / "3.txt").unlink(missing_ok=True)  # leaves four
        workshop.refresh()


def test_copies_wear_no_sentence_out(workshop: Workshop) -> None:
    for number in range(12):
        workshop.write(f"mirror/{number}.txt", article(0))
    workshop.refresh()
    snapshot = workshop.open()
    assert snapshot.status()["aliases"] == 11
    assert not any(snapshot.boilerplate_in(document.id).any() for document in snapshot.documents())


documents = st.lists(
    st.tuples(st.sampled_from(["one", "two"]), st.lists(st.integers(0, 4), max_size=4)), max_size=60
)


@given(documents, st.randoms(use_true_random=False))
def test_boilerplate_is_what_so_many_and_such_a_share_of_a_root_hold_in_any_order(
    given_: list[tuple[str, list[int]]], chance: object
) -> None:
    found = set(boilerplate(given_).tolist())
    assert found == {
        sentence
        for root in ("one", "two")
        for sentence in range(1, 5)
        if (held := [sentence in hashes for r, hashes in given_ if r == root])
        and sum(held) >= LEAST_DOCUMENTS
        and sum(held) * 10 >= len(held)
    }
    chance.shuffle(given_)  # type: ignore[attr-defined]  # hypothesis's own Random
    assert set(boilerplate(given_).tolist()) == found


rankings = st.lists(st.lists(st.integers(0, 30), unique=True, max_size=20), min_size=2, max_size=2)


@given(rankings, st.integers(0, 40))
def test_without_boilerplate_fusion_is_what_it_was(ranks: list[list[int]], k: int) -> None:
    def unasked(row: int) -> Matching:
        raise AssertionError(row)

    assert fused(ranks, (1.0, 0.5), k, frozenset(), unasked) == reciprocal_ranks(
        ranks, (1.0, 0.5), k
    )


@given(rankings, st.frozensets(st.integers(0, 30)))
def test_all_that_was_ranked_stays_and_every_own_match_keeps_its_place_without_footers(
    ranks: Sequence[Sequence[int]], footers: frozenset[int]
) -> None:
    every = {row for ranking in ranks for row in ranking}
    footer = Matching(own=0, held=3, has_own=True, boilerplate="one footer")
    found = [row for row, _score in fused(ranks, (1.0, 0.5), 99, footers, lambda _row: footer)]
    assert sorted(found) == sorted(every)
    own = [[row for row in ranking if row not in footers] for ranking in ranks]
    alone = [row for row, _score in reciprocal_ranks(own, (1.0, 0.5), 99)]
    assert [row for row in found if row not in footers] == alone
    # One copy of the footer may stand among them; the others are at the end.
    places = [place for place, row in enumerate(found) if row in footers]
    assert all(place >= len(alone) for place in places[1:])


def test_sentences_too_short_for_a_hash_are_never_boilerplate() -> None:
    assert np.array_equal(boilerplate([("one", [0])] * 9), np.empty(0, np.uint64))
