"""What stands in an exported conversation, in order, before it has a format.

Knows how answers are put one after the other: their statements as runs of words and numbers,
lists as rows with one quote each, and references numbered anew, the same quote once. Refuses
to know Markdown's or Word's marks: ``markdown.py`` and ``word.py`` write what is given here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote as percent_encoded

from markdown_it.token import Token

from assistant import Answer, Citation, Nearest
from assistant.phrases import say
from assistant.present.escape import visible, web_address
from assistant.present.prose import tokens
from assistant.takeaway.headings import day, head
from corpus.countries import country_name

_BLANKS = re.compile(r"[^\S\x0b-\x1f\x85\u2028\u2029]+")  # of what ``visible`` leaves as it is
_ADDRESS = re.compile(r"(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+")
# As a name's own; what else there is could end a line or a code span, or hide.
_PLAIN_IN_NAMES = " /._-~#?=&:,;@+()'"


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words; untrusted, and not yet escaped for any format."""

    text: str
    strong: bool = False
    emphasised: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """The number of a reference, as it is in the whole file."""

    n: int


Run = Words | Mark


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or an item of a list."""

    runs: tuple[Run, ...]
    is_item: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One thing found: its name, its country in words, one quote, and all its references."""

    name: str
    country: str
    quote: str  # that of the first mark, white space folded; empty when there is none
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One question and its answer. ``rows`` stand between the blocks before and those after."""

    question: str
    language: str
    before: tuple[Block, ...]
    rows: tuple[Row, ...]
    after: tuple[Block, ...]
    nearest: tuple[str, ...]  # passages beside a refusal, each named on one line
    origin: str  # snapshot, and whether a model phrased it


@dataclass(frozen=True, slots=True)
class Content:
    """A whole conversation. ``references`` are numbered from 1 without a gap."""

    sections: tuple[Section, ...]
    references: tuple[Citation, ...]


def content(answers: Sequence[Answer], language: str) -> Content:
    """``answers`` in their order, with their references numbered over all of them."""
    numbers: dict[tuple[object, ...], int] = {}
    references: list[Citation] = []
    sections = []
    for answer in answers:
        issued: dict[int, int] = {}
        for citation in answer.citations:
            key = (citation.source, citation.sha256, citation.start, citation.end, citation.quote)
            if key not in numbers:
                numbers[key] = len(references) + 1
                references.append(replace(citation, n=numbers[key]))
            issued.setdefault(citation.n, numbers[key])
        sections.append(_section(answer, issued, language))
    return Content(tuple(sections), tuple(references))


def facts(citation: Citation | Nearest, language: str) -> list[str]:
    """Title, day and section of a source, each on one line and in words."""
    named = [
        one_line(citation.title) or one_line(citation.source),
        day(citation.published, language),
    ]
    if citation.section:
        named.append(f"{head('section', language)}: {one_line(citation.section)}")
    return named


def linked(citation: Citation) -> str | None:
    """The article's address where a link may lead to it: http(s), and spelled as RFC 3986 says.

    Word calls a file damaged that has any other in it, and Markdown ends a link at a blank.
    """
    address = web_address(citation.url)
    return address if address and _ADDRESS.fullmatch(address) else None


def check_line(citation: Citation) -> str:
    """Where a quote stands, for a program: offsets, hash of the stored text, source.

    Harmless in any format: the source is percent-encoded but for letters, digits and a few marks.
    """
    named = f"sha256:{citation.sha256} {citation.source}"
    return f"{citation.start}-{citation.end} " + "".join(
        c if c.isalnum() or c in _PLAIN_IN_NAMES else percent_encoded(c, errors="replace")
        for c in named
    )


def folded(words: str) -> str:
    """``words`` with every run of white space as one blank; controls are spelled, not folded."""
    return _BLANKS.sub(" ", words)


def one_line(words: str) -> str:
    """``words`` folded, without white space at either end."""
    return folded(words).strip(" ")


def _section(answer: Answer, issued: Mapping[int, int], language: str) -> Section:
    before, after = answer.text, ""
    if answer.items:
        before, after = _around_rows(answer.text)
        if answer.coverage and not after.strip():
            counts = {"documents": answer.coverage.documents, "matched": answer.coverage.matched}
            after = say("coverage", answer.language, **counts)
    quotes = {citation.n: citation.quote for citation in answer.citations}
    origin = head("snapshot", language, number=one_line(answer.snapshot))
    if answer.method == "llm":
        origin += f"; {head('model', language)}"
    return Section(
        question=one_line(answer.question),
        language=answer.language,
        before=_blocks(before, issued, quotes),
        rows=tuple(_rows(answer, issued, quotes, language)),
        after=_blocks(after, issued, quotes),
        nearest=() if answer.answered else tuple(_near(n, language) for n in answer.nearest),
        origin=origin,
    )


def _around_rows(written: str) -> tuple[str, str]:
    """What a list answer says before and after its rows, which a table shows instead."""
    lines = written.split("\n")
    rows = [at for at, line in enumerate(lines) if line.startswith("- ")]
    if not rows:
        return written, ""
    return "\n".join(lines[: rows[0]]), "\n".join(lines[rows[-1] + 1 :])


def _rows(
    answer: Answer, issued: Mapping[int, int], quotes: Mapping[int, str], language: str
) -> Iterator[Row]:
    for item in answer.items:
        cited = [n for n in item.citations if n in issued]
        yield Row(
            name=one_line(item.name),
            country=country_name(item.country, language) if item.country else "",
            quote=one_line(quotes[cited[0]]) if cited else "",
            marks=tuple(dict.fromkeys(issued[n] for n in cited)),
        )


def _near(passage: Nearest, language: str) -> str:
    file = f"{head('file', language)}: {one_line(passage.source)}"
    return ". ".join([*facts(passage, language), file])


def _blocks(
    written: str, issued: Mapping[int, int], quotes: Mapping[int, str]
) -> tuple[Block, ...]:
    found: list[Block] = []
    items_open = 0
    for token in tokens(written, issued.keys(), quotes.values()):
        items_open += token.nesting if token.type == "list_item_open" else 0
        items_open += token.nesting if token.type == "list_item_close" else 0
        if token.type == "inline":
            runs = tuple(_runs(token.children or (), issued))
            found.append(Block(runs, is_item=items_open > 0))
    return tuple(found)


def _runs(inline: Sequence[Token], issued: Mapping[int, int]) -> Iterator[Run]:
    strong = emphasised = 0
    text = ""
    for token in inline:
        if token.type == "text" or token.type.endswith("break"):
            text += token.content if token.type == "text" else " "
            continue
        if text:
            yield Words(text, strong > 0, emphasised > 0)
            text = ""
        if token.type == "mark":
            yield Mark(issued[token.meta["n"]])
        strong += token.nesting if token.tag == "strong" else 0
        emphasised += token.nesting if token.tag == "em" else 0
    if text:
        yield Words(text, strong > 0, emphasised > 0)


def spelled(words: str) -> str:
    """``words`` on one line, with what hides or reorders text spelled out."""
    return visible(one_line(words))
