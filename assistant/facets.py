"""What a selection of the corpus holds: how many articles for each country, city, theme and so on.

Counts are of documents. Those of one facet are taken without that facet's own values, so that a
person sees what choosing another one would give. Knows counting only; names are for the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from assistant.filters import KINDS
from assistant.shelf import Shelf
from corpus import Document, Event, Practice
from corpus.words import fold
from index import Filters
from index.snapshot import Snapshot

FACETS = ("countries", "cities", "themes", "languages", "sources", "kinds")
_FEWEST_FOLDERS = 2  # one folder that holds everything restricts nothing


@dataclass(frozen=True, slots=True)
class Count:
    """A value as a filter takes it, and the documents it would leave."""

    value: str
    documents: int


@dataclass(frozen=True, slots=True)
class Facets:
    """A selection by number, and the values of each facet, most documents first."""

    documents: int
    practices: int
    events: int
    countries: tuple[Count, ...] = ()  # ISO 3166-1
    cities: tuple[Count, ...] = ()
    themes: tuple[Count, ...] = ()  # keywords of practices
    languages: tuple[Count, ...] = ()  # ISO 639-1
    sources: tuple[Count, ...] = ()  # folders and web sites, ending in "/"
    kinds: tuple[Count, ...] = ()  # "practice", "event", "network", "article", in this order
    first: date | None = None  # the earliest and latest day of publication
    last: date | None = None

    def to_json(self) -> dict[str, Any]:
        """The published form, ready for json.dumps."""
        published = asdict(self)
        for name in ("first", "last"):
            published[name] = published[name].isoformat() if published[name] else None
        return published


def facets(shelf: Shelf, filters: Filters) -> Facets:
    """The facets of what ``filters`` leave."""
    keep = shelf.remember if filters else shelf.keep
    return keep(("facets", filters), lambda: _count(shelf, filters))


def _count(shelf: Shelf, filters: Filters) -> Facets:
    snapshot = shelf.snapshot
    documents = snapshot.documents_within(filters)
    records = shelf.records(filters)
    days = [document.published for document in documents if document.published]

    def but(name: str) -> Filters:
        nothing: dict[str, Any] = {name: ()}
        return replace(filters, **nothing)

    def less(name: str) -> list[Document]:
        return snapshot.documents_within(but(name)) if getattr(filters, name) else documents

    kinds = snapshot.spread("kind", but("kinds"))
    return Facets(
        documents=len(documents),
        practices=sum(isinstance(record, Practice) for record in records),
        events=sum(isinstance(record, Event) for record in records),
        countries=_ranked(snapshot.spread("country", but("countries"))),
        cities=_ranked(snapshot.spread("city", but("cities"))),
        themes=_ranked(_themes(shelf, but("themes"))),
        languages=_ranked(Counter(document.language for document in less("languages"))),
        sources=_sources(snapshot, less("sources")),
        kinds=tuple(Count(kind, kinds[kind]) for kind in KINDS if kind in kinds),
        first=min(days, default=None),
        last=max(days, default=None),
    )


def _ranked(counts: dict[str, int] | Counter[str]) -> tuple[Count, ...]:
    pairs = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Count(value, documents) for value, documents in pairs)


def _themes(shelf: Shelf, filters: Filters) -> dict[str, int]:
    """Keywords by the documents of the practices that carry them, spelled as most of them do."""
    holders: dict[str, set[str]] = {}
    spellings: dict[str, Counter[str]] = {}
    for record in shelf.records(filters):
        for keyword in record.keywords if isinstance(record, Practice) else ():
            if name := " ".join(keyword.value.split()):
                holders.setdefault(fold(name), set()).add(record.document)
                spellings.setdefault(fold(name), Counter())[name] += 1
    return {
        min(spellings[key].items(), key=lambda pair: (-pair[1], pair[0]))[0]: len(documents)
        for key, documents in holders.items()
    }


def _sources(snapshot: Snapshot, documents: Sequence[Document]) -> tuple[Count, ...]:
    """The folders and sites that articles come from, where there is more than one."""
    every = {folder for d in snapshot.documents() if (folder := folder_of(d.source))}
    if len(every) < _FEWEST_FOLDERS:
        return ()
    return _ranked(_folders(documents))


def _folders(documents: Iterable[Document]) -> Counter[str]:
    return Counter(folder for d in documents if (folder := folder_of(d.source)))


def folder_of(source: str) -> str:
    """The first folder of a file's name, or an address's site; empty for a file by itself."""
    scheme, mark, rest = source.partition("://")
    head, slash, _ = (rest if mark else source).partition("/")
    return f"{scheme}://{head}/" if mark else f"{head}/" if slash else ""
