"""Exported answers read back from Markdown and Word files, so that ``verify`` can check them.

Knows the form that ``docs/takeaway.md`` describes and shares no code with what writes it: what
one side gets wrong the other does not repeat. A quote is taken from where a person reads it,
never from a hidden copy. Refuses to know what a right quote is: ``assistant.verify`` decides.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote
from xml.parsers import expat

from assistant.jsonlines import Line
from corpus.errors import UsageError

_CHECK = re.compile(r"(\d{1,12})-(\d{1,12}) sha256:([0-9a-f]{64}) (.+)")
_QUESTION = re.compile(r"\d+\. (.*)", re.DOTALL)
_REFERENCE = re.compile(r"\[(\d{1,6})\]")
_ROW = re.compile(r"“(.*)” ?((?:\[\d{1,6}\])+)", re.DOTALL)
_MARKER = re.compile(r"(?<!\\)\[(\d{1,6})\]")
_SPELLED = re.compile(r"‹U\+([0-9A-F]{4,6})›")
# What Markdown source writes otherwise than it reads; one pass, so that nothing is read twice.
_WRITTEN = re.compile(rf"\\([!-/:-@\[-`{{-~])|&#(\d{{1,7}});|{_SPELLED.pattern}")
_LAST_CELL = re.compile(r"\|((?:[^|\\]|\\.)*)\|?$")
_TABLE_RULE = re.compile(r"\|[-:| ]+")

_MOST_XML = 64 * 1024 * 1024  # bytes of a document's text, unpacked
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "


@dataclass
class _Reference:
    """One numbered reference while its parts are gathered; a part that is missing is None."""

    n: int | None
    quote: str | None = None
    check: str | None = None

    def citation(self) -> dict[str, Any]:
        """As an answer's JSON has it; what is missing or misspelled stays None and is a fault."""
        found = _CHECK.fullmatch(self.check or "")
        value: dict[str, Any] = {"n": self.n, "quote": self.quote}
        if found is None:
            return {**value, "source": None, "start": None, "end": None, "sha256": None}
        source, sha256 = unquote(found[4], errors="replace"), found[3]
        # As corpus.text makes a document's id: it finds versions that were replaced, too.
        id = hashlib.sha256(f"{source}\0{sha256}".encode("utf-8", "replace")).hexdigest()[:16]
        return {
            **value,
            "source": source,
            "document": id,
            "start": int(found[1]),
            "end": int(found[2]),
            "sha256": sha256,
        }


@dataclass
class _Section:
    """One question: its markers, and each quote of its table with the number behind it."""

    question: str
    text: list[str] = field(default_factory=list)
    rows: list[tuple[str, int]] = field(default_factory=list)
    in_table: bool = False  # below its head

    def add_row(self, cell: str) -> None:
        """The cell of a table that quotes; 0, which is no reference's number, if it says none."""
        if row := _ROW.fullmatch(cell):
            self.rows.append((row[1], int(_MARKER.findall(row[2])[0])))
        elif cell:
            self.rows.append((cell, 0))


@dataclass
class _Export:
    """What was found in a file, in its order; ``plain`` reads words as its format writes them."""

    plain: Callable[[str], str]
    sections: list[_Section] = field(default_factory=list)
    references: list[_Reference] = field(default_factory=list)

    def reference(self) -> _Reference:
        """The reference that a quote or a check line belongs to; one without a number if none."""
        if not self.references:
            self.references.append(_Reference(None))
        return self.references[-1]

    def add_quote(self, quote: str) -> None:
        if self.reference().quote is not None or self.reference().check is not None:
            self.references.append(_Reference(None))
        self.reference().quote = quote

    def add_check(self, check: str) -> None:
        if self.reference().check is not None:
            self.references.append(_Reference(None))
        self.reference().check = check


def is_export(content: bytes) -> bool:
    """Whether ``content`` is a Word or a Markdown file rather than JSON."""
    return content.startswith(b"PK\x03\x04") or content.lstrip(b"\xef\xbb\xbf \r\n").startswith(
        b"#"
    )


def read_export(content: bytes, name: str) -> Iterator[Line]:
    """One answer a question of the file, as ``assistant.verify`` takes them.

    Raises UsageError when ``content`` is no export, or none that can be read.
    """
    export = _read_word(content, name) if content[:2] == b"PK" else _read_markdown(content, name)
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
        marked = {int(n) for n in _MARKER.findall(text)} | {n for _, n in section.rows}
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


