"""Townbook as one object: ask, search, refresh and look, over one home.

The only place where settings, encoder, snapshots and answering meet. It holds the snapshot it
opened and picks up a newly published one by itself; a question keeps the one it started with.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from threading import RLock
from typing import Any

from assistant import Answer, Turn
from assistant.answering import Draft, draft_answer
from assistant.conversation import stand_alone
from assistant.phrases import say
from assistant.question import Question, language_of, understand
from assistant.settings import Settings
from assistant.shelf import Shelf
from assistant.understanding import describe
from corpus import Document, Event, Network, Practice
from corpus.errors import UsageError
from corpus.records import record_to_json
from corpus.sources import survey
from corpus.text import canonical
from index import EVERYTHING, Filters, Hit, IndexingEncoder
from index.encoders import load_encoder
from index.home import Home
from index.library import Library
from index.refresh import Progress, RefreshReport, refresh, root_name
from index.snapshot import SnapshotReader

# What is read of one question. Longer ones are texts pasted by mistake, or worse.
_LONGEST_QUESTION = 2_000
_MOST_TURNS = 40


class Townbook:
    """Everything a caller needs. Safe to share between threads; errors are TownbookErrors."""

    def __init__(self, settings: Settings, encoder: IndexingEncoder | None = None) -> None:
        """Opens nothing yet. ``encoder`` is loaded as the settings say unless one is handed in."""
        self.settings = settings
        self._home = Home(settings.home)
        self._reader = SnapshotReader(self._home)
        self._encoder = encoder
        self._shelf: Shelf | None = None
        self._lock = RLock()

    def ask(
        self,
        question: str,
        *,
        id: str | None = None,
        history: Sequence[Turn] = (),
        filters: Filters = EVERYTHING,
        today: date | None = None,
    ) -> Answer:
        """A cited answer, or a refusal that shows what comes nearest.

        Equal questions over one snapshot give equal answers, ``seconds`` aside. Raises NotReady
        before the first refresh, EncoderError when the snapshot was built with another model.
        """
        started = time.perf_counter()
        shelf = self.shelf()
        asked = canonical(question)
        day = today or self.settings.today or datetime.now(UTC).date()
        own = asked[:_LONGEST_QUESTION].strip()
        standalone, carried = stand_alone(own, list(history)[-_MOST_TURNS:])
        if any(c.isalnum() for c in own):
            # Carried terms are appended for the reader; what is asked stays the question's own.
            text = own if carried else standalone
            understood = understand(text, carried=carried, today=day)
            draft = draft_answer(understood, shelf, filters)
        else:
            understood = Question(own, language_of(own), "fact", frozenset(), ())
            refusal = say("refusal", understood.language)
            draft = Draft("refusal", answered=False, text=refusal)
        answer = Answer(
            id=id,
            question=asked,
            standalone=standalone,
            language=understood.language,
            kind=draft.kind,
            answered=draft.answered,
            text=draft.text,
            items=draft.items,
            coverage=draft.coverage,
            citations=draft.citations,
            nearest=draft.nearest,
            method="extractive",
            snapshot=shelf.snapshot.id,
            answer_id="",
            understood=describe(understood, filters),
        )
        return replace(
            answer,
            answer_id=_fingerprint(answer, filters),
            seconds={"total": round(time.perf_counter() - started, 4)},
        )

    def search(self, query: str, k: int = 10, filters: Filters = EVERYTHING) -> list[Hit]:
        """At most ``k`` passages by words and meaning together, best first."""
        if k < 1:
            raise UsageError(f"got k={k}", "a number of passages from 1", "correct -k")
        shelf = self.shelf()
        text = canonical(query)[:_LONGEST_QUESTION].strip()
        if not any(c.isalnum() for c in text):
            return []
        vector = shelf.query_vector(text)
        return shelf.snapshot.hybrid(text, language_of(text), vector, k, filters)

    def refresh(
        self,
        sources: Sequence[str] = (),
        dry_run: bool = False,
        progress: Callable[[Progress], None] | None = None,
    ) -> RefreshReport:
        """Brings the index up to date with ``sources`` (then remembered) and all earlier ones."""
        return refresh(
            self.settings.home,
            sources,
            self._load_encoder(),
            dry_run=dry_run,
            progress=progress,
        )

    def sources(self) -> list[str]:
        """The folders and files that refresh looks at, in the order they were first given."""
        with Library(self._home, read_only=True) as library:
            return list(library.sources())

    def add_source(self, source: str) -> bool:
        """Remembers a folder or file for the next refresh; False when it was known already.

        Raises UsageError when nothing readable is there.
        """
        survey(source)
        with Library(self._home) as library:
            return library.add_source(root_name(source), now=datetime.now(UTC).isoformat())

    def remove_source(self, source: str) -> bool:
        """Forgets a source, named as given or as listed; False when it was not known.

        Its documents leave the answers with the next refresh.
        """
        with Library(self._home) as library:
            return library.remove_source(source) or library.remove_source(root_name(source))

    def status(self) -> dict[str, Any]:
        """What is indexed and whether it is sound; raises NotReady before the first refresh."""
        counted = self._reader.current().status()
        with Library(self._home, read_only=True) as library:
            quarantined, sources = library.quarantined(), library.sources()
        degraded = self._reader.degraded
        return {
            **counted,
            "quarantined": len(quarantined),
            "sources": list(sources),
            "sound": degraded is None,
            "degraded": degraded,
        }

    def document(self, source: str) -> Document | None:
        """The document of that source name or id, as stored; None when there is none."""
        return self._reader.current().find_document(source)

    def documents(self) -> list[dict[str, Any]]:
        """Every document without its text, by source."""
        return [
            {
                "source": d.source,
                "document": d.id,
                "title": d.title,
                "published": d.published.isoformat() if d.published else None,
                "language": d.language,
                "url": d.url,
                "sha256": d.sha256,
            }
            for d in self._reader.current().documents()
        ]

    def records(self, kind: str) -> list[dict[str, Any]]:
        """Every "practice", "event" or "network", by source, with the source it was read from."""
        snapshot = self._reader.current()
        sources = {d.id: d.source for d in snapshot.documents()}
        found = (record_to_json(record) for record in snapshot.records())
        rows = [{"source": sources[row["document"]], **row} for row in found if row["kind"] == kind]
        return sorted(rows, key=lambda row: (row["source"], row["span"]))

    def show(self, source: str) -> dict[str, Any]:
        """One document with its passages and records; raises UsageError when it is not stored."""
        snapshot = self._reader.current()
        document = snapshot.find_document(source)
        if document is None:
            raise UsageError(
                f"got {source!r}, which no stored document is called",
                "a source name or document id as citations give it",
                "see the names with: townbook search",
            )
        records = [r for r in snapshot.records() if r.document == document.id]
        return {
            "source": document.source,
            "document": document.id,
            "title": document.title,
            "published": document.published.isoformat() if document.published else None,
            "language": document.language,
            "url": document.url,
            "sha256": document.sha256,
            "text": document.text,
            "passages": [
                {
                    "id": p.id,
                    "start": p.span.start,
                    "end": p.span.end,
                    "headings": list(p.headings),
                    "text": p.span.of(document.text),
                }
                for p in snapshot.passages_of(document.id)
            ],
            "practices": [record_to_json(r) for r in records if isinstance(r, Practice)],
            "events": [record_to_json(r) for r in records if isinstance(r, Event)],
            "networks": [record_to_json(r) for r in records if isinstance(r, Network)],
        }

    def warm(self) -> None:
        """Loads now what the first question would wait for. Raises as ``ask`` does."""
        shelf = self.shelf()
        shelf.snapshot.documents()
        shelf.snapshot.records()
        shelf.query_vector("warm")

    def close(self) -> None:
        """Lets go of the snapshot."""
        self._reader.close()

    def _load_encoder(self) -> IndexingEncoder:
        with self._lock:
            if self._encoder is None:
                self._encoder = load_encoder(
                    self.settings.model, self.settings.home, self.settings.precision
                )
            return self._encoder

    def shelf(self) -> Shelf:
        """The snapshot that answers now, ready for matching; newly published ones are picked up."""
        snapshot = self._reader.current()
        with self._lock:
            if self._shelf is None or self._shelf.snapshot is not snapshot:
                encoder = self._load_encoder()
                snapshot.require_encoder(encoder.id)
                self._shelf = Shelf(snapshot, encoder)
            return self._shelf


def _fingerprint(answer: Answer, filters: Filters) -> str:
    """16 hex digits that change with the question, the snapshot or anything said."""
    published = {**answer.to_json(), "filters": asdict(filters)}
    canonical_form = json.dumps(published, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(canonical_form.encode()).hexdigest()[:16]
