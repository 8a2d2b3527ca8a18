"""The Ask room as a person uses it: restrict, correct, do over, read on, come back."""

from __future__ import annotations

import re
from typing import Any

import pytest

from assistant.filters import parse_filters
from index import EVERYTHING
from tests.ui.browsing import WAIT

# Two clicks as a hand makes them: a busy machine would have the browser's own far apart.
TWICE = "button => { button.click(); button.click(); }"


def choose(here: Any, name: str) -> None:
    """Tick a box of the facets and wait until the column is drawn anew."""
    here.page.get_by_role("checkbox", name=name).check()
    here.page.locator("#facets button.clear").wait_for(timeout=WAIT)


def test_a_chosen_facet_restricts_the_question_until_filters_are_cleared(
    visit: Any, service: Any, picture: Any
) -> None:
    here = visit(service)
    page = here.page
    choose(here, "Sweden")
    page.get_by_role("checkbox", name="Repair").check()
    page.locator("#facets .left", has_text="1 article").wait_for(timeout=WAIT)
    page.wait_for_function("document.activeElement.value === 'Repair'", timeout=WAIT)
    page.get_by_label("From").fill("2021-01-01")
    page.locator("#facets input[value='2021-01-01']").wait_for(timeout=WAIT)  # drawn anew
    here.ask("When did it begin?")
    chosen = parse_filters({"country": "SE", "theme": "Repair", "from": "2021-01-01"})
    assert service.filtered[-1] == chosen
    parts = page.locator("#conversation .part.is-filter")
    assert [words.strip(" ×\n") for words in parts.all_inner_texts()] == [
        "Sweden",
        "Repair",
        "From 1 January 2021",
    ]
    picture(page, "ask-facets")
    page.locator("#facets button.clear").click()
    page.locator("#facets button.clear").wait_for(state="detached", timeout=WAIT)
    here.ask("When did it begin?")
    assert service.filtered[-1] == EVERYTHING
    assert here.complaints == []


def test_boxes_ticked_faster_than_the_column_is_drawn_all_count(visit: Any, service: Any) -> None:
    here = visit(service)
    page = here.page
    page.locator("#facets input[type=checkbox]").first.wait_for(timeout=WAIT)
    page.evaluate(
        """() => {
            for (const name of ['SE', 'Repair']) {
                document.querySelector(`#facets input[value='${name}']`).click();
            }
            const from = document.querySelector("#facets input[name='from']");
            from.value = '2021-01-01';
            from.dispatchEvent(new Event('change', { bubbles: true }));
        }"""
    )
    page.locator("#facets input[value='2021-01-01']").wait_for(timeout=WAIT)  # drawn anew
    page.get_by_role("checkbox", name="Sweden", checked=True).wait_for(timeout=WAIT)
    here.ask("When did it begin?")
    chosen = parse_filters({"country": "SE", "theme": "Repair", "from": "2021-01-01"})
    assert service.filtered[-1] == chosen


def test_a_filter_shown_in_the_answer_can_be_dropped_there(visit: Any, service: Any) -> None:
    here = visit(service)
    page = here.page
    choose(here, "Sweden")
    here.ask("When did it begin?")
    page.locator("#conversation .part.is-filter .drop").click()
    page.locator("#conversation .part.is-filter").wait_for(state="detached", timeout=WAIT)
    page.locator("#conversation .footnote").wait_for(timeout=WAIT)
    assert service.filtered[-1] == EVERYTHING
    assert page.locator("#conversation .asked").count() == 1
    page.get_by_role("checkbox", name="Sweden", checked=False).wait_for(timeout=WAIT)


def test_a_part_of_the_question_is_dropped_and_the_rest_asked_in_its_place(
    visit: Any, service: Any
) -> None:
    here = visit(service)
    page = here.page
    here.ask("Which cities in Sweden mend things?")
    page.get_by_role("button", name="Ask without “in Sweden”").click()
    page.locator(".asked", has_text=re.compile("^Which cities mend things")).wait_for(timeout=WAIT)
    page.locator("#now .footnote").wait_for(timeout=WAIT)
    assert service.asked[-1] == ("Which cities mend things?", ())
    assert page.locator("#conversation .asked").count() == 1


def test_a_part_of_the_question_is_changed_with_its_words_selected(
    visit: Any, service: Any
) -> None:
    here = visit(service)
    page = here.page
    here.ask("Which cities in Sweden mend things?")
    page.locator("#conversation .part.is-country .change").click()
    page.locator("#hint [data-editing]").wait_for(timeout=WAIT)
    selected = "(() => { const b = document.querySelector('#question textarea');"
    selected += " return b.value.slice(b.selectionStart, b.selectionEnd); })()"
    page.wait_for_function(f"{selected} === 'in Sweden'", timeout=WAIT)
    page.keyboard.type("in Norway")
    page.keyboard.press("Enter")
    page.locator(".asked", has_text="in Norway").wait_for(timeout=WAIT)
    page.locator("#now .footnote").wait_for(timeout=WAIT)
    assert service.asked[-1] == ("Which cities in Norway mend things?", ())
    assert page.locator("#conversation .asked").count() == 1


