"""An answer as it stands in the conversation: prose with marks, rows, coverage, refusal.

What frames the answer is in the answer's language, what a person can do with it in the page's.
Each function gives one line of inert HTML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant import Answer, Citation
from assistant.present import refused, rows
from assistant.present.actions import actions
from assistant.present.escape import text
from assistant.present.marks import anchor
from assistant.present.prose import prose
from assistant.present.speech import say
from assistant.present.understood import reading
from index import EVERYTHING, Filters

if TYPE_CHECKING:
    from assistant.facets import Facets

MAX_STAGES = 8
_STAGE_END = re.compile(r"(?<=\])[.)]?\s+|(?<=[.!?])\s+|\n+")
# A first line that is nothing but values with their marks: "**46** [1] · **12 %** [2]".
_VALUES = re.compile(r"(?:\*\*[^*\n]+\*\*(?: ?\[\d{1,4}\])+(?: · )?)+(?=\n\n)")
_FIGURES = ("number", "event")


def heading(language: str = "en") -> str:
    """What the conversation is called, for those who go from heading to heading."""
    return f'<h2 class="sr-only">{text(say(language, "ask.conversation"))}</h2>'


def question(asked: str, language: str = "en") -> str:
    """A person's own words in the conversation."""
    name = text(say(language, "ask.you_asked"))
    return f'<div class="asked" role="group" aria-label="{name}" dir="auto">{text(asked)}</div>'


def notice(message: str) -> str:
    """One line from Townbook itself: waiting, busy, not ready."""
    return f'<div class="answer pending">{text(message)}</div>'


def exchange(asked: str, reply: str, language: str = "en") -> str:
    """A question and the HTML that stands under it."""
    return f'<div class="exchange">{question(asked, language)}{reply}</div>'


