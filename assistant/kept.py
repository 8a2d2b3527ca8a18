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
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assistant import Answer
from assistant.filters import parse_filters, to_words
from assistant.takeaway.saved import vouched
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
    stands = answer is not None and answer.question == question
    answer = _vouched(answer, find) if answer is not None and stands else None
    return Exchange(question, filters, answer) if question else None


class _Stored:
    """The published documents, as ``assistant.takeaway.saved`` looks quotes up in them."""

    def __init__(self, find: Callable[[str], Document | None]) -> None:
        self._find = find

    def find_document(self, source_or_id: str, /) -> Document | None:
        return self._find(source_or_id)

    def find_former(self, _id: str, /) -> None:
        return None


def _vouched(answer: Answer, find: Callable[[str], Document | None]) -> Answer | None:
    """``answer`` when each quote stands, with its articles called as they are; else None."""
    if answer.answered != bool(answer.citations):
        return None
    try:
        [vouched_for] = vouched((answer,), _Stored(find))
    except UsageError:
        return None
    return vouched_for
