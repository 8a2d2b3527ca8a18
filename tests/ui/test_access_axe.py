"""Every room as axe-core sees it, and what it cannot see: keyboard, motion, narrow and wide."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from tests.ui.browsing import DRAWN, WAIT

SIZES = {"desk": (1280, 820), "phone": (390, 844)}
GRAVE = ("serious", "critical")
OPTIONS = {"resultTypes": ["violations"]}


def grave(page: Any) -> list[tuple[str, str]]:
    """The rules broken gravely, each with one element that breaks it."""
    axe_module = pytest.importorskip("axe_playwright_python.sync_playwright")
    found = axe_module.Axe().run(page, options=OPTIONS).response["violations"]
    return [
        (broken["id"], node["html"])
        for broken in found
        if broken["impact"] in GRAVE
        for node in broken["nodes"][:3]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_no_room_breaks_a_rule_gravely(
    visit: Any, service: Any, picture: Any, size: str, scheme: str
) -> None:
    here = visit(service, *SIZES[size], scheme)
    page = here.page
    problems: dict[str, list[tuple[str, str]]] = {"ask, empty": grave(page)}
    here.ask("Which cities mend things?")
    problems["ask, answered"] = grave(page)
    here.ask("Who owns the moon?")
    problems["ask, refused"] = grave(page)
    for name in ("explore", "library"):
        here.enter(name)
        problems[name] = grave(page)
        picture(page, f"axe-{name}-{size}-{scheme}")
        assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0], name
    assert {room: broken for room, broken in problems.items() if broken} == {}


def test_the_rules_find_what_is_wrong(chromium: Any) -> None:
    """The control: a nameless button and grey on grey are grave."""
    page = chromium.new_page()
    page.set_content(
        "<main><button></button><p style='color:#777;background:#888'>words</p></main>"
    )
    assert {rule for rule, _ in grave(page)} >= {"button-name", "color-contrast"}
    page.close()


@pytest.mark.parametrize("width", [390, 2560])
def test_no_room_is_wider_than_the_window(visit: Any, service: Any, width: int) -> None:
    here = visit(service, width, 1000)
    page = here.page
    here.ask("Which cities mend things?")
    here.ask("W" * 300)
    for room in DRAWN:
        here.enter(room)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_question_is_asked_read_and_checked_by_keyboard_alone(visit: Any, service: Any) -> None:
    """From the first Tab to the marked passage and back; the mouse is never touched."""
    here = visit(service)
    page = here.page

    def tab_to(wanted: str) -> None:
        for _ in range(60):
            if page.evaluate(f"document.activeElement.matches({wanted!r})"):
                return
            page.keyboard.press("Tab")
        pytest.fail(f"the Tab key never reaches {wanted}")

    def has_visible_focus() -> bool:
        outline = "getComputedStyle(document.activeElement).outlineStyle !== 'none'"
        return bool(page.evaluate(outline))

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert has_visible_focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('#question textarea')")
    page.keyboard.type("When did it begin?")
    page.keyboard.press("Enter")
    page.locator("#conversation .footnote").wait_for(timeout=WAIT)
    page.evaluate("document.activeElement.blur()")
    tab_to("#conversation a.cite")
    assert has_visible_focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'card-title'", timeout=WAIT)
    tab_to(".back a")
    assert has_visible_focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('#conversation a.cite')")
    tab_to("#question textarea")
    page.keyboard.type("Who owns the moon?")
    tab_to("#send")
    assert has_visible_focus()
    page.keyboard.press("Enter")
    page.locator("#conversation .answer.refused").wait_for(timeout=WAIT)


def test_the_rooms_are_reached_by_keyboard(visit: Any, service: Any) -> None:
    page = visit(service).page
    page.get_by_role("tab").first.focus()
    for tab in page.get_by_role("tab").all()[1:]:
        page.keyboard.press("Tab")
        assert tab.evaluate("tab => tab === document.activeElement")
        page.keyboard.press("Enter")
        page.get_by_role("tab", selected=True, name=tab.inner_text()).wait_for(timeout=WAIT)


def test_nothing_moves_for_who_asked_for_no_motion(visit: Any, service: Any) -> None:
    here = visit(service, reduced_motion="reduce")
    here.ask("When did it begin?")
    moving = here.page.evaluate(
        "document.getAnimations().filter(a => a.playState === 'running')"
        ".map(a => a.effect.target.outerHTML.slice(0, 200))"
    )
    assert moving == []


def test_headings_step_down_one_level_at_a_time(visit: Any, service: Any) -> None:
    here = visit(service)
    here.ask("Which cities mend things?")
    page = here.page
    assert page.locator("h1:visible").count() == 1
    for room in DRAWN:
        here.enter(room)
        levels = page.evaluate(
            "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6,[role=heading]')]"
            ".filter(h => h.checkVisibility())"
            ".map(h => Number(h.getAttribute('aria-level') || h.tagName[1]))"
        )
        skipped = [(before, after) for before, after in pairwise(levels) if after > before + 1]
        assert skipped == [], (room, levels)