def test_an_edit_can_be_given_up(visit: Any, service: Any) -> None:
    here = visit(service)
    page = here.page
    here.ask("When did it begin?")
    page.get_by_role("button", name="Edit question").click()
    page.locator("#keep").click()
    page.locator("#hint [data-editing]").wait_for(state="detached", timeout=WAIT)
    page.wait_for_function(
        "document.querySelector('#question textarea').value === ''", timeout=WAIT
    )
    here.ask("What did it cost?")
    assert page.locator("#conversation .asked").count() == 2


def test_the_last_exchange_is_asked_again_or_removed(visit: Any, service: Any) -> None:
    here = visit(service)
    page = here.page
    here.ask("When did it begin?")
    here.ask("What did it cost?")
    asked = len(service.asked)
    go_on = service.hold("What did it cost?")
    page.get_by_role("button", name="Ask again").click()
    page.locator("#now .pending").wait_for(timeout=WAIT)
    page.locator("#next").wait_for(state="detached", timeout=WAIT)
    go_on.set()
    page.locator("#next button").first.wait_for(timeout=WAIT)
    assert service.asked[asked][0] == "What did it cost?"
    assert service.asked[asked][1][0].content == "When did it begin?"
    assert len(service.asked[asked][1]) == 2
    page.get_by_role("button", name="Remove").click()
    page.locator(".asked", has_text="What did it cost?").wait_for(state="detached", timeout=WAIT)
    assert page.locator("#conversation .asked").all_inner_texts() == ["When did it begin?"]
    page.get_by_role("button", name="Remove").click()
    page.locator("#starters button").first.wait_for(timeout=WAIT)


def test_an_answer_that_takes_long_can_be_stopped(visit: Any, service: Any) -> None:
    here = visit(service)
    page = here.page
    here.ask("When did it begin?")
    go_on = service.hold("What did it cost?")
    here.put("What did it cost?")
    page.locator("#stop").click(timeout=WAIT)
    page.get_by_text("Stopped. Nothing was answered.").wait_for(timeout=WAIT)
    assert page.locator("#question textarea").input_value() == "What did it cost?"
    page.locator("#send").wait_for(timeout=WAIT)
    here.put("What came of it?")
    page.locator("#now .asked", has_text="What came of it?").wait_for(timeout=WAIT)
    go_on.set()  # what was stopped ends only now
    page.locator("#next button").first.wait_for(timeout=WAIT)
    assert len(service.asked[-1][1]) == 2  # what was stopped is no part of the conversation
    assert "Stopped" not in page.locator("#conversation").inner_text()


