"""The system of record: what it gives back, and which vectors it lets go."""

from __future__ import annotations

import sqlite3

import numpy as np
import pytest

from corpus.passages import passage_text, sentences_in_text
from index.home import Home
from index.library import Library, digest_of
from tests.index.fakes import HashingEncoder
from tests.index.workshop import ARTICLES, Workshop


def hashes(home: Home, table: str) -> set[str]:
    with sqlite3.connect(home.library) as library:
        return {text for (text,) in library.execute(f"SELECT text_sha256 FROM {table}")}  # noqa: S608 - ours


def test_entries_are_those_asked_for_with_what_tells_their_version(indexed: Workshop) -> None:
    with Library(indexed.home, read_only=True) as library:
        found = library.entries(["velo.md", "garten/hof.txt", "nowhere.txt"])
        versions = {s: v for known in library.versions().values() for s, v in known.items()}
    assert {stored.entry.document.source for stored in found} == {"velo.md", "garten/hof.txt"}
    for stored in found:
        document = stored.entry.document
        assert stored.digest == digest_of(document)
        assert versions[document.source] == (stored.digest, stored.recipe)
        assert document == indexed.open().find_document(document.source)
        assert [row.passage for row in stored.entry.rows] == list(
            indexed.open().passages_of(document.id)
        )
    assert set(versions) == set(ARTICLES)


def test_vectors_come_in_the_order_asked_for_repeats_included(indexed: Workshop) -> None:
    with Library(indexed.home, read_only=True) as library:
        rows = [row for stored in library.entries(ARTICLES) for row in stored.entry.rows]
        texts = [
            passage_text(stored.entry.document, row.passage)
            for stored in library.entries(ARTICLES)
            for row in stored.entry.rows
        ]
        asked = [row.text_sha256 for row in [*rows, rows[0]]]
        found, _sentences = library.vectors(indexed.encoder.id, asked, 64)
        with pytest.raises(KeyError, match="never"):
            library.vectors(indexed.encoder.id, [*asked, "never"], 64)
        assert library.missing_vectors(indexed.encoder.id, [*asked, "never"]) == {"never"}
    expected = indexed.encoder.encode_passages([*texts, texts[0]])
    np.testing.assert_array_equal(found, expected)


def test_every_sentence_of_a_passage_has_a_vector_of_its_own(indexed: Workshop) -> None:
    snapshot = indexed.open()
    for document in snapshot.documents():
        passages = snapshot.passages_of(document.id)
        texts = [passage_text(document, passage) for passage in passages]
        spans = [sentences_in_text(document, passage) for passage in passages]
        expected = np.concatenate([m[1:] for m in indexed.encoder.embed(texts, spans)])
        found = snapshot.sentence_vectors(document.id)
        assert len(found) == sum(len(passage.sentences) for passage in passages)
        np.testing.assert_allclose(found, expected, atol=1e-3)
    assert len(snapshot.sentence_vectors("unknown")) == 0


def test_vectors_of_texts_that_are_gone_are_dropped_and_shared_ones_kept(
    indexed: Workshop,
) -> None:
    indexed.write("twin.txt", ARTICLES["harbour.txt"])
    before = hashes(indexed.home, "vectors")
    indexed.refresh()
    (indexed.folder / "harbour.txt").unlink()
    (indexed.folder / "mending.txt").unlink()
    indexed.refresh()
    kept = hashes(indexed.home, "vectors")
    assert kept == hashes(indexed.home, "passages")
    assert len(before - kept) == 1  # mending.txt's; the twin has the other's text
    assert hashes(indexed.home, "loose") == set()


def test_another_encoders_vectors_stay_until_it_drops_its_own(indexed: Workshop) -> None:
    other = HashingEncoder("another", dimension=32)
    indexed.refresh(encoder=other)
    (indexed.folder / "mending.txt").unlink()
    indexed.refresh(encoder=other)
    passages = hashes(indexed.home, "passages")
    with sqlite3.connect(indexed.home.library) as library:
        counts = dict(library.execute("SELECT encoder, count(*) FROM vectors GROUP BY encoder"))
    assert counts == {indexed.encoder.id: len(passages) + 1, other.id: len(passages)}
    indexed.refresh()
    assert hashes(indexed.home, "vectors") == passages
    assert hashes(indexed.home, "loose") == set()


def test_a_library_from_before_loose_texts_were_noted_lets_go_of_all_that_is_unused(
    indexed: Workshop,
) -> None:
    with sqlite3.connect(indexed.home.library) as library:
        library.executescript(
            "DROP TRIGGER passage_deleted; DROP TABLE loose; DROP TABLE sketches;"
            " DROP TABLE former; DROP TABLE changes; DROP TABLE barred;"
            " ALTER TABLE quarantine DROP COLUMN seen;"
            " UPDATE meta SET value = '1' WHERE key = 'format';"
        )
        library.execute(
            "INSERT INTO vectors VALUES ('of no passage', ?, x'00')", (indexed.encoder.id,)
        )
    with Library(indexed.home, read_only=True) as unchanged:
        assert unchanged.sources()
    indexed.write("trees.txt", "Trees\n\nPorto planted a thousand trees.\n")
    indexed.refresh()
    assert hashes(indexed.home, "vectors") == hashes(indexed.home, "passages")
