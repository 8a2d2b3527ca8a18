"""More questions than places: some are answered, the others are told at once, on page and HTTP."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import httpx
import pytest

from assistant import Answer
from assistant.admission import ANSWERS_AT_ONCE, WAITING_AT_MOST
from assistant.llm.phrasing import Phrasing
from assistant.present.speech import say
from tests.ui.browsing import WAIT
from tests.ui.queueing import asking_event

PLACES = ANSWERS_AT_ONCE  # for programs, which wait for nobody


@dataclass
class Held:
    """The behaving service, whose answers wait until they are let go."""

    service: Any
    go: threading.Event = field(default_factory=threading.Event)

    def ask(self, question: str, **named: Any) -> Any:
        assert self.go.wait(WAIT / 1000)
        return self.service.ask(question, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.service, name)


@pytest.fixture
def held(service: Any) -> Iterator[Held]:
    held = Held(service)
    yield held
    held.go.set()


def ask(address: str, question: str = "When did it begin?") -> httpx.Response:
    return httpx.post(f"{address}api/v1/ask", json={"question": question}, timeout=WAIT / 1000)


def fill(crowd: ThreadPoolExecutor, address: str, askers: int) -> list[Future[httpx.Response]]:
    """``askers`` ask at once; those that got a place, once all others were told."""
    asking = [crowd.submit(ask, address) for _ in range(askers)]
    told = list(islice(as_completed(asking, timeout=WAIT / 1000), askers - PLACES))
    for reply in (future.result() for future in told):
        assert (reply.status_code, reply.headers["retry-after"]) == (503, "1")
        assert "try again" in reply.json()["error"]
        assert reply.elapsed.total_seconds() < 1.0
    return [future for future in asking if future not in told]


def join(address: str, session: str) -> httpx.Response:
    """A question handed in as the page does."""
    event = asking_event(httpx.get(f"{address}config").json())
    return httpx.post(
        f"{address}gradio_api/queue/join", json={**event, "session_hash": session}, timeout=30
    )


def stand_in_line(address: str) -> None:
    """People take what room there is for waiting."""
    for n in range(WAITING_AT_MOST):
        assert join(address, f"early{n}").status_code == 200


def test_ten_times_as_many_as_there_are_places(serve_page: Any, held: Held) -> None:
    """None of those let in is lost; everybody else is told within a second, the page too."""
    address = serve_page(held)
    with ThreadPoolExecutor(10 * PLACES) as crowd:
        admitted = fill(crowd, address, 10 * PLACES)
        stand_in_line(address)
        joined = join(address, "late")
        assert (joined.status_code, joined.headers["retry-after"]) == (503, "1")
        assert joined.elapsed.total_seconds() < 1.0
        assert httpx.get(f"{address}ready").json()["ready"] is True
        assert httpx.get(f"{address}api/v1/status").status_code == 200
        held.go.set()
        assert [reply.result().status_code for reply in admitted] == [200] * PLACES
    metrics = httpx.get(f"{address}metrics").text
    assert f"townbook_refused_total {9 * PLACES + 1}" in metrics


def test_a_question_that_is_sent_slowly_holds_no_place(serve_page: Any, held: Held) -> None:
    held.go.set()
    address = serve_page(held)
    sent, finish = threading.Event(), threading.Event()

    def slowly() -> Iterator[bytes]:
        body = json.dumps({"question": "When did it begin?"}).encode()
        yield body[:5]
        sent.set()
        assert finish.wait(WAIT / 1000)
        yield body[5:]

    with ThreadPoolExecutor(PLACES) as crowd:
        slow = [
            crowd.submit(
                httpx.post,
                f"{address}api/v1/ask",
                content=slowly(),
                headers={"content-type": "application/json"},
                timeout=WAIT / 1000,
            )
            for _ in range(PLACES)
        ]
        assert sent.wait(WAIT / 1000)
        assert ask(address).status_code == 200
        finish.set()
        assert {reply.result().status_code for reply in slow} <= {200, 503}
    assert ask(address).status_code == 200


@pytest.mark.parametrize("language", ["en", "de"])
def test_whoever_finds_all_places_taken_is_told_and_keeps_the_question(
    visit: Any, held: Held, picture: Any, language: str
) -> None:
    here = visit(held, locale=language)
    page = here.page
    question = page.locator("#question textarea")
    with ThreadPoolExecutor(PLACES + 1) as crowd:
        others = fill(crowd, here.address, PLACES + 1)
        stand_in_line(here.address)
        here.put("When did it begin?")
        line = page.get_by_role("alert").get_by_text(say(language, "common.busy"))
        line.wait_for(timeout=WAIT)
        picture(page, f"busy-{language}")
        assert question.input_value() == "When did it begin?"
        assert page.locator(".toast-wrap *").count() == 0
        assert page.locator("#conversation .answer").count() == 0
        held.go.set()
        assert all(reply.result().status_code == 200 for reply in others)
    here.until(lambda: ask(here.address).status_code == 200)  # nobody stands in line any more
    here.put("When did it begin?")
    page.locator("#conversation .footnote").wait_for(timeout=WAIT)
    assert not line.is_visible()
    here.complaints[:] = [c for c in here.complaints if "503" not in c]
    assert here.complaints == []


def test_a_models_words_keep_nobody_waiting(serve_page: Any, service: Any) -> None:
    spoken, go_on = threading.Event(), threading.Event()

    def phrased(answer: Answer) -> Iterator[Phrasing]:
        spoken.set()
        assert go_on.wait(WAIT / 1000)
        yield Phrasing(answer, answer.text, final=True)

    service.phrased = phrased
    address = serve_page(service)
    with ThreadPoolExecutor(1) as crowd:
        slow = crowd.submit(ask, address)
        assert spoken.wait(WAIT / 1000)
        quick = {"question": "When did it begin?", "llm": False}
        assert (
            httpx.post(f"{address}api/v1/ask", json=quick, timeout=WAIT / 1000).status_code == 200
        )
        go_on.set()
        assert slow.result().status_code == 200
