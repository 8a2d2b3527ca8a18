"""Any number of small refreshes ends where one clean build would."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.reading import ReaderPool
from index import Filters
from index import refresh as refreshing
from index.home import Home
from index.library import Library
from index.merging import MOST_SEGMENTS
from index.refresh import refresh
from index.snapshot import Snapshot, open_current
from index.terms import stems
from tests.index.fakes import HashingEncoder
from tests.index.workshop import Workshop

# The same text often stands under several of these names, so copies come and go.
NAMES = ["a.txt", "b.md", "sub/a.txt", "sub/deep/c.txt", "bad.pdf", "rows.csv"]
TEXTS = {
    "tram": "Trams\n\nThe tram in Graz runs all night. Tickets cost two euros.\n",
    "tram too": "Trams\n\nThe tram in Graz runs all day. Tickets cost three euros.\n",
    "library": "Bibliothek\n\nDie Bibliothek in Aarau verleiht Werkzeug an alle.\n",
    "rows": "title,text\nWells,Bern restored 12 wells.\nRoofs,Basel greened its flat roofs.\n",
    "empty": "",
}
QUERIES = ["night tram", "Werkzeug", "greened roofs in Basel", "two euros"]

edits = st.lists(
    st.tuples(
        st.sampled_from(["one", "two"]),
        st.sampled_from(NAMES),
        st.sampled_from([*TEXTS, "remove", *(f"to {name}" for name in NAMES)]),
        st.booleans(),  # refresh after this edit
    ),
    min_size=1,
    max_size=8,
)


def all_of(snapshot: Snapshot, encoder: HashingEncoder) -> object:
    """Everything that can be asked of a snapshot, its number and dates aside."""
    answers: list[object] = []
    for query in QUERIES:
        vector = encoder.encode_queries([query])[0]
        for hits in (
            snapshot.lexical(query, "en", 9),
            snapshot.dense(vector, 9),
            snapshot.hybrid(query, "en", vector, 9),
        ):
            answers.append([(hit.rank, hit.score, hit.passage.id) for hit in hits])
        answers.append(list(snapshot.similarities(vector).items()))
        answers.append([snapshot.document_frequency(term) for term in stems(query, "en")])
    german = Filters(languages=("de",))
    vector = encoder.encode_queries(["Werkzeug"])[0]
    answers.append([(hit.score, hit.passage.id) for hit in snapshot.dense(vector, 9, german)])
    answers.append(snapshot.passages(german))
    answers.append([snapshot.sentence_vectors(d.id).tobytes() for d in snapshot.documents()])
    answers.append([snapshot.passages_of(document.id) for document in snapshot.documents()])
    answers.append([snapshot.find_document(document.source) for document in snapshot.documents()])
    counts = snapshot.status()
    return (
        snapshot.documents(),
        snapshot.passages(),
        snapshot.records(),
        snapshot.manifest.content,
        (snapshot.document_count, snapshot.passage_count),
        [counts[name] for name in ("practices", "events", "networks", "languages", "aliases")],
        [snapshot.aliases_of(document.source) for document in snapshot.documents()],
        [snapshot.boilerplate_in(document.id).tolist() for document in snapshot.documents()],
        answers,
    )


def vectors_of(library: Library, encoder: HashingEncoder) -> dict[str, bytes]:
    """Every living passage's vector and those of its sentences, by its text's hash."""
    stored = library.entries({source for known in library.versions().values() for source in known})
    hashes = sorted({row.text_sha256 for one in stored for row in one.entry.rows})
    whole, parts = library.vectors(encoder.id, hashes, encoder.dimension)
    return {
        text: vector.tobytes() + part.tobytes()
        for text, vector, part in zip(hashes, whole, parts, strict=True)
    }


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(edits=edits)
def test_small_refreshes_equal_one_clean_build(
    pool: ReaderPool, edits: list[tuple[str, str, str, bool]]
) -> None:
    place = Path(tempfile.mkdtemp())
    try:
        roots = [place / "one", place / "two"]
        for root in roots:
            root.mkdir()
            # An emptied source removes nothing by itself, so each keeps one file for good.
            (root / "keep.txt").write_text(f"Kept\n\nThe town hall of {root.name} is open.\n")
        sources = [str(root) for root in roots]
        encoder = HashingEncoder()
        refresh(place / "grown", sources, encoder, pool=pool)
        for folder, name, text, refreshes in edits:
            path = place / folder / name
            if text == "remove":
                path.unlink(missing_ok=True)
            elif text.startswith("to "):
                if path.exists():
                    target = place / folder / text.removeprefix("to ")
                    target.parent.mkdir(parents=True, exist_ok=True)
                    path.replace(target)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(TEXTS[text], encoding="utf-8")
            if refreshes:
                refresh(place / "grown", [], encoder, pool=pool)
        grown = refresh(place / "grown", [], encoder, pool=pool)
        built = refresh(place / "built", sources, encoder, pool=pool)
        one, other = open_current(place / "grown"), open_current(place / "built")
        assert all_of(one, encoder) == all_of(other, encoder)
        assert grown.quarantined == built.quarantined
        with (
            Library(Home(place / "grown"), read_only=True) as old,
            Library(Home(place / "built"), read_only=True) as new,
        ):
            assert old.files().keys() == new.files().keys()
            assert old.quarantined() == new.quarantined()
            assert vectors_of(old, encoder) == vectors_of(new, encoder)
        again = refresh(place / "grown", [], encoder, pool=pool)
        assert (again.snapshot, again.embedded) == (one.id, 0)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def test_one_document_at_a_time_makes_segments_merges_them_and_equals_one_build(
    workshop: Workshop,
) -> None:
    """Long enough for every rule of merging: as large, too many, too much of it dead."""
    shapes = []
    for number in range(30):
        workshop.write(
            f"notes/{number * 7 % 30:02d}.txt",
            f"Note {number}\n\nStreet {number} in Graz got {number + 2} trees and a tram stop."
            " Tickets cost two euros.\n",
        )
        if number % 4 == 3:
            workshop.write(
                f"notes/{number * 7 % 30:02d}.txt", f"Note {number}\n\nThe library lends tools.\n"
            )
        if number > 20:
            (workshop.folder / f"notes/{(number - 18) * 7 % 30:02d}.txt").unlink()
        workshop.refresh()
        shapes.append(workshop.open().manifest.segments)
    assert 3 <= max(map(len, shapes)) <= MOST_SEGMENTS
    assert (
        len({segment for shape in shapes for segment in shape}) > 12
    )  # each merge makes a new one
    assert any(shape[:1] != before[:1] for before, shape in pairwise(shapes))
    grown = workshop.open()
    built = replace(workshop, home=Home(workshop.home.path.with_name("built")))
    built.refresh()
    assert len(grown.manifest.segments) > 1
    assert len(built.open().manifest.segments) == 1
    assert all_of(grown, workshop.encoder) == all_of(built.open(), workshop.encoder)


def test_what_was_read_by_other_code_is_written_anew_though_its_text_is_the_same(
    indexed: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Passages depend on the code that cuts them, and no digest of a text can show that."""
    monkeypatch.setattr(refreshing, "recipe_for", lambda _encoder_id: "other code")
    report = indexed.refresh()
    assert (report.unchanged, report.snapshot) == (5, "000002")
    assert indexed.open().manifest.segments == ("000002",)
