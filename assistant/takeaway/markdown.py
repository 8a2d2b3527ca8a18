"""A conversation as Markdown: what was said, and the words it rests on.

Knows how foreign words stay words in Markdown source, and how a quote is written so that it
can be read back letter for letter: ``docs/takeaway.md`` has the form, and
``assistant/verify_exports.py`` a reader of its own for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant import Answer, Citation
from assistant.present.escape import visible
from assistant.takeaway.content import (
    Block,
    Row,
    Run,
    Section,
    Words,
    check_line,
    content,
    facts,
    folded,
    linked,
    one_line,
    spelled,
)
from assistant.takeaway.headings import head

# Marks of Markdown, of HTML within it, of mathematics, templates and mentions.
_ALWAYS = re.compile(r"[\\`*_\[\]<>&|~$^{}@#]")
# What makes an address or a shortcode where none was meant: not "12:00", not "Ort: Gent".
_COLON = re.compile(r":(?![\s\d]|$)")
_WWW = re.compile(r"(?i)\b(www)\.")
# What makes a heading, a list, a rule, a definition or a link's target at a run's beginning.
_AT_START = re.compile(r"^([-+=(:!]|\d{1,9}(?=[.)]))")
# A blank survives only between two other characters of a line.
_LOST_BLANKS = re.compile(r"^\s+|\s+$|[ \t]{2,}|\t")


def conversation(answers: Sequence[Answer], language: str = "en") -> str:
    """``answers`` as one Markdown text, headed in ``language``; references stand at the end.

    ``townbook verify`` checks each quote of it. Equal answers give equal text.
    """
    whole = content(answers, language)
    parts = [f"# {escaped(head('title', language))}", escaped(head("note", language))]
    for number, section in enumerate(whole.sections, 1):
        parts += [f"## {number}. {escaped(section.question)}", *_answer(section, language)]
    if whole.references:
        parts.append(f"## {escaped(head('references', language))}")
        parts += [part for one in whole.references for part in _reference(one, language)]
        parts.append(f"{escaped(head('verify', language))} `townbook verify FILE`")
    return "\n\n".join(parts) + "\n"


def escaped(words: str) -> str:
    """``words`` as one line of words, and nothing else, wherever it stands in Markdown source."""
    return _at_start(_within(visible(one_line(words))))


def quoted(words: str) -> str:
    """``words``, letter for letter, as the lines of a block quote.

    White space that Markdown would drop is written as character references; a line break is a
    backslash at a line's end.
    """
    lines = [_kept(line) for line in visible(words).split("\n")]
    written = lines[0]
    for before, line in pairwise(lines):
        written += f"\\\n{line}" if before and line else f"&#10;{line}"
    return "\n".join(f"> {line}" for line in written.split("\n"))


def _kept(line: str) -> str:
    pieces, at = "", 0
    for blanks in _LOST_BLANKS.finditer(line):
        pieces += _within(line[at : blanks.start()])
        pieces += "".join(f"&#{ord(blank)};" for blank in blanks[0])
        at = blanks.end()
    return _at_start(pieces + _within(line[at:]))


def _within(words: str) -> str:
    """``words`` that follow others on their line."""
    words = _ALWAYS.sub(r"\\\g<0>", words)
    words = _COLON.sub(r"\\:", words)
    return _WWW.sub(r"\1\\.", words)


def _at_start(line: str) -> str:
    start = _AT_START.match(line)
    if start is None:
        return line
    at = 0 if not line[0].isdigit() else start.end()  # "1." is a list by its full stop
    return f"{line[:at]}\\{line[at:]}"


def _answer(section: Section, language: str) -> Iterator[str]:
    yield from _said(section.before)
    if section.rows:
        yield _table(section.rows, language)
    yield from _said(section.after)
    if section.nearest:
        yield f"### {escaped(head('nearest', language))}"
        yield "\n".join(f"- {escaped(near)}" for near in section.nearest)
    yield f"*{escaped(section.origin)}*"


def _said(blocks: Sequence[Block]) -> Iterator[str]:
    items: list[str] = []
    for block in blocks:
        line = "".join(map(_run, block.runs)).strip()
        if block.is_item:
            items.append(f"- {line}")
            continue
        if items:
            yield "\n".join(items)
            items = []
        yield line
    if items:
        yield "\n".join(items)


def _run(run: Run) -> str:
    if not isinstance(run, Words):
        return f"[{run.n}]"
    words = folded(run.text)
    inner = words.strip(" ")
    if not inner:
        return words
    around = "**" if run.strong else "*" if run.emphasised else ""
    before, _, after = words.partition(inner)
    return f"{before}{around}{_at_start(_within(visible(inner)))}{around}{after}"


def _table(rows: Sequence[Row], language: str) -> str:
    names = ("found", "country", "words")
    lines = [
        f"| {' | '.join(escaped(head(name, language)) for name in names)} |",
        "|---|---|---|",
    ]
    for row in rows:
        quote = f"“{escaped(row.quote)}” {_marks(row.marks)}" if row.marks else ""
        name = f"**{escaped(row.name)}**" if row.name else ""
        lines.append(f"| {name} | {escaped(row.country)} | {quote} |")
    return "\n".join(lines)


def _marks(numbers: Sequence[int]) -> str:
    return "".join(f"[{n}]" for n in numbers)


def _reference(citation: Citation, language: str) -> Iterator[str]:
    address = linked(citation)
    file = f"{head('file', language)}: {_within(spelled(citation.source))}"
    place = f"<{address}>" if address else file
    named = [*(_within(visible(fact)) for fact in facts(citation, language)), place]
    yield f"**[{citation.n}]** {'. '.join(named)}"
    yield quoted(citation.quote)
    yield f"`{check_line(citation)}`"
