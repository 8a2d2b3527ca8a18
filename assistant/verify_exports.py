"""Exported answers read back from Markdown and Word files, so that ``verify`` can check them.

Knows the form that ``docs/takeaway.md`` describes and shares no code with what writes it: what
one side gets wrong the other does not repeat. A quote is taken from where a person reads it,
never from a hidden copy. Refuses to know what a right quote is: ``assistant.verify`` decides.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.exported import MARKER
from assistant.exported_markdown import read_markdown
from assistant.exported_word import read_word
from assistant.jsonlines import Line
from corpus.errors import UsageError


def is_export(content: bytes) -> bool:
    """Whether ``content`` is a Word or a Markdown file rather than JSON."""
    return content.startswith(b"PK\x03\x04") or content.lstrip(b"\xef\xbb\xbf \r\n").startswith(
        b"#"
    )


def read_export(content: bytes, name: str) -> Iterator[Line]:
    """One answer a question of the file, as ``assistant.verify`` takes them.

    Raises UsageError when ``content`` is no export, or none that can be read.
    """
    export = read_word(content, name) if content[:2] == b"PK" else read_markdown(content, name)
    if not export.sections:
        raise UsageError(
            f"{name} holds no exported answers",
            "a file that 'townbook export answer' or the page wrote",
            "check its name",
        )
    citations = [reference.citation() for reference in export.references]
    used: set[int] = set()
    for number, section in enumerate(export.sections, 1):
        text = "\n".join(section.text)
        marked = {int(n) for n in MARKER.findall(text)} | {n for _, n in section.rows}
        own = [c for c in citations if c["n"] in marked]
        used |= marked
        if number == len(export.sections):  # what no question names is checked all the same
            own += [c for c in citations if c["n"] not in used]
        rows = [(export.plain(words), n) for words, n in section.rows]
        items = [{"name": words, "citations": [n]} for words, n in rows]
        answer = {"question": section.question, "text": text, "items": items, "citations": own}
        yield Line(name, number, answer)
        # A row's words that are not its reference's are looked up where that one stands.
        odd = [
            {**c, "quote": words}
            for words, n in rows
            for c in own
            if c["n"] == n and _folded(c["quote"]) != _folded(words)
        ]
        for citation in odd:
            alone = {"text": "", "items": [], "citations": [citation]}
            yield Line(name, number, {"question": section.question, **alone})


def _folded(words: str | None) -> str | None:
    return None if words is None else " ".join(words.split())