# ---------------------------------------------------------------- Markdown


def _read_markdown(content: bytes, name: str) -> _Export:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(name, f"bytes that are not UTF-8 ({error.reason})") from None
    export, quote = _Export(_plain), list[str]()
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


def _read_line(export: _Export, line: str) -> None:
    if line.startswith("## "):
        if question := _QUESTION.fullmatch(line[3:]):
            export.sections.append(_Section(_plain(question[1])))
    elif line.startswith("**[") and (named := _REFERENCE.match(line[2:])):
        export.references.append(_Reference(int(named[1])))
    elif line.startswith("`") and line.endswith("`") and _CHECK.fullmatch(line[1:-1]):
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


# ---------------------------------------------------------------- Word


@dataclass
class _Paragraph:
    style: str = ""
    text: str = ""
    marked: str = ""  # the text, with a backslash before each bracket that is not a link's


def _read_word(content: bytes, name: str) -> _Export:
    export = _Export(_unspelled)
    for paragraph in _paragraphs(_document_xml(content, name), name):
        style, text = paragraph.style, paragraph.text
        if style.endswith("2") and (question := _QUESTION.fullmatch(text)):
            export.sections.append(_Section(_unspelled(question[1])))
        elif style == "TownbookReference":
            named = _REFERENCE.match(text)
            export.references.append(_Reference(int(named[1]) if named else None))
        elif style == "TownbookQuote":
            whole = text.startswith("“") and text.endswith("”") and len(text) > 1
            export.add_quote(_unspelled(text[1:-1] if whole else text))
        elif style == "TownbookCheck":
            export.add_check(text)
        elif export.sections and not export.references:
            section = export.sections[-1]
            section.text.append(paragraph.marked)
            if style == "TownbookCell":
                section.add_row(text)
    return export


def _unspelled(text: str) -> str:
    return _SPELLED.sub(lambda found: chr(min(int(found[1], 16), 0x10FFFF)), text)


def _document_xml(content: bytes, name: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            member = packed.getinfo("word/document.xml")
            if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise _unreadable(name, "a compression that Word does not write")
            with packed.open(member) as part:
                xml = part.read(_MOST_XML + 1)
    except (
        *(zipfile.BadZipFile, zlib.error, KeyError, OSError, EOFError, ValueError, RuntimeError),
    ) as error:
        raise _unreadable(name, f"no Word file ({error})") from None
    if len(xml) > _MOST_XML:
        raise _unreadable(name, f"a text of more than {_MOST_XML:,} bytes")
    return xml


def _paragraphs(xml: bytes, name: str) -> list[_Paragraph]:
    """Every paragraph, tables' too, in the order it is written; deleted words are not in it."""
    found: list[_Paragraph] = []
    open_paragraphs: list[_Paragraph] = []
    in_run = in_text = False  # a tab outside a run is a stop of the ruler
    in_link = False  # to a place in the file: what is numbered there is a marker

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal in_run, in_text, in_link
        kind = tag.removeprefix(_WORD)
        if kind == "r":
            in_run = True
        elif kind == "hyperlink":
            in_link = f"{_WORD}anchor" in attributes
        elif kind == "p":
            open_paragraphs.append(_Paragraph())
            found.append(open_paragraphs[-1])
        elif open_paragraphs and kind == "pStyle":
            open_paragraphs[-1].style = attributes.get(f"{_WORD}val", "")
        elif open_paragraphs and in_run and kind in ("tab", "br", "cr"):
            open_paragraphs[-1].text += "\t" if kind == "tab" else "\n"
        in_text = kind == "t"

    def end(tag: str) -> None:
        nonlocal in_run, in_text, in_link
        in_text = False
        if tag == f"{_WORD}r":
            in_run = False
        elif tag == f"{_WORD}hyperlink":
            in_link = False
        elif tag == f"{_WORD}p" and open_paragraphs:
            open_paragraphs.pop()

    def characters(text: str) -> None:
        if in_text and open_paragraphs:
            open_paragraphs[-1].text += text
            open_paragraphs[-1].marked += text if in_link else text.replace("[", "\\[")

    def refuse(*_: object) -> None:
        raise _unreadable(name, "a document type declaration, which Word writes none of")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = characters
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise _unreadable(name, f"no Word file ({error})") from None
    return found


def _unreadable(name: str, found: str) -> UsageError:
    return UsageError(f"{name}: {found}", "an export in Markdown or Word", "export it again")
