"""Any number of small refreshes ends where one clean build would."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.reading import ReaderPool
from index.home import Home
from index.library import Library
from index.refresh import refresh
from index.snapshot import Snapshot, open_current
from tests.index.fakes import HashingEncoder

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
        st.sampled_from([*TEXTS, "remove"]),
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
        answers.append(sorted(snapshot.similarities(vector).items()))
    return (
        snapshot.documents(),
        snapshot.passages(),
        snapshot.records(),
        snapshot.manifest.content,
        answers,
    )


@settings(
    max_examples=15,
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
        again = refresh(place / "grown", [], encoder, pool=pool)
        assert (again.snapshot, again.embedded) == (one.id, 0)
    finally:
        shutil.rmtree(place, ignore_errors=True)
