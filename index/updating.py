"""From the library and what is published to the next snapshot, writing only what has changed.

Documents are compared by digest and by what read them, so those that stayed are neither parsed
nor written: their segments are carried over. What was added or changed, and what index.merging
wants rewritten, is taken from the library and becomes one new segment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

import numpy as np

from corpus.likeness import aliases as find_aliases
from corpus.passages import passage_text, sentences_in_text
from index import IndexingEncoder
from index.boilerplate import Hashes, boilerplate
from index.home import Home
from index.library import Library
from index.manifest import Manifest
from index.merging import Size, carried_over
from index.publishing import Carried, publish
from index.rows import Stored
from index.sketches import sketches
from index.snapshot import Snapshot

T = TypeVar("T")

# Work kept by one transaction: a kill loses at most this much of it.
_TEXTS_A_COMMIT = 64

Versions = Mapping[str, tuple[str, str]]  # document source → digest, recipe
Telling = Callable[[str, int, int], None]  # stage, done, total


@dataclass(frozen=True, slots=True)
class _Segment:
    """One published segment beside what the library holds now."""

    carried: Carried
    staying: tuple[str, ...]  # sources of the documents that are as they were
    size: Size


def update(
    home: Home,
    library: Library,
    encoder: IndexingEncoder,
    base: Snapshot | None,
    now: Versions,
    *,
    recipe: str,
    content: str,
    created: str,
    progress: Telling,
    compact: bool = False,
) -> tuple[Manifest, int]:
    """Publish ``now``, all that the library holds; the manifest, and how many texts were new.

    ``base`` is the sound snapshot that unchanged segments are taken from, unless ``compact``
    asks for all of it in one new segment. Raises HomeError when the disk does not take it.
    """
    aliases, common = _likenesses(library)
    segments = _compared(base, now, aliases) if base and _one_space(base, encoder) else []
    staying = {source for segment in segments for source in segment.staying}
    entries = _entries(library, now.keys() - staying, aliases)
    added = sum(len(stored.entry.rows) for stored in entries)
    kept = [] if compact else carried_over([segment.size for segment in segments], added)
    merged = [s for position, s in enumerate(segments) if position not in kept]
    also = [source for segment in merged for source in segment.staying]
    entries += _entries(library, also, aliases)
    entries.sort(key=lambda stored: stored.entry.document.id)

    embedded = _embed(library, encoder, entries, progress)
    progress("write", 0, 1)
    hashes = [row.text_sha256 for stored in entries for row in stored.entry.rows]
    manifest = publish(
        home,
        entries,
        *library.vectors(encoder.id, hashes, encoder.dimension),
        carried=[segments[position].carried for position in kept],
        boilerplate=common,
        parent=base.id if base else None,
        encoder_id=encoder.id,
        encoding=dict(encoder.method),
        recipe=recipe,
        content=content,
        now=created,
    )
    library.drop_unused_vectors(encoder.id)
    return manifest, embedded


def _one_space(base: Snapshot, encoder: IndexingEncoder) -> bool:
    return (base.encoder_id, base.manifest.dimension) == (encoder.id, encoder.dimension)


def _likenesses(library: Library) -> tuple[dict[str, str], Hashes]:
    """Each copy's source with that of the document it repeats, and what is boilerplate.

    Both are found anew from all that the library holds, so that they are those of one clean
    build: a copy answers by itself as soon as what it repeats is gone.
    """
    drawn_of = sketches(library)
    aliases = find_aliases((drawn for _, drawn, _ in drawn_of if drawn), library.document)
    common = boilerplate(
        (root, np.frombuffer(sentences, "<u8"))
        for root, drawn, sentences in drawn_of
        if drawn and drawn.source not in aliases
    )
    return aliases, common


def _entries(library: Library, sources: Iterable[str], aliases: Mapping[str, str]) -> list[Stored]:
    """The documents of these sources as they are indexed: of an alias only its text."""
    return [
        stored.as_alias_of(canonical)
        if (canonical := aliases.get(stored.entry.document.source))
        else stored
        for stored in library.entries(sources)
    ]


def _compared(base: Snapshot, now: Versions, aliases: Mapping[str, str]) -> list[_Segment]:
    found = []
    extents = base.extents()
    for name, versions, extent, were_aliases in zip(
        base.manifest.segments, base.versions(), extents, base.aliases(), strict=True
    ):
        staying, gone = [], extent.dead.tolist()
        for number, source, digest, recipe in versions:
            as_it_was = now.get(source) == (digest, recipe)
            if as_it_was and aliases.get(source) == were_aliases.get(number):
                staying.append(source)
            else:
                gone.append(number)
        dead = np.array(sorted(gone), np.uint32)
        lost = int(extent.lengths[dead].sum())
        repeating = sum(source in aliases for source in staying)
        found.append(
            _Segment(
                Carried(
                    name,
                    base.folder,
                    tuple(f for f in base.manifest.files if f[0].startswith(f"{name}-")),
                    dead,
                    documents=len(staying) - repeating,
                    passages=extent.rows - lost,
                    aliases=repeating,
                ),
                tuple(staying),
                # An alias has no passage; it is as much to write as one.
                Size(extent.rows - lost + repeating, lost),
            )
        )
    return found


def _embed(
    library: Library,
    encoder: IndexingEncoder,
    entries: Sequence[Stored],
    progress: Telling,
) -> int:
    """Give every passage's text its vectors in the library; how many texts were new."""
    wanted = {
        row.text_sha256: (stored.entry.document, row.passage)
        for stored in entries
        for row in stored.entry.rows
    }
    missing = library.missing_vectors(encoder.id, wanted)
    texts = {text: passage_text(*wanted[text]) for text in missing}
    sentences = {text: sentences_in_text(*wanted[text]) for text in missing}
    # Longest first: texts of one batch are of similar length, and what is slow or needs most
    # memory comes at once. The order depends on the texts alone.
    order = sorted(texts, key=lambda text: (-len(texts[text]), text))
    done = 0
    for hashes in _batches(order, _TEXTS_A_COMMIT):
        progress("embed", done, len(order))
        matrices = encoder.embed(
            [texts[text] for text in hashes], [sentences[text] for text in hashes]
        )
        library.add_vectors(encoder.id, hashes, matrices)
        done += len(hashes)
    progress("embed", done, len(order))
    return done


def _batches(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """``values`` in order, at most ``size`` at a time."""
    rest = iter(values)
    while batch := list(islice(rest, size)):
        yield batch
