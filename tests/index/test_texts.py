"""Stored texts without an index: what is found, and what a broken home says."""

from __future__ import annotations

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from corpus import Document
from corpus.errors import DamagedSnapshot, NotReady
from index.engines.catalogue import write_catalogue
from index.engines.segments import CATALOGUE, file_of, write_tombstones
from index.home import Home
from index.manifest import FORMAT, MANIFEST, Manifest
from index.rows import Entry, Stored
from index.texts import open_texts

ROOT = Path(__file__).parents[2]
TEXT = "Trams — and “quotes” — run in Łódź.\n"


def stored(id: str, source: str, text: str = TEXT) -> Document:
    return Document(id, source, text, sha256(text.encode()).hexdigest(), "Trams", "en", "text")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose published snapshot is catalogues alone: neither vectors nor words."""
    home = Home(tmp_path)
    folder = home.snapshot("000001")
    folder.mkdir(parents=True)
    segments = {
        "000001": [
            stored("a" * 16, "one.txt", "Before.\n"),
            stored("b" * 16, "two.txt", "Buses.\n"),
        ],
        "000002": [stored("c" * 16, "one.txt")],
    }
    for name, documents in segments.items():
        entries = [Stored(Entry(document, (), ()), "", "") for document in documents]
        write_catalogue(folder / file_of(name, CATALOGUE), entries)
    write_tombstones(folder, {"000001": np.array([0], np.uint32)})
    manifest = Manifest(
        FORMAT, "000001", None, "", "hashing@64", {}, 64, "", "", 2, 0, tuple(segments), ()
    )
    (folder / MANIFEST).write_bytes(manifest.to_bytes())
    home.current.write_text(f"000001 {'0' * 64}\n")
    return home


def test_a_document_is_found_by_id_and_by_source(home: Home) -> None:
    texts = open_texts(home)
    assert texts.find_document("c" * 16) == stored("c" * 16, "one.txt")
    assert texts.find_document("one.txt") == stored("c" * 16, "one.txt")
    assert texts.find_document("two.txt") == stored("b" * 16, "two.txt", "Buses.\n")
    texts.close()


def test_a_dead_document_is_not_found(home: Home) -> None:
    texts = open_texts(home)
    assert texts.find_document("a" * 16) is None
    texts.close()


@pytest.mark.parametrize("name", ["", "three.txt", "\ud800", "' OR 1=1 --"])
def test_what_is_not_stored_is_none(home: Home, name: str) -> None:
    texts = open_texts(home.path)
    assert texts.find_document(name) is None
    texts.close()


def test_a_home_without_a_snapshot_is_not_ready(tmp_path: Path) -> None:
    with pytest.raises(NotReady):
        open_texts(tmp_path)


def test_a_snapshot_that_is_gone_or_no_database_is_damaged(home: Home) -> None:
    (home.snapshot("000001") / file_of("000002", CATALOGUE)).write_bytes(
        b"not a database, for certain" * 100
    )
    texts = open_texts(home)
    with pytest.raises(DamagedSnapshot, match="not a database"):
        texts.find_document("one.txt")
    texts.close()
    (home.snapshot("000001") / MANIFEST).unlink()
    with pytest.raises(DamagedSnapshot, match="not there"):
        open_texts(home)


def test_looking_texts_up_loads_no_search_library(home: Home) -> None:
    code = (
        "import sys; from index.texts import open_texts; texts = open_texts(__import__('pathlib')"
        ".Path(sys.argv[1])); assert texts.find_document('one.txt');"
        "print([m for m in ('faiss', 'torch') if m in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(home.path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout == "[]\n"
