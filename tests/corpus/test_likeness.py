"""What counts as a copy, what never does, and that the order of looking does not matter."""

from __future__ import annotations

import random
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Document
from corpus.likeness import Sketch, aliases, repeats, sketch
from corpus.reading import ReaderPool
from corpus.sources import survey
from corpus.text import document_id, text_sha256

PAGE = """Repair café in the old fire station

Every second Saturday volunteers in Graz mend lamps, radios and trousers in the old fire station.
About 40 neighbours come to each meeting, and most of what they bring works again afterwards.
The city pays for tools and electricity; coffee and cake are given by the parish next door.
Next meeting: 3 May 2024 at 14:00. Entry is free, and nobody has to book a place.

Who wants to help should write to the organisers. They look for people who can sew, and for a
carpenter who is willing to share what he knows. Children are welcome when a parent stays with
them. The fire station has a lift, so that people in wheelchairs can reach the workshop alone.
"""


def page(
    text: str, source: str = "page.txt", title: str = "", published: date | None = None
) -> Document:
    sha256 = text_sha256(text)
    title = title or text.split("\n", 1)[0]
    id = document_id(source, sha256)
    return Document(id, source, text, sha256, title, "en", "text", published)


def edited(old: str, new: str) -> Document:
    assert old in PAGE
    return page(PAGE.replace(old, new), "edited.txt")


COPIES = {
    "the same text under another name": page(PAGE, "copy.txt"),
    "other white space, quotes and capitals": page(
        PAGE.replace("\n", "\n\n").replace("Next meeting", "NEXT MEETING"), "copy.txt"
    ),
    "a line of a mirror at the end": page(PAGE + "\nMirrored from another site\n", "copy.txt"),
    "one plain word is another": edited("most of what they bring", "most of what folks bring"),
    "a word too many": edited("in wheelchairs can", "in wheelchairs can also"),
    "a sentence more, with a number of its own": edited(
        "Entry is free", "Call 0316 4455 before noon. Entry is free"
    ),
}
DISTINCT = {
    "another day": ("3 May 2024", "7 May 2024"),
    "another month": ("3 May 2024", "3 June 2024"),
    "another year": ("3 May 2024", "3 May 2025"),
    "another number": ("About 40 neighbours", "About 60 neighbours"),
    "a number in words": ("Every second Saturday", "Every third Saturday, or two of three,"),
    "another day of the week": ("second Saturday", "second Sunday"),
    "another town": ("volunteers in Graz", "volunteers in Linz"),
    "another town at the beginning of a sentence": ("Entry is free", "Linz pays. Entry is free"),
    "a town more within a sentence": ("in Graz mend", "in Graz and Linz mend"),
    "the opposite": ("has a lift", "has not a lift"),
    "another place of meeting": (
        "The city pays for tools and electricity; coffee and cake are given by the parish",
        "The region lends machines to the club; tea and soup are cooked by a school kitchen",
    ),
}


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES.keys())
def test_a_copy_repeats_the_page_whichever_is_kept(copy: Document) -> None:
    original = page(PAGE)
    assert len(found_among([original, copy])) == 1


@pytest.mark.parametrize(("old", "new"), DISTINCT.values(), ids=DISTINCT.keys())
def test_a_page_that_says_something_else_is_no_copy(old: str, new: str) -> None:
    """A whole sentence more may stand in the page that is kept, never in the one hidden."""
    original, other = page(PAGE), edited(old, new)
    assert not repeats(other, original)
    if new != "Linz pays. Entry is free":
        assert found_among([original, other]) == {}


def test_pages_of_one_text_and_several_titles_are_several_unless_one_title_says_more() -> None:
    text = "Wells\n\nThe town restored its old wells and marks them on a map for visitors.\n"
    one = page(text, "rows.csv#1", "Wells of Bern")
    assert not repeats(page(text, "rows.csv#2", "Wells of Basel"), one)
    assert not repeats(page(text, "rows.csv#2", "Wells of Bern 2024"), one)
    assert repeats(page(text, "rows.csv#2", "Wells of Bern, Switzerland"), one)


def test_a_title_that_is_the_name_of_the_file_tells_nothing() -> None:
    text = "The town restored its old wells and marks them on a map for visitors.\n"
    one, other = page(text, "a/wells.txt", "wells"), page(text, "b/old_wells.txt", "old wells")
    assert found_among([one, other]) == {"b/old_wells.txt": "a/wells.txt"}


