"""A real browser, and pages opened in it as people do who were never there before."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

WAIT = 45_000  # milliseconds; a busy machine is slow, not wrong
BOUNCE = 0.5  # seconds; the page takes the same question pressed twice within less for one
LOOK = 20  # milliseconds between two looks at what no event of the browser tells
CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# What stands in a room, and in no other, once the server has said what is in it.
DRAWN = {
    "ask": "#facets .facets",
    "explore": "#explore-table > * *",
    "library": "#library-past > * *",
}


@contextmanager
def started_chromium() -> Iterator[Any]:
    """A headless Chromium; where none can be started, a line that says why."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ModuleNotFoundError:
        yield "playwright is not installed"
        return
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM if CHROMIUM.exists() else None,
                headless=True,
                args=SWITCHES,
            )
        except Error as error:
            yield f"no Chromium could be started: {error.message.splitlines()[0]}"
            return
        yield browser
        browser.close()


@dataclass
class Visit:
    """One page with everything it asked for and complained about."""

    page: Any
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    _asked: str = ""
    _pressed: float = 0.0

    def ask(self, question: str) -> None:
        """Type a question, press Enter, wait for the whole answer."""
        before = self.page.locator("#conversation .footnote").count()
        self.put(question)
        self.page.locator("#conversation .footnote").nth(before).wait_for(timeout=WAIT)

    def put(self, question: str) -> None:
        """Type a question and press Enter, late enough not to be taken for a key that bounced."""
        self.page.locator("#question textarea").fill(question)
        if question == self._asked:
            since = time.monotonic() - self._pressed
            self.page.wait_for_timeout(max(0.0, BOUNCE - since) * 1000)
        self.page.locator("#question textarea").press("Enter")
        self._asked, self._pressed = question, time.monotonic()

    def enter(self, room: str) -> None:
        """Go to a room by its tab, and wait until what is in it stands there."""
        self.page.locator(f"#rooms button[role=tab][data-tab-id={room}]").click()
        self.page.locator(DRAWN[room]).first.wait_for(timeout=WAIT)

    def reload(self) -> None:
        """Load the page anew. What it says while it is left is not kept: nobody sees it any more.

        A stream that is open then is aborted, and the page being left says so to its console.
        """
        said = len(self.complaints)
        self.page.reload(wait_until="commit")
        del self.complaints[said:]
        self.page.wait_for_load_state()

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something that is seen in the service, not on the page."""
        end = time.monotonic() + WAIT / 1000
        while not condition():
            assert time.monotonic() < end, "it never came true"
            self.page.wait_for_timeout(LOOK)

    @property
    def outside(self) -> list[str]:
        """What was asked for anywhere but at the page's own server."""
        return [u for u in self.requests if not u.startswith((self.address, "data:", "blob:"))]

    def hear(self) -> Callable[[], None]:
        """Write down requests and complaints from now on; what is given ends that."""

        def said(message: Any) -> None:
            if message.type == "error":
                self.complaints.append(message.text)

        context, page = self.page.context, self.page
        heard: list[tuple[Any, str, Callable[[Any], None]]] = [
            (context, "request", lambda request: self.requests.append(request.url)),
            (page, "pageerror", lambda error: self.complaints.append(str(error))),
            (page, "console", said),
        ]
        for source, event, note in heard:
            source.on(event, note)

        def stop() -> None:
            for source, event, note in heard:
                source.remove_listener(event, note)

        return stop


@dataclass
class Browsing:
    """Opens pages in one browser, each with nothing of another one's, and closes them again.

    A tab that is kept from test to test is three times as fast, and keeps connections to servers
    that were stopped: after twenty tests a page could not be had any more.
    """

    chromium: Any
    _contexts: list[Any] = field(default_factory=list)
    _stops: list[Callable[[], None]] = field(default_factory=list)

    def visit(
        self,
        address: str,
        width: int = 1280,
        height: int = 820,
        scheme: str = "light",
        *,
        query: str = "",
        script: str = "",
        headers: dict[str, str] | None = None,
        **settings: Any,
    ) -> Visit:
        """The page at ``address``, ready for its reader.

        ``query`` is the address's, with its question mark; ``script`` runs before the page's own;
        ``headers`` are sent with each request.
        """
        context = self.chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, **settings
        )
        self._contexts.append(context)
        context.set_default_timeout(WAIT)
        page = context.new_page()
        if script:
            page.add_init_script(script)
        page.set_extra_http_headers(headers or {})
        here = Visit(page, address)
        self._stops.append(here.hear())
        page.goto(address + query)
        page.locator("#question textarea").wait_for(timeout=WAIT)
        page.locator("header.top .figures").wait_for(timeout=WAIT)
        return here

    def leave(self) -> None:
        """Every page that was visited is left, while its server is still there."""
        for stop in self._stops:
            stop()
        for context in self._contexts:
            context.close()
        self._stops.clear()
        self._contexts.clear()
