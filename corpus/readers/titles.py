"""What a document is called, when its own words have to say it.

Knows the first lines of a text, its headings and its file's name. It refuses to compose: a
title is a line somebody wrote, without its markup, or the file's stem.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from corpus import Heading
from corpus.readers.published import is_date_line
from corpus.text import canonical

_LONGEST = 200  # characters; a longer line is a paragraph
_SCANNED_LINES = 40
_SCANNED_CHARACTERS = 20_000
_FILE_NAME = re.compile(r"[\w.-]+\.(?:md|markdown|txt|html?|pdf|docx?|rst|vue|json|csv)", re.I)
_TEMPLATE = re.compile(r"\{\{|\}\}|<%|[\"']>|\w=[\"']|&&|\|\|")  # what page generators leave behind
_ESCAPE = re.compile(r"\\([^\w\s])")
_LEADING_MARK = re.compile(r"^(?:#{1,6}|>|[-*+])\s+")


def title_of(text: str, headings: Sequence[Heading], stem: str) -> str:
    """The first short line or heading that reads like a title, else ``stem``. Never empty."""
    for line in text[:_SCANNED_CHARACTERS].split("\n")[:_SCANNED_LINES]:
        if len(line) > _LONGEST:
            break
        if _reads_like_a_title(line.strip()):
            title = clean_title(line)
            if title:
                return title
    for heading in headings:
        title = clean_title(heading.span.of(text))
        if title and not _FILE_NAME.fullmatch(title):
            return title
    return clean_title(stem.replace("_", " ")) or "untitled"


def clean_title(raw: str) -> str:
    """``raw`` on one line, without Markdown marks and character references; may be empty."""
    title = " ".join(canonical(html.unescape(raw)).split())
    title = _LEADING_MARK.sub("", title)
    title = _ESCAPE.sub(r"\1", title).rstrip("\\").strip()
    for mark in ("**", "__", "*", "_"):
        if len(title) > 2 * len(mark) and title.startswith(mark) and title.endswith(mark):
            title = title[len(mark) : -len(mark)].strip()
    if len(title) > _LONGEST:
        title = title[:_LONGEST].rsplit(" ", 1)[0] + "…"
    return title


def _reads_like_a_title(line: str) -> bool:
    visible = [character for character in line if not character.isspace()]
    return (
        any(map(str.isalpha, visible))
        and 2 * sum(map(str.isalnum, visible)) > len(visible)
        and not _FILE_NAME.fullmatch(line)
        and not _TEMPLATE.search(line)
        and not is_date_line(line)
    )
