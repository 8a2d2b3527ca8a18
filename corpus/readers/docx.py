"""Word files to a Draft: paragraphs, headings by style, tables row by row.

Knows the zip container well enough to refuse bombs, entity tricks and outside parts before
any XML is parsed. It refuses to follow anything: linked templates, images and objects are
refused, hyperlinks are left alone.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph

from corpus import Heading, Span
from corpus.errors import Unreadable
from corpus.languages import language_code
from corpus.readers.draft import MOST_CHARACTERS, Draft
from corpus.text import canonical, count_replacements

_MOST_MEMBERS = 5_000
_MOST_XML_BYTES = 64 * 2**20  # of all XML parts together, unpacked
_MOST_BYTES = 256 * 2**20  # of all parts together, unpacked
_MOST_RATIO = 200  # unpacked to packed; Word's own XML reaches about 40
_RATIO_MATTERS_FROM = 2**20  # bytes unpacked; small parts compress wildly
_MOST_PARAGRAPHS = 200_000  # a million empty ones were measured at 17 s and 320 MB
_CHUNK = 2**20
_PARAGRAPH = re.compile(rb"<w:p[ >/]")
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']External[\"']", re.IGNORECASE)
_HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.IGNORECASE)
_HEADING_STYLE = re.compile(r"heading ([1-9])", re.IGNORECASE)


def read(raw: bytes) -> Draft:
    """The draft of a Word file's bytes."""
    _refuse_traps(raw)
    try:
        document = docx.Document(io.BytesIO(raw))
    except (OpcError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise Unreadable("parse", f"damaged Word file: {error}") from error
    levels = _heading_levels(document)
    lines: list[str] = []
    headings: list[Heading] = []
    length = replaced = 0
    for line, style in _lines(document):
        replaced += count_replacements(line)
        # A line break inside a heading or a cell is white space; its paragraph is one line.
        words = canonical(line).strip()
        if not words:
            continue
        if style in levels and "\n" not in words:
            headings.append(Heading(Span(length, length + len(words)), levels[style]))
        lines.append(words)
        length += len(words) + 1
        if length > MOST_CHARACTERS:
            raise Unreadable("limits", f"over {MOST_CHARACTERS:,} characters of text")
    properties = document.core_properties
    return Draft(
        text="\n".join(lines),
        kind="docx",
        title=properties.title or None,
        language=language_code(properties.language or ""),
        headings=tuple(headings),
        metadata=(("replacements", str(replaced)),) if replaced else (),
    )


def _lines(document: WordDocument) -> Iterator[tuple[str, str | None]]:
    """Each paragraph's text with its style id, each table row's cells between tabs."""
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text, block._p.style  # the id; .style would search the part each time
        elif isinstance(block, Table):
            for row in block.rows:
                cells: list[str] = []
                last = None
                for cell in row.cells:
                    if cell._tc is not last:  # a merged cell is listed once a column
                        cells.append(" ".join(cell.text.split()))
                    last = cell._tc
                yield "\t".join(cells), None


def _heading_levels(document: WordDocument) -> dict[str | None, int]:
    """Style ids that are headings, with their levels; names are English in every Word."""
    levels: dict[str | None, int] = {}
    for style in document.styles:
        match = _HEADING_STYLE.fullmatch(style.name or "")
        if match:
            levels[style.style_id] = int(match[1])
        elif style.name == "Title":
            levels[style.style_id] = 1
    return levels


def _refuse_traps(raw: bytes) -> None:
    """Unreadable unless the container is small, plain and self-contained."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as container:
            members = container.infolist()
            if len(members) > _MOST_MEMBERS:
                raise Unreadable("limits", f"{len(members):,} parts; at most {_MOST_MEMBERS:,}")
            if "word/document.xml" not in container.NameToInfo:
                raise Unreadable("parse", "not a Word file: it has no word/document.xml")
            _refuse_bombs(members)
            for member in members:
                if member.filename.lower().endswith((".xml", ".rels")):
                    _refuse_declarations(container, member)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise Unreadable("parse", f"not a Word file: {error}") from error


def _refuse_bombs(members: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in members)
    xml = sum(m.file_size for m in members if m.filename.lower().endswith((".xml", ".rels")))
    for size, limit in ((unpacked, _MOST_BYTES), (xml, _MOST_XML_BYTES)):
        if size > limit:
            raise Unreadable("limits", f"{size:,} bytes unpacked; at most {limit:,}")
    for member in members:
        ratio = member.file_size / max(1, member.compress_size)
        if member.file_size > _RATIO_MATTERS_FROM and ratio > _MOST_RATIO:
            raise Unreadable("limits", f"{member.filename} unpacks {ratio:,.0f}-fold: a zip bomb")


def _refuse_declarations(container: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    # The sizes a container declares are its own claim: unpacking stops at them, or errs.
    with container.open(member) as part:
        xml = part.read()
    if xml[:4].count(0):  # UTF-16 or UTF-32: taken as ASCII, the marks below would be missed
        xml = xml.replace(b"\0", b"")
    if _DECLARATION.search(xml):
        raise Unreadable("parse", f"{member.filename} declares XML entities; Word never does")
    if member.filename.endswith(".rels"):
        for link in _RELATIONSHIP.findall(xml):
            if _EXTERNAL.search(link) and not _HYPERLINK.search(link):
                raise Unreadable("parse", f"{member.filename} links to a part outside the file")
    elif member.filename == "word/document.xml":
        paragraphs = len(_PARAGRAPH.findall(xml))
        if paragraphs > _MOST_PARAGRAPHS:
            raise Unreadable(
                "limits", f"{paragraphs:,} paragraphs; at most {_MOST_PARAGRAPHS:,} are read"
            )
