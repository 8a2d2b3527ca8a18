"""Two hundred hostile strings in every field of the page, in a real browser.

Nothing of them runs, asks for anything, takes the layout over or passes for a mark of ours. That
each string by itself stays words in each field is tests/present's; here many come at once, to
see what the page framework and the browser make of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import pytest

from assistant import Answer, Citation, Coverage, Item, Nearest, Turn
from assistant.api import MAX_QUESTION, sendable
from assistant.facets import Count, Facets
from assistant.llm.endpoint import EndpointShown
from assistant.llm.phrasing import Phrasing
from assistant.present.escape import visible
from corpus import Document, Heading, Span
from index import EVERYTHING, Filters
from tests.payloads import PAYLOADS
from tests.ui.browsing import WAIT

PACKED = 6  # payloads in one small field
OPENED = 18  # every eighteenth source is opened, in the table and the list all are seen
OURS = ".html-container, .answer, .asked"  # wherever markup of our making stands
# Forms and dialogs of ours lead nowhere and are shut.
FOREIGN = (
    "img, iframe, script, style, base, meta, link, object, embed, video, audio, [formaction],"
    " form[action], dialog[open]"
)


def packed(n: int) -> str:
    """PACKED payloads from the n-th on."""
    return " ".join(PAYLOADS[(n + step) % len(PAYLOADS)] for step in range(PACKED))


def article(n: int) -> Document:
    """An article in which everything that can be named is hostile."""
    text = f"{PAYLOADS[n]}\n\nBefore {PAYLOADS[n]} after.\n"
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(
        id=digest[:16],
        source=f"{n} {packed(n + 1)}.txt",
        text=text,
        sha256=digest,
        title=PAYLOADS[n - 1],
        language="en",
        kind="text",
        url=PAYLOADS[n - 2],
        headings=(Heading(Span(0, len(PAYLOADS[n])), 1),),
    )


class HostileService:
    """The behaving service over articles of hostile strings."""

    def __init__(self, service: Any) -> None:
        self._service = service
        self.articles = [article(n) for n in range(len(PAYLOADS))]
        self.asked: list[str] = []
        service.articles |= {article.source: article for article in self.articles}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._service, name)

    def ask(self, question: str, *, history: Sequence[Turn] = (), **more: Any) -> Answer:
        self.asked.append(question)
        plain: Answer = self._service.ask("When did it begin?", history=history, **more)
        if "everything" in question:
            return self._everything(plain, question)
        if "moon" in question:
            return self._nothing(plain, question)
        named = sha256(question.encode()).hexdigest()[:12]
        return replace(plain, question=question, standalone=f"{question} again", answer_id=named)

    def status(self) -> dict[str, Any]:
        return {**self._service.status(), "sources": list(PAYLOADS), "encoder": packed(0)}

    def sources(self) -> Sequence[str]:
        return PAYLOADS

    def records(self, kind: str) -> list[dict[str, Any]]:
        """What Explore shows: a record for each string, which is its name, place and theme."""
        return [self._record(kind, n) for n in range(len(PAYLOADS))]

    def _record(self, kind: str, n: int) -> dict[str, Any]:
        def field(value: Any) -> dict[str, Any]:
            return {"value": value, "span": [0, 5], "inferred": False}

        words = field(sendable(PAYLOADS[n]))
        about: dict[str, Any] = {"city": words, "started": words, "ended": None, "budget": None}
        about |= {"population": None, "keywords": [words]}
        if kind == "event":
            day = field(f"2026-02-{n % 28 + 1:02}")
            about = {"start": day, "end": day, "place": words, "published": None}
        article = self.articles[n]
        named = {"source": article.source, "kind": kind, "document": article.id, "span": [0, 5]}
        return {**named, "name": words, "country": field("SE"), **about}

    def source_states(self) -> list[dict[str, Any]]:
        plain = self._service.source_states()[0]
        return [plain | {"source": payload} for payload in PAYLOADS]

    def quarantine(self) -> list[dict[str, str]]:
        plain = self._service.quarantine()[0]
        return [
            plain | {"source": payload, "reason": PAYLOADS[n - 1], "path": PAYLOADS[n - 2]}
            for n, payload in enumerate(PAYLOADS)
        ]

    def digest(self, since: str) -> dict[str, Any]:
        named = [{"source": p, "title": p, "published": None} for p in PAYLOADS]
        practices = [{"source": p, "name": p, "city": p, "country": "SE"} for p in PAYLOADS]
        found: dict[str, Any] = self._service.digest(since)
        lists = {"added": named, "changed": named, "removed": named, "practices": practices}
        return found | lists

    def facets(self, filters: Filters = EVERYTHING) -> Facets:
        counts = tuple(Count(payload, 1) for payload in PAYLOADS)
        found: Facets = self._service.facets(filters)
        return replace(found, cities=counts, themes=counts)

    def first_questions(self, language: str) -> list[str]:
        return [packed(n)[:200] for n in range(0, 60, 10)]

    def follow_ups(self, answer: Answer, *more: Any, **named: Any) -> list[str]:
        return [packed(n)[:200] for n in range(100, 130, 10)]

    def _everything(self, plain: Answer, question: str) -> Answer:
        cited = tuple(
            Citation(
                n=n,
                source=article.source,
                document=article.id,
                title=article.title,
                url=article.url,
                published=PAYLOADS[n - 1],
                section=packed(n),
                start=0,
                end=len(PAYLOADS[n - 1]),
                quote=PAYLOADS[n - 1],
                sha256=article.sha256,
            )
            for n, article in enumerate(self.articles, 1)
        )
        return replace(
            plain,
            question=question,
            standalone=packed(0),
            kind="list",
            # What a model that was told to disobey would write, marks between the strings.
            text="\n\n".join(f"{payload} [{n}]" for n, payload in enumerate(PAYLOADS, 1)),
            items=tuple(Item(name, name, (n,)) for n, name in enumerate(PAYLOADS, 1)),
            coverage=Coverage(664, len(PAYLOADS), PAYLOADS),
            citations=cited,
            method="llm",
            understood=" ".join(PAYLOADS),
            answer_id="every-<b>thing",
        )

    def _nothing(self, plain: Answer, question: str) -> Answer:
        near = tuple(
            Nearest(
                source=article.source,
                document=article.id,
                title=article.title,
                url=article.url,
                published=None,
                section=packed(n),
                start=0,
                end=len(PAYLOADS[n]),
                text=PAYLOADS[n],
            )
            for n, article in enumerate(self.articles)
        )
        return replace(
            plain,
            question=question,
            kind="refusal",
            answered=False,
            text="\n\n".join(PAYLOADS),
            citations=(),
            nearest=near,
            answer_id="nothing",
        )


@pytest.fixture
def hostile(service: Any) -> HostileService:
    return HostileService(service)


def assert_untouched(here: Any) -> None:
    """Nothing ran, nothing was asked for, and the page's own things are where they were."""
    page = here.page
    assert page.evaluate("window.pwned") is None
    assert [url for url in here.requests if "leak" in url or "evil" in url] == []
    assert here.complaints == []
    assert page.title() == "Townbook"
    foreign = page.evaluate(
        f"[...document.querySelectorAll(':is({OURS}) :is({FOREIGN})')].map(e => e.outerHTML)"
    )
    assert foreign == []
    styled = page.evaluate(
        f"[...document.querySelectorAll(':is({OURS}) [style]')]"
        ".filter(e => ['fixed', 'sticky', 'absolute'].includes(e.style.position)"
        " || e.style.inset || e.style.background || e.style.animationName || e.style.width)"
        ".map(e => e.outerHTML)"
    )
    assert styled == []
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    covered = page.evaluate(
        """[...document.querySelectorAll('button[role=tab], header.top h1')].filter(e => {
          if (!e.checkVisibility()) return false;
          const box = e.getBoundingClientRect();
          const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          return box.top >= 0 && !(there && (e.contains(there) || there.contains(e)));
        }).map(e => e.outerHTML)"""
    )
    assert covered == []


