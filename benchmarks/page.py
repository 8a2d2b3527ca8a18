"""What people feel who ask on the page: the first words, and fifty of them at once.

    python -m benchmarks.page [--articles DIR]

A server as `townbook serve` starts it, on this machine's own address; people who ask through the
page's own queue, as the browser does, and one in a real Chromium. Each question is asked once.
Beyond so many tries and seconds it gives up, whatever was reached.
"""

from __future__ import annotations

import asyncio
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import httpx

from benchmarks.homes import home_of, options
from benchmarks.results import Cell, Row, Table, write

ALONE = 30  # questions, one after the other
PEOPLE = 50
LOAD = 20  # ten times as many over HTTP as are let in
LOAD_SECONDS = 30.0
CALLS = 80  # over HTTP, one after the other; a p95 of thirty is the second slowest alone
MOST_SECONDS = 120.0  # for fifty answers; whoever waits longer is lost
CHROMIUM = Path("/usr/bin/chromium")
# The first words of an answer: an element of class answer that waits for nothing.
_WORDS = re.compile(r'class=\\"answer(?! pending)')


@dataclass
class Felt:
    """Seconds, as the people felt them."""

    first: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    errors: int = 0
    wall: float = 0.0

    def row(self, name: str, people: int) -> Row:
        rate = len(self.whole) / self.wall if self.wall else None
        return (
            *(name, people, len(self.whole), rate),
            *(*_percentiles(self.first), *_percentiles(self.whole)),
            *(len(self.refused), max(self.refused, default=None), self.errors),
        )


def main(argv: Sequence[str]) -> None:
    """Measure the page alone, by fifty at once, over HTTP at ten times its places, in Chromium."""
    chosen = options(argv, __doc__)
    home = home_of(chosen.articles, chosen.homes)
    with _served(home) as (address, ready):
        titles = httpx.get(f"{address}api/v1/documents", timeout=60).json()["documents"]
        questions = _questions([row["title"] for row in titles])
        usable, first_words = _in_chromium(address, questions)
        rows = asyncio.run(_crowd(address, questions))
    felt = Table(
        "Asking at once",
        f"Seconds. Page: the page's own queue, first words and whole answer. {PEOPLE} people ask at"
        " the same moment and, when told that all places are taken, again after the second they"
        f" are told to wait, until each has an answer. HTTP: {LOAD} callers, ten times as many as"
        f" are let in, ask for {LOAD_SECONDS:.0f} s without a pause. Errors are anything but an"
        " answer or a clear refusal; a lost answer would be one.",
        (
            *("way", "people", "answers", "answers / s", "first p50", "first p95"),
            *("whole p50", "whole p95", "refused", "refused after, most", "errors"),
        ),
        tuple(rows),
    )
    browser = Table(
        "The page in Chromium",
        f"Seconds, {len(titles)} articles, warm. Usable: from opening the address to a question"
        " box one can write in. First words: from Enter to the first visible words of the answer.",
        ("what", "tries", "p50", "p95"),
        (
            ("server ready after its start", 1, ready, None),
            ("page usable", len(usable), *_percentiles(usable)),
            ("first words", len(first_words), *_percentiles(first_words)),
        ),
    )
    write("page", "python -m benchmarks.page --articles ARTICLES", [browser, felt])


@contextmanager
def _served(home: Path) -> Iterator[tuple[str, float]]:
    began = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "assistant", "--home", str(home), "serve", "--port", "0"],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "HF_HUB_OFFLINE": "1"},
    )
    try:
        said = iter(process.stderr or ())
        address = next(found[0] for line in said if (found := re.search(r"http://\S+/", line)))
        while not httpx.get(f"{address}ready", timeout=60).is_success:
            time.sleep(0.05)
        yield address, time.perf_counter() - began
    finally:
        process.terminate()
        process.wait(30)


def _questions(titles: Sequence[str]) -> Iterator[str]:
    """Enough of them: no two alike, so that nothing is answered from memory."""
    ways = ("What happened in {}?", "When did {} begin?", "Who runs {}?", "How much cost {}?")
    return (way.format(title[:80]) for way in ways for title in list(titles) * 20)


def _in_chromium(address: str, questions: Iterator[str]) -> tuple[list[float], list[float]]:
    """Seconds to a usable page, and to the first words of an answer; empty without a browser."""
    from playwright.sync_api import sync_playwright

    usable: list[float] = []
    first: list[float] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM if CHROMIUM.exists() else None, args=["--no-sandbox"]
        )
        for _ in range(5):
            page = browser.new_page()
            began = time.perf_counter()
            page.goto(address)
            page.locator("#question textarea").wait_for(timeout=60_000)
            usable.append(time.perf_counter() - began)
            page.locator("header.top .figures").wait_for(timeout=60_000)
            for question in islice(questions, 4):
                page.locator("#question textarea").fill(question)
                before = page.locator("#conversation .footnote").count()
                began = time.perf_counter()
                page.keyboard.press("Enter")
                page.locator("#conversation .answer:not(.pending)").nth(before).wait_for(
                    timeout=60_000
                )
                first.append(time.perf_counter() - began)
                page.locator("#conversation .footnote").nth(before).wait_for(timeout=60_000)
                page.wait_for_timeout(2_000)  # the page takes the next question
            page.close()
        browser.close()
    return usable, first[2:]  # the first two warm the browser


