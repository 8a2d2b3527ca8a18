"""The page in a real browser: ask, follow a mark to its passage, and nothing leaves."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.present.escape import visible
from tests.ui.browsing import WAIT


@pytest.mark.parametrize(("width", "height"), [(1280, 820), (390, 844)], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_mark_opens_its_passage_highlighted_in_its_article(
    visit: Any, service: Any, picture: Any, width: int, height: int, scheme: str
) -> None:
    here = visit(service, width, height, scheme)
    page = here.page
    picture(page, f"{width}-{scheme}-start")
    here.ask("Which cities mend things?")
    answer = service.ask("Which cities mend things?")
    for citation in reversed(answer.citations):
        page.locator(f"#conversation a.cite[href$='-{citation.n}']").first.click()
        page.locator("#panel .kicker b", has_text=str(citation.n)).wait_for(timeout=WAIT)
        page.wait_for_function("document.activeElement.id === 'card-title'", timeout=WAIT)
        assert page.locator("#panel mark").text_content() == citation.quote
        assert page.locator("#panel .quote").text_content() == citation.quote
        assert page.locator("#panel .article").text_content() == service.mending.text
    picture(page, f"{width}-{scheme}-answer")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert here.outside == []
    assert here.complaints == []


def test_an_example_question_can_be_asked_with_one_press(visit: Any, service: Any) -> None:
    here = visit(service)
    example = here.page.locator("#starters button").first
    asked = example.inner_text()
    example.press("Enter")
    here.page.locator("#conversation .footnote").wait_for(timeout=WAIT)
    assert service.asked[-1][0] == asked
    assert here.page.locator("#starters").count() == 0


def test_everything_works_from_the_keyboard(visit: Any, service: Any) -> None:
    here = visit(service)
    page = here.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    here.ask("When did it begin?")
    chip = page.locator("#conversation a.cite").nth(1)
    chip.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'card-title'", timeout=WAIT)
    assert page.locator("#panel .kicker b").inner_text() == "2"
    for stop in ("original", "open the article", "copy the quote", "back to the answer"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('#panel') !== null"), stop
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.classList.contains('cite')")


def test_a_hostile_article_runs_nothing_and_asks_for_nothing(visit: Any, service: Any) -> None:
    here = visit(service)
    page = here.page
    here.ask("Tell me about Brakel ${window.pwned=12} <img src=x onerror=window.pwned=13>")
    for n in (2, 1):
        page.locator(f"#conversation a.cite[href$='-{n}']").first.click()
        page.locator("#panel .kicker b", has_text=str(n)).wait_for(timeout=WAIT)
    assert page.locator("#panel mark").text_content() == visible(
        service.ask("brakel").citations[0].quote
    )
    here.enter("library")
    page.locator("#refresh").click()
    page.locator("#cancel").wait_for(timeout=WAIT)
    service.jobs.end("done", remarks=("<img src=x onerror=window.pwned=12>",))
    page.locator("#outcome .report").wait_for(timeout=WAIT)
    assert page.evaluate("window.pwned") is None
    assert page.locator("#conversation img, #panel img, #outcome script").count() == 0
    assert here.outside == []
    assert here.complaints == []


def test_a_refusal_is_plain_and_its_nearest_passage_opens(visit: Any, service: Any) -> None:
    here = visit(service)
    here.ask("Who owns the moon?")
    answer = here.page.locator("#conversation .answer.refused")
    assert "do not say" in answer.inner_text()
    answer.locator("a.cite").click()
    here.page.locator("#panel mark").wait_for(timeout=WAIT)
    assert here.page.locator("#panel mark").text_content() == "Everything else is given."


def test_a_follow_up_carries_the_conversation_until_a_new_one_begins(
    visit: Any, service: Any
) -> None:
    here = visit(service)
    here.ask("When did it begin?")
    here.ask("And what came of it?")
    assert [turn.role for turn in service.asked[-1][1]] == ["user", "assistant"]
    here.page.locator("#again").click()
    here.page.locator("#starters button").first.wait_for(timeout=WAIT)
    assert here.page.locator("#conversation .answer").count() == 0
    here.ask("When did it begin?")
    assert service.asked[-1][1] == ()


def test_two_visitors_see_nothing_of_each_other(visit: Any, service: Any) -> None:
    one, other = visit(service), visit(service)
    one.ask("When did it begin?")
    other.ask("Who owns the moon?")
    assert "moon" not in one.page.locator("#conversation").inner_text()
    assert service.asked[-1][1] == ()


def test_a_fault_or_an_empty_library_is_told_in_the_conversation(visit: Any, service: Any) -> None:
    here = visit(service)
    page = here.page
    service.empty = True
    here.put("When did it begin?")
    page.get_by_text("run townbook refresh").wait_for(timeout=WAIT)
    service.empty = False
    page.locator("#question textarea").fill("fault")
    page.locator("#send").click()
    page.get_by_text("Something went wrong here").wait_for(timeout=WAIT)
    assert here.complaints == []


def test_a_refresh_is_followed_to_its_report(visit: Any, service: Any, picture: Any) -> None:
    here = visit(service)
    page = here.page
    here.enter("library")
    assert not page.locator("#cancel").is_visible()
    page.locator("#refresh").click()
    page.locator("#cancel").wait_for(timeout=WAIT)
    page.locator("#refresh:disabled").wait_for(timeout=WAIT)
    service.jobs.advance("embed", 3, 9)
    page.get_by_text("3 of 9").wait_for(timeout=WAIT)
    assert page.get_by_label("Refreshing").get_attribute("value") == "3"
    picture(page, "refreshing")
    service.jobs.end("done")
    page.locator("#outcome .counts").wait_for(timeout=WAIT)
    assert "Added" in page.locator("#outcome").inner_text()
    page.locator("#cancel").wait_for(state="hidden", timeout=WAIT)
    page.locator("#refresh:enabled").wait_for(timeout=WAIT)
    picture(page, "library")
    assert here.complaints == []


def test_a_refresh_can_be_cancelled_by_keyboard(visit: Any, service: Any) -> None:
    here = visit(service)
    page = here.page
    here.enter("library")
    page.locator("#refresh").click()
    page.locator("#cancel").wait_for(timeout=WAIT)
    page.locator("#cancel").focus()
    page.keyboard.press("Enter")
    page.get_by_text("The refresh was cancelled").wait_for(timeout=WAIT)
    assert service.jobs.state.state == "cancelled"


def test_a_refresh_that_something_else_started_is_shown_and_not_started_twice(
    visit: Any, service: Any
) -> None:
    page = visit(service).page
    page.get_by_role("tab", name="Library").click()
    service.jobs.start()
    page.locator("#cancel").wait_for(timeout=WAIT)
    service.jobs.end("failed", error="no room on the disk")
    page.get_by_role("alert").get_by_text("no room on the disk").wait_for(timeout=WAIT)
    assert service.jobs.started == 1
    page.locator("#refresh:enabled").wait_for(timeout=WAIT)


def test_the_briefing_is_copied_with_its_quotes(visit: Any, service: Any) -> None:
    here = visit(service)
    here.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    here.ask("When did it begin?")
    here.page.locator("#panel .briefing button.copy").click()
    here.page.get_by_text("Copied.").wait_for(timeout=WAIT)
    copied = here.page.evaluate("navigator.clipboard.readText()")
    assert "> In March 2021 the city of Lindholm" in copied


def test_the_reader_is_told_before_asking_that_this_is_a_machine(visit: Any, service: Any) -> None:
    notice = visit(service).page.locator("#notice")
    assert notice.is_visible()
    assert "AI system" in notice.inner_text()
    assert "personal data" in notice.inner_text()


def test_speakers_fields_and_buttons_have_names_a_screen_reader_can_say(
    visit: Any, service: Any
) -> None:
    here = visit(service)
    here.ask("When did it begin?")
    page = here.page
    assert page.get_by_role("group", name="Townbook").count() == 1
    assert page.get_by_role("group", name="You asked").count() == 1
    assert page.get_by_label("Your question").count() == 1
    unnamed = page.evaluate(
        "[...document.querySelectorAll('button')].filter(b => b.checkVisibility() && "
        "!(b.innerText.trim() || b.getAttribute('aria-label'))).length"
    )
    assert unnamed == 0
