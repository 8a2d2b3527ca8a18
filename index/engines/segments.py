"""What a segment's files are called, and which of its documents are no longer there.

A snapshot's folder holds segments, each with some of the documents and everything that is
searched of them. A segment is never written to again; documents that were changed or removed
since are listed in the folder's tombstones. Light to import: it knows names, not contents.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from index.engines.arrays import map_arrays, write_arrays

CATALOGUE = "catalogue.sqlite"
VECTORS = "vectors.npy"
SENTENCES = "sentences.npy"
WORDS = "words.safetensors"
NEAR = "near.faiss"
TOMBSTONES = "tombstones.safetensors"
BOILERPLATE = "boilerplate.safetensors"


def file_of(segment: str, name: str) -> str:
    """What a file of a segment is called in its folder."""
    return f"{segment}-{name}"


def write_tombstones(folder: Path, dead: Mapping[str, NDArray[Any]]) -> tuple[str, ...]:
    """Write the numbers of each segment's dead documents; the name of the file, if any is."""
    some = {segment: numbers for segment, numbers in dead.items() if len(numbers)}
    if not some:
        return ()
    write_arrays(folder / TOMBSTONES, some)
    return (TOMBSTONES,)


def read_tombstones(folder: Path) -> dict[str, NDArray[Any]]:
    """Segment → numbers of its dead documents, ascending; segments without any are left out."""
    path = folder / TOMBSTONES
    return map_arrays(path) if path.exists() else {}


def write_boilerplate(folder: Path, sentences: NDArray[Any]) -> tuple[str, ...]:
    """Write the hashes of index.boilerplate, ascending; the name of the file, if any is."""
    if not len(sentences):
        return ()
    write_arrays(folder / BOILERPLATE, {"sentences": sentences})
    return (BOILERPLATE,)


def read_boilerplate(folder: Path) -> NDArray[Any] | None:
    """The hashes of sentences that win no search, ascending; None when there are none."""
    path = folder / BOILERPLATE
    return map_arrays(path)["sentences"] if path.exists() else None
