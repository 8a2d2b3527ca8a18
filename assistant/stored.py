"""Documents and records as they are stored, in their published form.

Pure functions over an open snapshot; values are ready for json.dumps. Refuses to know who asks.
"""

from __future__ import annotations

from typing import Any

from corpus import Document, Event, Network, Practice
from corpus.errors import UsageError
from corpus.records import record_to_json
from index.snapshot import Snapshot


def documents(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Every document without its text, by source."""
    return [_about(document) for document in snapshot.documents()]


def records(snapshot: Snapshot, kind: str) -> list[dict[str, Any]]:
    """Every "practice", "event" or "network", by source, with the source it was read from."""
    sources = {d.id: d.source for d in snapshot.documents()}
    found = (record_to_json(record) for record in snapshot.records())
    rows = [{"source": sources[row["document"]], **row} for row in found if row["kind"] == kind]
    return sorted(rows, key=lambda row: (row["source"], row["span"]))


def document(snapshot: Snapshot, source: str) -> dict[str, Any]:
    """One document, by source name or id, with its passages and records.

    A copy of another names that one as ``canonical``, any other its copies as ``aliases``. Raises
    UsageError when it is not stored.
    """
    found = snapshot.find_document(source)
    if found is None:
        raise UsageError(
            f"got {source!r}, which no stored document is called",
            "a source name or document id as citations give it",
            "see the names with: townbook search",
        )
    known = [record for record in snapshot.records() if record.document == found.id]
    canonical = snapshot.canonical_of(found.source)
    alike: dict[str, Any] = {"canonical": canonical}
    if canonical is None:
        alike = {"aliases": list(snapshot.aliases_of(found.source))}
    return {
        **_about(found),
        **alike,
        "text": found.text,
        "passages": [
            {
                "id": passage.id,
                "start": passage.span.start,
                "end": passage.span.end,
                "headings": list(passage.headings),
                "text": passage.span.of(found.text),
            }
            for passage in snapshot.passages_of(found.id)
        ],
        "practices": [record_to_json(r) for r in known if isinstance(r, Practice)],
        "events": [record_to_json(r) for r in known if isinstance(r, Event)],
        "networks": [record_to_json(r) for r in known if isinstance(r, Network)],
    }


def _about(document: Document) -> dict[str, Any]:
    return {
        "source": document.source,
        "document": document.id,
        "title": document.title,
        "published": document.published.isoformat() if document.published else None,
        "language": document.language,
        "url": document.url,
        "sha256": document.sha256,
    }
