"""Rows as .csv and .json.

Knows how spreadsheet programs read a file: they need a mark to see UTF-8, and run what begins
like a formula, whoever wrote it. Refuses to know which columns there are: ``rows.py`` does.
"""

from __future__ import annotations

import csv as separated
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assistant.present.escape import visible

_BOM = b"\xef\xbb\xbf"  # without it, Excel reads UTF-8 as the system's old code page
# What some spreadsheet program takes for a formula, full-width forms too, and what would be
# taken for the apostrophe that makes it words. Read back: drop the first of the apostrophes.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> bytes:
    """``rows`` as RFC 4180: a head line, CRLF, UTF-8 with a byte order mark.

    A text that a spreadsheet would run gets an apostrophe in front; what hides or reorders text
    is spelled out. What a row does not hold is an empty cell; a list's parts have "; " between.
    """
    written = io.StringIO(newline="")
    writer = separated.writer(written, lineterminator="\r\n")
    writer.writerow([_cell(name) for name in columns])
    writer.writerows([_cell(plain(row.get(name))) for name in columns] for row in rows)
    return _BOM + written.getvalue().encode("utf-8")


def as_json(name: str, rows: Sequence[Mapping[str, Any]], snapshot: str) -> bytes:
    """``{"snapshot": …, name: [row, …]}``, exactly as the rows are, one value a line."""
    value = {"snapshot": snapshot, name: [dict(row) for row in rows]}
    return _encoded(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def json_lines(values: Iterable[Mapping[str, Any]]) -> bytes:
    """One object a line, as ``ask --batch`` prints answers and ``verify`` reads them."""
    return _encoded("".join(f"{json.dumps(value, ensure_ascii=False)}\n" for value in values))


def _encoded(text: str) -> bytes:
    # A lone surrogate, which only a forged row can hold, leaves as its JSON escape.
    return text.encode("utf-8", "backslashreplace")


def plain(value: object) -> object:
    """What a field of a record's JSON holds: ``{"value": …, "span": …}`` is its value."""
    return value["value"] if isinstance(value, Mapping) and "value" in value else value


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool() | int():
            return str(value)
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case list() | tuple():
            return _words("; ".join(str(plain(part)) for part in value))
        case Mapping():  # an amount of money
            return _words(" ".join(_cell(part) for part in value.values()))
        case _:
            return _words(str(value))


def _words(text: str) -> str:
    text = visible(text)
    return f"'{text}" if _FORMULA.match(text) else text
