"""Whether saved answers still stand: each quote looked up where its citation says it is.

Knows the published form of an answer and the one rule behind every citation:
``text[start:end] == quote`` in the stored document of that hash. Needs only stored texts, those
that serve and those that were replaced or removed, so refuses to know models, indexes and how
an answer was found; an answer that this code clears was not cleared by the code that wrote it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from assistant.jsonlines import Line, parse

# [1], [1, 2]; not an escaped \[1\], nor a link [1](…).
_MARKER = re.compile(r"(?<!\\)\[(\d+(?:\s*,\s*\d+)*)\](?!\()")


class StoredText(Protocol):
    """What a citation points into; ``corpus.Document`` is one."""

    @property
    def source(self) -> str:
        """As a person names it."""

    @property
    def text(self) -> str:
        """As ``show`` prints it."""


class FormerText(Protocol):
    """A text that was replaced or removed; ``index.texts.Left`` is one."""

    @property
    def text(self) -> str:
        """As it was stored."""

    @property
    def left(self) -> str:
        """When it was replaced or removed, ISO 8601."""


class Texts(Protocol):
    """Where stored texts are looked up."""

    def find_former(self, id: str, /) -> FormerText | None:
        """The text of that document id, if it was replaced or removed and is kept."""

    def find_document(self, source_or_id: str, /) -> StoredText | None:
        """The stored document of that id or source, or None."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as an answer says. ``n`` is None when no one citation is at fault."""

    answer: str  # its id, question or line: whatever names it best
    n: int | None
    found: str
    expected: str
    kind: str = "altered"  # "changed" | "removed": the article, since it was cited

    def __str__(self) -> str:
        place = f"{self.answer}: " if self.n is None else f"{self.answer}: citation [{self.n}]: "
        return f"{place}{self.found}; expected {self.expected}"


@dataclass(frozen=True, slots=True)
class Verified:
    """What was checked and what does not stand."""

    answers: int
    citations: int
    faults: tuple[Fault, ...]

    def to_json(self) -> dict[str, Any]:
        """Ready for json.dumps."""
        return {
            "answers": self.answers,
            "citations": self.citations,
            "faults": [
                {
                    "answer": f.answer,
                    "n": f.n,
                    "found": f.found,
                    "expected": f.expected,
                    "kind": f.kind,
                }
                for f in self.faults
            ],
        }


def read_answers(content: bytes, name: str) -> Iterator[Line]:
    """Saved answers: one JSON object, a JSON list of them, or one object a line.

    Raises UsageError naming the line when it is none of these.
    """
    try:
        whole = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):  # several lines, no JSON or no UTF-8: `parse` tells
        yield from parse(content.splitlines(), name)
        return
    for number, value in enumerate(whole if isinstance(whole, list) else [whole], 1):
        line = Line(name, number, value)
        if not isinstance(value, dict):
            raise line.wrong(f"a JSON {type(value).__name__}", "an answer object")
        yield line


def verify(answers: Iterable[Line], texts: Texts) -> Verified:
    """Check every answer against ``texts``. Raises UsageError for what is no answer at all."""
    checked = citations = 0
    faults: list[Fault] = []
    for line in answers:
        if "citations" not in line.value or "text" not in line.value:
            found = f"an object with {', '.join(line.value) or 'nothing in it'}"
            raise line.wrong(found, "an answer with text and citations, as 'ask' prints it")
        name = _name(line)
        listed = line.value["citations"]
        if not isinstance(listed, list):
            raise line.wrong(f"citations={listed!r}", "a list")
        checked += 1
        citations += len(listed)
        for position, citation in enumerate(listed, 1):
            if not isinstance(citation, Mapping):
                faults.append(Fault(name, position, f"{citation!r}", "a citation object"))
            elif fault := _citation_fault(name, citation, texts):
                faults.append(fault)
        faults += _number_faults(name, line.value, listed)
    return Verified(checked, citations, tuple(faults))