@pytest.mark.parametrize(("width", "height"), [(1280, 820), (390, 844)], ids=["desk", "phone"])
def test_an_answer_of_hostile_strings_is_words_with_our_marks(
    visit: Any, hostile: HostileService, picture: Any, width: int, height: int
) -> None:
    here = visit(hostile, width, height)
    page = here.page
    here.ask("Show everything")
    picture(page, f"hostile-answer-{width}")
    links = page.evaluate(
        "[...document.querySelectorAll('#conversation .answer a')].map(a => a.getAttribute('href'))"
    )
    assert links
    assert {link.rpartition("-")[0] for link in links} == {"#s-every--b-thing"}
    assert {int(link.rpartition("-")[2]) for link in links} == set(range(1, len(PAYLOADS) + 1))
    assert_untouched(here)
    opened = range(1, len(PAYLOADS) + 1, OPENED if width > 900 else 3 * OPENED)
    for n in opened:
        page.locator(f"#panel a.row[href$='-{n}']").click()
        page.locator("#panel .kicker b", has_text=str(n)).wait_for(timeout=WAIT)
        quoted = page.locator("#panel .quote").text_content()
        assert quoted == visible(PAYLOADS[n - 1])
        leading = page.evaluate(
            "[...document.querySelectorAll('#panel a[target]')].map(a => a.protocol)"
        )
        assert set(leading) <= {"http:", "https:"}
    assert_untouched(here)


