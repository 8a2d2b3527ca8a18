"""A service that behaves (same question, same answer; quotes that stand), and a way to run."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from assistant import Answer, Citation, Nearest, Turn
from assistant.cli import main
from assistant.digest import parse_since
from assistant.explaining import Candidate, Explanation
from assistant.facets import Facets
from assistant.incoming import Outcome
from assistant.jobs import JobState
from assistant.llm.endpoint import EndpointShown
from assistant.settings import Settings
from assistant.sufficiency import Check
from assistant.takeaway.rows import COLUMNS, Kind
from corpus import Document, Field, Passage, Practice, Record, Span
from corpus.errors import NotReady, UsageError
from index import EVERYTHING, Filters, Hit

GENT = (
    "Gent repairs bicycles\n\nThe workshop in Gent mends 40 bicycles a week. It opens on Mondays.\n"
)
BRAGA = "Braga lends tools\n\nNeighbours in Braga borrow drills — free of charge.\n"


def stored(source: str, text: str) -> Document:
    digest = sha256(text.encode()).hexdigest()
    title = text.split("\n", 1)[0]
    return Document(digest[:16], source, text, digest, title, "en", "text", date(2026, 2, 19))


@dataclass
class Report:
    """What a refresh says it did."""

    value: dict[str, Any]
    remarks: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return self.value


@dataclass
class Step:
    """How far a refresh has come."""

    stage: str
    done: int
    total: int


@dataclass
class Jobs:
    """Jobs that are done at once, with the outcomes they are given."""

    outcomes: list[JobState] = field(default_factory=list)
    started: list[tuple[str, ...]] = field(default_factory=list)

    def start(
        self, sources: Sequence[str] = (), *, fetch: bool = True, allow_removals: bool = False
    ) -> JobState:
        self.started.append(tuple(sources))
        return JobState("running")

    @property
    def state(self) -> JobState:
        return self.wait() if self.started else JobState()

    def cancel(self) -> JobState:
        return self.state

    def wait(self, timeout: float | None = None) -> JobState:
        return self.outcomes[min(len(self.started), len(self.outcomes)) - 1]


@dataclass
class Library:
    """Stands for the service: answers with the sentence that shares a word with the question."""

    articles: dict[str, Document] = field(
        default_factory=lambda: {
            "gent.txt": stored("gent.txt", GENT),
            "braga.txt": stored("braga.txt", BRAGA),
        }
    )
    remembered: list[str] = field(default_factory=list)
    quarantined: list[dict[str, str]] = field(default_factory=list)
    retried: list[str] = field(default_factory=list)
    readmitted: list[str] = field(default_factory=list)
    withheld: int = 0  # files that are gone and that a refresh keeps
    unfetched: int = 0  # refreshes that asked no address
    removals_allowed: int = 0  # refreshes that may remove any number
    remarks: tuple[str, ...] = ()
    refreshed: int = 0
    compacted: int = 0
    asked: list[dict[str, Any]] = field(default_factory=list)
    phrased: list[Answer] = field(default_factory=list)
    phrasings: list[Any] = field(default_factory=list)  # what a language model makes of any answer
    ready: bool = True
    closed: bool = False
    failure: BaseException | None = None
    jobs: Jobs = field(default_factory=Jobs)
    said: list[dict[str, Any]] = field(default_factory=list)  # of answers, by people

    def phrasing(self, answer: Answer) -> Iterator[Any]:
        self.phrased.append(answer)
        return iter(self.phrasings)

    def ask(
        self,
        question: str,
        *,
        id: str | None = None,
        history: Sequence[Turn] = (),
        filters: Filters = Filters(),  # noqa: B008 - frozen
        today: date | None = None,
        llm: bool = True,
    ) -> Answer:
        self._require_ready()
        self.asked.append({"history": history, "filters": filters, "today": today, "llm": llm})
        hits = self.search(question, 1, filters)
        found = hits and any(w in hits[0].text.casefold() for w in question.casefold().split())
        document = hits[0].document
        span = hits[0].passage.span
        place = (document.source, document.id, document.title, None, "2026-02-19", None)
        citation = Citation(
            1, *place, span.start, span.end, span.of(document.text), document.sha256
        )
        nearest = Nearest(*place, span.start, span.end, span.of(document.text))
        return Answer(
            id=id,
            question=question,
            standalone=question,
            language="en",
            kind="fact" if found else "refusal",
            answered=bool(found),
            text=f"{citation.quote} [1]" if found else "The articles do not say.",
            items=(),
            coverage=None,
            citations=(citation,) if found else (),
            nearest=() if found else (nearest,),
            method="extractive",
            snapshot="000001",
            answer_id="a" * 16,
            seconds={"total": 0.001},
        )

    def today(self) -> date:
        return date(2026, 2, 20)

    def explain(
        self, question: str, *, history: Sequence[Turn] = (), today: date | None = None
    ) -> Explanation:
        hit = self.search(question, 1)[0]
        span = hit.passage.span
        candidate = Candidate(
            hit.document.source, span.start, span.end, hit.text, 1.5, 0.8, 0.7, 0.9, 1.0, False
        )
        return Explanation(
            standalone=question,
            understood={"kind": "number"},
            way="answer_from_sentences",
            answered=True,
            candidates=(candidate,),
            chosen=((span.start, span.end),),
            checks=(Check("names", None), Check("value", "a number")),
            probability=0.5,
        )

    def search(self, query: str, k: int = 10, filters: Filters = Filters()) -> list[Hit]:  # noqa: B008 - frozen
        self._require_ready()
        words = set(query.casefold().split())
        ranked = sorted(
            self.articles.values(),
            key=lambda d: (-len(words & set(d.text.casefold().split())), d.source),
        )
        hits = []
        for rank, document in enumerate(ranked[:k], 1):
            start = document.text.index("\n\n") + 2
            span = Span(start, document.text.index(".", start) + 1)
            passage = Passage(document.id, 0, span, (span,), ())
            hits.append(Hit(rank, 1 / rank, passage, document))
        return hits

    def refresh(
        self,
        sources: Sequence[str] = (),
        dry_run: bool = False,
        progress: Callable[[Any], None] | None = None,
        compact: bool = False,
        allow_removals: bool = False,
        fetch: bool = True,
    ) -> Report:
        self.compacted += compact
        self.removals_allowed += allow_removals
        self.unfetched += not fetch
        if progress:
            progress(Step("reading", 1, 2))
            progress(Step("reading", 2, 2))
        self.refreshed += 1
        if not dry_run:
            self.remembered += sources
            self.ready = True
        return Report(
            {
                "snapshot": "000002",
                "parent": "000001",
                "added": 2,
                "changed": 0,
                "removed": 0,
                "unchanged": 0,
                "quarantined": self.quarantined,
                "withheld": 0 if allow_removals else self.withheld,
                "seconds": 0.5,
            },
            self.remarks,
        )

    @property
    def llm(self) -> EndpointShown | None:
        return None

    def facets(self, filters: Filters = EVERYTHING) -> Facets:
        return Facets(1, 1, 0)

    def follow_ups(
        self, answer: Answer, asked: Sequence[str] = (), filters: Filters = EVERYTHING
    ) -> list[str]:
        return []

    def first_questions(self, language: str) -> list[str]:
        return []

    def sources(self) -> list[str]:
        return self.remembered

    def add_source(self, source: str) -> bool:
        self.remembered.append(source)
        return True

    def remove_source(self, source: str) -> bool:
        self.remembered.remove(source)
        return True

    def source_states(self) -> list[dict[str, Any]]:
        return [{"source": source} for source in self.remembered]

    def put_article(self, name: str, content: bytes, *, replace: bool = False) -> Outcome:
        self.articles[name] = stored(name, content.decode())
        return "added"

    def read_again(self, sources: Sequence[str] = ()) -> JobState:
        self.retried += sources or ["all"]
        return self.jobs.start(fetch=False)

    def publishes(self) -> list[dict[str, Any]]:
        return []

    def check(self) -> dict[str, Any]:
        return {"sound": True}

    def digest(self, since: str) -> dict[str, Any]:
        parse_since(since)
        article = {"source": "trams.txt", "title": "Trams", "url": None, "published": None}
        practice = {"source": "trams.txt", "name": "Free trams", "city": "Brno", "country": "CZ"}
        event = {
            "source": "trams.txt",
            "name": "Tram day",
            "start": "2026-05-01",
            "end": "2026-05-02",
            "place": "Brno",
            "country": None,
        }
        return {
            "since": since,
            "snapshot": "000002",
            "added": [article],
            "changed": [],
            "removed": [article | {"title": None}],
            "practices": [practice],
            "events": [event],
        }

    def quarantine(self) -> list[dict[str, str]]:
        seen = {"path": "/a/broken.pdf", "first_seen": "2026-01-01", "last_seen": "2026-02-01"}
        return [{**row, **seen} for row in self.quarantined]

    def retry(
        self, sources: Sequence[str] = (), progress: Callable[[Any], None] | None = None
    ) -> Report:
        self.retried += sources or ["all"]
        return self.refresh()

    def purge(self, source: str, progress: Callable[[Any], None] | None = None) -> dict[str, Any]:
        self.remembered.remove(source)
        return {
            "source": source,
            "documents": ["a.txt", "b.txt"],
            "snapshot": "000003",
            "remarks": [],
        }

    def purge_beside(self, article: str) -> JobState:
        return self.jobs.start()

    def readmit(self, article: str) -> None:
        self.readmitted.append(article)

    def status(self) -> dict[str, Any]:
        self._require_ready()
        return {
            "snapshot": "000001",
            "created": "2026-02-20T08:00:00Z",
            "documents": 2,
            "aliases": 0,
            "passages": 2,
            "practices": 0,
            "events": 0,
            "languages": {"en": 2},
            "encoder": "test",
            "quarantined": len(self.quarantined),
            "sources": self.remembered,
            "sound": True,
            "checked": {"at": "2026-05-01T08:00:00+00:00", "snapshot": "000007", "found": None},
            "refresh": JobState().to_json(),
            "llm": None,
        }

    def document(self, source: str) -> Document | None:
        return self.find_document(source)

    def find_document(self, source_or_id: str) -> Document | None:
        if source_or_id in self.articles:
            return self.articles[source_or_id]
        return next((d for d in self.articles.values() if d.id == source_or_id), None)

    def find_former(self, id: str) -> None:
        """Nothing ever left."""

    def show(self, source: str) -> dict[str, Any]:
        document = self.find_document(source)
        if document is None:
            raise UsageError(f"no document {source!r}", "a source of the corpus", "check it")
        return {
            "source": document.source,
            "document": document.id,
            "title": document.title,
            "published": "2026-02-19",
            "language": "en",
            "sha256": document.sha256,
            "text": document.text,
            "passages": [],
            "practices": [],
            "events": [],
        }

    def documents(self) -> list[dict[str, Any]]:
        return [{"source": d.source, "language": d.language} for d in self.articles.values()]

    def records(self, kind: str) -> list[dict[str, Any]]:
        return []

    def give_feedback(
        self, answer: Answer, useful: bool, reason: str = "", comment: str = ""
    ) -> str:
        given = {"id": f"{len(self.said) + 1:016x}", "given": f"2026-03-0{len(self.said) + 1}"}
        told = {"useful": useful, "reason": reason, "comment": comment, "withheld": False}
        of = {"question": answer.question, "snapshot": answer.snapshot, "answer": answer.to_json()}
        self.said.append(given | told | of)
        return given["id"]

    def feedback(self) -> list[dict[str, Any]]:
        return self.said

    def remove_feedback(self, ids: Collection[str] | None = None) -> int:
        before = len(self.said)
        self.said = [row for row in self.said if ids is not None and row["id"] not in ids]
        return before - len(self.said)

    def rows(self, kind: Kind) -> list[dict[str, Any]]:
        """A record of each article: one in spring in Belgium, one in autumn in Portugal."""
        self._require_ready()
        days = ("2026-05-01", "2026-10-01")
        return [
            dict.fromkeys(COLUMNS[kind])
            | {
                "name": document.title,
                "start": day,
                "started": day,
                "country": country,
                "source": document.source,
                "language": document.language,
                "quote": document.title,
            }
            for document, day, country in zip(
                self.articles.values(), days, ("BE", "PT"), strict=True
            )
        ]

    def records_by_source(self) -> dict[str, tuple[Record, ...]]:
        found: dict[str, tuple[Record, ...]] = {}
        for source, document in self.articles.items():
            title = Span(0, document.text.index("\n\n"))
            name = Field(document.title, title)
            found[source] = (Practice(document.id, title, name, city=name),)
        return found

    def warm(self) -> None:
        self.status()

    def close(self) -> None:
        self.closed = True

    def _require_ready(self) -> None:
        if self.failure:
            raise self.failure
        if not self.ready:
            raise NotReady("nothing is indexed yet", "a snapshot", "run: townbook refresh FOLDER")


@dataclass
class Ran:
    """What one run left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def library() -> Library:
    return Library()


@pytest.fixture
def run(library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs ``townbook`` in this process, with the fake service and a home of its own."""

    def run_main(*argv: str, stdin: bytes = b"", environ: Mapping[str, str] | None = None) -> Ran:
        def open_service(settings: Settings) -> Library:
            assert settings.home.is_relative_to(tmp_path), "a test must not touch a real home"
            return library

        code = main(
            argv,
            open_service=open_service,
            open_texts=lambda _: library,
            environ={"TOWNBOOK_HOME": str(tmp_path / "home")} | dict(environ or {}),
            stdin=io.BytesIO(stdin),
        )
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run_main
