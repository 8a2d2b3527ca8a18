"""Pictures of the page for the README, from a real server over the starter articles.

    python -m docs.screenshots

Writes docs/screenshots: each room by day, by night and on a phone. What it serves is a home of its
own below the system's temporary folder, removed afterwards, so that no picture shows anybody's
folders. The day is set; the moment of the refresh in the bar is the only thing that differs from
run to run.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from PIL import Image
from playwright.sync_api import sync_playwright

from benchmarks.homes import options
from index.encoders import DEFAULT_MODEL

FOLDER = Path(__file__).with_name("screenshots")
CHROMIUM = Path("/usr/bin/chromium")
TODAY = "2026-03-01"
QUESTION = "Which cities run a repair café?"
WAIT = 60_000  # milliseconds
COLOURS = 128  # in a picture: type and flat areas need no more, and it is a third of the size
# name, width, height, scheme
WAYS: tuple[tuple[str, int, int, Literal["light", "dark"]], ...] = (
    ("light", 1280, 800, "light"),
    ("dark", 1280, 800, "dark"),
    ("phone", 390, 844, "light"),
)


def main() -> None:
    """Takes all pictures anew."""
    FOLDER.mkdir(exist_ok=True)
    with _served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM if CHROMIUM.exists() else None, args=["--no-sandbox"]
        )
        for name, width, height, scheme in WAYS:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                locale="en-GB",
                reduced_motion="reduce",
            )
            page = context.new_page()
            page.goto(address)
            page.locator("header.top .figures b").first.wait_for(timeout=WAIT)
            _take_rooms(page, name)
            context.close()
        browser.close()


def _take_rooms(page: Any, way: str) -> None:
    question = page.locator("#question textarea")
    question.fill(QUESTION)
    question.press("Enter")
    page.locator("#conversation .footnote").wait_for(timeout=WAIT)
    page.locator("#panel .card").wait_for(timeout=WAIT)
    _take(page, f"ask-{way}")
    for room in ("Explore", "Library"):
        page.get_by_role("tab", name=room).click()
        _take(page, f"{room.lower()}-{way}")


def _take(page: Any, name: str) -> None:
    page.wait_for_timeout(1_500)  # what a room fetches when it is opened, drawn to the end
    page.evaluate("document.activeElement.blur(), scrollTo(0, 0)")
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    path = FOLDER / f"{name}.png"
    picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.name}: {path.stat().st_size // 1024} kB", file=sys.stderr)


@contextmanager
def _served() -> Iterator[str]:
    """The address of a server over a new home that holds the starter articles."""
    above = Path(tempfile.gettempdir()) / "townbook"
    above.mkdir()  # not somebody else's: it must not be there yet
    home = above / "home"
    home.mkdir()
    for kept in sorted(options([], "").homes.glob(f"*-{DEFAULT_MODEL}/models"))[-1:]:
        (home / "models").symlink_to(kept)  # restored and converted for a benchmark before
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "TOWNBOOK_TODAY": TODAY}
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "assistant", "--home", str(home), "serve", "--port", "0"],
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    try:
        said = iter(process.stderr or ())
        yield next(found[0] for line in said if (found := re.search(r"http://\S+/", line)))
    finally:
        process.terminate()
        process.wait(30)
        shutil.rmtree(above)


if __name__ == "__main__":
    main()
