"""Exported answers in Word files: their paragraphs, told apart by style.

Shares no code with ``assistant.takeaway.word``, which writes them, nor its library. Knows that such
a file may be anybody's: what it unpacks to is bounded, and a document type declaration refused.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from xml.parsers import expat

from assistant.exported import (
    QUESTION,
    REFERENCE,
    SPELLED,
    Export,
    Reference,
    Section,
    unreadable,
)

_MOST_XML = 64 * 1024 * 1024  # bytes of a document's text, unpacked
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "


@dataclass
class _Paragraph:
    style: str = ""
    text: str = ""
    marked: str = ""  # the text, with a backslash before each bracket that is not a link's


def read_word(content: bytes, name: str) -> Export:
    """What ``content`` holds. Raises UsageError when it is no Word file."""
    export = Export(_unspelled)
    for paragraph in _paragraphs(_document_xml(content, name), name):
        style, text = paragraph.style, paragraph.text
        if style.endswith("2") and (question := QUESTION.fullmatch(text)):
            export.sections.append(Section(_unspelled(question[1])))
        elif style == "TownbookReference":
            named = REFERENCE.match(text)
            export.references.append(Reference(int(named[1]) if named else None))
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
    return SPELLED.sub(lambda found: chr(min(int(found[1], 16), 0x10FFFF)), text)


def _document_xml(content: bytes, name: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            member = packed.getinfo("word/document.xml")
            if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise unreadable(name, "a compression that Word does not write")
            with packed.open(member) as part:
                xml = part.read(_MOST_XML + 1)
    except (
        *(zipfile.BadZipFile, zlib.error, KeyError, OSError, EOFError, ValueError, RuntimeError),
    ) as error:
        raise unreadable(name, f"no Word file ({error})") from None
    if len(xml) > _MOST_XML:
        raise unreadable(name, f"a text of more than {_MOST_XML:,} bytes")
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
        raise unreadable(name, "a document type declaration, which Word writes none of")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = characters
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise unreadable(name, f"no Word file ({error})") from None
    return found
