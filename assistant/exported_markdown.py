"""Exported answers in Markdown, read as a person reads them.

Shares no code with ``assistant.takeaway.markdown``, which writes them, and needs no renderer: only
the marks that ``docs/takeaway.md`` describes are undone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.exported import (
    CHECK,
    QUESTION,
    REFERENCE,
    SPELLED,
    Export,
    Reference,
    Section,
    unreadable,
)

# What Markdown source writes otherwise than it reads; one pass, so that nothing is read twice.
_WRITTEN = re.compile(rf"\\([!-/:-@\[-`{{-~])|&#(\d{{1,7}});|{SPELLED.pattern}")
_LAST_CELL = re.compile(r"\|((?:[^|\\]|\\.)*)\|?$")
_TABLE_RULE = re.compile(r"\|[-:| ]+")


def read_markdown(content: bytes, name: str) -> Export:
    """What ``content`` holds. Raises UsageError when it is no UTF-8."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise unreadable(name, f"bytes that are not UTF-8 ({error.reason})") from None
    export, quote = Export(_plain), list[str]()
    for line in [*text.replace("\r\n", "\n").split("\n"), ""]:
        line = line.strip(" ")
        if line.startswith(">"):
            quote.append(line[1:].strip(" "))
            continue
        if quote:
            export.add_quote(_read_quote(quote))
            quote = []
        _read_line(export, line)
    return export


def _read_line(export: Export, line: str) -> None:
    if line.startswith("## "):
        if question := QUESTION.fullmatch(line[3:]):
            export.sections.append(Section(_plain(question[1])))
    elif line.startswith("**[") and (named := REFERENCE.match(line[2:])):
        export.references.append(Reference(int(named[1])))
    elif line.startswith("`") and line.endswith("`") and CHECK.fullmatch(line[1:-1]):
        export.add_check(line[1:-1])
    elif export.sections and not export.references:
        section = export.sections[-1]
        section.text.append(line)
        if _TABLE_RULE.fullmatch(line):
            section.in_table = True
        elif section.in_table and line.startswith("|"):
            cell = _LAST_CELL.search(line)
            section.add_row(cell[1].strip(" ") if cell else line)
        else:
            section.in_table = False


def _read_quote(lines: Sequence[str]) -> str:
    """The words of a block quote: a backslash at a line's end breaks it, else it goes on."""
    written = ""
    for line in lines[:-1]:
        breaks = (len(line) - len(line.rstrip("\\"))) % 2
        written += f"{line[:-1]}\n" if breaks else f"{line} "
    return _plain(written + lines[-1])


def _plain(written: str) -> str:
    def read(found: re.Match[str]) -> str:
        if found[1] is not None:
            return found[1]
        number = int(found[2]) if found[2] is not None else int(found[3], 16)
        return chr(number) if number <= 0x10FFFF else found[0]

    return _WRITTEN.sub(read, written)
