"""Looking through practices as a person does: searched, sorted, by page, chosen on a map."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest

from index import EVERYTHING
from tests.ui.browsing import WAIT


def opened(visit: Any, service: Any, **more: Any) -> Any:
    """The Explore room of a fresh visit, with its table there."""
    here = visit(service, **more)
    here.page.locator("#rooms button[role=tab]").nth(1).click()
    here.page.locator("#explore-table table").wait_for(timeout=WAIT)
    return here


def names(page: Any) -> list[str]:
    return [str(name) for name in page.locator("#explore-table .row-name").all_inner_texts()]


def column(page: Any, number: int) -> list[str]:
    cells = page.locator(f"#explore-table tbody tr > :nth-child({number})")
    return [cell.split("\n")[0].strip() for cell in cells.all_inner_texts()]


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


def test_nothing_of_the_room_is_read_before_it_is_opened(visit: Any, explored: Any) -> None:
    asked: list[str] = []
    records = explored.records

    def told(kind: str) -> Any:
        asked.append(kind)
        return records(kind)

    explored.records = told
    here = visit(explored)
    assert asked == []
    here.page.get_by_role("tab", name="Explore").click()
    wait_found(here.page, "7 practices of 7")
    assert sorted(asked) == ["event", "practice"]


def test_every_practice_is_a_row_with_what_is_known_of_it(
    visit: Any, explored: Any, picture: Any
) -> None:
    here = opened(visit, explored)
    page = here.page
    row = page.get_by_role("row").filter(has_text="Night buses")
    said = row.inner_text()
    for words in ("Lisbon", "Portugal", "Mobility", "2009", "3,500,000 EUR", "2024"):
        assert words in said
    link = row.get_by_role("link")
    assert link.get_attribute("href") == "https://pt.example/night"
    assert "noopener" in link.get_attribute("rel")
    picture(page, "explore-practices")
    assert here.outside == []
    assert here.complaints == []


def test_a_search_looks_at_every_column_and_forgives_accents_and_case(
    visit: Any, explored: Any
) -> None:
    page = opened(visit, explored).page
    box = page.get_by_role("searchbox", name="Search")
    for words, left in (
        ("LISBÓN", ["Night buses", "Open kitchens"]),
        ("portugal food", ["Open kitchens"]),
        ("2013", ["School gardens"]),
        ("sharing", ["Repair van", "Tool library"]),
    ):
        box.fill(words)
        wait_found(page, f"{len(left)} practices? of 7")
        wait_names(page, left)
    assert page.evaluate("document.activeElement.name") == "search"
    box.fill("zeppelin")
    page.get_by_text("Nothing fits.").wait_for(timeout=WAIT)


def test_a_search_that_is_typed_letter_by_letter_ends_at_its_last_letter(
    visit: Any, explored: Any
) -> None:
    page = opened(visit, explored).page
    page.get_by_role("searchbox", name="Search").press_sequentially("bologna", delay=60)
    wait_found(page, "1 practice of 7")
    wait_names(page, ["School gardens"])


def test_the_table_is_sorted_by_a_heading_both_ways_and_says_so(visit: Any, explored: Any) -> None:
    page = opened(visit, explored).page
    heading = page.get_by_role("columnheader", name="Budget")
    assert heading.get_attribute("aria-sort") == "none"
    heading.get_by_role("button").click()
    page.locator("th[aria-sort=ascending]", has_text="Budget").wait_for(timeout=WAIT)
    assert column(page, 6)[:3] == ["700 EUR", "9,500 EUR", "12,000 EUR"]
    assert column(page, 6)[-1] == "–"  # unknown comes last either way
    page.get_by_role("columnheader", name="Budget").get_by_role("button").click()
    page.locator("th[aria-sort=descending]", has_text="Budget").wait_for(timeout=WAIT)
    assert column(page, 6)[0] == "3,500,000 EUR"
    assert column(page, 6)[-1] == "–"


def test_a_heading_is_sorted_by_keyboard_and_keeps_the_focus(visit: Any, explored: Any) -> None:
    page = opened(visit, explored).page
    page.get_by_role("columnheader", name="City").get_by_role("button").focus()
    page.keyboard.press("Enter")
    page.locator("th[aria-sort=ascending]", has_text="City").wait_for(timeout=WAIT)
    assert column(page, 2)[0] == "Bologna"
    page.wait_for_function("document.activeElement.dataset.key === 'sort:city'", timeout=WAIT)


def test_country_and_theme_filter_and_are_cleared_together(visit: Any, explored: Any) -> None:
    page = opened(visit, explored).page
    page.get_by_label("Country").select_option(label="Italy (2)")
    wait_found(page, "2 practices of 7")
    page.get_by_label("Theme").select_option(label="Food (2)")
    wait_found(page, "1 practice of 7")
    wait_names(page, ["School gardens"])
    page.get_by_role("button", name="Clear all").click()
    wait_found(page, "7 practices of 7")
    page.wait_for_function(
        "document.querySelector('#explore-room [name=country]').value === ''", timeout=WAIT
    )
    assert page.get_by_label("Theme").input_value() == ""


def test_a_country_in_the_list_filters_and_is_marked(visit: Any, explored: Any) -> None:
    page = opened(visit, explored).page
    page.locator(".countries").get_by_role("button", name="Portugal").click()
    wait_found(page, "2 practices of 7")
    page.wait_for_function(
        "document.querySelector('#explore-room [name=country]').value === 'PT'", timeout=WAIT
    )
    button = page.locator(".countries").get_by_role("button", name="Portugal")
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    wait_found(page, "7 practices of 7")


def test_a_point_of_the_map_shows_its_practices_and_offers_to_ask(
    visit: Any, explored: Any, picture: Any
) -> None:
    page = opened(visit, explored).page
    point = page.get_by_role("button", name="Lisbon, Portugal: 2 practices")
    assert point.count() == 1  # of the two layers only one can be reached
    point.click()
    wait_found(page, "2 practices of 7")
    wait_names(page, ["Night buses", "Open kitchens"])
    assert page.get_by_role("button", name="Lisbon, Portugal: 2").get_attribute("aria-pressed") == (
        "true"
    )
    picture(page, "explore-point")
    page.get_by_role("button", name="Show all places").click()
    wait_found(page, "7 practices of 7")
    page.get_by_role("button", name="Lisbon, Portugal: 2 practices").click()
    page.get_by_role("button", name="Ask about Lisbon").click()
    page.locator("#conversation .footnote").first.wait_for(timeout=WAIT)
    assert explored.asked[-1][0] == "Which practices are there in Lisbon, Portugal?"


def test_points_too_close_to_tell_apart_are_one_with_all_their_practices(
    visit: Any, explored: Any
) -> None:
    page = opened(visit, explored).page
    page.get_by_role("button", name="Bologna and 1 place nearby: 2 practices").click()
    wait_found(page, "2 practices of 7")
    wait_names(page, ["Repair van", "School gardens"])


@pytest.mark.parametrize("key", ["Enter", " "], ids=["Enter", "Space"])
def test_a_point_is_chosen_by_keyboard(visit: Any, explored: Any, key: str) -> None:
    page = opened(visit, explored).page
    page.get_by_role("button", name="Tampere, Finland: 1 practice").focus()
    page.keyboard.press(key)
    wait_found(page, "1 practice of 7")
    wait_names(page, ["Quiet streets"])
    page.wait_for_function(
        "document.activeElement.dataset.key?.startsWith('fine:FI')", timeout=WAIT
    )


def test_what_cannot_be_placed_is_counted_and_shown_not_guessed(visit: Any, explored: Any) -> None:
    page = opened(visit, explored).page
    note = page.locator(".off-map")
    assert note.inner_text().startswith("Not on the map: 1 practice")
    note.get_by_role("button", name="Show these").click()
    wait_found(page, "1 practice of 7")
    wait_names(page, ["Neighbour phone"])


def test_a_long_table_is_turned_page_by_page(visit: Any, service: Any, tell_practice: Any) -> None:
    for n in range(60):
        tell_practice(service, f"Practice {n:03} | Ghent | BE | Sharing | 2016 | {1000 + n}")
    page = opened(visit, service).page
    assert len(names(page)) == 25
    page.get_by_role("button", name="Page 3 of 3").click()
    page.locator(".row-name", has_text="Practice 059").wait_for(timeout=WAIT)
    assert len(names(page)) == 10
    assert page.get_by_role("button", name="Next page").is_disabled()
    page.get_by_role("button", name="Previous page").click()
    page.locator(".row-name", has_text="Practice 025").wait_for(timeout=WAIT)
    assert page.locator("[aria-current=page]").inner_text() == "2"
    page.get_by_role("searchbox", name="Search").fill("practice 059")
    wait_found(page, "1 practice of 60")  # and the first page again
    wait_names(page, ["Practice 059"])


def test_one_practice_told_by_two_articles_is_one_row(
    visit: Any, explored: Any, tell_practice: Any
) -> None:
    line = "Tool Library | Gent | BE | Borrowing | 2016 | 12000"
    tell_practice(explored, line.replace("Gent", "Ghent").replace("Library", "library "))
    article, practice = explored.articles["tool-library.md"], explored.held[-1]
    assert practice["source"] == article.source
    page = opened(visit, explored).page
    wait_found(page, "7 practices of 7")
    assert "Borrowing" in page.get_by_role("row").filter(has_text="Tool library").inner_text()


def test_the_words_behind_a_row_are_one_step_away(visit: Any, explored: Any) -> None:
    page = opened(visit, explored).page
    row = page.get_by_role("row").filter(has_text="Repair van")
    assert not row.locator("mark").first.is_visible()
    row.locator("summary").click()
    assert set(row.locator("mark").all_inner_texts()) >= {
        "Repair van",
        "Modena",
        "2019",
        "9500 EUR",
    }
    assert "is what Modena has done since" in row.locator("q").nth(1).inner_text()


def test_asking_about_a_practice_goes_to_the_ask_room_with_the_question_sent(
    visit: Any, explored: Any
) -> None:
    here = opened(visit, explored)
    page = here.page
    page.get_by_role("button", name="Ask about School gardens").click()
    page.locator("#conversation .footnote").first.wait_for(timeout=WAIT)
    assert explored.asked[-1][0] == "What is School gardens (Bologna) about?"
    assert page.get_by_role("tab", name="Ask").get_attribute("aria-selected") == "true"
    assert page.locator("#conversation .asked").inner_text() == explored.asked[-1][0]
    page.get_by_role("tab", name="Explore").click()
    page.get_by_role("button", name="Ask about School gardens").click()  # once more, the same
    page.locator("#conversation .footnote").nth(1).wait_for(timeout=WAIT)
    assert len(explored.asked) == 2
    assert here.complaints == []


def test_what_explore_asks_is_asked_of_everything_and_in_no_place_of_another(
    visit: Any, explored: Any
) -> None:
    here = visit(explored)
    page = here.page
    page.get_by_role("checkbox", name="Sweden").check()
    page.locator("#facets button.clear").wait_for(timeout=WAIT)
    here.ask("When did it begin?")
    page.get_by_role("button", name="Edit question").click()
    page.locator("#hint [data-editing]").wait_for(timeout=WAIT)
    page.get_by_role("tab", name="Explore").click()
    page.get_by_role("button", name="Ask about School gardens").click(timeout=WAIT)
    page.locator("#conversation .footnote").nth(1).wait_for(timeout=WAIT)
    assert explored.filtered[-1] == EVERYTHING  # Bologna is not in Sweden
    assert page.locator("#facets input:checked").count() == 0
    assert page.locator("#conversation .asked").all_inner_texts() == [
        "When did it begin?",
        "What is School gardens (Bologna) about?",
    ]
    assert page.locator("#hint [data-editing]").count() == 0
    assert here.complaints == []


def test_a_draft_stays_when_explore_asks(visit: Any, explored: Any) -> None:
    here = visit(explored)
    page = here.page
    page.locator("#question textarea").fill("a draft of mine")
    page.get_by_role("tab", name="Explore").click()
    page.get_by_role("button", name="Ask about School gardens").click(timeout=WAIT)
    page.locator("#next button").first.wait_for(timeout=WAIT)
    assert explored.asked[-1][0] == "What is School gardens (Bologna) about?"
    assert page.locator("#question textarea").input_value() == "a draft of mine"


def test_a_row_that_is_gone_asks_nothing_and_leaves_a_draft_alone(
    visit: Any, explored: Any
) -> None:
    here = visit(explored)
    page = here.page
    page.locator("#question textarea").fill("a draft of mine")
    page.get_by_role("tab", name="Explore").click()
    page.locator("#explore-table table").wait_for(timeout=WAIT)
    explored.held.clear()
    explored.snapshot = "000004"
    page.get_by_role("button", name="Ask about School gardens").click()
    page.get_by_text("Nothing fits.").first.wait_for(timeout=WAIT)
    assert explored.asked == []
    assert page.locator("#question textarea").input_value() == "a draft of mine"


def test_the_room_is_as_it_was_left_when_its_reader_comes_back(visit: Any, explored: Any) -> None:
    page = opened(visit, explored).page
    page.get_by_role("searchbox", name="Search").fill("lisbon")
    wait_found(page, "2 practices of 7")
    page.get_by_role("tab", name="Ask").click()
    page.get_by_role("tab", name="Explore").click()
    page.get_by_role("columnheader", name="Since").get_by_role("button").click()
    page.locator("th[aria-sort=ascending]", has_text="Since").wait_for(timeout=WAIT)
    # What the room would be drawn anew with has come by now: it was asked for before.
    wait_found(page, "2 practices of 7")
    wait_names(page, ["Night buses", "Open kitchens"])
    assert page.get_by_role("searchbox", name="Search").input_value() == "lisbon"


def test_a_refreshed_library_is_seen_when_the_room_is_opened_again(
    visit: Any, explored: Any, tell_practice: Any
) -> None:
    page = opened(visit, explored).page
    wait_found(page, "7 practices of 7")
    tell_practice(explored, "Cargo bikes | Aarhus | DK | Mobility | 2022 | 100")
    explored.snapshot = "000004"
    page.get_by_role("tab", name="Ask").click()
    page.get_by_role("tab", name="Explore").click()
    wait_found(page, "8 practices of 8")


def test_a_library_without_practices_and_one_without_snapshot_say_so(
    visit: Any, service: Any
) -> None:
    here = visit(service)
    here.page.get_by_role("tab", name="Explore").click()
    here.page.get_by_text("nothing to look through yet").wait_for(timeout=WAIT)
    service.empty = True
    other = visit(service)
    other.page.get_by_role("tab", name="Explore").click()
    other.page.get_by_text("run townbook refresh").last.wait_for(timeout=WAIT)


def test_hostile_names_run_nothing_and_ask_for_nothing(
    visit: Any, explored: Any, tell_practice: Any
) -> None:
    hostile = (
        '<img src=x onerror="window.pwned=1">',
        "${window.pwned=2}",
        "{{constructor.constructor('window.pwned=3')()}}",
        "</title></svg><script>window.pwned=4</script>",
        "' onfocus=window.pwned=5 autofocus='",
    )
    for n, name in enumerate(hostile):
        tell_practice(explored, f"{name} | Lyon | FR | {name} | 201{n} | 5")
    here = opened(visit, explored)
    page = here.page
    wait_found(page, "12 practices of 12")
    page.locator("#explore-table summary").first.click()
    page.get_by_role("searchbox", name="Search").fill("</svg><script>window.pwned=6</script>")
    page.get_by_text("Nothing fits.").wait_for(timeout=WAIT)
    page.get_by_role("searchbox", name="Search").fill("onerror")
    wait_found(page, "1 practice of 12")
    page.locator("#explore-table [data-do=ask]").click()
    page.locator("#conversation .footnote").first.wait_for(timeout=WAIT)
    assert page.evaluate("window.pwned") is None
    assert page.locator("#explore-room img, #explore-room script").count() == 0
    assert here.outside == []
    assert here.complaints == []


@pytest.mark.parametrize("width", [390, 768, 2560])
def test_the_room_fits_a_screen_without_scrolling_sideways(
    visit: Any, explored: Any, picture: Any, width: int
) -> None:
    page = opened(visit, explored, width=width, height=900).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    picture(page, f"explore-{width}")


def test_on_a_phone_points_are_large_enough_to_hit_and_far_enough_apart(
    visit: Any, explored: Any
) -> None:
    page = opened(visit, explored, width=390, height=844).page
    boxes = page.evaluate(
        "[...document.querySelectorAll('.points a circle')]"
        ".map(c => c.getBoundingClientRect()).filter(b => b.width)"
        ".map(b => [b.x + b.width / 2, b.y + b.height / 2])"
    )
    assert len(boxes) >= 4
    for at, (x, y) in enumerate(boxes):
        for other_x, other_y in boxes[at + 1 :]:
            assert ((x - other_x) ** 2 + (y - other_y) ** 2) ** 0.5 >= 23.5


def test_the_room_speaks_the_readers_language(visit: Any, explored: Any) -> None:
    here = opened(visit, explored, locale="pl-PL")
    page = here.page
    assert page.get_by_role("tab", name="Przeglądaj").count() == 1
    wait_found(page, "7 praktyk z 7")
    assert "Portugalia" in page.locator(".countries").inner_text()
    page.get_by_role("searchbox", name="Szukaj").fill("włochy")
    wait_found(page, "2 praktyki z 7")
    page.get_by_role("button", name="Zapytaj o: School gardens").click()
    page.locator("#conversation .footnote").first.wait_for(timeout=WAIT)
    assert explored.asked[-1][0] == "Na czym polega School gardens (Bologna)?"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_control_of_the_room_has_a_name(visit: Any, explored: Any, scheme: str) -> None:
    page = opened(visit, explored, scheme=scheme).page
    unnamed = page.evaluate(
        "[...document.querySelectorAll('#explore-room :is(button, a, summary, input, select)')]"
        ".filter(c => c.checkVisibility() && !(c.getAttribute('aria-label') || c.innerText?.trim()"
        " || c.labels?.length)).map(c => c.outerHTML)"
    )
    assert unnamed == []
    headings = page.evaluate(
        "[...document.querySelectorAll('h1, h2, h3')].filter(h => h.checkVisibility())"
        ".map(h => Number(h.tagName[1]))"
    )
    assert headings[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(headings))
