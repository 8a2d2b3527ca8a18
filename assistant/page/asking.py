"""What a press in the room asks for: which question, restricted to what, in place of which answer.

What the browser sends is anybody's, so each part is read by its type or not at all.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from urllib.parse import parse_qsl
from uuid import uuid4

import gradio as gr

from assistant import Answer
from assistant.api import MAX_QUESTION, log_fault, sendable
from assistant.filters import parse_filters, to_words
from assistant.page.conversation import Conversation
from assistant.page.room import Shared
from assistant.present.links import MOST_ADDRESS, parse_share
from assistant.present.speech import say
from corpus.errors import Busy, TownbookError
from index import EVERYTHING, Filters


@dataclass(frozen=True, slots=True)
class Request:
    """A question with its filters; ``past`` is what it follows."""

    question: str
    filters: Filters
    past: Conversation
    token: str = field(default_factory=lambda: uuid4().hex)  # names it to whoever stops it


class Stops:
    """Requests that were stopped and have not noticed yet. Safe to share between threads.

    The framework can end an event only once its step is done, and takes no other until then; so
    an answer is told that nobody waits for it, and the page goes on.
    """

    def __init__(self) -> None:
        self._tokens: OrderedDict[str, None] = OrderedDict()
        self._lock = Lock()

    def add(self, token: str) -> None:
        """Stops the request of that name."""
        with self._lock:
            self._tokens[token] = None
            while len(self._tokens) > _MOST_STOPPED:
                self._tokens.popitem(last=False)

    def take(self, token: str) -> bool:
        """Whether that request was stopped; it is forgotten then."""
        with self._lock:
            if token not in self._tokens:
                return False
            del self._tokens[token]
            return True


_MOST_STOPPED = 1_000


class NotAsked(Exception):
    """What was sent asks nothing; the message is for the person who sent it."""


def sent(event: gr.EventData) -> dict[str, Any]:
    """What the browser sent with an event; nothing where that is no object."""
    return event._data if isinstance(event._data, dict) else {}


def requested(
    typed: str, past: Conversation, editing: str, chosen: Filters, spoken: str, event: gr.EventData
) -> Request:
    """What was asked, by the box or by a button of an exchange. Raises NotAsked."""
    told = sent(event)
    act = told.get("act")
    exchange = past.of(told.get("answer")) if told.get("answer") else None
    if act is None:
        done_over = bool(editing) and past.is_last(past.of(editing))
        return Request(_checked(typed, spoken), chosen, past.without_last() if done_over else past)
    before = past.without_last() if past.is_last(exchange) else past
    if act == "suggested":
        return Request(_checked(told.get("question"), spoken), chosen, past)
    if act == "handed":  # about one thing, which the filters set here might leave out
        return Request(_checked(told.get("question"), spoken), EVERYTHING, past)
    if exchange is None:
        raise NotAsked("")
    if act == "drop":
        return Request(_checked(told.get("question"), spoken), exchange.filters, before)
    if act == "unfilter":
        left = less(exchange.filters, str(told.get("value")))
        return Request(exchange.question, left, before)
    return Request(exchange.question, exchange.filters, before)


def less(filters: Filters, named: str) -> Filters:
    """``filters`` without the one that is written ``country=PT``."""
    kept: dict[str, list[str]] = {}
    for word, value in to_words(filters):
        if f"{word}={value}" != named:
            kept.setdefault(word, []).append(value)
    return parse_filters(kept)


def answered(shared: Shared, asked: Request, spoken: str) -> Answer | str:
    """The answer, or one line for the person who asked when there is none."""
    try:
        answer = shared.service.ask(
            asked.question, history=asked.past.turns(), filters=asked.filters
        )
    except Busy:
        return say(spoken, "common.busy")
    except TownbookError as error:
        return say(spoken, "ask.impossible", why=str(error))
    except Exception as fault:  # noqa: BLE001 - the last door before a person: recorded, then said
        shared.counters.add("townbook_faults_total")
        log_fault(fault)
        return say(spoken, "ask.fault")
    shared.counters.count_answer(answer)
    return answer


def suggestions(shared: Shared, answer: Answer, past: Conversation, filters: Filters) -> list[str]:
    """What could be asked next; nothing when that cannot be told."""
    try:
        asked = [exchange.question for exchange in past.exchanges]
        return shared.service.follow_ups(answer, asked, filters)
    except TownbookError:
        return []
    except Exception as fault:  # noqa: BLE001 - an answer stands; it must not fail for this
        shared.counters.add("townbook_faults_total")
        log_fault(fault)
        return []


def linked(search: object) -> tuple[str, Filters] | None:
    """Question and filters of the page's own address, when it was opened by such a link."""
    if not isinstance(search, str) or len(search) > MOST_ADDRESS:
        return None
    found = parse_share(parse_qsl(search.removeprefix("?"), keep_blank_values=True))
    return (found[0], found[1]) if found else None


def _checked(typed: object, spoken: str) -> str:
    question = sendable(str(typed or "")).replace("\0", "").strip()
    if not question:
        raise NotAsked(say(spoken, "ask.empty"))
    if len(question) > MAX_QUESTION:
        told = say(spoken, "ask.too_long", length=len(question), most=MAX_QUESTION)
        raise NotAsked(told)
    return question
