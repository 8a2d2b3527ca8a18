"""A conversation as a Word document (.docx), with real headings, a table and references.

Knows how the parts of a conversation look in Word, and what must not be in such a file: dates,
names of people or programs, anything that makes two files of equal answers differ. Quotes are
written so that they can be read back letter for letter, see ``docs/takeaway.md``.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

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
    spelled,
)
from assistant.takeaway.headings import head, known

# Regions as Word names them; a language alone sets no spelling checker.
_TAGS = {
    "en": "en-GB",
    "fr": "fr-FR",
    "de": "de-DE",
    "es": "es-ES",
    "it": "it-IT",
    "nl": "nl-NL",
    "pt": "pt-PT",
    "pl": "pl-PL",
}
_NO_LANGUAGE = "x-none"  # a quote is in its article's own, which a citation does not tell
_GREY = RGBColor(0x59, 0x59, 0x59)  # 7 : 1 on white
_LINK = RGBColor(0x1F, 0x4E, 0x9E)
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can tell: a file's bytes tell no time
_THUMBNAIL = re.compile(rb'<Relationship [^>]*Target="docProps/thumbnail\.jpeg"[^>]*/>')
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas'
    b'.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Townbook'
    b"</Application></Properties>"
)


def conversation(answers: Sequence[Answer], language: str = "en") -> bytes:
    """``answers`` as one .docx file, headed in ``language``; references stand at the end.

    ``townbook verify`` checks each quote of it. Equal answers give equal bytes.
    """
    whole = content(answers, language)
    written = _Written(language)
    written.heading(head("title", language), 1)
    written.paragraph(head("note", language), "Townbook Note")
    for number, section in enumerate(whole.sections, 1):
        written.section(number, section)
    if whole.references:
        written.heading(head("references", language), 2)
        for citation in whole.references:
            written.reference(citation)
        written.paragraph(f"{head('verify', language)} townbook verify FILE", "Townbook Note")
    return _packed(written.document)


class _Written:
    """The document while it is being written, top to bottom."""

    def __init__(self, language: str) -> None:
        self._language = language
        self.document: Any = Document()
        _style(self.document, _TAGS[known(language)], head("title", language))

    def heading(self, words: str, level: int) -> None:
        _aligned(self.document.add_heading(spelled(words), level))

    def paragraph(self, words: str, style: str) -> None:
        _aligned(self.document.add_paragraph(spelled(words), style))

    def section(self, number: int, section: Section) -> None:
        """One question and its answer."""
        self.heading(f"{number}. {section.question}", 2)
        tag = _TAGS.get(section.language, _NO_LANGUAGE)
        self._blocks(section.before, tag)
        if section.rows:
            self._table(section.rows)
        self._blocks(section.after, tag)
        if section.nearest:
            self.heading(head("nearest", self._language), 3)
            for near in section.nearest:
                self.paragraph(near, "List Bullet")
        self.paragraph(section.origin, "Townbook Note")

    def reference(self, citation: Citation) -> None:
        """Where a quote is from, the quote, and the line it is checked by."""
        named = self.document.add_paragraph(style="Townbook Reference")
        _bookmarked(named, citation.n)
        named.add_run(f" {'. '.join(visible(f) for f in facts(citation, self._language))}. ")
        address = linked(citation)
        if address:
            _web_link(named, address)
        else:
            named.add_run(f"{head('file', self._language)}: {spelled(citation.source)}")
        quote = self.document.add_paragraph(style="Townbook Quote")
        _set_language(quote.add_run(f"“{visible(citation.quote)}”"), _NO_LANGUAGE)
        _aligned(quote)
        check = self.document.add_paragraph(style="Townbook Check")
        _set_language(check.add_run(check_line(citation)), _NO_LANGUAGE)

    def _blocks(self, blocks: Sequence[Block], tag: str) -> None:
        for block in blocks:
            paragraph = self.document.add_paragraph(
                style="List Bullet" if block.is_item else "Normal"
            )
            for run in block.runs:
                _add(paragraph, run, tag)
            _aligned(paragraph)

    def _table(self, rows: Sequence[Row]) -> None:
        table = self.document.add_table(rows=1, cols=3, style="Table Grid")
        _repeated(table.rows[0])
        for cell, name in zip(table.rows[0].cells, ("found", "country", "words"), strict=True):
            cell.paragraphs[0].add_run(head(name, self._language)).bold = True
        for row in rows:
            name, country, words = (cell.paragraphs[0] for cell in table.add_row().cells)
            name.add_run(visible(row.name)).bold = True
            country.add_run(visible(row.country))
            words.style = "Townbook Cell"
            if row.marks:
                _set_language(words.add_run(f"“{visible(row.quote)}” "), _NO_LANGUAGE)
                for n in row.marks:
                    _mark(words, n)
            _aligned(words)
        self.document.add_paragraph(style="Townbook Note")


def _style(document: Any, tag: str, title: str) -> None:
    """Page, styles, language and properties of a document that has no text yet."""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    styles = document.styles
    for name, indent, size in (
        ("Townbook Reference", 0, 11),
        ("Townbook Quote", 8, 11),
        ("Townbook Check", 8, 7),
        ("Townbook Cell", 0, 11),
        ("Townbook Note", 0, 9),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.font.size = Pt(size)
        style.paragraph_format.left_indent = Mm(indent)
        style.paragraph_format.keep_with_next = name in ("Townbook Reference", "Townbook Quote")
        if name in ("Townbook Check", "Townbook Note"):
            style.font.color.rgb = _GREY
    languages = next(styles.element.iter(qn("w:lang")))
    languages.set(qn("w:val"), tag)
    told = document.core_properties
    told.author = told.last_modified_by = "Townbook"
    told.title, told.comments, told.language = title, "", tag
    dated = [part for part in told._element if part.tag.endswith(("}created", "}modified"))]
    for part in dated:
        told._element.remove(part)


def _add(paragraph: Any, run: Run, tag: str) -> None:
    if not isinstance(run, Words):
        _mark(paragraph, run.n)
        return
    written = paragraph.add_run(visible(folded(run.text)))
    written.bold, written.italic = run.strong or None, run.emphasised or None
    _set_language(written, tag)


def _mark(paragraph: Any, n: int) -> None:
    """``[n]``, leading to the reference of that number."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), f"reference_{n}")
    run = paragraph.add_run(f"[{n}]")
    run.font.color.rgb = _LINK
    link.append(run._r)
    paragraph._p.append(link)


