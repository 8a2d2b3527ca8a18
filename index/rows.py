"""A passage and everything derived from it, as rows of the library and of a snapshot.

This is what an engine is given: the passage, the words it is found by, the facets it is
filtered by, and the hash of the text its vector was made from. Written as plain JSON values;
it refuses to know which database they rest in.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from corpus import Document, Passage, Record, Span
from corpus.records import Facets


@dataclass(frozen=True, slots=True)
class PassageRow:
    """One passage, ready to be indexed."""

    passage: Passage
    text_sha256: str  # of what is embedded, see ``embedded_hash``; the key of its vectors
    facets: Facets
    terms: str  # stemmed content terms, separated by spaces
    names: str  # folded words as written, separated by spaces

    def to_json(self) -> str:
        """One line of JSON that ``row_from_json`` turns into an equal row."""
        facets = self.facets
        return json.dumps(
            {
                "passage": passage_to_json(self.passage),
                "text": self.text_sha256,
                "countries": facets.countries,
                "cities": facets.cities,
                "kinds": facets.kinds,
                "since": facets.since.isoformat() if facets.since else None,
                "until": facets.until.isoformat() if facets.until else None,
                "terms": self.terms,
                "names": self.names,
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """A document with everything read out of it."""

    document: Document
    records: tuple[Record, ...]
    rows: tuple[PassageRow, ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry as the library keeps it: equal digest and recipe, equal entry."""

    entry: Entry
    digest: str  # of the document, see index.library
    recipe: str  # what read and cut it, see index.recipe
    canonical: str = ""  # source of the document that this one repeats, if it repeats one

    def as_alias_of(self, source: str) -> Stored:
        """The same without what would answer: the text stays, passages and records do not."""
        return Stored(Entry(self.entry.document, (), ()), self.digest, self.recipe, source)


def row_from_json(line: str) -> PassageRow:
    """The row written by ``PassageRow.to_json``; KeyError or ValueError on anything else."""
    value: dict[str, Any] = json.loads(line)
    return PassageRow(
        passage=passage_from_json(value["passage"]),
        text_sha256=value["text"],
        facets=Facets(
            countries=tuple(value["countries"]),
            cities=tuple(value["cities"]),
            kinds=tuple(value["kinds"]),
            since=date.fromisoformat(value["since"]) if value["since"] else None,
            until=date.fromisoformat(value["until"]) if value["until"] else None,
        ),
        terms=value["terms"],
        names=value["names"],
    )


def passage_to_json(passage: Passage) -> dict[str, Any]:
    """Plain JSON values from which ``passage_from_json`` makes an equal Passage."""
    return {
        "document": passage.document,
        "ordinal": passage.ordinal,
        "span": [passage.span.start, passage.span.end],
        "sentences": [[span.start, span.end] for span in passage.sentences],
        "headings": passage.headings,
    }


def passage_from_json(value: Mapping[str, Any]) -> Passage:
    """The Passage written by ``passage_to_json``; KeyError or ValueError on anything else."""
    return Passage(
        document=value["document"],
        ordinal=value["ordinal"],
        span=Span(*value["span"]),
        sentences=tuple(Span(start, end) for start, end in value["sentences"]),
        headings=tuple(value["headings"]),
    )


def embedded_hash(text: str, sentences: Sequence[Span]) -> str:
    """The hash of a text and of where its sentences stand in it: both decide its vectors."""
    return hash_of("\0".join([text, *(f"{span.start}-{span.end}" for span in sentences)]))


def hash_of(text: str) -> str:
    """sha256 in hex of ``text`` as UTF-8."""
    return sha256(text.encode()).hexdigest()
