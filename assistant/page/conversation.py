"""What one browser tab was asked and told, and how it stands on the page.

Knows exchanges and their HTML; refuses to know how an answer comes about.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant import Answer, Turn
from assistant.facets import Facets
from assistant.kept import MOST_EXCHANGES, Exchange
from assistant.llm.phrasing import Phrasing
from assistant.page.room import Service
from assistant.present import answer as view
from assistant.present import sources, start
from assistant.present.actions import lost
from assistant.present.speech import say
from corpus.errors import TownbookError
from index import EVERYTHING, Filters

HISTORY_TURNS = 20


@dataclass(frozen=True)
class Conversation:
    """The exchanges of one tab, oldest first. Lives as long as the tab."""

    exchanges: tuple[Exchange, ...] = ()

    def __len__(self) -> int:
        return len(self.exchanges)

    @property
    def last(self) -> Answer | None:
        """The latest answer, if it stands."""
        return self.exchanges[-1].answer if self.exchanges else None

    def turns(self) -> tuple[Turn, ...]:
        """What was said, as the service takes it."""
        told = [(e.question, e.answer) for e in self.exchanges if e.answer is not None]
        said = ((Turn("user", asked), Turn("assistant", a.text)) for asked, a in told)
        return tuple(turn for pair in said for turn in pair)[-HISTORY_TURNS:]

    def of(self, name: object) -> Exchange | None:
        """The exchange whose answer's marks are addressed by ``name``."""
        return next(
            (e for e in self.exchanges if e.answer and view.named(e.answer, str(name))), None
        )

    def is_last(self, exchange: Exchange | None) -> bool:
        """Whether ``exchange`` is the latest one: only that one may be done over."""
        return bool(self.exchanges) and exchange is self.exchanges[-1]

    def in_place_of_last(self, answer: Answer) -> Conversation:
        """With ``answer`` for the latest one: the same, phrased by a model."""
        last = self.exchanges[-1]
        return Conversation((*self.exchanges[:-1], Exchange(last.question, last.filters, answer)))

    def without_last(self) -> Conversation:
        """All but the latest exchange."""
        return Conversation(self.exchanges[:-1])

    def followed_by(self, question: str, filters: Filters, answer: Answer) -> Conversation:
        """With one exchange more; the oldest leaves when there are too many."""
        exchange = Exchange(question, filters, answer)
        return Conversation((*self.exchanges, exchange)[-MOST_EXCHANGES:])


def earlier(conversation: Conversation, service: Service, language: str) -> str:
    """Every exchange but the latest, as HTML under a heading."""
    return said(conversation.without_last(), service, language)


def said(conversation: Conversation, service: Service, language: str) -> str:
    """Every exchange as HTML, under a heading that only a screen reader hears."""
    told = "".join(shown(exchange, service, language) for exchange in conversation.exchanges)
    return f"{view.heading(language)}{told}"


def latest(
    conversation: Conversation,
    service: Service,
    language: str,
    note: str = "",
    shown_as: Phrasing | None = None,
) -> str:
    """The latest exchange, with what can be done about it; nothing when there is none.

    ``note`` says why a model's words were not taken. ``shown_as`` may strike some of them out.
    """
    if not conversation.exchanges:
        return ""
    exchange = conversation.exchanges[-1]
    return shown(exchange, service, language, is_last=True, note=note, shown_as=shown_as)


def shown(
    exchange: Exchange,
    service: Service,
    language: str,
    *,
    is_last: bool = False,
    note: str = "",
    shown_as: Phrasing | None = None,
) -> str:
    """One exchange as HTML."""
    answer = exchange.answer
    if answer is None:
        return view.exchange(exchange.question, lost(exchange.question, language), language)
    held = None if answer.answered else everything(service)
    reply = view.whole(
        answer,
        language,
        covered=held,
        is_last=is_last,
        filters=exchange.filters,
        note=note or phrased_by(answer, service, language),
        struck=_struck(shown_as),
    )
    return view.exchange(exchange.question, reply, language)


def _struck(step: Phrasing | None) -> str:
    """What a model said with what was not supported struck out, where the settings show that."""
    return step.shown if step is not None and step.strike and step.reason is None else ""


def phrased_by(answer: Answer, service: Service, language: str) -> str:
    """Who phrased ``answer``, in a line; empty where it is the program's own."""
    shown = service.llm
    if answer.method != "llm" or shown is None:
        return ""
    return say(language, "ask.phrased_by", model=shown.model, host=shown.host)


def everything(service: Service) -> Facets | None:
    """What the library holds by number; None when that cannot be told just now."""
    try:
        return service.facets(EVERYTHING)
    except TownbookError:
        return None


def beginning(service: Service, language: str) -> str:
    """What stands there before the first question."""
    try:
        questions = service.first_questions(language)
    except TownbookError:
        questions = []
    return start.welcome(language, questions)


def first_source(conversation: Conversation, service: Service, language: str) -> str:
    """The sources panel as an answer opens it: at its first source; empty where none stands."""
    answer = conversation.last
    if answer is None:
        return sources.empty(language)
    first = answer.citations[0].n if answer.citations else 1
    return open_source(service, answer, first, language)


def open_source(service: Service, answer: Answer, n: int, language: str) -> str:
    """The sources panel for ``answer`` with source ``n`` open."""
    source = sources.chosen(answer, n)
    if source is None:
        return sources.empty(language)
    try:
        document = service.document(source.source)
        aliases = service.show(source.source).get("aliases", ()) if document else ()
    except TownbookError:
        document, aliases = None, ()  # the panel then shows the quote and says what happened
    return sources.panel(answer, n, document, language, tuple(aliases))
