"""The rows of an answer: a list as a table with its quotes, a comparison as columns.

Words around them are in the answer's language, quotes as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from assistant import Answer, Citation, Item
from assistant.phrases import say as framed
from assistant.present.days import country
from assistant.present.escape import text
from assistant.present.marks import chip
from assistant.present.prose import prose
from assistant.present.speech import say

QUOTE_IN_ROW = 240  # code points; the panel shows the whole quote
QUOTES_IN_ROW = 3  # the others are links only
# A heading's or list item's own marks, which in a table row are noise; the panel shows them.
_LEADING_MARKS = re.compile(r"^(?:#{1,6}|[-*•>])\s+")

_NOT_WORDS = re.compile(r"\W+|_")

Issued = Mapping[int, Citation]


def around_rows(written: str) -> tuple[str, list[str], str]:
    """What a list answer says before its rows, the rows, and what it says after them."""
    lines = written.split("\n")
    rows = [at for at, line in enumerate(lines) if line.startswith("- ")]
    if not rows:
        return written, [], ""
    before, after = lines[: rows[0]], lines[rows[-1] + 1 :]
    return "\n".join(before), [lines[at] for at in rows], "\n".join(after)


def denominator(answer: Answer) -> str:
    """ "3 found · 664 articles checked · 1 uncertain: Brno", in the answer's language."""
    language, coverage = answer.language, answer.coverage
    told = [f"<b>{text(say(language, 'ask.found', count=len(answer.items)))}</b>"]
    if coverage:
        told.append(text(say(language, "ask.checked", count=coverage.documents)))
    if coverage and coverage.uncertain:
        names = ", ".join(f"<bdi>{text(name)}</bdi>" for name in coverage.uncertain)
        doubtful = text(say(language, "ask.uncertain", count=len(coverage.uncertain)))
        told.append(f"{doubtful}: {names}")
    return f'<p class="coverage">{" · ".join(told)}</p>'


def is_framing(line: str, answer: Answer) -> bool:
    """Whether a line only counts rows, which the denominator does."""
    coverage, language = answer.coverage, answer.language
    count = framed("list", language, count=len(answer.items))
    if coverage is None:
        return line.strip() == count
    looked = framed("coverage", language, documents=coverage.documents, matched=coverage.matched)
    return line.strip() == count or line.startswith(looked)


def table(answer: Answer, issued: Issued, most: int | None = None) -> str:
    """The first ``most`` items (None: all), each with its quotes and their marks."""
    shown: set[str] = set()  # one sentence may show many rows; it is quoted at the first
    rows = []
    for item in answer.items[:most]:
        cited = [issued[n] for n in item.citations if n in issued]
        rows.append(
            f'<tr><th scope="row">{_name(item, answer.language)}</th>'
            f'<td dir="auto">{_quotes(answer, cited, shown)}</td></tr>'
        )
    found, words = (text(say(answer.language, key)) for key in ("ask.col_found", "ask.col_words"))
    return (
        f'<table class="items"><thead><tr><th scope="col">{found}</th>'
        f'<th scope="col">{words}</th></tr></thead><tbody>{"".join(rows)}</tbody></table>'
    )


def sides(answer: Answer, lines: list[str], issued: Issued) -> str:
    """The sides of a comparison beside each other: what is said of each, and its quotes."""
    columns = []
    for item, line in zip(answer.items, lines, strict=True):
        said = re.sub(r"^- \*\*.*?\*\*(?: \([A-Z]{2}\))?: ", "", line, count=1)
        quotes = [
            f'<blockquote dir="auto">{text(quote)} {chip(answer.answer_id, c, answer.language)}'
            "</blockquote>"
            for c in (issued[n] for n in item.citations if n in issued)
            if (quote := _one_line(c.quote)) and _plain(c.quote)[:60] not in _plain(said)
        ]
        told = prose(said, answer.answer_id, issued, answer.language)
        short = " value" if quotes else ""
        columns.append(
            f'<section class="side"><h4>{_name(item, answer.language)}</h4>'
            f'<div class="said{short}">{told}</div>{"".join(quotes)}</section>'
        )
    return f'<div class="sides">{"".join(columns)}</div>'


def shortened(words: str, most: int) -> str:
    """``words`` on one line, without leading marks, cut at a word."""
    line = _one_line(words)
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"


def _plain(words: str) -> str:
    return _NOT_WORDS.sub("", words)


def _one_line(words: str) -> str:
    return _LEADING_MARKS.sub("", " ".join(words.split()))


def _name(item: Item, language: str) -> str:
    where = ""
    if item.country:
        where = f'<span class="country">{country(item.country, language)}</span>'
    return f"<bdi>{text(item.name)}</bdi>{where}"


def _quotes(answer: Answer, cited: Iterable[Citation], shown: set[str]) -> str:
    parts: list[str] = []
    for citation in cited:
        quote = _one_line(citation.quote)
        words = ""
        if len(parts) < QUOTES_IN_ROW and quote not in shown:
            shown.add(quote)
            words = f"{text(shortened(quote, QUOTE_IN_ROW))} "
        mark = chip(answer.answer_id, citation, answer.language)
        parts.append(f"<span>{words}{mark}</span>")
    return " ".join(parts)
