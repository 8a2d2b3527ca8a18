"""Tables of articles, CSV or JSON lines: one Draft a row.

Knows the columns title, text, url, published and language; other columns are metadata. It
refuses to let one bad row cost the others: a row gives a Draft or the reason it is none.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

from corpus.errors import Unreadable
from corpus.readers.decoding import decode
from corpus.readers.draft import MOST_CHARACTERS, Draft, refuse_too_long
from corpus.readers.text import draft_of
from corpus.text import canonical, count_replacements

Row = tuple[int, Draft | Unreadable]  # the row's number from 1, the header not counted

_DELIMITERS = ",;\t|"
_MOST_COLUMNS = 200
# Each restart after an unclosed quote may read the rest of the file again.
_MOST_RESTARTS = 50


def read_jsonl(raw: bytes) -> Iterator[Row]:
    """One row a line that is not blank; numbered by line."""
    for number, line in enumerate(decode(raw).text.split("\n"), start=1):
        if line.strip("\ufeff \t\r"):
            yield number, _json_row(line.strip("\ufeff \t\r"))


def read_csv(raw: bytes) -> Iterator[Row]:
    """One row a record after the header; comma, semicolon, tab or bar, found by the header."""
    # csv refuses NUL; the other codes that canonical removes mean nothing to it.
    text = decode(raw).text.replace("\0", "").lstrip("\ufeff")
    lines = list(io.StringIO(text, newline=""))
    # A cell as long as the longest document is one; the default stops at 131,072.
    csv.field_size_limit(MOST_CHARACTERS)
    delimiter, header, start = _header(lines)
    for number, cells in enumerate(_records(lines, start, delimiter), start=1):
        if isinstance(cells, Unreadable):
            yield number, cells
        elif len(cells) != len(header):
            found = f"{len(cells)} cells where the header has {len(header)}"
            yield number, Unreadable("parse", found)
        else:
            yield number, _row(dict(zip(header, cells, strict=True)))


def _header(lines: list[str]) -> tuple[str, list[str], int]:
    """The delimiter, the column names in lower case, and the first line after them."""
    for delimiter in _DELIMITERS:
        reader = csv.reader(lines, delimiter=delimiter)
        try:
            names = [canonical(name).strip().lower() for name in next(reader, [])]
        except csv.Error:
            continue
        if "text" in names and len(names) <= _MOST_COLUMNS:
            return delimiter, names, reader.line_num
    raise Unreadable("parse", 'no header with a column named "text"')


def _records(lines: list[str], start: int, delimiter: str) -> Iterator[list[str] | Unreadable]:
    """The cells of each record; a broken one is given up at its first line.

    An unclosed quote swallows the records after it, so reading starts again one line below
    the quote; not for ever, as each time may reach the end of the file.
    """
    restarts = 0
    while start < len(lines):
        rest = map(lines.__getitem__, range(start, len(lines)))
        reader = csv.reader(rest, delimiter=delimiter, strict=True)
        base = begin = start
        start = len(lines)
        while begin < len(lines):
            try:
                cells = next(reader, None)
            except csv.Error as error:
                yield Unreadable("parse", f"not CSV: {error}")
                if base + reader.line_num - begin > 1 and restarts < _MOST_RESTARTS:
                    restarts += 1
                    start = begin + 1
                    break
            else:
                if cells is None:
                    return
                if cells:  # an empty list is a blank line
                    yield cells
            begin = base + reader.line_num


def _json_row(line: str) -> Draft | Unreadable:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Unreadable("parse", f"not JSON: {error}")
    if not isinstance(value, dict):
        return Unreadable("parse", f"{type(value).__name__} where an object was expected")
    if not isinstance(value.get("text"), str):
        return Unreadable("parse", 'no "text" that is a string')
    scalars = {
        str(key).strip().lower(): item if isinstance(item, str) else json.dumps(item)
        for key, item in value.items()
        if isinstance(item, str | int | float) and not isinstance(item, bool)
    }
    return _row(scalars)


def _row(cells: dict[str, str]) -> Draft | Unreadable:
    raw = cells.pop("text")
    try:
        refuse_too_long(raw)  # before it is scanned a dozen times
    except Unreadable as refusal:
        return refusal
    pairs = tuple((key, value.strip()) for key, value in cells.items() if key and value.strip())
    replaced = count_replacements(raw)
    notes = (("replacements", str(replaced)),) if replaced else ()
    return draft_of(canonical(raw).strip(), pairs, "row", notes)