def stages(answer: Answer) -> tuple[str, ...]:
    """The answer growing in fewer than MAX_STAGES steps; the whole of it is not among them."""
    if answer.items and answer.kind == "list":
        issued, count = _issued(answer), len(answer.items)
        steps = sorted({1, count // 4, count // 2} - {0, count})
        grown = [rows.denominator(answer) + rows.table(answer, issued, step) for step in steps]
        return tuple(_wrap(answer, html, " growing") for html in grown)
    ends = [found.end() for found in _STAGE_END.finditer(answer.text)]
    step = max(1, -(-len(ends) // (MAX_STAGES - 1)))
    growing = (
        _wrap(answer, _prose(answer, answer.text[:end]), " growing")
        for end in ends[step - 1 :: step]
        if answer.text[end:].strip()
    )
    return tuple(growing)[: MAX_STAGES - 1]


def whole(
    answer: Answer,
    language: str = "en",
    *,
    covered: Facets | None = None,
    is_last: bool = False,
    filters: Filters = EVERYTHING,
    note: str = "",
    struck: str = "",
) -> str:
    """The complete answer as one element with the id ``s-{answer_id}-0``.

    ``language`` is the page's. ``covered`` is what a refusal says the library holds, ``note`` who
    phrased it or why nobody did, ``filters`` what it was restricted to. ``struck`` is a model's
    whole text, with what the gate refused struck through, to be shown for the answer's own.
    """
    body = _body(answer)
    if struck:
        body = [prose(struck, answer.answer_id, _issued(answer), answer.language, may_strike=True)]
    parts = [reading(answer, language), *body]
    if not answer.answered:
        parts.append(refused.nearest(answer) if answer.nearest else "")
        parts.append(refused.covered(covered, answer.language) if covered else "")
    parts.append(f'<p class="phrasing">{text(note)}</p>' if note else "")
    parts += [_footer(answer), actions(answer, language, filters, is_last=is_last)]
    return _wrap(answer, "".join(parts), "" if answer.answered else " refused")


def phrasing(answer: Answer, shown: str, note: str) -> str:
    """``answer`` while a model phrases it: its words as far as they stand, and who writes them."""
    said = prose(shown, answer.answer_id, _issued(answer), answer.language, may_strike=True)
    telling = f'<p class="phrasing" role="status">{text(note)}</p>'
    return _wrap(answer, f"{said}{telling}{_footer(answer)}", " growing")


def hint(message: str) -> str:
    """One line beside the question, about the question."""
    return f'<p class="hint" role="alert">{text(message)}</p>'


def editing(asked: str, words: str, language: str) -> str:
    """Says that the last question is being edited; ``words`` of it are to be selected."""
    start = asked.find(words) if words else -1
    chosen = f' data-start="{start}" data-end="{start + len(words)}"' if start >= 0 else ""
    keep = f'<button type="button" id="keep">{text(say(language, "ask.keep"))}</button>'
    told = text(say(language, "ask.editing"))
    return f'<p class="hint" role="status" data-editing="yes"{chosen}>{told} {keep}</p>'


def thanks(language: str) -> str:
    """Says that a judgement was kept."""
    return f'<p class="hint kept" role="status">{text(say(language, "ask.judged"))}</p>'


def announcement(answer: Answer) -> str:
    """What a screen reader says once the answer stands; not seen."""
    said = say(answer.language, "ask.ready", count=len(answer.citations))
    if not answer.answered:
        said = say(answer.language, "ask.refused")
    return f'<p class="sr-only" role="status">{text(said)}</p>'


def named(answer: Answer, address_part: str) -> bool:
    """Whether a mark whose address holds ``address_part`` belongs to ``answer``."""
    return anchor(answer.answer_id, 0) == anchor(address_part, 0)


def _body(answer: Answer) -> list[str]:
    issued = _issued(answer)
    before, lines, after = rows.around_rows(answer.text)
    if answer.kind == "compare" and len(lines) == len(answer.items) > 1:
        return [_prose(answer, before), rows.sides(answer, lines, issued), _prose(answer, after)]
    if not answer.items:
        return [_prose(answer, answer.text)]
    said = "\n".join(line for line in before.split("\n") if not rows.is_framing(line, answer))
    more = "\n".join(line for line in after.split("\n") if not rows.is_framing(line, answer))
    return [
        rows.denominator(answer),
        _prose(answer, said),
        rows.table(answer, issued),
        _prose(answer, more),
    ]


def _prose(answer: Answer, written: str) -> str:
    """``written`` with the values asked for set out: in a line of their own, or where they are."""
    if not written.strip():
        return ""
    issued, language = _issued(answer), answer.language
    values = _VALUES.match(written)
    if values is not None:
        first = prose(values.group(), answer.answer_id, issued, language)
        rest = prose(written[values.end() :], answer.answer_id, issued, language)
        return f'<div class="values">{first}</div>{rest}'
    figures = answer.kind if answer.answered and answer.kind in _FIGURES else ""
    return prose(written, answer.answer_id, issued, language, figures)


def _issued(answer: Answer) -> dict[int, Citation]:
    return {citation.n: citation for citation in answer.citations}


def _wrap(answer: Answer, html: str, state: str) -> str:
    return (
        f'<div class="answer{state}" id="{anchor(answer.answer_id, 0)}" dir="auto" role="group"'
        f' aria-label="Townbook" lang="{text(answer.language)}">{html}</div>'
    )


def _footer(answer: Answer) -> str:
    language = answer.language
    notes = []
    if answer.standalone.strip() != answer.question.strip():
        notes.append(text(say(language, "ask.read_as", question=answer.standalone)))
    if answer.citations:
        notes.append(text(say(language, "ask.quotes", count=len(answer.citations))))
    if answer.answered:
        extractive = answer.method == "extractive"
        notes.append(text(say(language, "ask.how_extractive" if extractive else "ask.how_phrased")))
    notes.append(text(say(language, "ask.snapshot", snapshot=answer.snapshot)))
    return f'<p class="footnote">{" · ".join(notes)}</p>'