async def _crowd(address: str, questions: Iterator[str]) -> list[Row]:
    limits = httpx.Limits(max_connections=2 * PEOPLE + LOAD)
    async with httpx.AsyncClient(base_url=address, timeout=60, limits=limits) as client:
        asking = _event((await client.get("config")).json())
        alone = Felt()
        began = time.perf_counter()
        for number in range(ALONE):
            await _ask(client, asking, f"alone{number}", next(questions), alone)
        alone.wall = time.perf_counter() - began
        together = Felt()
        began = time.perf_counter()
        async with asyncio.timeout(MOST_SECONDS):
            await asyncio.gather(
                *(
                    _ask(client, asking, f"one{number}", next(questions), together)
                    for number in range(PEOPLE)
                )
            )
        together.wall = time.perf_counter() - began
        plain = Felt()
        began = time.perf_counter()
        for _ in range(CALLS):
            await _call(client, next(questions), plain)
        plain.wall = time.perf_counter() - began
        loaded = Felt()
        began = time.perf_counter()
        await asyncio.gather(*(_calling(client, questions, loaded) for _ in range(LOAD)))
        loaded.wall = time.perf_counter() - began
    return [
        alone.row("page, one after another", 1),
        together.row("page, at once", PEOPLE),
        plain.row("HTTP, one after another", 1),
        loaded.row("HTTP, ten times the places", LOAD),
    ]


def _event(config: dict[str, Any]) -> dict[str, Any]:
    """The event of Enter in the question box, and where in its data the question stands."""
    parts = config["components"]
    box = next(part["id"] for part in parts if part["props"].get("elem_id") == "question")
    event = next(e for e in config["dependencies"] if [box, "submit"] in e["targets"])
    return {"id": event["id"], "inputs": event["inputs"], "box": box}


async def _ask(
    client: httpx.AsyncClient, asking: dict[str, Any], session: str, question: str, felt: Felt
) -> None:
    """Asks on the page until there is an answer."""
    try:
        await _ask_until_answered(client, asking, session, question, felt)
    except httpx.HTTPError as error:
        print(f"lost: {error!r}", file=sys.stderr)
        felt.errors += 1


async def _ask_until_answered(
    client: httpx.AsyncClient, asking: dict[str, Any], session: str, question: str, felt: Felt
) -> None:
    data = [question if part == asking["box"] else None for part in asking["inputs"]]
    event = {"fn_index": asking["id"], "data": data, "session_hash": session}
    while True:
        began = time.perf_counter()
        joined = await client.post("gradio_api/queue/join", json=event)
        if joined.status_code == 503:
            felt.refused.append(time.perf_counter() - began)
            await asyncio.sleep(float(joined.headers["retry-after"]))
            continue
        if joined.is_error:
            felt.errors += 1
            return
        first = None
        url = f"gradio_api/queue/data?session_hash={session}"
        async with client.stream("GET", url) as lines:
            async for line in lines.aiter_lines():
                if first is None and _WORDS.search(line):
                    first = time.perf_counter() - began
        if first is None:  # told on the page itself that all places are taken
            felt.refused.append(time.perf_counter() - began)
            await asyncio.sleep(1)
            continue
        felt.first.append(first)
        felt.whole.append(time.perf_counter() - began)
        return


async def _calling(client: httpx.AsyncClient, questions: Iterator[str], felt: Felt) -> None:
    until = time.perf_counter() + LOAD_SECONDS
    while time.perf_counter() < until:
        await _call(client, next(questions), felt)


async def _call(client: httpx.AsyncClient, question: str, felt: Felt) -> None:
    began = time.perf_counter()
    try:
        reply = await client.post("api/v1/ask", json={"question": question})
    except httpx.HTTPError as error:
        print(f"lost: {error!r}", file=sys.stderr)
        felt.errors += 1
        return
    took = time.perf_counter() - began
    if reply.status_code == 503 and "retry-after" in reply.headers:
        felt.refused.append(took)
    elif reply.is_error:
        felt.errors += 1
    else:
        felt.whole.append(took)


def _percentiles(seconds: Sequence[float]) -> tuple[Cell, Cell]:
    """p50 and p95, nearest rank; None for nothing."""
    if not seconds:
        return None, None
    ordered = sorted(seconds)
    return statistics.median(ordered), ordered[max(0, round(0.95 * len(ordered)) - 1)]


if __name__ == "__main__":
    main(sys.argv[1:])
