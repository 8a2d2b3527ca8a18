"""Practices and events as the rows a person looks through, each a distinct thing.

Knows how records in their published form become rows, and when two records mean one thing: a
practice by its name and town, an event by its name and first day. Refuses to fill a gap: a value
that no article states is absent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any, Literal

from corpus import Event, Money, Practice, Record, Span
from corpus import Field as Read
from corpus.gazetteer import place_key
from corpus.records import record_from_json
from corpus.words import fold

Status = Literal["upcoming", "now", "past"]


@dataclass(frozen=True, slots=True)
class Source:
    """The article a row was read from."""

    name: str  # as citations give it
    title: str
    url: str | None
    published: str  # ISO 8601, empty when unknown


@dataclass(frozen=True, slots=True)
class Stated:
    """Where one value of a row stands: ``span`` is into the text of that version of the article."""

    part: str  # the value's name in the row
    source: str
    document: str  # Document.id
    span: Span


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """One thing a city does; what no article states is empty or None."""

    id: str  # the same in every snapshot, as long as name and place are
    name: str
    city: str
    country: str  # ISO 3166-1 alpha-2
    themes: tuple[str, ...]
    started: str  # a year
    budget: Money | None
    published: str  # ISO 8601; of the latest article that tells of it
    sources: tuple[Source, ...]
    stated: tuple[Stated, ...]

    @property
    def place(self) -> str:
        return self.city


@dataclass(frozen=True, slots=True)
class EventRow:
    """Something that takes place on known days, first and last included."""

    id: str
    name: str
    start: date
    end: date
    place: str  # as the text spells it
    country: str
    published: str
    sources: tuple[Source, ...]
    stated: tuple[Stated, ...]

    def status(self, today: date) -> Status:
        """How it stands on a day."""
        if self.end < today:
            return "past"
        return "upcoming" if today < self.start else "now"


Row = PracticeRow | EventRow


def practice_rows(
    records: Iterable[Mapping[str, Any]], documents: Iterable[Mapping[str, Any]]
) -> tuple[PracticeRow, ...]:
    """The practices among ``records``, by name; both are as the HTTP routes publish them.

    ValueError when a record is in another form.
    """
    rows: dict[tuple[str, str, str], PracticeRow] = {}
    for record, source in _read(records, documents):
        if not isinstance(record, Practice):
            continue
        row = _practice(record, source)
        key = (fold(row.name), place_key(row.city), row.country)
        rows[key] = _one_practice(rows[key], row) if key in rows else row
    return tuple(sorted(rows.values(), key=lambda row: (fold(row.name), row.id)))


def event_rows(
    records: Iterable[Mapping[str, Any]], documents: Iterable[Mapping[str, Any]]
) -> tuple[EventRow, ...]:
    """The events among ``records``, by first day; both are as the HTTP routes publish them.

    ValueError when a record is in another form.
    """
    rows: dict[tuple[str, date], EventRow] = {}
    for record, source in _read(records, documents):
        if not isinstance(record, Event):
            continue
        row = _event(record, source)
        key = (fold(row.name), row.start)
        rows[key] = _one_event(rows[key], row) if key in rows else row
    return tuple(sorted(rows.values(), key=lambda row: (row.start, fold(row.name), row.id)))


def id_of(flat: Mapping[str, Any]) -> str:
    """The id of the row that a record belongs to, from its values by name (days in ISO 8601)."""
    if flat.get("start"):
        return _id(fold(flat["name"]), flat["start"])
    return _id(fold(flat["name"]), place_key(flat.get("city") or ""), flat.get("country") or "")


def told_of(flat: Iterable[Mapping[str, Any]], ids: Sequence[str]) -> list[dict[str, Any]]:
    """Those of ``flat`` that belong to the rows with these ids, in the order of the ids.

    A thing that several articles tell of has one for each.
    """
    found: dict[str, list[dict[str, Any]]] = {id: [] for id in ids}
    for one in flat:
        if (told := found.get(id_of(one))) is not None:
            told.append(dict(one))
    return [one for told in found.values() for one in told]


def once(flat: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The first of ``flat`` of each thing, in their order."""
    found: dict[str, Mapping[str, Any]] = {}
    for one in flat:
        found.setdefault(id_of(one), one)
    return list(found.values())


def _read(
    records: Iterable[Mapping[str, Any]], documents: Iterable[Mapping[str, Any]]
) -> Iterable[tuple[Record, Source]]:
    sources = {
        document["source"]: Source(
            document["source"],
            document.get("title") or document["source"],
            document.get("url"),
            document.get("published") or "",
        )
        for document in documents
    }
    for plain in records:
        name = str(plain.get("source") or "")
        yield record_from_json(plain), sources.get(name) or Source(name, name, None, "")


def _practice(record: Practice, source: Source) -> PracticeRow:
    city, country = _value(record.city), _value(record.country)
    name = record.name.value
    themes = {fold(keyword.value): keyword.value for keyword in record.keywords}
    return PracticeRow(
        id=_id(fold(name), place_key(city), country),
        name=name,
        city=city,
        country=country,
        themes=tuple(themes.values()),
        started=_value(record.started)[:4],
        budget=record.budget.value if record.budget else None,
        published=source.published,
        sources=(source,),
        stated=_stated(
            source,
            record,
            name=record.name,
            city=record.city,
            started=record.started,
            budget=record.budget,
        ),
    )


def _event(record: Event, source: Source) -> EventRow:
    start = record.start.value
    name = record.name.value
    announced = record.published.value.isoformat() if record.published else ""
    return EventRow(
        id=_id(fold(name), start.isoformat()),
        name=name,
        start=start,
        end=max(start, record.end.value) if record.end else start,
        place=_value(record.place),
        country=_value(record.country),
        published=announced or source.published,
        sources=(source,),
        stated=_stated(
            source,
            record,
            name=record.name,
            start=record.start,
            end=record.end,
            place=record.place,
        ),
    )


def _one_practice(row: PracticeRow, other: PracticeRow) -> PracticeRow:
    """Two records of one practice as one row: the first one's values, gaps filled."""
    themes = {fold(theme): theme for theme in (*other.themes, *row.themes)}
    return replace(
        row,
        themes=tuple(sorted(themes.values(), key=fold)),
        started=row.started or other.started,
        budget=row.budget or other.budget,
        **_both(row, other),
    )


def _one_event(row: EventRow, other: EventRow) -> EventRow:
    return replace(
        row,
        end=max(row.end, other.end),
        place=row.place or other.place,
        country=row.country if row.place else other.country or row.country,
        **_both(row, other),
    )


def _both(row: Row, other: Row) -> dict[str, Any]:
    """What two records of one thing have together, whatever it is."""
    return {
        "published": max(row.published, other.published),
        "sources": tuple(dict.fromkeys((*row.sources, *other.sources))),
        "stated": row.stated + other.stated,
    }


def _stated(source: Source, record: Record, **read: Read[Any] | None) -> tuple[Stated, ...]:
    return tuple(
        Stated(part, source.name, record.document, field.span)
        for part, field in read.items()
        if field
    )


def _value(field: Read[str] | None) -> str:
    return field.value if field else ""


def _id(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:12]
