"""Clock times, however written: "18:30", "18.30 uur", "6:30 pm", "18h30"."""

from __future__ import annotations

import re

from corpus import Span

_CLOCK = re.compile(
    r"(?<![\w.,:])(?P<h>\d{1,2})"
    r"(?:[:h](?P<m>\d{2})|\.(?P<m2>\d{2})(?=\s?(?:uur|uhr|h|am|pm|[-–]|bis|tot|to|a\b|alle|do\b)))?"
    r"\s?(?P<half>[ap]\.?m\b\.?|uhr|uur|h\b|o['’]clock)?(?![\w])",
    re.IGNORECASE,
)

# "12 bis 17 Uhr": only the second says that both are times.
_FIRST = re.compile(
    r"(?<![\w.,:])(?P<h>\d{1,2})(?=\s?(?:bis|tot|to|à|[-–])\s?\d{1,2}\s?(?:uhr|uur|h\b|[ap]\.?m\b))",
    re.IGNORECASE,
)


def clocks(text: str) -> list[tuple[int, Span]]:
    """Minutes after midnight of every time of day in ``text``, and where it stands."""
    found = [
        (int(match["h"]) * 60, Span(*match.span("h")))
        for match in _FIRST.finditer(text)
        if int(match["h"]) <= 24
    ]
    for match in _CLOCK.finditer(text):
        minutes = match["m"] or match["m2"]
        if minutes is None and match["half"] is None:
            continue
        hour, minute = int(match["h"]), int(minutes or 0)
        half = (match["half"] or "").casefold()
        if half.startswith("p") and hour < 12:
            hour += 12
        if half.startswith("a") and hour == 12:
            hour = 0
        if hour <= 24 and minute < 60:
            found.append((hour * 60 + minute, Span(*match.span())))
    return found
