"""Days and countries as a reader writes them, in English, the page's own language."""

from __future__ import annotations

from datetime import date

from babel import Locale
from babel.dates import format_date

from assistant.present.escape import text
from corpus.countries import country_name

_ENGLISH = Locale("en", "GB")


def day(iso: str | None) -> str:
    """``2026-02-19`` as ``<time>19 February 2026</time>``; "date unknown" when there is none."""
    if not iso:
        return "date unknown"
    try:
        shown = format_date(date.fromisoformat(iso), "d MMMM yyyy", locale=_ENGLISH)
    except ValueError:
        return text(iso)
    return f'<time datetime="{text(iso)}">{shown}</time>'


def country(code: str | None) -> str:
    """``BE`` as ``Belgium``; an unknown code as it is, none as nothing."""
    return text(country_name(code)) if code else ""


def language(code: str) -> str:
    """``nl`` as ``Dutch``; an unknown code as it is."""
    return text(_ENGLISH.languages.get(code, code))
