"""Days, countries and languages as a reader writes them."""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_date, format_interval, format_time

from assistant.present.escape import text
from assistant.present.speech import locale, say
from corpus.countries import country_name


def day(iso: str | None, language: str = "en") -> str:
    """``2026-02-19`` as ``<time>19 February 2026</time>``; "date unknown" when there is none."""
    if not iso:
        return text(say(language, "common.date_unknown"))
    try:
        shown = _written(date.fromisoformat(iso), language)
    except ValueError:
        return text(iso)
    return f'<time datetime="{text(iso)}">{text(shown)}</time>'


def moment(iso: str, language: str = "en") -> str:
    """``2026-02-19T14:05:00+00:00`` as ``19 February 2026, 14:05``; "never" when there is none."""
    try:
        when = datetime.fromisoformat(iso)
    except ValueError:
        return text(iso or say(language, "common.never"))
    clock = format_time(when.time(), "HH:mm", locale=locale(language))
    shown = f"{_written(when.date(), language)}, {clock}"
    return f'<time datetime="{text(iso)}">{text(shown)}</time>'


def country(code: str | None, language: str = "en") -> str:
    """``BE`` as ``Belgium``; an unknown code as it is, none as nothing."""
    return text(country_name(code, language)) if code else ""


def language_name(code: str, language: str = "en") -> str:
    """``nl`` as ``Dutch``; an unknown code as it is."""
    return text(locale(language).languages.get(code, code))


def _written(when: date, language: str) -> str:
    # CLDR's long form, but for English, whose long form a table has no room for.
    pattern = "d MMMM yyyy" if language == "en" else "long"
    return format_date(when, pattern, locale=locale(language))


def days(first: date, last: date, language: str = "en") -> str:
    """The days of an event: ``3–4 April 2017`` as the language writes it, in ``<time>``."""
    shown = text(written_days(first, last, language))
    return f'<time datetime="{first.isoformat()}">{shown}</time>'


def written_days(first: date, last: date, language: str = "en") -> str:
    """As ``days``, in plain words."""
    if first == last:
        return _written(first, language)
    return str(format_interval(first, last, "yMMMd", locale=locale(language)))
