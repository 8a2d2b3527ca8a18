"""An answer as it stands in the conversation: prose with marks, table, coverage, refusal.

Each function gives one line of inert HTML, so the chat's Markdown renderer hands it on whole.
"""

from __future__ import annotations

import re

from assistant import Answer, Citation, Coverage, Nearest
from assistant.present.days import country, day
from assistant.present.escape import text
from assistant.present.marks import anchor, chip
from assistant.present.prose import prose

MAX_STAGES = 8
QUOTE_IN_ROW = 240  # code points; the panel shows the whole quote
QUOTES_IN_ROW = 3  # the others are links only
SNIPPET = 180  # code points of a nearest passage
# A heading's or list item's own marks, which in a table row are noise; the panel shows them.
_LEADING_MARKS = re.compile(r"^(?:#{1,6}|[-*•>])\s+")
_STAGE_END = re.compile(r"(?<=\])[.)]?\s+|(?<=[.!?])\s+|\n+")


def question(asked: str) -> str:
    """A person's own words in the conversation."""
    return f'<div class="asked" dir="auto">{text(asked)}</div>'


def notice(message: str) -> str:
    """One line from Townbook itself: waiting, busy, not ready."""
    return f'<div class="answer pending">{text(message)}</div>'


def stages(answer: Answer) -> tuple[str, ...]:
    """The answer growing to its full form in at most MAX_STAGES steps; the last is whole."""
    ends = [found.end() for found in _STAGE_END.finditer(answer.text)]
    step = max(1, -(-len(ends) // (MAX_STAGES - 1)))
    issued = _issued(answer)
    growing = tuple(
        _wrap(answer, prose(answer.text[:end], answer.answer_id, issued), " growing")
        for end in ends[step - 1 :: step]
        if answer.text[end:].strip()
    )
    return (*growing[: MAX_STAGES - 1], whole(answer))


def whole(answer: Answer) -> str:
    """The complete answer as one element with the id ``s-{answer_id}-0``."""
    issued = _issued(answer)
    if answer.items:
        before, after = _around_rows(answer.text)
        parts = [
            prose(before, answer.answer_id, issued),
            _table(answer, issued),
            prose(after, answer.answer_id, issued),
        ]
        if answer.coverage and not after.strip():
            parts.append(_coverage(answer.coverage))
    else:
        parts = [prose(answer.text, answer.answer_id, issued)]
    if not answer.answered and answer.nearest:
        parts.append(_nearest(answer))
    parts.append(_footer(answer))
    return _wrap(answer, "".join(parts), "" if answer.answered else " refused")


def hint(message: str) -> str:
    """One line beside the question, about the question."""
    return f'<p class="hint" role="alert">{text(message)}</p>'


def announcement(answer: Answer) -> str:
    """What a screen reader says once the answer stands; not seen."""
    count = len(answer.citations)
    said = f"Answer ready, with {count} {'source' if count == 1 else 'sources'}."
    if not answer.answered:
        said = "The articles do not answer this. The closest passages are listed."
    return f'<p class="sr-only" role="status">{said}</p>'


def named(answer: Answer, address_part: str) -> bool:
    """Whether a mark whose address holds ``address_part`` belongs to ``answer``."""
    return anchor(answer.answer_id, 0) == anchor(address_part, 0)


def _issued(answer: Answer) -> dict[int, Citation]:
    return {citation.n: citation for citation in answer.citations}


def _wrap(answer: Answer, html: str, state: str) -> str:
    return (
        f'<div class="answer{state}" id="{anchor(answer.answer_id, 0)}" dir="auto"'
        f' lang="{text(answer.language)}">{html}</div>'
    )


def _around_rows(written: str) -> tuple[str, str]:
    """What a list answer says before and after its rows, which the table shows instead."""
    lines = written.split("\n")
    rows = [at for at, line in enumerate(lines) if line.startswith("- ")]
    if not rows:
        return written, ""
    return "\n".join(lines[: rows[0]]), "\n".join(lines[rows[-1] + 1 :])


def _table(answer: Answer, issued: dict[int, Citation]) -> str:
    shown: set[str] = set()  # one sentence may show many rows; it is quoted at the first
    rows = []
    for item in answer.items:
        where = f'<span class="country">{country(item.country)}</span>' if item.country else ""
        cited = [issued[n] for n in item.citations if n in issued]
        rows.append(
            f'<tr><th scope="row"><bdi>{text(item.name)}</bdi>{where}</th>'
            f'<td dir="auto">{_quotes(answer.answer_id, cited, shown)}</td></tr>'
        )
    return (
        '<table class="items"><thead><tr><th scope="col">Found</th>'
        '<th scope="col">In the source’s words</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _quotes(answer_id: str, cited: list[Citation], shown: set[str]) -> str:
    parts: list[str] = []
    for citation in cited:
        quote = _LEADING_MARKS.sub("", " ".join(citation.quote.split()))
        words = ""
        if len(parts) < QUOTES_IN_ROW and quote not in shown:
            shown.add(quote)
            words = f"{text(_shortened(quote, QUOTE_IN_ROW))} "
        parts.append(f"<span>{words}{chip(answer_id, citation)}</span>")
    return " ".join(parts)


def _coverage(coverage: Coverage) -> str:
    found = f"{coverage.documents:,} articles checked, {coverage.matched:,} matched"
    if not coverage.uncertain:
        return f'<p class="coverage">{found}, none uncertain.</p>'
    names = ", ".join(f"<bdi>{text(name)}</bdi>" for name in coverage.uncertain)
    return f'<p class="coverage">{found}, {len(coverage.uncertain)} uncertain: {names}.</p>'


def _nearest(answer: Answer) -> str:
    rows = "".join(_near(answer, n, near) for n, near in enumerate(answer.nearest, 1))
    return f'<ol class="nearest">{rows}</ol>'


def _near(answer: Answer, n: int, near: Nearest) -> str:
    words = _shortened(_LEADING_MARKS.sub("", near.text), SNIPPET)
    return (
        f'<li><a class="cite near" href="#{anchor(answer.answer_id, n)}">'
        f"<bdi>{text(near.title or near.source)}</bdi></a>"
        f' <span class="when">{day(near.published)}</span>'
        f'<span class="snippet" dir="auto">{text(words)}</span></li>'
    )


def _shortened(words: str, most: int) -> str:
    line = " ".join(words.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"


def _footer(answer: Answer) -> str:
    notes = []
    if answer.understood:
        notes.append(f"Understood as: {text(answer.understood)}")
    if answer.standalone.strip() != answer.question.strip():
        notes.append(f"Read with the conversation as: <bdi>{text(answer.standalone)}</bdi>")
    count = len(answer.citations)
    if count:
        notes.append(f"{count} verbatim {'quote' if count == 1 else 'quotes'}")
    how = "written from the sources only" if answer.method == "extractive" else "phrased by a model"
    if answer.answered:
        notes.append(how)
    notes.append(f"library snapshot {text(answer.snapshot)}")
    return f'<p class="footnote">{" · ".join(notes)}</p>'