def _citation_fault(name: str, citation: Mapping[str, Any], texts: Texts) -> Fault | None:
    """The first thing wrong with one citation."""
    number, start, end = (_whole(citation.get(key)) for key in ("n", "start", "end"))
    source, quote = citation.get("source"), citation.get("quote")
    if number is None:
        return Fault(name, None, f"a citation numbered {citation.get('n')!r}", "a whole number")
    if not isinstance(quote, str) or not quote.strip():
        return Fault(name, number, f"quote={quote!r}", "the words cited")
    if start is None or end is None or not 0 <= start < end:
        found = f"start={citation.get('start')!r}, end={citation.get('end')!r}"
        return Fault(name, number, found, "code points, 0 <= start < end")
    document = _find(citation, texts)
    former = _former(citation, texts, quote, start, end)
    if former is not None and (document is None or document.source == source):
        return _stale(name, number, str(source), former, document, quote)
    if document is None:
        return Fault(name, number, f"no stored document {source!r}", "one that is in the corpus")
    if document.source != source:
        return Fault(name, number, f"source {source!r}", document.source)
    stored = hashlib.sha256(document.text.encode("utf-8")).hexdigest()
    if stored != citation.get("sha256"):
        found = f"{source} as stored now has sha256 {stored}"
        return Fault(name, number, found, f"{citation.get('sha256')}, the text that was cited")
    words = document.text[start:end]
    if words != quote:
        shown = _where_they_part(words, quote)
        return Fault(
            name, number, f"{source}[{start}:{end}] is {words[shown]!r}", repr(quote[shown])
        )
    if end > len(document.text):
        found = f"{source} as stored ends at {len(document.text)}"
        return Fault(name, number, found, f"at least {end} code points")
    return None


def _former(
    citation: Mapping[str, Any], texts: Texts, quote: str, start: int, end: int
) -> FormerText | None:
    """The replaced or removed text that the citation quotes rightly; None for any other."""
    id = citation.get("document")
    former = texts.find_former(id) if isinstance(id, str) and id else None
    if former is None or former.text[start:end] != quote or len(quote) != end - start:
        return None
    hashed = hashlib.sha256(former.text.encode("utf-8")).hexdigest()
    return former if hashed == citation.get("sha256") else None


def _stale(
    name: str,
    number: int,
    source: str,
    former: FormerText,
    document: StoredText | None,
    quote: str,
) -> Fault:
    """What became of an article since it was rightly cited."""
    day = former.left[:10]
    if document is None:
        found = f"{source} was removed on {day}; the quote stood in it"
        return Fault(name, number, found, "an article that is in the corpus", "removed")
    stands = "still stands in it" if quote in document.text else "no longer stands in it"
    found = f"{source} was changed on {day}; the quote {stands}"
    return Fault(name, number, found, "the text that was cited", "changed")


def _number_faults(name: str, answer: Mapping[str, Any], listed: list[Any]) -> Iterator[Fault]:
    """Markers and items that point at no citation, and numbers given twice."""
    given = (_whole(c.get("n")) for c in listed if isinstance(c, Mapping))
    numbers = [number for number in given if number is not None]
    for number in sorted({n for n in numbers if numbers.count(n) > 1}):
        yield Fault(name, number, "given to several citations", "a number of its own")
    if answer.get("answered") and not listed:
        yield Fault(name, None, "answered without a citation", "at least one")
    for number in sorted(_markers(str(answer["text"])) - set(numbers)):
        yield Fault(name, None, f"marker [{number}] in the text", "a citation of that number")
    for item in answer.get("items") or []:
        pointed = item.get("citations") if isinstance(item, Mapping) else None
        if not isinstance(pointed, list):
            yield Fault(name, None, f"item {item!r}", "a name with citations")
            continue
        for number in pointed:
            if number not in numbers:
                found = f"item {item.get('name')!r} points at [{number}]"
                yield Fault(name, None, found, "a citation of that number")


def _markers(text: str) -> set[int]:
    return {int(number) for group in _MARKER.findall(text) for number in group.split(",")}


def _find(citation: Mapping[str, Any], texts: Texts) -> StoredText | None:
    """By document, which names a version; else by source, to say that the text has changed."""
    for name in (citation.get("document"), citation.get("source")):
        if isinstance(name, str) and name and (found := texts.find_document(name)):
            return found
    return None


def _where_they_part(one: str, other: str) -> slice:
    """The part of two texts that shows their first difference."""
    pairs = enumerate(zip(one, other, strict=False))
    at = next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))
    return slice(max(0, at - 40), at + 40)


def _name(line: Line) -> str:
    given = line.value.get("id") or line.value.get("question")
    return _brief(given) if isinstance(given, str) else f"answer {line.number}"


def _whole(value: object) -> int | None:
    """``value`` if it is a whole number; JSON's true is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _brief(text: str) -> str:
    joined = " ".join(text.split())
    return repr(joined if len(joined) <= 60 else joined[:59] + "…")
