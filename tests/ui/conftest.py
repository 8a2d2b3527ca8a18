"""What the tests of the page and its routes may ask for: each part is a module beside this one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.ui.behaving_service import BehavingService
from tests.ui.browsing import Browsing, Visit, started_chromium
from tests.ui.serving import PageServer
from tests.ui.told_records import EVENTS, PRACTICES, told_event, told_practice


@pytest.fixture(scope="session")
def behaving_service() -> type[BehavingService]:
    return BehavingService


@pytest.fixture
def service() -> Iterator[BehavingService]:
    service = BehavingService()
    yield service
    service.let_go()


@pytest.fixture
def explored(service: BehavingService) -> BehavingService:
    """The service with practices and events in its library."""
    for line in PRACTICES.strip().splitlines():
        article, practice = told_practice(line)
        service.tell(article, practice)
    for line in EVENTS.strip().splitlines():
        article, event = told_event(line)
        service.tell(article, event)
    return service


@pytest.fixture
def tell_practice() -> Callable[[BehavingService, str], None]:
    """Adds one practice, written as a line of PRACTICES, to a service's library."""

    def tell(service: BehavingService, line: str) -> None:
        article, practice = told_practice(line)
        service.tell(article, practice)

    return tell


@pytest.fixture(scope="session")
def page_server() -> PageServer:
    return PageServer()


@pytest.fixture
def serve_page(
    page_server: PageServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Any], str]]:
    """Serves a service's page on a loopback port until the test ends; gives its address."""
    # Paces that are kept for people's eyes; nothing that a test looks at depends on them.
    monkeypatch.setattr("assistant.page.replying.STAGE_SECONDS", 0.02)
    monkeypatch.setattr("assistant.page.library.PULSE_SECONDS", 0.3)
    yield page_server.start
    page_server.stop()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A headless Chromium. Skips where there is none, except in CI, where that is a failure.

    It ends with its file of tests: as long as it is there a loop runs in this thread, and tests
    that run one of their own could not.
    """
    with started_chromium() as chromium:
        if isinstance(chromium, str):
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(chromium)
        yield chromium


@pytest.fixture(scope="module")
def browsing(chromium: Any) -> Browsing:
    return Browsing(chromium)


@pytest.fixture
def visit(browsing: Browsing, serve_page: Callable[[Any], str]) -> Iterator[Callable[..., Visit]]:
    """Opens a service's page as a person does who was never there before."""
    visits: list[Visit] = []

    def go(service: Any, *given: Any, **named: Any) -> Visit:
        here = browsing.visit(serve_page(service), *given, **named)
        visits.append(here)
        return here

    yield go
    browsing.leave()
    # Whatever a test does: the page asks nobody but the server it came from.
    assert [address for here in visits for address in here.outside] == []


@pytest.fixture
def picture() -> Callable[[Any, str], None]:
    """Saves a screenshot where TOWNBOOK_SCREENSHOTS says; else nobody would look at it."""

    def take(page: Any, name: str) -> None:
        if folder := os.environ.get("TOWNBOOK_SCREENSHOTS"):
            page.screenshot(path=Path(folder) / f"{name}.png")

    return take
