"""Events as an iCalendar file (.ics), for any calendar program.

Knows whole days: an event's last day is inclusive in an article and exclusive in a calendar.
Refuses to guess a day: an event that does not tell its first one is left out and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

import icalendar

from assistant.present.escape import visible, web_address
from assistant.present.speech import say
from assistant.takeaway.table import plain
from corpus.countries import country_name

_Row = Mapping[str, Any]


def events(rows: Sequence[_Row], stamp: str, language: str = "en") -> bytes:
    """``rows``, as ``rows.py`` or a record's JSON has them, as one calendar in order of days.

    What the calendar says itself is in ``language``; names and quotes are their articles' own.
    ``stamp`` is when the library was published, ISO 8601: equal rows and stamp give equal
    bytes. An event keeps its UID while its article keeps its name, so that a day which was
    corrected moves the entry instead of adding one.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Townbook//Events//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Townbook")
    left_out = undated(rows)
    if left_out:
        told = say(language, "explore.undated_left_out", count=left_out)
        calendar.add("x-wr-caldesc", told)
    moment = _moment(stamp)
    known = [row for row in rows if _day(row, "start")]
    several = Counter(map(_named, known))
    found = {}
    for row in known:
        entry = _entry(row, moment, language, is_one_of_several=several[_named(row)] > 1)
        found[str(entry["uid"])] = entry  # the same event told twice is one entry
    for _uid, entry in sorted(found.items(), key=lambda one: (one[1].start, one[0])):
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def undated(rows: Sequence[_Row]) -> int:
    """How many of ``rows`` have no known first day, so are in no calendar."""
    return sum(_day(row, "start") is None for row in rows)


def _entry(
    row: _Row, stamp: datetime, language: str, *, is_one_of_several: bool
) -> icalendar.Event:
    start = _day(row, "start")
    if start is None:
        raise ValueError(f"got {row!r:.80}, expected an event with a first day")
    last = max(start, _day(row, "end") or start)
    entry = icalendar.Event()
    entry.add("uid", _uid(row, start if is_one_of_several else None))
    entry.add("dtstamp", stamp)
    entry.add("dtstart", start)
    if last < date.max:  # the last day a date can be has no next
        entry.add("dtend", last + timedelta(days=1))
    entry.add("summary", _words(row, "name"))
    entry.add("transp", "TRANSPARENT")  # told of, not agreed to: nobody is busy by it
    country = _words(row, "country")
    where = [_words(row, "place"), country_name(country, language) if country else ""]
    if any(where):
        entry.add("location", ", ".join(filter(None, where)))
    if address := web_address(_words(row, "url") or None):
        entry.add("url", address)
    entry.add("description", _described(row))
    return entry


def _described(row: _Row) -> str:
    """The words that tell of the event, and where they stand."""
    quote, title = _words(row, "quote"), _words(row, "title")
    told = [f"“{quote}”"] if quote else []
    source = ", ".join(filter(None, (title, _words(row, "published"), _words(row, "source"))))
    return "\n".join([*told, source])


def _uid(row: _Row, start: date | None) -> str:
    named = "\0".join((*_named(row), start.isoformat() if start else ""))
    return f"{sha256(named.encode('utf-8', 'replace')).hexdigest()[:32]}@townbook"


def _named(row: _Row) -> tuple[str, str]:
    return str(plain(row.get("source"))), str(plain(row.get("name")))


def _words(row: _Row, name: str) -> str:
    value = plain(row.get(name))
    return "" if value is None else visible(str(value))


def _day(row: _Row, name: str) -> date | None:
    value = plain(row.get(name))
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def _moment(stamp: str) -> datetime:
    moment = datetime.fromisoformat(stamp)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
