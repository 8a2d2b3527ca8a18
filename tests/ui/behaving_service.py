"""A service that answers from two articles of its own, the same way every time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from assistant import Answer, Coverage, Item, Nearest, Part, Turn
from assistant.facets import Count, Facets
from assistant.filters import to_words
from assistant.llm.endpoint import EndpointShown
from assistant.llm.phrasing import Phrasing
from corpus import Passage, Span
from corpus.errors import NotReady
from index import EVERYTHING, Filters, Hit
from tests.ui.articles import HOSTILE, cite
from tests.ui.behaving_library import BehavingLibrary

PATIENCE = 60.0  # seconds that a held answer waits to be let go; then the test is wrong


@dataclass
class BehavingService(BehavingLibrary):
    """Answers by the words of the question: a refusal for "moon", a fault for "fault" and so on."""

    asked: list[tuple[str, Sequence[Turn]]] = field(default_factory=list)
    filtered: list[Filters] = field(default_factory=list)
    faceted: list[Filters] = field(default_factory=list)
    model: EndpointShown | None = None
    phrased: Callable[[Answer], Iterator[Phrasing]] | None = None
    said: list[tuple[Answer, bool, str, str]] = field(default_factory=list)
    waiting: dict[str, threading.Event] = field(default_factory=dict)

    def hold(self, question: str) -> threading.Event:
        """``question`` is answered only once what is given is set."""
        return self.waiting.setdefault(question, threading.Event())

    def let_go(self) -> None:
        """Every answer that is held is given."""
        for go in self.waiting.values():
            go.set()

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
        if question in self.waiting:
            assert self.waiting[question].wait(PATIENCE), f"{question} was never let go"
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

    def give_feedback(
        self, answer: Answer, useful: bool, reason: str = "", comment: str = ""
    ) -> str:
        self.said.append((answer, useful, reason, comment))
        return f"{len(self.said):016x}"
