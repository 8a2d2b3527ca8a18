"""Objects that come one a line, each with the number of its line.

Knows JSON Lines, how to write them and how to say which is wrong. Refuses to know what the
objects mean.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from corpus.errors import UsageError

_BREAKS = re.compile("[\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Line:
    """One object and where it stands: ``name`` is the file's, ``number`` counts from 1."""

    name: str
    number: int
    value: dict[str, Any]

    def wrong(self, found: str, expected: str) -> UsageError:
        """The error for something inside this object that cannot be used."""
        return _wrong(self.name, self.number, found, expected)


def parse(lines: Iterable[bytes], name: str) -> Iterator[Line]:
    """One value a non-blank line, as they arrive. Raises UsageError at the first bad line."""
    for number, raw in enumerate(lines, 1):
        try:
            text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise _wrong(name, number, f"bytes that are not UTF-8 ({error.reason})") from None
        if not text.strip():
            continue
        try:
            value = json.loads(text)
        except json.JSONDecodeError as error:
            found = f"no JSON ({error.msg} at column {error.colno})"
            raise _wrong(name, number, found) from None
        except RecursionError:
            raise _wrong(name, number, "JSON nested too deeply to read") from None
        if not isinstance(value, dict):
            raise _wrong(name, number, f"a JSON {type(value).__name__}")
        yield Line(name, number, value)


def written(value: object) -> str:
    """``value`` as JSON on one line, for readers of any kind.

    JSON may hold three characters as they are that many readers end a line at (Python's
    ``str.splitlines`` for one): next line, line separator and paragraph separator.
    """
    text = json.dumps(value, ensure_ascii=False)
    return _BREAKS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def open_file(name: str, stdin: BinaryIO) -> BinaryIO:
    """The file called ``name`` opened for reading, or ``stdin`` for "-"; the caller closes it.

    Raises UsageError when it cannot be opened.
    """
    if name == "-":
        return stdin
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise UsageError(
            f"cannot read {name} ({error.strerror})", "a file, or - for standard input", "name one"
        ) from None


def _wrong(name: str, number: int, found: str, expected: str = "one JSON object") -> UsageError:
    place = "standard input" if name == "-" else name
    return UsageError(f"{place}, line {number}: {found}", expected, "correct that line")
