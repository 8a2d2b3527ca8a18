"""The page speaks the reader's language: the browser's, or the one chosen in the top bar."""

from __future__ import annotations

from typing import Any


def test_a_german_browser_is_shown_a_german_page(visit: Any, service: Any) -> None:
    here = visit(service, locale="de-AT")
    page = here.page
    page.get_by_role("tab", name="Bibliothek").wait_for()
    assert page.evaluate("document.documentElement.lang") == "de"
    assert page.locator("#send").inner_text() == "Fragen"
    assert "KI-System" in page.locator("#notice").inner_text()
    assert "Artikel" in page.locator("header.top .figures").inner_text()
    page.get_by_role("tab", name="Bibliothek").click()
    assert page.locator("#refresh").inner_text() == "Bibliothek aktualisieren"
    assert here.complaints == []


def test_a_reader_changes_the_language_with_one_link(visit: Any, service: Any) -> None:
    here = visit(service, locale="de-AT")
    page = here.page
    page.locator("nav.languages a[hreflang=pl]").click()
    page.get_by_role("tab", name="Zapytaj").wait_for()
    assert page.locator("nav.languages a[aria-current]").inner_text().startswith("PL")
    assert page.evaluate("document.documentElement.lang") == "pl"
    assert page.locator("#question textarea").get_attribute("placeholder") is not None
    assert here.outside == []