def _bookmarked(paragraph: Any, n: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(n))
    start.set(qn("w:name"), f"reference_{n}")
    paragraph._p.append(start)
    paragraph.add_run(f"[{n}]").bold = True
    paragraph._p.append(end)


def _web_link(paragraph: Any, address: str) -> None:
    """``address``, a checked http(s) one, that opens where it says."""
    number = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), number)
    run = paragraph.add_run(address)
    run.font.color.rgb, run.font.underline = _LINK, True
    link.append(run._r)
    paragraph._p.append(link)


def _set_language(run: Any, tag: str) -> None:
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), tag)
    run._r.get_or_add_rPr().append(language)


def _repeated(row: Any) -> None:
    """A head row, for screen readers and on each page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _aligned(paragraph: Any) -> None:
    """A paragraph whose first letter is of a right-to-left script begins at the right."""
    kinds: Iterator[str] = (unicodedata.bidirectional(c) for c in paragraph.text)
    if next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L":
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))


def _packed(document: Any) -> bytes:
    """The file, with nothing in it that tells when or with what library it was written."""
    saved, packed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with (
        zipfile.ZipFile(saved) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            if name == "docProps/thumbnail.jpeg":
                continue
            part = _APP if name == "docProps/app.xml" else source.read(name)
            if name == "_rels/.rels":
                part = _THUMBNAIL.sub(b"", part)
            target.writestr(zipfile.ZipInfo(name, _EPOCH), part, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
