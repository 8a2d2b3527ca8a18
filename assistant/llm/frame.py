"""The parts of an extractive answer that stay when a model writes its prose.

Rows, tables, values in bold, sources that differ and the count of documents looked at are the
program's own words: whatever a model writes stands beside them. Knows the shape of answers'
Markdown only.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant import Answer

_OWN = ("- ", "|", "#", "> ")


@dataclass(frozen=True, slots=True)
class Frame:
    """Markdown before and after the prose; either may be empty."""

    before: str
    after: str

    def around(self, prose: str) -> str:
        """The whole text, paragraphs apart."""
        return "\n\n".join(part for part in (self.before, prose, self.after) if part)


def frame_of(answer: Answer) -> Frame:
    """What stays of ``answer.text``. With rows all of it does, below what the model writes."""
    if answer.items:
        return Frame("", answer.text)
    paragraphs = answer.text.split("\n\n")
    prose = [n for n, paragraph in enumerate(paragraphs) if not _is_own(paragraph)]
    first = prose[0] if prose else len(paragraphs)
    own = [(n, paragraph) for n, paragraph in enumerate(paragraphs) if _is_own(paragraph)]
    return Frame(
        "\n\n".join(paragraph for n, paragraph in own if n < first),
        "\n\n".join(paragraph for n, paragraph in own if n > first),
    )


def _is_own(paragraph: str) -> bool:
    """Whether a paragraph is a value, a record, rows or two sources that differ.

    Sentences out of articles are none: they lose their asterisks before they are quoted.
    """
    return "**" in paragraph or any(line.startswith(_OWN) for line in paragraph.split("\n"))
