"""What the library keeps of each document to find copies and boilerplate without reading it again.

Knows the table ``sketches``. What a sketch says is corpus.likeness's, and what is done with it
index.updating's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from corpus.likeness import Sketch, sketch
from index.boilerplate import sentence_hashes
from index.rows import Entry

if TYPE_CHECKING:
    from index.library import Execute, Library


def sketches(library: Library) -> list[tuple[str, Sketch | None, bytes]]:
    """Of each document its root, its sketch, and its sentences' hashes; in no order.

    The sketch is None for one without words; a hash has eight bytes, the lowest first.
    """
    _sketch_what_is_not(library)
    rows = library.rows(
        "SELECT root, documents.source, length, published, whole, bands, sentences"
        " FROM sketches JOIN documents ON documents.number = sketches.document"
        " JOIN files ON files.number = documents.file"
    )
    return [
        (
            root,
            Sketch(source, length, published, whole, bands) if length else None,
            sentences,
        )
        for root, source, length, published, whole, bands, sentences in rows
    ]


def _sketch_what_is_not(library: Library) -> None:
    """Give documents stored before there were sketches theirs."""
    missing = library.rows(
        "SELECT source FROM documents WHERE number NOT IN (SELECT document FROM sketches)"
    )
    for stored in library.entries(dict.fromkeys(source for (source,) in missing)):
        with library.transaction() as execute:
            [(number,)] = execute(
                "SELECT number FROM documents WHERE source = ?", (stored.entry.document.source,)
            )
            insert(execute, number, stored.entry)


def insert(execute: Execute, number: int | None, entry: Entry) -> None:
    """Keep the sketch of a document just stored under ``number``."""
    drawn = sketch(entry.document)
    hashes = sentence_hashes(entry.document, (row.passage for row in entry.rows))
    execute(
        "INSERT OR REPLACE INTO sketches VALUES (?, ?, ?, ?, ?, ?)",
        (
            number,
            *(
                (drawn.length, drawn.published, drawn.whole, drawn.bands)
                if drawn
                else (0, "", "", b"")
            ),
            np.array(hashes, "<u8").tobytes(),
        ),
    )
