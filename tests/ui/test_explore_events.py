"""Looking through events as a person does: on a timeline, in a table, past and to come."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from tests.ui.browsing import WAIT


def opened(visit: Any, service: Any, **more: Any) -> Any:
    """The events of the Explore room of a fresh visit."""
    here = visit(service, **more)
    here.page.locator("#rooms button[role=tab]").nth(1).click()
    here.page.locator("[data-key='kind:events']").click(timeout=WAIT)
    here.page.locator(".timeline").wait_for(timeout=WAIT)
    here.page.locator("[name=today]").wait_for(timeout=WAIT)
    return here


def names(page: Any) -> list[str]:
    return [str(name) for name in page.locator("#explore-table .row-name").all_inner_texts()]


def wait_names(page: Any, expected: list[str]) -> None:
    """Until the table holds these rows in this order."""
    page.wait_for_function(
        "expected => JSON.stringify([...document.querySelectorAll('#explore-table .row-name')]"
        ".map(name => name.textContent)) === JSON.stringify(expected)",
        arg=expected,
        timeout=WAIT,
    )


def wait_found(page: Any, words: str) -> None:
    page.locator("#explore-found .found", has_text=re.compile(rf"^{words}$")).wait_for(timeout=WAIT)


def test_the_timeline_opens_at_this_year_with_today_on_it(
    visit: Any, explored: Any, picture: Any
) -> None:
    here = opened(visit, explored)
    page = here.page
    assert page.locator(".timeline h2").inner_text() == "Events in 2026"
    assert page.locator(".timeline svg .today text").text_content() == "Today: 4 May 2026"
    assert page.locator(".timeline svg a").count() == 4
    assert page.locator(".timeline svg a.now").get_attribute("aria-label") == (
        "Ask about School food week, 1–8 May 2026, Bologna"
    )
    picture(page, "explore-events")
    page.get_by_role("button", name="2025: 1 event").click()
    page.get_by_role("heading", name="Events in 2025").wait_for(timeout=WAIT)
    assert page.locator(".timeline svg .today").count() == 0
    assert page.locator(".timeline svg a").count() == 1
    assert len(names(page)) == 5  # the year is the timeline's; the table has them all
    assert here.outside == []
    assert here.complaints == []


def test_past_and_upcoming_are_told_by_the_day_that_is_set(visit: Any, explored: Any) -> None:
    page = opened(visit, explored).page
    page.get_by_label("Past or upcoming").select_option(label="Upcoming and under way")
    wait_found(page, "3 events of 5")
    wait_names(page, ["School food week", "Quiet streets study visit", "Repair summit"])
    page.get_by_label("Counted from").fill("2026-09-16")
    wait_found(page, "1 event of 5")
    wait_names(page, ["Repair summit"])
    assert page.locator("#explore-table .status").inner_text() == "under way"
    assert page.locator(".timeline svg .today text").text_content() == "Today: 16 September 2026"
    page.get_by_label("Past or upcoming").select_option(label="Past")
    wait_found(page, "4 events of 5")
    assert "Repair summit" not in names(page)


def test_the_service_says_which_day_it_is_at_first(visit: Any, explored: Any) -> None:
    explored.day = date(2025, 11, 4)
    page = opened(visit, explored).page
    assert page.get_by_label("Counted from").input_value() == "2025-11-04"
    assert page.locator(".timeline h2").inner_text() == "Events in 2025"
    row = page.get_by_role("row").filter(has_text="Sharing cities forum")
    assert "under way" in row.inner_text()


def test_an_event_of_the_timeline_is_asked_about_by_keyboard(visit: Any, explored: Any) -> None:
    page = opened(visit, explored).page
    page.get_by_role("button", name="Ask about Repair summit, 14–20 Sept 2026, Berlin").focus()
    page.keyboard.press("Enter")
    page.locator("#conversation .footnote").first.wait_for(timeout=WAIT)
    assert explored.asked[-1][0] == "What is Repair summit (Berlin) about?"


def test_the_table_sorts_events_by_place_and_status(visit: Any, explored: Any) -> None:
    page = opened(visit, explored).page
    page.get_by_role("columnheader", name="Status").get_by_role("button").click()
    page.locator("th[aria-sort=ascending]", has_text="Status").wait_for(timeout=WAIT)
    assert page.locator("#explore-table .status").all_inner_texts() == (
        ["under way", "upcoming", "upcoming", "past", "past"]
    )
    page.get_by_role("columnheader", name="Place").get_by_role("button").click()
    page.locator("th[aria-sort=ascending]", has_text="Place").wait_for(timeout=WAIT)
    assert names(page)[0] == "Repair summit"  # Berlin


def test_on_a_phone_the_timeline_is_a_list_by_month_with_today_in_its_place(
    visit: Any, explored: Any, picture: Any
) -> None:
    page = opened(visit, explored, width=390, height=844).page
    assert not page.locator(".timeline svg").is_visible()
    said = page.locator(".by-month").inner_text()
    order = ["February", "Night transport day", "May", "School food week", "Today", "September"]
    places = [said.index(words) for words in order]
    assert places == sorted(places)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    picture(page, "explore-events-390")
    page.locator(".by-month").get_by_role("button", name="Ask about Night transport day").click()
    page.locator("#conversation .footnote").first.wait_for(timeout=WAIT)
    assert explored.asked[-1][0] == "What is Night transport day (Lisbon) about?"


def test_practices_and_events_are_changed_over_with_a_fresh_choice(
    visit: Any, explored: Any
) -> None:
    page = opened(visit, explored).page
    page.get_by_role("searchbox", name="Search").fill("berlin")
    wait_found(page, "1 event of 5")
    page.get_by_role("button", name="Practices", exact=True).click()
    wait_found(page, "7 practices of 7")
    page.locator(".map").wait_for(timeout=WAIT)
    page.wait_for_function("document.querySelector('[name=search]').value === ''", timeout=WAIT)
    assert (
        page.get_by_role("button", name="Practices", exact=True).get_attribute("aria-pressed")
        == "true"
    )