def test_a_refusal_beside_hostile_passages_is_words(visit: Any, hostile: HostileService) -> None:
    here = visit(hostile)
    here.ask("Who owns the moon?")
    assert here.page.locator("#conversation .nearest li").count() == len(PAYLOADS)
    for n in (1, 100, len(PAYLOADS)):
        here.page.locator(f"#conversation a.near[href$='-{n}']").click()
        here.page.locator("#panel .kicker b", has_text=str(n)).wait_for(timeout=WAIT)
    assert_untouched(here)


def test_hostile_questions_come_back_as_the_words_that_were_typed(
    visit: Any, hostile: HostileService
) -> None:
    here = visit(hostile)
    questions = [""]
    for payload in map(sendable, PAYLOADS):
        typed = payload.replace("\0", "").strip()
        if len(questions[-1]) + len(typed) >= MAX_QUESTION - 1:
            questions.append("")
        questions[-1] = f"{questions[-1]} {typed}".strip()
    for question in questions:
        here.ask(question)
    assert [" ".join(asked.split()) for asked in hostile.asked] == [
        " ".join(question.split()) for question in questions
    ]
    assert here.page.locator("#conversation .asked").count() == len(questions)
    assert_untouched(here)


def test_a_library_of_hostile_names_reasons_and_remarks_is_words(
    visit: Any, hostile: HostileService, picture: Any
) -> None:
    here = visit(hostile)
    page = here.page
    page.get_by_role("tab", name="Library").click()
    page.locator("#refresh").click()
    page.locator("#cancel").wait_for(timeout=WAIT)
    hostile.jobs.advance(PAYLOADS[0], 1, 2)
    rows = [
        {"source": payload, "sha256": "00", "stage": payload, "reason": PAYLOADS[n - 1]}
        for n, payload in enumerate(PAYLOADS)
    ]
    page.locator("#outcome progress[value='1']").wait_for(timeout=WAIT)  # the stage is shown
    hostile.jobs.end(
        "done",
        remarks=PAYLOADS,
        report={
            "snapshot": packed(0),
            "parent": packed(1),
            "added": 1,
            "changed": 0,
            "removed": 0,
            "unchanged": 0,
            "quarantined": rows,
            "seconds": 0.1,
        },
    )
    page.locator("#outcome .report").wait_for(timeout=WAIT)
    picture(page, "hostile-library")
    assert_untouched(here)
    hostile.jobs.start()
    page.locator("#cancel").wait_for(timeout=WAIT)
    hostile.jobs.end("failed", error=" ".join(PAYLOADS))
    page.locator("#outcome [role=alert]").wait_for(timeout=WAIT)
    assert_untouched(here)


