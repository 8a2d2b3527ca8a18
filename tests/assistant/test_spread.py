"""The first ten hits are of several documents and places, when there are several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from assistant.spread import SEEN, origin, spread
from corpus import Document, Passage, Span
from index import Hit


def hits_of(sources: Sequence[str]) -> list[Hit]:
    """One hit a source, best first; equal sources are passages of one document."""
    found = []
    for rank, source in enumerate(sources, start=1):
        document = Document(source, source, "One.", "", "", "en", "text")
        passage = Passage(source, rank, Span(0, 4), (Span(0, 4),), ())
        found.append(Hit(rank, 1 / rank, passage, document))
    return found


def shown(sources: Sequence[str], k: int = SEEN) -> list[str]:
    every = hits_of(sources)
    return [hit.document.source for hit in spread(lambda n: every[:n], k)]


def test_a_document_takes_at_most_six_of_the_first_ten() -> None:
    assert Counter(shown(["a"] * 30 + ["b", "c", "d", "e"])) == Counter("aaaaaabcde")


def test_what_one_document_alone_has_is_shown_in_full() -> None:
    assert shown(["a"] * 30) == ["a"] * 10


def test_a_thousand_rows_of_one_file_leave_room_for_two_other_places() -> None:
    rows = [f"copies.csv#{number}" for number in range(40)]
    assert shown([*rows, "one.txt", "two.txt"]) == [*rows[:8], "one.txt", "two.txt"]


def test_a_site_is_one_place_whatever_its_pages_are_called() -> None:
    document = Document("a.html", "a.html", "", "", "", "en", "html", url="https://x.example/a")
    assert origin(document) == "x.example"


places = st.lists(st.sampled_from(["a", "b", "c.csv#1", "c.csv#2", "d"]), max_size=50)


@given(places, st.integers(1, 50))
def test_nothing_is_lost_or_told_twice_and_fewer_hits_are_the_beginning_of_more(
    sources: list[str], k: int
) -> None:
    every = hits_of(sources)
    found = spread(lambda n: every[:n], 50)
    ids = [hit.passage.ordinal for hit in found]
    assert sorted(ids) == list(range(1, len(sources) + 1))
    assert [hit.rank for hit in found] == list(range(1, len(sources) + 1))
    assert spread(lambda n: every[:n], k) == found[:k]
    there = {origin(hit.document) for hit in every}
    seen = {origin(hit.document) for hit in found[:SEEN]}
    if len(every) >= SEEN:
        assert len(seen) >= min(3, len(there))


@given(st.lists(st.sampled_from("abcdefgh"), max_size=50))
def test_ten_that_are_spread_already_stay_as_they_are(sources: list[str]) -> None:
    head = sources[:SEEN]
    if max(Counter(head).values(), default=0) <= 6 and len(set(head)) >= 3:
        assert shown(sources) == head
