"""What is found in an exported file, whatever its format: questions, rows of tables, references.

Knows the forms that Markdown and Word have in common, see ``docs/takeaway.md``, and how a reference
becomes a citation that ``assistant.verify`` takes. What is missing stays missing: it is a fault.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from corpus.errors import UsageError

CHECK = re.compile(r"(\d{1,12})-(\d{1,12}) sha256:([0-9a-f]{64}) (.+)")
QUESTION = re.compile(r"\d+\. (.*)", re.DOTALL)
REFERENCE = re.compile(r"\[(\d{1,6})\]")
MARKER = re.compile(r"(?<!\\)\[(\d{1,6})\]")
SPELLED = re.compile(r"‹U\+([0-9A-F]{4,6})›")
_ROW = re.compile(r"“(.*)” ?((?:\[\d{1,6}\])+)", re.DOTALL)


@dataclass
class Reference:
    """One numbered reference while its parts are gathered; a part that is missing is None."""

    n: int | None
    quote: str | None = None
    check: str | None = None

    def citation(self) -> dict[str, Any]:
        """As an answer's JSON has it; what is missing or misspelled stays None and is a fault."""
        found = CHECK.fullmatch(self.check or "")
        value: dict[str, Any] = {"n": self.n, "quote": self.quote}
        if found is None:
            return {**value, "source": None, "start": None, "end": None, "sha256": None}
        source, sha256 = unquote(found[4], errors="replace"), found[3]
        # As corpus.text makes a document's id: it finds versions that were replaced, too.
        id = hashlib.sha256(f"{source}\0{sha256}".encode("utf-8", "replace")).hexdigest()[:16]
        return {
            **value,
            "source": source,
            "document": id,
            "start": int(found[1]),
            "end": int(found[2]),
            "sha256": sha256,
        }


@dataclass
class Section:
    """One question: its markers, and each quote of its table with the number behind it."""

    question: str
    text: list[str] = field(default_factory=list)
    rows: list[tuple[str, int]] = field(default_factory=list)
    in_table: bool = False  # below its head

    def add_row(self, cell: str) -> None:
        """The cell of a table that quotes; 0, which is no reference's number, if it says none."""
        if row := _ROW.fullmatch(cell):
            self.rows.append((row[1], int(MARKER.findall(row[2])[0])))
        elif cell:
            self.rows.append((cell, 0))


@dataclass
class Export:
    """What was found in a file, in its order; ``plain`` reads words as its format writes them."""

    plain: Callable[[str], str]
    sections: list[Section] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)

    def reference(self) -> Reference:
        """The reference that a quote or a check line belongs to; one without a number if none."""
        if not self.references:
            self.references.append(Reference(None))
        return self.references[-1]

    def add_quote(self, quote: str) -> None:
        if self.reference().quote is not None or self.reference().check is not None:
            self.references.append(Reference(None))
        self.reference().quote = quote

    def add_check(self, check: str) -> None:
        if self.reference().check is not None:
            self.references.append(Reference(None))
        self.reference().check = check


def unreadable(name: str, found: str) -> UsageError:
    """The error for a file of which no part can be read."""
    return UsageError(f"{name}: {found}", "an export in Markdown or Word", "export it again")
