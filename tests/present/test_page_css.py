"""The sheet's colours can be read, by day and by night."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from itertools import permutations

import pytest

SHEET = files("assistant.present").joinpath("page.css").read_text(encoding="utf-8")
PAIRS = [
    ("ink", "page"),
    ("ink", "sheet"),
    ("ink", "tint"),
    ("soft", "page"),
    ("soft", "sheet"),
    ("soft", "tint"),
    ("accent", "sheet"),
    ("accent", "page"),
    ("accent", "tint"),
    ("accent-ink", "accent"),
    ("mark-ink", "mark"),
    ("warn", "sheet"),
    ("warn", "warn-tint"),
]


def colours(selector: str) -> dict[str, str]:
    block = re.search(rf"^{re.escape(selector)} \{{(.*?)\}}", SHEET, re.DOTALL | re.MULTILINE)
    assert block
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block[1]))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [":root", ".dark"], ids=["day", "night"])
@pytest.mark.parametrize(("text", "ground"), PAIRS, ids=[f"{a} on {b}" for a, b in PAIRS])
def test_text_stands_out_from_its_ground(theme: str, text: str, ground: str) -> None:
    named = colours(theme)
    dark, light = sorted((luminance(named[text]), luminance(named[ground])))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_the_sheet_loads_nothing() -> None:
    assert "url(" not in SHEET
    assert "@import" not in SHEET


def selectors(room: str) -> Iterator[str]:
    """Each selector of a room's own sheet, those inside of media queries included."""
    sheet = files("assistant.present").joinpath(f"{room}.css").read_text(encoding="utf-8")
    plain = re.sub(r"@media[^{]*\{", "", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))
    for listed in re.findall(r"([^{}]+)\{", plain):
        yield from (one.strip() for one in re.split(r",(?![^(]*\))", listed))


def classes(selector: str) -> set[str]:
    return set(re.findall(r"\.([\w-]+)", selector)) - {"dark"}


@pytest.mark.parametrize(("room", "other"), permutations(("ask", "explore", "library"), 2))
def test_no_rule_of_a_room_reaches_into_another(room: str, other: str) -> None:
    """A class that both rooms use is styled below an id, or for all of them in page.css."""
    known = set().union(*(classes(selector) for selector in selectors(other)))
    free = [selector for selector in selectors(room) if "#" not in selector]
    assert len(free) > 10
    assert [s for s in free if classes(s) and classes(s) <= known] == []
