"""Which of the page's languages a reader gets: the one chosen, else the browser's first of ours."""

from __future__ import annotations

from assistant.present.speech import DEFAULT, LANGUAGES

_MOST_RANGES = 20  # of an Accept-Language header; browsers send a few


def reader_language(chosen: str | None, accepted: str | None) -> str:
    """A code of ``LANGUAGES`` from a link's ``lang`` and an Accept-Language header (RFC 9110)."""
    if chosen and chosen.lower() in LANGUAGES:
        return chosen.lower()
    ranked: list[tuple[float, int, str]] = []
    for position, entry in enumerate((accepted or "").split(",")[:_MOST_RANGES]):
        tag, _, parameter = entry.partition(";")
        code = tag.strip().lower().split("-")[0]
        quality = _quality(parameter)
        if code in LANGUAGES and quality > 0:
            ranked.append((-quality, position, code))
    return min(ranked)[2] if ranked else DEFAULT


def _quality(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
