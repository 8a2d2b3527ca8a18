"""A conversation as the browser keeps it over a reload: packed going out, checked coming in.

What comes back was in a stranger's hands. It is unpacked within limits, read by its types, and an
answer is shown again only when each of its quotes stands in the library as it did; else only its
question is left. Nothing is stored here.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assistant import Answer, Citation, Nearest
from assistant.filters import parse_filters, to_words
from corpus import Document
from corpus.errors import UsageError
from index import EVERYTHING, Filters

MOST_PACKED = 150_000  # characters; a request of the page may have 256 kB
MOST_UNPACKED = 4_000_000  # bytes of JSON
MOST_EXCHANGES = 50
_FORM = 1

_ANSWER = TypeAdapter(Answer)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question, what it was restricted to, and its answer.

    ``answer`` is None where it was given from a library that has changed since.
    """

    question: str
    filters: Filters
    answer: Answer | None


def pack(exchanges: Sequence[Exchange]) -> str:
    """The latest of ``exchanges`` that fit, as letters and digits that need no escaping."""
    kept = list(exchanges)[-MOST_EXCHANGES:]
    while kept:
        packed = _packed({"form": _FORM, "exchanges": [_plain(exchange) for exchange in kept]})
        if len(packed) <= MOST_PACKED:
            return packed
        del kept[0]
    return ""


def unpack(packed: object, find: Callable[[str], Document | None]) -> tuple[Exchange, ...]:
    """The exchanges of ``packed`` that can be read, each answer checked against ``find``.

    ``find`` gives the document of a source as it is stored now. What is no packed conversation
    gives none.
    """
    if not isinstance(packed, str) or len(packed) > MOST_PACKED:
        return ()
    try:
        reader = zlib.decompressobj()
        plain = reader.decompress(base64.b64decode(packed, validate=True), MOST_UNPACKED)
        told = json.loads(plain)
    except (binascii.Error, zlib.error, ValueError, RecursionError):
        return ()
    if not isinstance(told, dict) or told.get("form") != _FORM:
        return ()
    rows = told.get("exchanges")
    found = (_read(row, find) for row in (rows if isinstance(rows, list) else [])[-MOST_EXCHANGES:])
    return tuple(exchange for exchange in found if exchange is not None)


def _plain(exchange: Exchange) -> dict[str, Any]:
    filters: dict[str, list[str]] = {}
    for word, value in to_words(exchange.filters):
        filters.setdefault(word, []).append(value)
    answer = exchange.answer.to_json() if exchange.answer else None
    return {"question": exchange.question, "filters": filters, "answer": answer}


def _packed(told: dict[str, Any]) -> str:
    plain = json.dumps(told, ensure_ascii=True, separators=(",", ":")).encode()
    return base64.b64encode(zlib.compress(plain, 6)).decode("ascii")


def _read(row: object, find: Callable[[str], Document | None]) -> Exchange | None:
    if not isinstance(row, dict) or not isinstance(row.get("question"), str):
        return None
    question = row["question"].encode("utf-8", "replace").decode()[:2_000].strip()
    filters = EVERYTHING
    if isinstance(row.get("filters"), dict):
        try:
            filters = parse_filters(row["filters"])
        except UsageError:
            filters = EVERYTHING
    try:
        answer = _ANSWER.validate_python(row.get("answer"))
    except ValidationError:
        answer = None
    if answer is not None and (answer.question != question or not _stands(answer, find)):
        answer = None
    return Exchange(question, filters, answer) if question else None


def _stands(answer: Answer, find: Callable[[str], Document | None]) -> bool:
    """Whether every quote is in its document, and the answer has what its kind must have."""
    if answer.answered != bool(answer.citations):
        return False
    if sorted(c.n for c in answer.citations) != list(range(1, len(answer.citations) + 1)):
        return False
    shown: list[Citation | Nearest] = [*answer.citations, *answer.nearest]
    return all(_is_stored(source, find) for source in shown)


def _is_stored(source: Citation | Nearest, find: Callable[[str], Document | None]) -> bool:
    document = find(source.source)
    if document is None or document.id != source.document:
        return False
    named = replace(
        source,
        title=document.title,
        url=document.url,
        published=document.published.isoformat() if document.published else None,
    )
    if asdict(named) != asdict(source):
        return False  # the words may stand there, but the article is called otherwise
    if isinstance(source, Citation) and source.sha256 != document.sha256:
        return False
    quote = source.quote if isinstance(source, Citation) else source.text
    within = 0 <= source.start < source.end <= len(document.text)
    return within and document.text[source.start : source.end] == quote