def test_records_of_hostile_strings_are_words_in_explore(
    visit: Any, hostile: HostileService, picture: Any
) -> None:
    here = visit(hostile)
    page = here.page
    page.get_by_role("tab", name="Explore").click()
    page.locator(".row-name").first.wait_for(timeout=WAIT)
    picture(page, "hostile-practices")
    assert_untouched(here)
    page.locator("[data-key='kind:events']").click(timeout=WAIT)
    page.get_by_text(re.compile(r"events? of \d")).first.wait_for(timeout=WAIT)
    picture(page, "hostile-events")
    assert_untouched(here)


def test_the_same_strings_do_harm_where_nothing_escapes_them(chromium: Any) -> None:
    """The control: they are worth testing with, and harm would be noticed."""
    from playwright.sync_api import Error  # not installed everywhere; chromium has skipped then

    page = chromium.new_page()
    reached: list[str] = []
    page.route("**/*", lambda route: route.abort())
    page.on("request", lambda request: reached.append(request.url))
    ran = 0
    for payload in PAYLOADS:
        try:
            page.set_content(sendable(payload), wait_until="commit", timeout=WAIT)
            ran += page.evaluate(
                "new Promise(done => setTimeout(() => done(window.pwned !== undefined), 5))"
            )
        except Error:
            ran += 1  # it led the page away from under the test
    page.close()
    assert ran > 20
    assert len({url for url in reached if "evil" in url}) > 10


def test_a_models_words_are_words_while_they_come_and_when_they_stand(
    visit: Any, service: Any
) -> None:
    """Of a gate that would let everything through: the page trusts no text of a model either."""

    def phrased(answer: Answer) -> Iterator[Phrasing]:
        yield Phrasing(answer, "\n\n".join(PAYLOADS[: len(PAYLOADS) // 2]))
        spoken = "\n\n".join([*PAYLOADS, *(f"~~{payload}~~ ({payload})" for payload in PAYLOADS)])
        translations = {str(c.n): packed(c.n) for c in answer.citations}
        told = replace(answer, text=spoken, method="llm", translations=translations)
        yield Phrasing(told, spoken, final=True, strike=True)

    service.model = EndpointShown(PAYLOADS[1], packed(2), False, False)
    service.phrased = phrased
    here = visit(service)
    here.ask("When did it begin?")
    # Ours, not only the payloads': what came before the last words has this line without it.
    here.page.locator("#conversation .footnote", has_text="Phrased by").wait_for(timeout=WAIT)
    issued = {str(c.n) for c in service.ask("When did it begin?").citations}
    marks = here.page.evaluate(
        "[...document.querySelectorAll('#now .answer a')].map(a => a.getAttribute('href'))"
    )
    assert {mark.rpartition("-")[2] for mark in marks} <= issued
    assert_untouched(here)


@pytest.mark.parametrize("start", range(0, len(PAYLOADS), 70))
def test_a_link_that_carries_hostile_strings_fills_in_words(
    visit: Any, service: Any, start: int
) -> None:
    asked = " ".join(sendable(payload) for payload in PAYLOADS[start : start + 70])[:1_500]
    here = visit(service, query=f"?{urlencode({'q': asked, 'city': packed(start)[:200]})}")
    here.page.wait_for_function(
        "document.querySelector('#question textarea').value !== ''", timeout=WAIT
    )
    assert service.asked == []
    # The page's own requests carry the link's words along.
    own = [url for url in here.requests if url.startswith(here.address) and "q=%" in url]
    here.requests[:] = [url for url in here.requests if url not in own]
    assert_untouched(here)
