"""When a document was published, as its own front matter or header lines say.

Knows header labels in the languages of the corpus and how Europe writes days. It refuses to
infer: no date from a file name or a sentence, and an event's own date is not a publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

# Labels by strength: when first published, when last changed, and the bare word "date".
_PUBLISHED = (
    r"published|date published|publication date|date of publication|posted|issued"
    r"|publié|publiée|date de publication|mis en ligne|veröffentlicht|erschienen"
    r"|publicado|publicada|fecha de publicación|pubblicato|pubblicata|data di pubblicazione"
    r"|data de publicação|gepubliceerd|geplaatst|publicatiedatum|publicerad|publiceret"
    r"|publisert|julkaistu|opublikowano|data publikacji|zveřejněno|közzétéve|publicat"
)
_CHANGED = (
    r"edited|last edited|updated|last updated|last modified|modified|last update"
    r"|mis à jour|mise à jour|dernière mise à jour|modifié|aktualisiert|zuletzt aktualisiert"
    r"|zuletzt geändert|stand|actualizado|última actualización|aggiornato|ultimo aggiornamento"
    r"|atualizado|última atualização|bijgewerkt|laatst bijgewerkt|laatst gewijzigd|uppdaterad"
    r"|opdateret|oppdatert|zaktualizowano|päivitetty"
)
_DATE = r"date|datum|data|fecha|dato|päivämäärä|dátum"
_PREPOSITION = r"(?:[ \t]+(?:on|the|le|am|vom|el|il|em|op|den|dnia|dne))?"
_HEADER = re.compile(
    rf"(?:(?P<published>{_PUBLISHED})|(?P<changed>{_CHANGED})|(?P<date>{_DATE}))"
    rf"{_PREPOSITION}[ \t]*(?P<colon>:?)[ \t]*(?P<value>\S.*)",
    re.IGNORECASE,
)
# A "date" beside one of these is the day something takes place.
_OF_AN_EVENT = re.compile(
    r"(?:end[ _-]?date|start[ _-]?date|date[ _-]?(?:end|start)|event[ _-]?date|location|venue"
    r"|where|ort|veranstaltungsort|lieu|lugar|luogo|local|locatie|plats|sted|miejsce)",
    re.IGNORECASE,
)
_EVENT_LINE = re.compile(rf"{_OF_AN_EVENT.pattern}[ \t]*:.*", re.IGNORECASE)
_KEYS = {  # of front matter and of table columns, by the same three strengths
    **dict.fromkeys(
        ("published", "publication_date", "date_published", "published_at", "pubdate"), "published"
    ),
    **dict.fromkeys(("updated", "modified", "edited", "last_modified", "lastmod"), "changed"),
    "date": "date",
}
_STRENGTHS = ("published", "date", "changed")

_HEADER_LINES = 15
_LONGEST_HEADER_LINE = 200  # characters; a longer line is a paragraph and ends the header
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?!\d)")
_NAMED_DAY_FIRST = re.compile(
    r"(?:\w+,?\s+)?(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?\s+(?:de\s+|d['’])?"
    r"([^\W\d]+)\.?,?\s+(?:de\s+|del\s+)?(\d{4})(?!\d)"
)
_NAMED_MONTH_FIRST = re.compile(
    r"(?:[^\W\d]+day,?\s+)?([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)"
)
_YEARS = range(1900, 2101)
_MONTH_LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl", "da", "sv", "fi", "pl", "cs", "ro")


def published_in_pairs(pairs: Iterable[tuple[str, str]]) -> tuple[date | None, frozenset[str]]:
    """The publication day among ``key: value`` pairs, and the keys that state it.

    ``date`` beside an end date or a location is an event's own, and left alone.
    """
    pairs = tuple(pairs)
    of_an_event = any(_OF_AN_EVENT.fullmatch(key) for key, _ in pairs)
    found: dict[str, tuple[date, str]] = {}
    for key, value in pairs:
        strength = _KEYS.get(key.strip().lower().replace("-", "_").replace(" ", "_"))
        day = parse_day(value) if strength else None
        if strength and day and not (strength == "date" and of_an_event):
            found.setdefault(strength, (day, key))
    for strength in _STRENGTHS:
        if strength in found:
            day, key = found[strength]
            return day, frozenset({key})
    return None, frozenset()


def published_in_header(text: str) -> date | None:
    """The publication day stated by one of the lines that open ``text``, if one does."""
    found: dict[str, date] = {}
    of_an_event = False
    for line in header_lines(text):
        of_an_event = of_an_event or _EVENT_LINE.fullmatch(line) is not None
        match = _HEADER.fullmatch(line)
        strength = match.lastgroup and _strength(match.groupdict()) if match else None
        if match and strength and (match["colon"] or strength != "date"):
            day = parse_day(match["value"])
            if day:
                found.setdefault(strength, day)
    if of_an_event:
        found.pop("date", None)
    return next((found[strength] for strength in _STRENGTHS if strength in found), None)


def is_date_line(line: str) -> bool:
    """Whether ``line`` is a header line that states a date or an event's place."""
    line = line.strip()
    match = _HEADER.fullmatch(line)
    return bool(_EVENT_LINE.fullmatch(line) or (match and parse_day(match["value"])))


def header_lines(text: str) -> tuple[str, ...]:
    """The short lines, stripped, before the first paragraph of ``text``."""
    # The bound keeps a 5,000,000-character text from being split to read its first lines.
    lines: list[str] = []
    for line in text[: _HEADER_LINES * _LONGEST_HEADER_LINE].split("\n")[:_HEADER_LINES]:
        if len(line) > _LONGEST_HEADER_LINE:
            break
        lines.append(line.strip())
    return tuple(lines)


def parse_day(value: str) -> date | None:
    """The day that opens ``value``: ISO, numeric with the day first, or with a month's name."""
    value = value.strip()
    if match := _ISO.match(value):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.match(value):
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        return _day(year, second, first) or _day(year, first, second)
    if match := _NAMED_DAY_FIRST.match(value):
        return _day(int(match[3]), _months().get(match[2].casefold(), 0), int(match[1]))
    if match := _NAMED_MONTH_FIRST.match(value):
        return _day(int(match[3]), _months().get(match[1].casefold(), 0), int(match[2]))
    return None


def _strength(groups: Mapping[str, str | None]) -> str | None:
    return next((strength for strength in _STRENGTHS if groups[strength]), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Names and abbreviations of months, casefolded, to 1..12."""
    # Imported here: most dates are numbers, and the locale data takes a while to load.
    from babel.dates import get_month_names

    return {
        name.casefold().rstrip("."): number
        for language in _MONTH_LANGUAGES
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context, language).items()
    }
