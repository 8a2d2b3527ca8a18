"""Two things a person does right after each other: what becomes of both is shown."""

from __future__ import annotations

from typing import Any

from tests.ui.browsing import WAIT

BOTH = """(between) => {
    document.querySelector("#facets input[type='checkbox']").click();
    setTimeout(() => document.querySelector("#send").click(), between);
}"""


def test_a_question_sent_while_the_answer_to_an_earlier_event_ends_is_answered(
    visit: Any, service: Any
) -> None:
    here = visit(service)
    page = here.page
    page.locator("#facets input[type='checkbox']").first.wait_for(timeout=WAIT)
    # Milliseconds. Some of these distances, another each time, meet the moment in which the page
    # has been sent the end of its stream and has not heard it: of 25, one was lost.
    for answered, between in enumerate(range(0, 96, 8)):
        page.locator("#question textarea").fill(f"When did it begin, number {answered}?")
        page.evaluate(BOTH, between)
        page.locator("#conversation .footnote").nth(answered).wait_for(timeout=WAIT)
    assert here.complaints == []