def test_the_longest_is_kept_then_the_earliest_published_then_the_smallest_name() -> None:
    longer = page(PAGE + "\nMirrored from another site\n", "z.txt")
    early = page(PAGE, "y.txt", published=date(2024, 1, 2))
    late = page(PAGE, "a.txt", published=date(2024, 3, 4))
    undated = page(PAGE, "b.txt")
    assert found_among([late, undated, early]) == {"a.txt": "y.txt", "b.txt": "y.txt"}
    assert set(found_among([late, undated, early, longer]).values()) == {"z.txt"}
    assert found_among([undated, page(PAGE, "c.txt")]) == {"c.txt": "b.txt"}


def test_a_document_without_words_is_nobodys_copy() -> None:
    assert sketch(page("… — !\n", "a.txt", "a")) is None


def test_short_texts_are_copies_only_when_they_are_equal() -> None:
    one = page("Trams\n\nTrams run all night.\n", "a.txt")
    assert found_among([one, page("Trams\n\nTrams run all night.\n", "b.txt")])
    assert not found_among([one, page("Trams\n\nTrams run all day.\n", "b.txt")])


def found_among(documents: list[Document]) -> dict[str, str]:
    by_source = {document.source: document for document in documents}
    return aliases([s for s in map(sketch, documents) if s], by_source.get)


WORDS = [f"{a}{b}" for a in "bdfgklmnprst" for b in ("ado", "epi", "iru", "omu", "ula", "eno")]


def prose(seed: int, words: int = 160) -> list[str]:
    chosen = random.Random(seed)  # noqa: S311 - equal in every run
    return [chosen.choice(WORDS) for _ in range(words)]


edits = st.tuples(
    st.integers(0, 2),  # which page it was made from
    st.lists(st.tuples(st.integers(0, 159), st.sampled_from([*WORDS[:3], "40", "Linz"])),
             max_size=4),
    st.integers(0, 30),  # words cut off at its end
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(made=st.lists(edits, min_size=1, max_size=8), seed=st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing_and_no_copy_is_of_a_copy(
    made: list[tuple[int, list[tuple[int, str]], int]], seed: random.Random
) -> None:
    documents = []
    for number, (origin, changes, cut) in enumerate(made):
        text = prose(origin)
        for at, word in changes:
            text[at] = word
        text = text[: len(text) - cut]
        documents.append(page(" ".join(text) + "\n", f"{number}.txt", f"{number}"))
    found = found_among(documents)
    by_source = {document.source: document for document in documents}
    assert all(repeats(by_source[copy], by_source[kept]) for copy, kept in found.items())
    assert found.keys().isdisjoint(found.values())
    seed.shuffle(documents)
    assert found_among(documents) == found


def test_three_in_any_order_are_grouped_alike() -> None:
    documents = [page(PAGE, "a.txt"), page(PAGE, "b.txt"), edited("sew", "knit")]
    results = {tuple(sorted(found_among(list(p)).items())) for p in permutations(documents)}
    assert len(results) == 1


def test_copies_with_small_edits_are_found_by_their_bands() -> None:
    """A sketch must bring every pair that would be a copy to be compared, down to .7."""
    copies = 0
    for seed in range(60):
        text = prose(seed, 240)
        other = [*text]
        chosen = random.Random(seed)  # noqa: S311 - equal in every run
        for at in chosen.sample(range(240), 7):  # 7 of 240 words: about .75
            other[at] = "xenon"
        one, two = page(" ".join(text), "a.txt", "a"), page(" ".join(other), "b.txt", "b")
        is_copy = repeats(two, one)
        copies += is_copy
        assert bool(found_among([one, two])) == is_copy
    assert copies > 50


def test_a_thousand_pages_of_one_template_are_compared_with_a_few_each() -> None:
    """Each names another town, so none is a copy; all share most of their bands."""
    looks = 0
    documents = {
        f"{number:04d}.txt": page(PAGE.replace("Graz", f"Town{number}"), f"{number:04d}.txt")
        for number in range(1000)
    }

    def read(source: str) -> Document:
        nonlocal looks
        looks += 1
        return documents[source]

    sketches: list[Sketch] = [s for s in map(sketch, documents.values()) if s]
    assert aliases(sketches, read) == {}
    assert looks <= 2 * 1000  # each is read once or twice, not once a pair


def test_no_starter_article_is_a_copy_of_another() -> None:
    folder = "corpus/articles"
    with ReaderPool(pause=lambda _seconds: None) as pool:
        reads = list(pool.read(list(survey(folder).items)))
    documents = [document for read in reads for document in read.documents]
    assert len(documents) == 47
    assert found_among(documents) == {}
