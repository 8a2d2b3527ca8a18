"""A service that behaves, pages served for real on a free port, and a real browser."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from assistant import Answer, Citation, Coverage, Item, Nearest, Part, Turn
from assistant.facets import Count, Facets
from assistant.filters import to_words
from assistant.incoming import Outcome, Taken
from assistant.jobs import JobState
from assistant.llm.endpoint import EndpointShown
from assistant.llm.phrasing import Phrasing
from assistant.takeaway.rows import COLUMNS, Kind, rows
from corpus import Document, Event, Field, Heading, Money, Passage, Practice, Record, Span
from corpus.errors import Busy, NotReady, UsageError
from corpus.records import record_from_json, record_to_json
from index import Filters, Hit

EVERYTHING = Filters()

REPAIR = """Mending evenings in Lindholm

# How it began
In March 2021 the city of Lindholm opened a workshop in its old tram depot. Volunteers mend \
lamps, bicycles and coats there every second Thursday.

# What it costs
The city pays 18,500 EUR a year for the room. Everything else is given.

# What came of it
In its first year 1,240 things were mended, and four in five of them still worked a year later.
"""
HOSTILE = """<script>window.pwned=1</script> ${window.pwned=2} {{constructor}} {{{value}}}

The town of <img src=x onerror="window.pwned=3"> Brakel says [1] and [2](javascript:alert(1)) \
![pixel](https://evil.example/p.png) <a href="javascript:window.pwned=4">here</a> \
`${window.pwned=5}`.

</div></article><style>body{display:none}</style> \u202etxet neddih\u202c and zero\u200bwidth.
"""


def document(source: str, text: str, title: str, **more: Any) -> Document:
    digest = sha256(text.encode()).hexdigest()
    name = sha256(f"{source}\0{digest}".encode()).hexdigest()[:16]
    return Document(
        id=name,
        source=source,
        text=text,
        sha256=digest,
        title=title,
        language="en",
        kind="text",
        **more,
    )


def cite(n: int, article: Document, quote: str, section: str | None = None) -> Citation:
    start = article.text.index(quote)
    return Citation(
        n=n,
        source=article.source,
        document=article.id,
        title=article.title,
        url=article.url,
        published=str(article.published) if article.published else None,
        section=section,
        start=start,
        end=start + len(quote),
        quote=quote,
        sha256=article.sha256,
    )


def heading(text: str, words: str) -> Heading:
    start = text.index(words)
    return Heading(Span(start, start + len(words)), 1)


# What a refresh did that met a file with a hostile name.
OUTCOME: dict[str, Any] = {
    "snapshot": "000004",
    "parent": "000003",
    "added": 2,
    "changed": 1,
    "removed": 0,
    "unchanged": 4,
    "quarantined": [
        {
            "source": "<script>window.pwned=10</script>.pdf",
            "sha256": "00",
            "stage": "parse",
            "reason": "${window.pwned=11}",
        }
    ],
    "seconds": 0.4,
}


@dataclass
class BehavingJobs:
    """Jobs that run until they are told to end."""

    state: JobState = field(default_factory=JobState)
    started: int = 0
    removals_allowed: int = 0
    fetched: list[bool] = field(default_factory=list)

    def start(self, *, fetch: bool = True, allow_removals: bool = False) -> JobState:
        if self.state.is_running:
            raise Busy("a refresh is running", "one refresh at a time", "wait for it to end")
        self.started += 1
        self.fetched.append(fetch)
        self.removals_allowed += allow_removals
        self.state = JobState("running", started="2026-05-04T09:30:00+00:00")
        return self.state

    def wait(self, timeout: float | None = None) -> JobState:
        return self.state

    def advance(self, stage: str, done: int, total: int) -> None:
        self.state = replace(self.state, stage=stage, done=done, total=total)

    def end(self, state: Any, **outcome: Any) -> None:
        """The job that runs ends as it is told; one that is done has a report."""
        if state == "done":
            outcome = {"report": OUTCOME} | outcome
        self.state = JobState(state, self.state.started, "2026-05-04T09:31:00+00:00", **outcome)

    def cancel(self) -> JobState:
        if self.state.is_running:
            self.end("cancelled")
        return self.state


@dataclass
class BehavingService:
    """Answers from two articles of its own, the same way every time."""

    empty: bool = False
    articles: dict[str, Document] = field(default_factory=dict)
    asked: list[tuple[str, Sequence[Turn]]] = field(default_factory=list)
    filtered: list[Filters] = field(default_factory=list)
    faceted: list[Filters] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    model: EndpointShown | None = None
    phrased: Callable[[Answer], Iterator[Phrasing]] | None = None
    delay: float = 0.0  # seconds that an answer takes
    jobs: BehavingJobs = field(default_factory=BehavingJobs)
    day: date = date(2026, 5, 4)
    snapshot: str = "000003"
    held: list[dict[str, Any]] = field(default_factory=list)  # records in their published form
    said: list[tuple[Answer, bool, str, str]] = field(default_factory=list)
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

    def phrasing(self, answer: Answer) -> Iterator[Phrasing]:
        return self.phrased(answer) if self.phrased else iter(())

    def ask(
        self,
        question: str,
        *,
        id: str | None = None,
        history: Sequence[Turn] = (),
        filters: Filters = EVERYTHING,
        llm: bool = True,
    ) -> Answer:
        if self.empty:
            raise NotReady("the library is empty", "a snapshot", "run townbook refresh")
        time.sleep(self.delay)
        self.asked.append((question, history))
        self.filtered.append(filters)
        words = question.casefold()
        shared: dict[str, Any] = {
            "id": id,
            "question": question,
            "standalone": question,
            "language": "en",
            "snapshot": "000003",
            "answer_id": sha256(f"{question}{len(history)}{filters}".encode()).hexdigest()[:12],
            "method": "extractive",
            "understood": "a question about repair",
            "reading": (
                Part("kind", "list"),
                *(
                    [Part("country", "SE", "in Sweden", question.replace(" in Sweden", ""))]
                    if " in Sweden" in question
                    else []
                ),
                *(Part("filter", f"{w}={v}", v) for w, v in to_words(filters)),
            ),
            "nearest": (),
            "coverage": None,
            "items": (),
        }
        if "fault" in words:
            raise RuntimeError(f"a fault that repeats the question: {question}")
        if "brakel" in words:
            quote = HOSTILE[HOSTILE.index("The town") : HOSTILE.index("</div>")].strip()
            last = HOSTILE[HOSTILE.index("</div>") :].strip()
            return Answer(
                kind="fact",
                answered=True,
                text=f"{quote} [1]\n\n{last} [2]",
                citations=(
                    cite(1, self.hostile, quote, section="<i>${window.pwned=9}</i>"),
                    cite(2, self.hostile, last),
                ),
                **shared,
            )
        if "moon" in words:
            near = cite(1, self.mending, "Everything else is given.", "What it costs")
            shared["nearest"] = (
                Nearest(
                    near.source,
                    near.document,
                    near.title,
                    near.url,
                    near.published,
                    near.section,
                    near.start,
                    near.end,
                    near.quote,
                ),
            )
            return Answer(
                kind="refusal",
                answered=False,
                text="The articles in this library do not say.",
                citations=(),
                **shared,
            )
        opened = "In March 2021 the city of Lindholm opened a workshop in its old tram depot."
        mended = "In its first year 1,240 things were mended, and four in five of them still worked"
        if "which" in words:
            shared["items"] = (Item("Lindholm", "SE", (1, 2)),)
            shared["coverage"] = Coverage(2, 1, ("Brakel",))
        return Answer(
            kind="list" if "which" in words else "fact",
            answered=True,
            text=f"{opened} [1]\n\n{mended} a year later. [2]",
            citations=(
                cite(1, self.mending, opened, "How it began"),
                cite(2, self.mending, mended, "What came of it"),
            ),
            **shared,
        )

    def search(self, query: str, k: int = 10, filters: Filters = EVERYTHING) -> list[Hit]:
        text = self.mending.text
        at = text.index("The city pays")
        span = Span(at, text.index("\n", at))
        return [Hit(1, 0.5, Passage(self.mending.id, 0, span, (span,), ()), self.mending)][:k]

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

    def facets(self, filters: Filters = EVERYTHING) -> Facets:
        self.faceted.append(filters)
        if self.empty:
            raise NotReady("the library is empty", "a snapshot", "run townbook refresh")
        held = 1 if filters else 2
        return Facets(
            documents=held,
            practices=1,
            events=0,
            countries=(Count("SE", 1), Count("BE", 1)),
            cities=(Count("Lindholm", 1), Count("<b>Brakel</b>", 1)),
            themes=(Count("Repair", 1), Count("${window.pwned=20}", 1)),
            languages=(Count("en", 2),),
            kinds=(Count("practice", 1), Count("article", 1)),
            first=date(2021, 3, 1),
            last=date(2022, 5, 4),
        )

    @property
    def llm(self) -> EndpointShown | None:
        return self.model

    def follow_ups(
        self, answer: Answer, asked: Sequence[str] = (), filters: Filters = EVERYTHING
    ) -> list[str]:
        return ["What did it cost?", "Which cities mend things?"]

    def first_questions(self, language: str) -> list[str]:
        return ["Which cities mend things?", "When did it begin?"]

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

    def give_feedback(
        self, answer: Answer, useful: bool, reason: str = "", comment: str = ""
    ) -> str:
        self.said.append((answer, useful, reason, comment))
        return f"{len(self.said):016x}"

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


@pytest.fixture(scope="session")
def behaving_service() -> type[BehavingService]:
    return BehavingService


@pytest.fixture
def service() -> BehavingService:
    return BehavingService()


def field_of(text: str, words: str, value: Any = None) -> Field[Any]:
    """A value read from the first place where ``words`` stand."""
    at = text.index(words)
    return Field(words if value is None else value, Span(at, at + len(words)))


# name | city | country | theme | since | euros
PRACTICES = """
Tool library | Ghent | BE | Sharing | 2016 | 12000
Night buses | Lisbon | PT | Mobility | 2009 | 3500000
Open kitchens | Lisbon | PT | Food | 2021 |
School gardens | Bologna | IT | Food | 2013 | 48000
Repair van | Modena | IT | Sharing | 2019 | 9500
Quiet streets | Tampere | FI | Mobility | 2018 | 220000
Neighbour phone | Xyzqstad | NL | Care | 2020 | 700
"""
# name | first day | last day | place | country
EVENTS = """
Sharing cities forum | 2025-11-03 | 2025-11-05 | Ghent | BE
Night transport day | 2026-02-10 | 2026-02-10 | Lisbon | PT
School food week | 2026-05-01 | 2026-05-08 | Bologna | IT
Quiet streets study visit | 2026-09-14 | 2026-09-15 | Tampere | FI
Repair summit | 2026-09-14 | 2026-09-20 | Berlin | DE
"""


def told_practice(line: str) -> tuple[Document, Practice]:
    """An article that tells of one practice, and what is read out of it."""
    name, city, country, theme, since, euros = (part.strip() for part in line.split("|"))
    cost = f" It costs {euros} EUR a year." if euros else ""
    text = f"# {name}\n\n{name} is what {city} has done since {since}.{cost} It is about {theme}.\n"
    article = document(
        f"{name.lower().replace(' ', '-')}.md",
        text,
        f"{name} in {city}",
        published=date(2024, 3, int(since) % 28 + 1),
        url=f"https://{country.lower()}.example/{name.split()[0].lower()}",
    )
    return article, Practice(
        document=article.id,
        span=Span(0, len(text)),
        name=field_of(text, name),
        city=field_of(text, city),
        country=field_of(text, city, country),
        started=field_of(text, since),
        budget=field_of(text, f"{euros} EUR", Money(float(euros), "EUR")) if euros else None,
        keywords=(field_of(text, theme),),
    )


def told_event(line: str) -> tuple[Document, Event]:
    name, first, last, place, country = (part.strip() for part in line.split("|"))
    text = f"# {name}\n\nFrom {first} to {last}, {name} takes place in {place}.\n"
    article = document(f"event-{first}-{place}.md", text, name)
    return article, Event(
        document=article.id,
        span=Span(0, len(text)),
        name=field_of(text, name),
        start=field_of(text, first, date.fromisoformat(first)),
        end=field_of(text, last, date.fromisoformat(last)),
        place=field_of(text, place),
        country=field_of(text, place, country),
    )


@pytest.fixture
def explored(service: BehavingService) -> BehavingService:
    """The service with practices and events in its library."""
    for line in PRACTICES.strip().splitlines():
        article, practice = told_practice(line)
        service.tell(article, practice)
    for line in EVENTS.strip().splitlines():
        article, event = told_event(line)
        service.tell(article, event)
    return service


@pytest.fixture
def tell_practice() -> Callable[[BehavingService, str], None]:
    """Adds one practice, written as a line of PRACTICES, to a service's library."""

    def tell(service: BehavingService, line: str) -> None:
        article, practice = told_practice(line)
        service.tell(article, practice)

    return tell


@pytest.fixture
def serve_page() -> Iterator[Callable[[Any], str]]:
    """Serves a service's page on a free loopback port until the test ends; gives its address."""
    import ui
    from assistant.serving import Server, listen

    running: list[tuple[Server, threading.Thread]] = []

    def start(service: Any) -> str:
        listener = listen("127.0.0.1", 0)
        server = Server(ui.app(service))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        running.append((server, thread))
        return f"http://127.0.0.1:{listener.getsockname()[1]}/"

    yield start
    for server, thread in running:
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A headless Chromium. Skips where there is none, except in CI, where that is a failure.

    It ends with its file of tests: as long as it is there a loop runs in this thread, and tests
    that run one of their own could not.
    """

    def absent(reason: str) -> None:
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)

    try:
        from playwright.sync_api import Error, sync_playwright
    except ModuleNotFoundError:
        absent("playwright is not installed")
    system = Path("/usr/bin/chromium")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=system if system.exists() else None,
                headless=True,
                args=[
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            )
        except Error as error:
            absent(f"no Chromium could be started: {error.message.splitlines()[0]}")
        yield browser
        browser.close()


WAIT = 15_000  # milliseconds; a busy machine is slow, not wrong


BOUNCE = 0.5  # seconds; the page takes two presses within less for one


@dataclass
class Visit:
    """One page with everything it asked for and complained about."""

    page: Any
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    pressed: float = 0.0

    def ask(self, question: str) -> None:
        """Type a question, press Enter, wait for the whole answer."""
        before = self.page.locator("#conversation .footnote").count()
        self.page.locator("#question textarea").fill(question)
        since = time.monotonic() - self.pressed
        self.page.wait_for_timeout(max(0.0, BOUNCE - since) * 1000)
        self.page.keyboard.press("Enter")
        self.pressed = time.monotonic()
        self.page.locator("#conversation .footnote").nth(before).wait_for(timeout=WAIT)

    @property
    def outside(self) -> list[str]:
        return [u for u in self.requests if not u.startswith((self.address, "data:", "blob:"))]


@pytest.fixture
def visit(chromium: Any, serve_page: Callable[[Any], str]) -> Iterator[Callable[..., Visit]]:
    contexts = []
    visits: list[Visit] = []

    def go(
        service: Any, width: int = 1280, height: int = 820, scheme: str = "light", **more: Any
    ) -> Visit:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, **more
        )
        contexts.append(context)
        page = context.new_page()
        here = Visit(page, serve_page(service))
        visits.append(here)
        context.on("request", lambda request: here.requests.append(request.url))
        page.on("pageerror", lambda error: here.complaints.append(str(error)))
        page.on(
            "console",
            lambda said: here.complaints.append(said.text) if said.type == "error" else None,
        )
        page.goto(here.address)
        page.locator("#question textarea").wait_for(timeout=WAIT)
        page.locator("header.top .figures").wait_for(timeout=WAIT)
        return here

    yield go
    for context in contexts:
        context.close()
    # Whatever a test does: the page asks nobody but the server it came from.
    assert [address for here in visits for address in here.outside] == []


@pytest.fixture
def picture(tmp_path: Path) -> Callable[[Any, str], None]:
    """Saves a screenshot where TOWNBOOK_SCREENSHOTS says, else with the test's own files."""

    def take(page: Any, name: str) -> None:
        folder = Path(os.environ.get("TOWNBOOK_SCREENSHOTS", tmp_path))
        page.screenshot(path=folder / f"{name}.png")

    return take
