"""Records of a document, their JSON, and the facets a passage is found by.

Knows which readings to try on a document and in what order. Refuses to read anything itself:
:mod:`corpus.practices`, :mod:`corpus.events` and :mod:`corpus.networks` do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from corpus import Document, Event, Field, Money, Network, Practice, Record, Span
from corpus.events import events
from corpus.facets import Facets, facets
from corpus.networks import networks
from corpus.practices import practices

__all__ = ["Facets", "extract", "facets", "record_from_json", "record_to_json"]


def extract(document: Document) -> tuple[Record, ...]:
    """Every record of ``document``, in the order of the text; equal text gives equal records."""
    described: tuple[Record, ...] = networks(document)
    found = () if described else events(document)
    if not described and not any(_is_whole(event, document) for event in found):
        described = practices(document)
        if any(_is_whole(record, document) for record in described):
            found = ()  # days told in a practice are its history
    return tuple(sorted((*described, *found), key=lambda record: (record.span, record.name.span)))


def _is_whole(record: Record, document: Document) -> bool:
    return len(record.span) == len(document.text)


# ---------------------------------------------------------------- JSON


def record_to_json(record: Record) -> dict[str, Any]:
    """A JSON object of plain values: spans as ``[start, end]``, days as ISO 8601."""
    kind = {Practice: "practice", Event: "event", Network: "network"}[type(record)]
    parts = {name: _plain(getattr(record, name)) for name in record.__slots__}
    return {"kind": kind, **parts}


def _plain(value: object) -> Any:
    match value:
        case Field(value=inner, span=span, inferred=inferred):
            return {"value": _plain(inner), "span": _plain(span), "inferred": inferred}
        case Span(start=start, end=end):
            return [start, end]
        case Money(amount=amount, currency=currency):
            return {"amount": amount, "currency": currency}
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(part) for part in value]
        case _:
            return value


def record_from_json(plain: Mapping[str, Any]) -> Record:
    """The record :func:`record_to_json` wrote; ValueError when ``plain`` is no such object."""
    try:
        return _READERS[plain["kind"]](plain)
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError(
            f"got {plain!r:.80}, expected a record as record_to_json writes it"
        ) from error


def _practice(plain: Mapping[str, Any]) -> Practice:
    budget = plain["budget"]
    return Practice(
        document=plain["document"],
        span=_span(plain["span"]),
        name=_field(plain["name"]),
        city=_maybe(plain["city"]),
        country=_maybe(plain["country"]),
        started=_maybe(plain["started"]),
        ended=_maybe(plain["ended"]),
        budget=Field(Money(**budget["value"]), _span(budget["span"]), budget["inferred"])
        if budget
        else None,
        population=_maybe(plain["population"]),
        keywords=tuple(_field(keyword) for keyword in plain["keywords"]),
    )


def _event(plain: Mapping[str, Any]) -> Event:
    start = _day(plain["start"])
    if start is None:
        raise KeyError("start")
    return Event(
        document=plain["document"],
        span=_span(plain["span"]),
        name=_field(plain["name"]),
        start=start,
        end=_day(plain["end"]),
        place=_maybe(plain["place"]),
        country=_maybe(plain["country"]),
        published=_day(plain["published"]),
    )


def _network(plain: Mapping[str, Any]) -> Network:
    return Network(
        document=plain["document"],
        span=_span(plain["span"]),
        name=_field(plain["name"]),
        acronym=_maybe(plain["acronym"]),
        secretariat=_maybe(plain["secretariat"]),
        founded=_maybe(plain["founded"]),
        aims=tuple(_field(aim) for aim in plain["aims"]),
    )


_READERS: Mapping[str, Callable[[Mapping[str, Any]], Record]] = {
    "practice": _practice,
    "event": _event,
    "network": _network,
}


def _span(plain: Any) -> Span:
    return Span(int(plain[0]), int(plain[1]))


def _field(plain: Mapping[str, Any]) -> Field[Any]:
    return Field(plain["value"], _span(plain["span"]), plain["inferred"])


def _maybe(plain: Mapping[str, Any] | None) -> Field[Any] | None:
    return _field(plain) if plain else None


def _day(plain: Mapping[str, Any] | None) -> Field[date] | None:
    if not plain:
        return None
    return Field(date.fromisoformat(plain["value"]), _span(plain["span"]), plain["inferred"])
