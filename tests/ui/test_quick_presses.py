"""Presses that come while another is under way: each counts, none overtakes or is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.ui.browsing import WAIT


@pytest.fixture
def hold() -> Iterator[Callable[[Any, str], threading.Event]]:
    """Has a method of a service wait until what is given is set."""
    held: list[threading.Event] = []

    def holding(service: Any, method: str) -> threading.Event:
        go_on, usual = threading.Event(), getattr(service, method)
        held.append(go_on)

        def waiting(*given: Any, **named: Any) -> Any:
            assert go_on.wait(WAIT / 1000)
            return usual(*given, **named)

        setattr(service, method, waiting)
        return go_on

    yield holding
    for go_on in held:
        go_on.set()


def test_a_question_asked_before_the_page_has_begun_is_answered_below_nothing_else(
    visit: Any, service: Any, hold: Any
) -> None:
    go_on = hold(service, "first_questions")
    here = visit(service)
    page = here.page
    here.put("When did it begin?")
    page.wait_for_timeout(300)  # nothing tells of what does not happen
    assert service.asked == []
    go_on.set()
    page.locator("#next button").first.wait_for(timeout=WAIT)
    assert [asked for asked, _ in service.asked] == ["When did it begin?"]
    assert page.locator("#starters").count() == 0
    assert page.locator("#conversation .asked").count() == 1
    assert here.complaints == []


def test_of_two_marks_pressed_quickly_the_last_opens_and_has_the_focus(
    visit: Any, service: Any
) -> None:
    here = visit(service)
    page = here.page
    here.ask("When did it begin?")
    here.ask("Which cities mend things?")
    page.locator("#next button").first.wait_for(timeout=WAIT)
    turns, usual = threading.Semaphore(0), service.document
    service.document = lambda name: usual(name) if turns.acquire(timeout=WAIT / 1000) else None
    marks = page.locator("#before a.cite")
    first, last = (str(marks.nth(n).get_attribute("href"))[1:] for n in (0, 1))
    marks.nth(0).click()
    marks.nth(1).click()
    turns.release()
    page.locator(f"#panel .card[id='{first}']").wait_for(timeout=WAIT)
    turns.release()
    page.wait_for_function(
        "last => document.querySelector(`#panel .card[id='${last}']`)"
        " && document.activeElement.id === 'card-title'",
        arg=last,
        timeout=WAIT,
    )
    assert here.complaints == []


def test_the_mark_of_the_open_source_pressed_last_brings_it_back(
    visit: Any, service: Any, hold: Any
) -> None:
    here = visit(service)
    page = here.page
    here.ask("When did it begin?")
    page.locator("#next button").first.wait_for(timeout=WAIT)
    page.evaluate(
        "() => { window.seen = []; const panel = document.querySelector('#panel');"
        " new MutationObserver(() => {"
        "   const n = panel.querySelector('.kicker b')?.textContent;"
        "   if (n && n !== window.seen.at(-1)) window.seen.push(n); })"
        ".observe(panel, { subtree: true, childList: true, characterData: true }); }"
    )
    go_on = hold(service, "document")
    page.locator("#now a.cite").nth(1).click()
    page.locator("#now a.cite").nth(0).click()  # which is open until the other has come
    go_on.set()
    page.wait_for_function(
        "() => window.seen.slice(-2).join() === '2,1'"
        " && document.activeElement.id === 'card-title'",
        timeout=WAIT,
    )


def test_a_part_pressed_after_the_whole_question_is_the_one_that_is_edited(
    visit: Any, service: Any
) -> None:
    here = visit(service)
    page = here.page
    here.ask("Which cities in Sweden mend things?")
    page.locator("#next button").first.wait_for(timeout=WAIT)
    held: list[Any] = []
    page.route("**/queue/join*", lambda route: held.append(route))
    page.get_by_role("button", name="Edit question").click()
    here.until(lambda: len(held) == 1)
    page.locator("#conversation .part.is-country .change").click()
    here.until(lambda: len(held) == 2)
    for route in held:
        with page.expect_response("**/queue/join*", timeout=WAIT):
            route.continue_()
    page.wait_for_function(
        "() => { const box = document.querySelector('#question textarea');"
        " return box.value.slice(box.selectionStart, box.selectionEnd) === 'in Sweden'; }",
        timeout=WAIT,
    )
    assert here.complaints == []


def test_a_source_is_added_while_a_check_is_under_way(visit: Any, service: Any, hold: Any) -> None:
    go_on = hold(service, "check")
    here = visit(service)
    page = here.page
    here.enter("library")
    page.get_by_role("button", name="Check now").click()
    page.get_by_label("Add a source").fill("https://lindholm.example/feed")
    page.keyboard.press("Enter")
    page.locator("#adding-said", has_text="is remembered").wait_for(timeout=WAIT)
    assert service.remembered[-1] == "https://lindholm.example/feed"
    go_on.set()
    page.locator("#sound-said", has_text="Every byte is as published").wait_for(timeout=WAIT)
    assert here.complaints == []


def test_a_double_click_adds_a_source_once_and_says_so(visit: Any, service: Any) -> None:
    here = visit(service)
    page = here.page
    here.enter("library")
    page.get_by_label("Add a source").fill("https://lindholm.example/feed")
    page.get_by_role("button", name="Add", exact=True).evaluate(
        "button => [1, 2].forEach((detail) => button.dispatchEvent("
        "new MouseEvent('click', { bubbles: true, cancelable: true, detail })))"
    )
    page.locator("#adding-said", has_text="is remembered").wait_for(timeout=WAIT)
    assert service.remembered == ["<articles>", "https://lindholm.example/feed"]


def test_files_handed_in_while_others_are_sent_come_after_them(
    visit: Any, service: Any, hold: Any
) -> None:
    go_on = hold(service, "put_article")
    here = visit(service)
    page = here.page
    here.enter("library")
    for name in ("first.txt", "second.txt"):
        file = {"name": name, "mimeType": "text/plain", "buffer": b"Words."}
        page.locator("#upload-files").set_input_files([file])
        page.locator("#upload-files-list li", has_text="first.txt").wait_for(timeout=WAIT)
    go_on.set()
    for name in ("first.txt", "second.txt"):
        row = page.locator("#upload-files-list li[data-outcome=added]", has_text=name)
        row.wait_for(timeout=WAIT)
    page.locator("#upload-summary", has_text="Handed in: 2. Not taken: 0.").wait_for(timeout=WAIT)
    assert list(service.handed_in) == ["first.txt", "second.txt"]
    page.locator("#cancel").wait_for(timeout=WAIT)
    assert service.jobs.started == 1
    assert here.complaints == []


def test_one_press_never_answers_two_questions(visit: Any, service: Any, hold: Any) -> None:
    service.handed_in = {"a.txt": b"old"}
    service.remembered.append("/srv/old")
    go_on = hold(service, "put_article")
    here = visit(service)
    page = here.page
    here.enter("library")
    file = {"name": "a.txt", "mimeType": "text/plain", "buffer": b"new"}
    page.locator("#upload-files").set_input_files([file])
    page.locator("#upload-files-list li[data-outcome=sending]").wait_for(timeout=WAIT)
    page.get_by_role("button", name="Remove /srv/old").click()
    dialog = page.locator("dialog.confirm[open]")
    dialog.wait_for(timeout=WAIT)
    with page.expect_response("**/api/v1/articles/**", timeout=WAIT) as taken:
        go_on.set()
    taken.value.finished()
    assert "Remove /srv/old" in dialog.inner_text()
    dialog.locator("[value=no]").click()
    page.locator("#confirm-ask", has_text="Another file is called a.txt").wait_for(timeout=WAIT)
    dialog.locator(".sure").click()
    page.locator("#upload-files-list li[data-outcome=replaced]").wait_for(timeout=WAIT)
    assert service.handed_in == {"a.txt": b"new"}
    assert service.remembered == ["<articles>", "/srv/old"]
