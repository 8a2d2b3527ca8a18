"""What the behaving service holds: articles, records, sources, and files that were handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from assistant.incoming import Outcome, Taken
from assistant.jobs import JobState
from assistant.takeaway.rows import COLUMNS, Kind, rows
from corpus import Document, Record
from corpus.errors import NotReady, UsageError
from corpus.records import record_from_json, record_to_json
from tests.ui.articles import HOSTILE, REPAIR, document, heading
from tests.ui.behaving_jobs import BehavingJobs


@dataclass
class BehavingLibrary:
    """Two articles of its own and whatever a test tells it; nothing is read from a disk."""

    empty: bool = False
    articles: dict[str, Document] = field(default_factory=dict)
    aliases: list[str] = field(default_factory=list)
    jobs: BehavingJobs = field(default_factory=BehavingJobs)
    day: date = date(2026, 5, 4)
    snapshot: str = "000003"
    held: list[dict[str, Any]] = field(default_factory=list)  # records in their published form
    remembered: list[str] = field(default_factory=lambda: ["<articles>"])
    handed_in: dict[str, bytes] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=lambda: ["scan.pdf"])
    marked: list[tuple[str, ...]] = field(default_factory=list)  # to be read again
    damage: str | None = None
    purged: list[str] = field(default_factory=list)
    checked: str = "2026-05-04T09:31:00+00:00"

    def __post_init__(self) -> None:
        mending = document(
            "lindholm.txt",
            REPAIR,
            "Mending evenings in Lindholm",
            published=date(2022, 5, 4),
            url="https://lindholm.example/mending",
            headings=tuple(
                heading(REPAIR, words)
                for words in ("How it began", "What it costs", "What came of it")
            ),
        )
        hostile = document(
            "<b>brakel</b>.txt",
            HOSTILE,
            '"><img src=x onerror=window.pwned=6> ${window.pwned=7} [1](https://evil.example)',
            url="javascript:window.pwned=8",
        )
        self.articles = {article.source: article for article in (mending, hostile)}
        self.mending, self.hostile = mending, hostile

    def status(self) -> dict[str, Any]:
        if self.empty:
            raise NotReady("the library is empty", "a snapshot", "run townbook refresh")
        return {
            "snapshot": self.snapshot,
            "created": "2026-05-04T09:30:00",
            "documents": len(self.articles),
            "passages": 7,
            "practices": 1,
            "events": 0,
            "languages": ["en", "sv"],
            "encoder": "test-encoder",
            "quarantined": 1,
            "sources": self.remembered,
            "sound": self.damage is None,
            "degraded": self.damage,
            "checked": {"at": self.checked, "snapshot": self.snapshot, "found": self.damage},
        }

    def documents(self) -> list[dict[str, Any]]:
        return [
            {
                "source": article.source,
                "document": article.id,
                "title": article.title,
                "published": article.published.isoformat() if article.published else None,
                "language": article.language,
                "url": article.url,
            }
            for article in self.articles.values()
        ]

    def records(self, kind: str) -> list[dict[str, Any]]:
        return [record for record in self.held if record["kind"] == kind]

    def today(self) -> date:
        return self.day

    def tell(self, article: Document, *records: Record) -> None:
        """From now on the library holds ``article``, with ``records`` read out of it."""
        self.articles[article.source] = article
        self.held += [{"source": article.source, **record_to_json(record)} for record in records]

    def rows(self, kind: Kind) -> list[dict[str, Any]]:
        """What is held, else one record, of the first article's day."""
        self.status()
        held = [record_from_json(record) for record in self.records(kind)]
        if held:
            by_id = {article.id: article for article in self.articles.values()}
            return rows(kind, held, by_id.__getitem__, lambda _id: ())
        found = {
            "name": "Mending evening",
            "start": "2021-03-11",
            "place": "Lindholm",
            "country": "SE",
            "source": self.mending.source,
            "language": "en",
            "quote": "In March 2021",
        }
        return [dict.fromkeys(COLUMNS[kind]) | found]

    def sources(self) -> Sequence[str]:
        return list(self.remembered)

    def source_states(self) -> list[dict[str, Any]]:
        shared = {"kind": "folder", "there": True, "added": "2026-05-01T08:00:00+00:00"}
        counted = {"files": 2, "documents": 2, "quarantined": 1}
        read = {"read": "2026-05-04T09:30:00+00:00"}
        return [{"source": source, **shared, **counted, **read} for source in self.remembered]

    def add_source(self, source: str) -> bool:
        if source.endswith("nowhere"):
            raise UsageError(f"{source} cannot be read", "a folder or a file", "check the path")
        is_new = source not in self.remembered
        self.remembered += [source] if is_new else []
        return is_new

    def remove_source(self, source: str) -> bool:
        known = source in self.remembered
        self.remembered = [other for other in self.remembered if other != source]
        return known

    def put_article(self, name: str, content: bytes, *, replace: bool = False) -> Outcome:
        there = self.handed_in.get(name)
        if there == content:
            return "same"
        if there is not None and not replace:
            raise Taken(f"got {name!r}, which is taken", "a free name", "rename it")
        self.handed_in[name] = content
        return "added" if there is None else "replaced"

    def quarantine(self) -> list[dict[str, str]]:
        return [
            {
                "source": source,
                "sha256": sha256(source.encode()).hexdigest(),
                "stage": "text",
                "reason": f"{source} holds no text",
                "path": f"/srv/{source}",
                "first_seen": "2026-05-01T08:00:00+00:00",
                "last_seen": "2026-05-04T09:30:00+00:00",
            }
            for source in self.unreadable
        ]

    def read_again(self, sources: Sequence[str] = ()) -> JobState:
        self.marked.append(tuple(sources))
        return self.jobs.start(fetch=False)

    def purge_beside(self, article: str) -> JobState:
        if article not in self.articles:
            raise UsageError(f"got {article!r}", "the name of an article", "look it up again")
        state = self.jobs.start(fetch=False)
        self.purged.append(article)
        return state

    def digest(self, since: str) -> dict[str, Any]:
        article = {"source": "lindholm.txt", "title": self.mending.title, "published": "2022-05-04"}
        hostile = {"source": self.hostile.source, "title": self.hostile.title, "published": None}
        gone = {"source": "gone.txt", "title": None, "published": None}
        practice = {"source": "lindholm.txt", "name": "Mending evenings", "city": "Lindholm"}
        return {
            "since": since,
            "snapshot": "000003",
            "added": [article],
            "changed": [hostile],
            "removed": [gone],
            "practices": [practice | {"country": "SE"}],
            "events": [],
        }

    def publishes(self) -> list[dict[str, Any]]:
        first = {"snapshot": "000002", "at": "2026-05-03T09:30:00+00:00", "kept": False}
        last = {"snapshot": "000003", "at": "2026-05-04T09:30:00+00:00", "kept": True}
        return [
            last | {"added": 1, "changed": 1, "removed": 1},
            first | {"added": 1, "changed": 0, "removed": 0},
        ]

    def check(self) -> dict[str, Any]:
        counted = {"snapshot": "000003", "files": 5, "bytes": 2_400_000, "seconds": 0.012}
        self.checked = "2026-05-05T10:15:00+00:00"
        return {"sound": self.damage is None, "found": self.damage, **counted}

    def document(self, source: str) -> Document | None:
        by_id = (a for a in self.articles.values() if a.id == source)
        return self.articles.get(source) or next(by_id, None)

    def show(self, source: str) -> dict[str, Any]:
        if source not in self.articles:
            raise UsageError(f"got {source!r}", "a stored document", "see townbook search")
        article = self.articles[source]
        return {
            "source": article.source,
            "document": article.id,
            "text": article.text,
            "aliases": self.aliases,
        }
