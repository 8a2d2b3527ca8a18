"""What is new since a day or a snapshot: articles, practices and events, by comparing ends.

Knows changes, documents and records, and refuses to know where they are kept. An article that
came and went in between is in no list, and one that changed twice is in one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from corpus import Document, Event, Practice, Record
from corpus.errors import UsageError
from index.history import Change, Former

_NUMBER = re.compile(r"[0-9]{1,12}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Since:
    """Where a digest begins: after a snapshot, or with a moment. One of the two is None."""

    snapshot: int | None
    moment: datetime | None  # with a time zone

    def __contains__(self, change: Change) -> bool:
        if self.snapshot is not None:
            return int(change.snapshot) > self.snapshot
        assert self.moment is not None  # noqa: S101 - one of the two, see parse_since
        return datetime.fromisoformat(change.at) >= self.moment


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a digest. Of a removed one whose text is not kept only the source is known."""

    source: str
    title: str | None
    url: str | None
    published: date | None

    def to_json(self) -> dict[str, str | None]:
        """Ready for json.dumps."""
        return {
            "source": self.source,
            "title": self.title,
            "url": self.url,
            "published": self.published.isoformat() if self.published else None,
        }


@dataclass(frozen=True, slots=True)
class Digest:
    """What is new, each list by source."""

    since: str  # as it was given
    snapshot: str  # what serves now
    added: tuple[Article, ...]
    changed: tuple[Article, ...]
    removed: tuple[Article, ...]
    practices: tuple[dict[str, str | None], ...]  # source, name, city, country
    events: tuple[dict[str, str | None], ...]  # source, name, start, end, place, country

    def to_json(self) -> dict[str, Any]:
        """Ready for json.dumps."""
        return {
            "since": self.since,
            "snapshot": self.snapshot,
            "added": [article.to_json() for article in self.added],
            "changed": [article.to_json() for article in self.changed],
            "removed": [article.to_json() for article in self.removed],
            "practices": list(self.practices),
            "events": list(self.events),
        }


def parse_since(text: str) -> Since:
    """A snapshot's number, a day or an ISO 8601 moment (UTC unless it says otherwise).

    Raises UsageError for anything else.
    """
    if _NUMBER.fullmatch(text):
        return Since(int(text), None)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"got --since {text!r}",
            "a day as YYYY-MM-DD, a moment as YYYY-MM-DDTHH:MM, or a snapshot's number",
            "see the snapshot with: townbook status",
        ) from None
    return Since(None, moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def digest(
    since: str,
    changes: Iterable[Change],
    snapshot: str,
    current: Callable[[str], tuple[Document, Sequence[Record]] | None],
    former: Callable[[str], Former | None],
) -> Digest:
    """The digest of ``changes``, oldest first, from ``since`` on.

    ``current`` finds an article by source, ``former`` a version that left by its digest.
    """
    begin = parse_since(since)
    ends: dict[str, tuple[str | None, str | None]] = {}
    for change in changes:
        if change in begin:
            before, _after = ends.get(change.source, (change.before, None))
            ends[change.source] = before, change.after
    lists: dict[str, list[Article]] = {"added": [], "changed": [], "removed": []}
    practices: list[dict[str, str | None]] = []
    events: list[dict[str, str | None]] = []
    for source, (before, after) in sorted(ends.items()):
        if before == after:
            continue
        old = former(before) if before else None
        now = current(source) if after else None
        shown = now[0] if now else old.document if old else None
        which = "added" if before is None else "removed" if after is None else "changed"
        lists[which].append(
            Article(source, shown.title, shown.url, shown.published)
            if shown
            else Article(source, None, None, None)
        )
        known = {_key(record) for record in old.records} if old else set()
        for record in now[1] if now and (before is None or old) else ():
            if _key(record) not in known and isinstance(record, Practice):
                practices.append({"source": source, **_practice(record)})
            elif _key(record) not in known and isinstance(record, Event):
                events.append({"source": source, **_event(record)})
    return Digest(
        since,
        snapshot,
        added=tuple(lists["added"]),
        changed=tuple(lists["changed"]),
        removed=tuple(lists["removed"]),
        practices=tuple(practices),
        events=tuple(events),
    )


def _practice(record: Practice) -> dict[str, str | None]:
    return {
        "name": record.name.value,
        "city": record.city.value if record.city else None,
        "country": record.country.value if record.country else None,
    }


def _event(record: Event) -> dict[str, str | None]:
    return {
        "name": record.name.value,
        "start": record.start.value.isoformat(),
        "end": record.end.value.isoformat() if record.end else None,
        "place": record.place.value if record.place else None,
        "country": record.country.value if record.country else None,
    }


def _key(record: Record) -> tuple[str | None, ...]:
    """What tells one record from another wherever it stands in its article."""
    if isinstance(record, Practice):
        return ("practice", *_practice(record).values())
    if isinstance(record, Event):
        return ("event", *_event(record).values())
    return ("network", record.name.value)