def test_what_was_stopped_ends_without_a_fault(
    visit: Any, service: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    here = visit(service)
    page = here.page
    go_on = service.hold("What did it cost?")
    here.put("What did it cost?")
    page.locator("#stop").click(timeout=WAIT)
    page.get_by_text("Stopped. Nothing was answered.").wait_for(timeout=WAIT)
    go_on.set()
    here.until(lambda: len(service.asked) == 1)
    here.ask("What came of it?")  # by the time that this is answered the other has ended
    assert [asked for asked, _ in service.asked] == ["What did it cost?", "What came of it?"]
    assert "Error" not in (page.locator("#conversation").text_content() or "")
    assert "Traceback" not in capfd.readouterr().err
    assert here.complaints == []


def test_a_new_question_takes_the_place_of_one_that_is_under_way(visit: Any, service: Any) -> None:
    here = visit(service)
    page = here.page
    first, second = service.hold("When did it begin?"), service.hold("Which cities mend things?")
    here.put("When did it begin?")
    page.locator("#now .asked", has_text="When did it begin?").wait_for(timeout=WAIT)
    here.put("Which cities mend things?")
    page.locator("#now .asked", has_text="Which cities mend things?").wait_for(timeout=WAIT)
    page.evaluate(
        "() => { window.seen = new Set(); const now = document.querySelector('#now');"
        " new MutationObserver(() => window.seen.add(now.querySelector('.asked')?.textContent))"
        ".observe(now, { subtree: true, childList: true }); }"
    )
    first.set()
    here.until(lambda: len(service.asked) == 1)
    second.set()
    page.locator("#next button").first.wait_for(timeout=WAIT)
    assert page.evaluate("[...window.seen]") == ["Which cities mend things?"]
    assert page.locator(".asked").all_inner_texts() == ["Which cities mend things?"]
    page.locator("#stop").wait_for(state="hidden", timeout=WAIT)
    here.ask("What came of it?")
    assert len(service.asked[-1][1]) == 2


def test_a_double_click_asks_once(visit: Any, service: Any) -> None:
    here = visit(service)
    page = here.page
    page.locator("#question textarea").fill("When did it begin?")
    page.locator("#send").evaluate(TWICE)
    page.locator("#next button").first.wait_for(timeout=WAIT)
    assert len(service.asked) == 1
    page.locator("#next button", has_text="What did it cost?").evaluate(TWICE)
    page.locator("#conversation .footnote").nth(1).wait_for(timeout=WAIT)
    page.locator("#next button").first.wait_for(timeout=WAIT)
    assert len(service.asked) == 2


def test_a_suggested_question_is_asked_with_one_press(visit: Any, service: Any) -> None:
    here = visit(service)
    page = here.page
    here.ask("When did it begin?")
    page.locator("#next button", has_text="What did it cost?").click()
    page.locator(".asked", has_text="What did it cost?").wait_for(timeout=WAIT)
    page.locator("#conversation .footnote").nth(1).wait_for(timeout=WAIT)
    assert service.asked[-1][0] == "What did it cost?"


def test_the_article_opens_in_a_larger_view_at_the_passage(
    visit: Any, service: Any, picture: Any
) -> None:
    service.aliases = ["copy-of-<b>lindholm</b>.txt"]
    here = visit(service)
    page = here.page
    here.ask("When did it begin?")
    assert "copy-of-<b>lindholm</b>.txt" in page.locator("#panel .facts").inner_text()
    page.get_by_role("button", name="Open article").press("Enter")
    reader = page.get_by_role("dialog")
    reader.wait_for(timeout=WAIT)
    assert reader.locator(".article").text_content() == service.mending.text
    assert reader.locator("mark").is_visible()
    picture(page, "ask-reader")
    page.keyboard.press("Escape")
    reader.wait_for(state="hidden", timeout=WAIT)
    assert page.evaluate("document.activeElement.id") == "read"


def test_a_quote_is_copied_with_its_reference_and_a_link_with_its_address(
    visit: Any, service: Any
) -> None:
    here = visit(service)
    page = here.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    choose(here, "Sweden")
    here.ask("When did it begin?")
    page.get_by_role("button", name="Copy quote with reference").click()
    page.get_by_text("Copied.").wait_for(timeout=WAIT)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "“In March 2021 the city of Lindholm opened a workshop in its old tram depot.”" in copied
    assert service.mending.sha256[:16] in copied
    page.get_by_role("button", name="Copy link").click()
    page.locator("#now .copied", has_text="Copied.").wait_for(timeout=WAIT)
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{here.address}?q=")
    asked = len(service.asked)
    page.goto(link)
    page.wait_for_function(
        "document.querySelector('#question textarea')?.value === 'When did it begin?'",
        timeout=WAIT,
    )
    page.get_by_role("checkbox", name="Sweden", checked=True).wait_for(timeout=WAIT)
    assert len(service.asked) == asked  # filled in, not asked


def test_an_answer_and_the_conversation_are_saved_as_files(visit: Any, service: Any) -> None:
    here = visit(service)
    page = here.page
    here.ask("When did it begin?")
    here.ask("Which cities mend things?")
    with page.expect_download(timeout=WAIT) as one:
        page.locator("#now [data-form=md]").click()
    assert one.value.suggested_filename == "townbook-answer.md"
    written = one.value.path().read_text(encoding="utf-8")
    assert "Which cities mend things?" in written
    assert "When did it begin?" not in written
    with page.expect_download(timeout=WAIT) as whole:
        page.locator(".whole [data-form=docx]").click()
    assert whole.value.suggested_filename == "townbook-conversation.docx"
    assert whole.value.path().read_bytes().startswith(b"PK")
    assert here.outside == []


def test_a_judgement_is_kept_with_its_reason(visit: Any, service: Any) -> None:
    here = visit(service)
    page = here.page
    here.ask("When did it begin?")
    page.locator("#now").get_by_role("button", name="Useful", exact=True).click()
    page.get_by_text("Thank you.").wait_for(timeout=WAIT)
    page.locator("#now .judge summary").click()
    page.get_by_label("What is wrong with it?").select_option("outdated")
    page.get_by_label("In your words").fill("There is a newer article.")
    page.locator("#now .judge").get_by_role("button", name="Send").click()
    page.wait_for_function("!document.querySelector('#now .judge').open", timeout=WAIT)
    here.until(lambda: len(service.said) == 2)
    assert [said[1:] for said in service.said] == [
        (True, "", ""),
        (False, "outdated", "There is a newer article."),
    ]


def test_a_refusal_tells_what_the_library_holds(visit: Any, service: Any) -> None:
    here = visit(service)
    here.ask("Who owns the moon?")
    held = here.page.locator("#conversation .covered").inner_text()
    assert "2 articles · 1 practice · 1 language · 2 countries" in held
    assert "Repair" in held
    assert here.page.evaluate("window.pwned") is None


def test_on_a_phone_the_facets_are_folded_above_the_conversation(
    visit: Any, service: Any, picture: Any
) -> None:
    here = visit(service, 390, 844)
    page = here.page
    column = page.locator("#facets details.facets")
    column.wait_for(timeout=WAIT)
    page.wait_for_function("!document.querySelector('details.facets').open", timeout=WAIT)
    column.locator("summary").first.click()
    assert page.get_by_role("checkbox", name="Sweden").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    picture(page, "ask-phone-facets")
