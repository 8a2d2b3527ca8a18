"""With a language model: the program's answer first, then the model's words as they stand."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from assistant import Answer
from assistant.llm.endpoint import EndpointShown
from assistant.llm.phrasing import Phrasing
from tests.ui.browsing import WAIT

SPOKEN = "Lindholm began to mend things in March 2021. [1]"


def test_the_quoted_answer_stands_at_once_and_the_models_words_follow(
    visit: Any, service: Any
) -> None:
    go_on = threading.Event()

    def phrased(answer: Answer) -> Iterator[Phrasing]:
        yield Phrasing(answer, SPOKEN)
        assert go_on.wait(WAIT / 1000)
        told = replace(answer, text=SPOKEN, method="llm", answer_id="0123456789abcdef")
        struck = f"{SPOKEN} ~~<b>It was free.~~ (unsupported)"
        yield Phrasing(told, struck, final=True, strike=True)

    service.model = EndpointShown("127.0.0.1:9", "small-<i>model", False, False)
    service.phrased = phrased
    here = visit(service)
    page = here.page
    here.ask("When did it begin?")
    page.get_by_text("Being phrased by small-<i>model at 127.0.0.1:9").wait_for(timeout=WAIT)
    assert SPOKEN[:40] in page.locator("#now .answer").inner_text()
    go_on.set()
    page.get_by_text("Phrased by small-<i>model at 127.0.0.1:9").wait_for(timeout=WAIT)
    assert page.locator("#now .answer s").inner_text() == "<b>It was free."
    page.locator("#now a.cite").first.click()
    page.locator("#panel mark").first.wait_for(timeout=WAIT)
    here.ask("What came of it?")
    assert service.asked[-1][1][1].content == SPOKEN  # history holds what stands


def test_a_phrasing_that_is_stopped_or_fails_leaves_the_quoted_answer(
    visit: Any, service: Any
) -> None:
    go_on = threading.Event()

    def silent(answer: Answer) -> Iterator[Phrasing]:
        yield Phrasing(answer, SPOKEN)
        assert go_on.wait(WAIT / 1000)

    service.model = EndpointShown("127.0.0.1:9", "model", False, False)
    service.phrased = silent
    here = visit(service)
    page = here.page
    here.ask("When did it begin?")
    page.get_by_text("Being phrased by model").wait_for(timeout=WAIT)
    page.locator("#stop").click(timeout=WAIT)
    page.get_by_text("Being phrased by model").wait_for(state="detached", timeout=WAIT)
    page.locator("#send").wait_for(timeout=WAIT)
    assert "put together from the sources only" in page.locator("#now .footnote").inner_text()
    go_on.set()

    def failing(answer: Answer) -> Iterator[Phrasing]:
        yield Phrasing(answer, answer.text, final=True, reason="silent", told="no word for 7 s")

    service.phrased = failing
    page.locator("#send").wait_for(timeout=WAIT)
    here.ask("What came of it?")
    page.get_by_text("Not phrased by the model: no word for 7 s.").wait_for(timeout=WAIT)
    assert page.locator("#now a.cite").count() > 0
