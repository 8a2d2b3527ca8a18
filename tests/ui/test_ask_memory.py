"""A conversation lives over a reload, in its own tab only, and is believed as far as it stands."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

from tests.ui.browsing import WAIT

KEY = "townbook.conversation"


def kept(page: Any) -> str | None:
    found: str | None = page.evaluate(f"sessionStorage.getItem('{KEY}')")
    return found


def ask_and_keep(here: Any, question: str) -> None:
    """Until what the browser keeps has this question's answer in it, too."""
    before = kept(here.page)
    here.ask(question)
    here.page.wait_for_function(
        "([key, before]) => ![before, null].includes(sessionStorage.getItem(key))",
        arg=[KEY, before],
        timeout=WAIT,
    )


def reload(here: Any) -> None:
    here.reload()
    here.page.locator("#before h2").wait_for(state="attached", timeout=WAIT)
    here.page.locator("#facets details.facets").wait_for(timeout=WAIT)


def test_a_reload_brings_the_conversation_back_and_it_goes_on(visit: Any, service: Any) -> None:
    here = visit(service)
    page = here.page
    ask_and_keep(here, "When did it begin?")
    ask_and_keep(here, "Which cities mend things?")
    asked = len(service.asked)
    reload(here)
    page.locator("#conversation .footnote").nth(1).wait_for(timeout=WAIT)
    assert page.locator("#conversation .asked").all_inner_texts() == [
        "When did it begin?",
        "Which cities mend things?",
    ]
    assert len(service.asked) == asked  # nothing is asked again
    page.locator("#now a.cite").nth(1).click()
    page.locator("#panel .kicker b", has_text="2").wait_for(timeout=WAIT)
    here.ask("What came of it?")
    assert len(service.asked[-1][1]) == 4
    assert here.complaints == []


def test_a_reload_amid_a_reply_leaves_the_page_as_before_the_question(
    visit: Any, service: Any
) -> None:
    here = visit(service)
    ask_and_keep(here, "When did it begin?")
    held = service.hold("Which cities mend things?")
    here.put("Which cities mend things?")
    here.page.locator("#conversation .asked", has_text="mend").wait_for(timeout=WAIT)
    reload(here)
    held.set()
    here.page.locator("#conversation .footnote").first.wait_for(timeout=WAIT)
    assert here.page.locator("#conversation .asked").all_inner_texts() == ["When did it begin?"]
    here.ask("What came of it?")
    assert here.complaints == []


def test_a_reload_keeps_the_filters_of_what_was_asked_last(visit: Any, service: Any) -> None:
    here = visit(service)
    page = here.page
    page.get_by_role("checkbox", name="Sweden").check()
    page.locator("#facets button.clear").wait_for(timeout=WAIT)
    ask_and_keep(here, "When did it begin?")
    reload(here)
    page.locator("#facets button.clear").wait_for(timeout=WAIT)
    page.get_by_role("checkbox", name="Sweden", checked=True).wait_for(timeout=WAIT)
    here.ask("What came of it?")
    assert service.filtered[-1].countries == ("SE",)


def test_a_new_conversation_forgets_and_nothing_else_is_kept(visit: Any, service: Any) -> None:
    here = visit(service)
    page = here.page
    ask_and_keep(here, "canary-4715: when did it begin?")
    assert "canary" not in page.evaluate("JSON.stringify({...localStorage})")
    assert page.evaluate("Object.keys(sessionStorage)") == [KEY]
    page.locator("#again").click()
    page.wait_for_function(f"sessionStorage.getItem('{KEY}') === null", timeout=WAIT)
    reload(here)
    page.locator("#starters button").first.wait_for(timeout=WAIT)
    assert page.locator("#conversation .asked").count() == 0


def test_another_tab_sees_nothing_of_it(visit: Any, service: Any) -> None:
    here = visit(service)
    here.ask("When did it begin?")
    other = here.page.context.new_page()
    other.goto(here.address)
    other.locator("#starters button").first.wait_for(timeout=WAIT)
    assert other.locator("#conversation .asked").count() == 0


def test_an_answer_whose_article_changed_is_not_shown_again_as_it_was(
    visit: Any, service: Any
) -> None:
    here = visit(service)
    page = here.page
    ask_and_keep(here, "When did it begin?")
    service.articles.pop("lindholm.txt")
    reload(here)
    page.get_by_text("The library has changed since").wait_for(timeout=WAIT)
    assert page.locator("#conversation a.cite").count() == 0
    service.articles["lindholm.txt"] = service.mending
    page.locator("#now").get_by_role("button", name="Ask again").click()
    page.locator("#now .footnote").wait_for(timeout=WAIT)
    assert service.asked[-1][0] == "When did it begin?"


def test_a_forged_memory_shows_no_quote_that_does_not_stand(visit: Any, service: Any) -> None:
    here = visit(service)
    page = here.page
    ask_and_keep(here, "When did it begin?")
    told = json.loads(zlib.decompress(base64.b64decode(kept(page) or "")))
    told["exchanges"][0]["answer"]["citations"][0]["quote"] = "In March 2021 nothing happened at"
    told["exchanges"][0]["answer"]["text"] = "<img src=x onerror=window.pwned=30> [1]"
    packed = base64.b64encode(zlib.compress(json.dumps(told).encode())).decode()
    page.evaluate(f"sessionStorage.setItem('{KEY}', '{packed}')")
    reload(here)
    page.get_by_text("The library has changed since").wait_for(timeout=WAIT)
    assert "nothing happened" not in page.locator("body").inner_text()
    page.evaluate(f"sessionStorage.setItem('{KEY}', 'no packed conversation')")
    reload(here)
    page.locator("#starters button").first.wait_for(timeout=WAIT)
    assert page.evaluate("window.pwned") is None
